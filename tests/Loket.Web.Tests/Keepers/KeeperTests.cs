using Loket.Web.Features.Keepers;
using Loket.Web.Security;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Keepers;

/// <summary>A named person of the body answers for each of its products, and confirms what is said of it; until then that shows.</summary>
public sealed class KeeperTests
{
    private sealed record Scene(Actor Administrator, Actor Keeper, Actor Other, Actor Elsewhere);

    private static async Task<Scene> SceneAsync(World world)
    {
        foreach (var (code, carrier, body) in new[] { ("aanschrijving", "municipality", null), ("aow", "body", "zb000143"), ("woz", "municipality", (string?)null) })
        {
            if (body is not null)
            {
                await world.Given.Organisation(body);
            }

            await world.ExecuteAsync(
                "INSERT INTO product (code, name, uri, nationwide, provincial, water_board, municipal, citizen, business, carrier, organisation_code) VALUES (@code, @code, 'uri', 0, 0, 0, 1, 1, 0, @carrier, @body)",
                new { code, carrier, body });
        }

        await world.Given.Supervisor("gm0344");
        return new Scene(await world.Given.FrontOffice("gm0344"), await world.Given.Specialist("gm0344-debts"), await world.Given.FrontOffice("gm0344"), await world.Given.FrontOffice("gm0363"));
    }

    private static async Task<KeptProduct> OneAsync(World world, Actor actor, string code) =>
        (await world.Db.ReadAsync(r => KeepersQuery.FindAsync(r, actor.OrganisationCode, actor.OrganisationKind, code)))!;

    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_was_named_confirms_by_name_and_a_changed_product_is_unconfirmed_again(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var (administrator, keeper, other, elsewhere) = await SceneAsync(world);
        var keep = world.The<KeepProducts>();
        Assert.Equal(2, (await keep.NameAsync(administrator, new KeeperForm(["aanschrijving", "woz"], keeper.Id), null)).Value.Products);
        Assert.Equal(["aanschrijving", "woz"], (await world.The<KeepersQuery>().MineAsync(keeper)).Products.Select(p => p.Code));
        var product = await OneAsync(world, keeper, "woz");
        Assert.Equal((keeper.Name, null), (product.Keeper, product.ConfirmedBy));

        Assert.Equal("product-unknown", (await keep.ConfirmAsync(other, "woz", product.Digest, null)).Refusal?.Code);
        Assert.Equal("stale", (await keep.ConfirmAsync(keeper, "woz", "an older one", null)).Refusal?.Code);
        Assert.True((await keep.ConfirmAsync(keeper, "woz", product.Digest, null)).IsOk);
        Assert.True((await keep.ConfirmAsync(keeper, "woz", product.Digest, null)).IsOk);
        Assert.Equal((keeper.Name, world.Clock.UtcNow), await OneAsync(world, keeper, "woz") is var now ? (now.ConfirmedBy, now.ConfirmedAt!.Value) : default);
        Assert.Equal(1, (await world.The<KeepersQuery>().MineAsync(keeper)).Unconfirmed);
        // Another municipality keeps its own.
        Assert.Equal((null, null), await OneAsync(world, elsewhere, "woz") is var there ? (there.Keeper, there.ConfirmedBy) : default);

        await world.ExecuteAsync("UPDATE product SET legal_basis = 'Wet WOZ art. 22' WHERE code = 'woz'");
        Assert.Null((await OneAsync(world, keeper, "woz")).ConfirmedBy);
        await world.ExecuteAsync("UPDATE professional SET active = 0 WHERE id = @Id", new { keeper.Id });
        Assert.Null((await OneAsync(world, administrator, "woz")).Keeper);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Only_what_the_body_carries_out_and_only_its_own_people_can_be_named(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var (administrator, keeper, _, elsewhere) = await SceneAsync(world);
        var keep = world.The<KeepProducts>();
        Assert.Equal("product-not-yours", (await keep.NameAsync(administrator, new KeeperForm(["woz", "aow"], keeper.Id), null)).Refusal?.Code);
        Assert.Equal("keeper-unfit", (await keep.NameAsync(administrator, new KeeperForm(["woz"], elsewhere.Id), null)).Refusal?.Code);
        Assert.Equal("keeper-no-products", (await keep.NameAsync(administrator, new KeeperForm([], keeper.Id), null)).Refusal?.Code);
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM product_keeper"));

        Assert.True((await keep.NameAsync(administrator, new KeeperForm(["woz"], keeper.Id), null)).IsOk);
        var topics = (await world.The<KeepersQuery>().LoadAsync(administrator, null)).Topics;
        Assert.Equal(new KeptTopic(KeepersView.NoTopic, 2, 1, 2), Assert.Single(topics));
        Assert.True((await keep.NameAsync(administrator, new KeeperForm(["woz"], null), null)).IsOk);
        Assert.Equal(2, (await world.The<KeepersQuery>().LoadAsync(administrator, null)).Topics[0].Unnamed);
    }
}
