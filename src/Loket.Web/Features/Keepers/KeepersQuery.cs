using System.Globalization;
using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Keepers;

/// <summary>What a body carries out, by topic, and who of it answers for what is said of it.</summary>
public sealed class KeepersQuery(Db db)
{
    private const int MostPeople = 1000;

    /// <summary>For the administrator: the topics, and the products of one of them.</summary>
    public Task<KeepersView> LoadAsync(Actor actor, string? topic, FormState? form = null) => db.ReadAsync(async r =>
    {
        var products = await OfAsync(r, actor);
        return new KeepersView
        {
            OrganisationName = actor.OrganisationName,
            Topics = [.. products.GroupBy(p => p.Topic ?? KeepersView.NoTopic).Select(g => new KeptTopic(g.Key, g.Count(), g.Count(p => p.Keeper is null), g.Count(p => p.ConfirmedBy is null)))],
            Topic = topic,
            Products = topic is null ? [] : products.FindAll(p => (p.Topic ?? KeepersView.NoTopic) == topic),
            People = topic is null ? [] : (await r.QueryAsync<Person>(
                $"SELECT p.id, p.name FROM professional p WHERE p.organisation_code = @OrganisationCode AND p.active = 1 AND p.information_point = 0 ORDER BY p.name, p.id {r.Dialect.First(MostPeople)}",
                new { actor.OrganisationCode })).ConvertAll(p => new Option(p.Id.ToString(CultureInfo.InvariantCulture), p.Name)),
            Form = form ?? FormState.Empty,
        };
    });

    /// <summary>What this person answers for, unconfirmed first.</summary>
    public Task<KeptView> MineAsync(Actor actor) => db.ReadAsync(async r => new KeptView
    {
        Products = [.. (await ConfirmedAsync(r, actor, await r.QueryAsync<KeptProduct>($"{KeptProduct.Select} WHERE k.professional_id = @Id AND {KeptProduct.Carried} ORDER BY p.name, p.code", Args(actor))))
            .OrderBy(p => p.ConfirmedBy is not null)],
    });

    /// <summary>What this organisation says of one product; null when it does not carry it out.</summary>
    public static async Task<KeptProduct?> FindAsync(Reader r, string organisation, string kind, string code) =>
        (await ConfirmedAsync(r, organisation, await r.QueryAsync<KeptProduct>(
            $"{KeptProduct.Select} WHERE p.code = @code AND {KeptProduct.Carried}", new { OrganisationCode = organisation, OrganisationKind = kind, code }))).FirstOrDefault();

    private static async Task<List<KeptProduct>> OfAsync(Reader r, Actor actor) =>
        await ConfirmedAsync(r, actor, await r.QueryAsync<KeptProduct>($"{KeptProduct.Select} WHERE {KeptProduct.Carried} ORDER BY p.topic_code, p.name, p.code", Args(actor)));

    private static Task<List<KeptProduct>> ConfirmedAsync(Reader r, Actor actor, List<KeptProduct> products) => ConfirmedAsync(r, actor.OrganisationCode, products);

    private static async Task<List<KeptProduct>> ConfirmedAsync(Reader r, string organisation, List<KeptProduct> products)
    {
        var confirmed = (await r.QueryAsync<Row>(
            "SELECT c.product_code, c.digest, c.confirmed_at, w.name FROM product_confirmation c JOIN professional w ON w.id = c.confirmed_by WHERE c.organisation_code = @organisation",
            new { organisation })).ToDictionary(c => (c.ProductCode, c.Digest));
        foreach (var product in products)
        {
            if (confirmed.GetValueOrDefault((product.Code, product.Digest)) is { } by)
            {
                (product.ConfirmedBy, product.ConfirmedAt) = (by.Name, by.ConfirmedAt);
            }
        }

        return products;
    }

    private static object Args(Actor actor) => new { actor.Id, actor.OrganisationCode, actor.OrganisationKind };

    private sealed class Row
    {
        public string ProductCode { get; init; } = "";

        public string Digest { get; init; } = "";

        public DateTime ConfirmedAt { get; init; }

        public string Name { get; init; } = "";
    }

    private sealed class Person
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";
    }
}

/// <summary>GET /people/products: what the body carries out and who answers for it. View <c>Keepers/Keepers.cshtml</c>.</summary>
public sealed class KeepersView
{
    /// <summary>The topic of products of which no line is known.</summary>
    public const string NoTopic = "none";

    public string OrganisationName { get; init; } = "";

    public IReadOnlyList<KeptTopic> Topics { get; init; } = [];

    /// <summary>The topic that is open; null when none is.</summary>
    public string? Topic { get; init; }

    public IReadOnlyList<KeptProduct> Products { get; init; } = [];

    public IReadOnlyList<Option> People { get; init; } = [];

    /// <summary>Refused form <c>keeper</c>; fields <c>products professionalId</c>.</summary>
    public FormState Form { get; init; } = FormState.Empty;
}

/// <param name="Unnamed">Of how many nobody answers.</param>
public sealed record KeptTopic(string Topic, int Products, int Unnamed, int Unconfirmed);

/// <summary>GET /kept-products: what the viewer answers for. View <c>Keepers/Kept.cshtml</c>.</summary>
public sealed class KeptView
{
    public IReadOnlyList<KeptProduct> Products { get; init; } = [];

    public int Unconfirmed => Products.Count(p => p.ConfirmedBy is null);

    public Domain.Refusal? Refusal { get; set; }
}
