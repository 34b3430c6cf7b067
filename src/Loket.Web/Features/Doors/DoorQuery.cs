using System.Text.Json.Serialization;
using Loket.Web.Data;
using Loket.Web.Features.Directory;
using Loket.Web.Features.Keepers;
using Loket.Web.Features.Schemes;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Doors;

/// <summary>Reads products and organisations of the directory for their pages.</summary>
public sealed class DoorQuery(Db db, SchemeBook schemes)
{
    /// <summary>One product, with what its body, or else the viewer's own as one of those that carry it out, says of it.</summary>
    public Task<ProductView?> ProductAsync(Actor actor, string code) => db.ReadAsync(async r =>
    {
        var view = await r.FindAsync<ProductView>(
            """
            SELECT p.code, p.name, p.uri, p.nationwide, p.provincial, p.water_board, p.municipal, p.citizen, p.business, p.sdg, p.legal_basis, p.carrier,
                   p.organisation_code AS organisation, o.display_name AS organisation_name, o.kind AS organisation_kind, p.topic_code AS topic
            FROM product p LEFT JOIN organisation o ON o.code = p.organisation_code WHERE p.code = @code
            """,
            new { code });
        if (view is not null)
        {
            view.Kept = await KeepersQuery.FindAsync(r, view.Organisation ?? actor.OrganisationCode, view.OrganisationKind ?? actor.OrganisationKind, code);
            view.KeptBy = view.OrganisationName ?? actor.OrganisationName;
            view.Schemes = [.. schemes.All.Where(s => s.Products.Contains(code))];
        }

        return view;
    });

    public Task<OrganisationView?> OrganisationAsync(string code) => db.ReadAsync(async r =>
    {
        var view = await r.FindAsync<OrganisationView>(
            """
            SELECT o.code, o.display_name AS name, o.name AS full_name, o.kind, o.phone, o.website, o.valid_until, s.code AS successor, s.display_name AS successor_name
            FROM organisation o LEFT JOIN organisation s ON s.code = o.successor_code WHERE o.code = @code
            """,
            new { code });
        if (view is not null)
        {
            view.Lines = await r.QueryAsync<OrganisationView.Line>(
                """
                SELECT l.code, l.topic_code AS topic, l.phone,
                       CASE WHEN l.is_live = 1 AND EXISTS (SELECT 1 FROM line_member m JOIN professional p ON p.id = m.professional_id WHERE m.line_code = l.code AND p.active = 1) THEN 1 ELSE 0 END AS connected
                FROM line l JOIN topic t ON t.code = l.topic_code WHERE l.organisation_code = @code ORDER BY t.position
                """,
                new { code });
        }

        return view;
    });

    /// <summary>The same route with the topics and municipalities to choose from.</summary>
    public Task<RouteView> WithChoicesAsync(RouteView view) => db.ReadAsync(async r =>
    {
        view.Topics = await r.QueryAsync<string>("SELECT code FROM topic ORDER BY position");
        view.Municipalities = [.. (await r.QueryAsync<Named>(
            "SELECT code, short_name AS name FROM organisation WHERE kind = 'municipality' AND (valid_until IS NULL OR valid_until >= @today) ORDER BY sort_name, code",
            new { today = Municipality.Today(db.Now()) })).Select(m => new Option(m.Code, m.Name))];
        return view;
    });

    private sealed class Named
    {
        public string Code { get; init; } = "";

        public string Name { get; init; } = "";
    }
}

/// <summary>A product of the Uniforme Productnamenlijst. View <c>Doors/Product.cshtml</c>.</summary>
public sealed class ProductView
{
    public string Code { get; init; } = "";

    public string Name { get; init; } = "";

    public string Uri { get; init; } = "";

    public int Nationwide { get; init; }

    public int Provincial { get; init; }

    public int WaterBoard { get; init; }

    public int Municipal { get; init; }

    public int Citizen { get; init; }

    public int Business { get; init; }

    public string? Sdg { get; init; }

    public string? LegalBasis { get; init; }

    /// <summary>Who carries it out; null when that was not found yet.</summary>
    public string? Carrier { get; init; }

    public string? Organisation { get; init; }

    public string? OrganisationName { get; init; }

    [JsonIgnore]
    public string? OrganisationKind { get; init; }

    public string? Topic { get; init; }

    /// <summary>What that body says of it and who read it; null when it is carried out by neither.</summary>
    public KeptProduct? Kept { get; set; }

    public string KeptBy { get; set; } = "";

    public IReadOnlyList<Scheme> Schemes { get; set; } = [];

    public IEnumerable<string> Layers => new[] { (Nationwide, "national"), (Provincial, "provincial"), (WaterBoard, "water_board"), (Municipal, "municipal") }
        .Where(l => l.Item1 == 1).Select(l => l.Item2);
}

/// <summary>An organisation and its lines. View <c>Doors/Organisation.cshtml</c>.</summary>
public sealed class OrganisationView
{
    public sealed class Line
    {
        public string Code { get; init; } = "";

        public string Topic { get; init; } = "";

        public string? Phone { get; init; }

        public int Connected { get; init; }
    }

    public string Code { get; init; } = "";

    public string Name { get; init; } = "";

    public string FullName { get; init; } = "";

    public string Kind { get; init; } = "";

    public string? Phone { get; init; }

    public string? Website { get; init; }

    /// <summary>Last day of its code (yyyy-MM-dd); null when it still exists.</summary>
    public string? ValidUntil { get; init; }

    public string? Successor { get; init; }

    public string? SuccessorName { get; init; }

    public IReadOnlyList<Line> Lines { get; set; } = [];
}
