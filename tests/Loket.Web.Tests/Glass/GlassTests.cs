using Loket.Domain;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Glass;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Glass;

/// <summary>Looking into a case without a part in it: for a reason, an hour, and somebody else judges it.</summary>
public sealed class GlassTests
{
    private const string Reason = "De inwoner staat nu aan een andere balie";

    private static async Task<(Actor Owner, Actor Other, Actor Supervisor, string Number, long CaseId)> SceneAsync(World world)
    {
        var owner = await world.Given.FrontOffice("gm0344");
        var other = await world.Given.FrontOffice("gm0344", team: "gm0344-other");
        var supervisor = await world.Given.Supervisor("gm0344", team: "gm0344-other");
        var caseId = await world.Given.Case(owner);
        return (owner, other, supervisor, (await world.QueryAsync<string>("SELECT number FROM case_file WHERE id = @caseId", new { caseId })).Single(), caseId);
    }

    private static Task<Outcome<GlassBroken>> BreakAsync(World world, Actor person, string number, string reason = Reason, string? key = null) =>
        world.The<BreakGlass>().RunAsync(person, new GlassForm(number, reason), key);

    private static Task<CaseAccess?> AccessAsync(World world, Actor person, long caseId) => world.Db.ReadAsync(r => CaseAccess.FindAsync(r, person, caseId));

    [Theory, OnSqlite, OnSqlServer]
    public async Task It_gives_a_look_for_an_hour_tells_the_supervisor_and_changes_nothing(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var (_, other, supervisor, number, caseId) = await SceneAsync(world);
        Assert.Null(await AccessAsync(world, other, caseId));

        Assert.True((await BreakAsync(world, other, number, key: "k1")).IsOk);
        Assert.True((await BreakAsync(world, other, number, key: "k1")).IsOk);

        var access = await AccessAsync(world, other, caseId);
        Assert.Equal((true, false, "broken_glass"), (access!.MaySee, access.MayWork, access.Part));
        Assert.Equal("case-read-only", (await world.The<Facts>().AddAsync(other, caseId, new FactForm("Huur", "650", "citizen"), null)).Refusal?.Code);
        Assert.Equal(1, await world.Db.ReadAsync(r => GlassQuery.WaitingAsync(r, supervisor.Id)));
        Assert.Contains($"\"{supervisor.Id}\"", (await world.QueryAsync<string>("SELECT payload FROM journal WHERE kind = 'glass_broken'")).Single(), StringComparison.Ordinal);

        world.Clock.Advance(BreakGlass.For);
        Assert.Null(await AccessAsync(world, other, caseId));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_has_no_business_there_or_gives_no_reason_gets_nothing(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var (owner, other, _, number, caseId) = await SceneAsync(world);
        var stranger = await world.Given.FrontOffice("gm0363");

        Assert.Equal("glass-case-unknown", (await BreakAsync(world, stranger, number)).Refusal?.Code);
        Assert.Equal("glass-case-unknown", (await BreakAsync(world, other, "Z-1999-000001")).Refusal?.Code);
        Assert.Equal("glass-reason-short", (await BreakAsync(world, other, number, "daarom")).Refusal?.Code);
        Assert.Equal("text-has-bsn", (await BreakAsync(world, other, number, "Inwoner 999993112 staat hier")).Refusal?.Code);
        Assert.Equal("glass-not-needed", (await BreakAsync(world, owner, number)).Refusal?.Code);
        Assert.Null(await AccessAsync(world, stranger, caseId));
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM broken_glass"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_supervisor_judges_it_once_by_name_and_never_their_own(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var (_, other, supervisor, number, _) = await SceneAsync(world);
        var stranger = await world.Given.Supervisor("gm0363");
        var glass = Given.Id((await BreakAsync(world, other, number)).Value.GlassId);
        var judge = world.The<JudgeGlass>();
        var form = new JudgeForm(true, "De balie was onbemand");

        Assert.Equal("glass-unknown", (await judge.RunAsync(stranger, glass, form, null)).Refusal?.Code);
        Assert.Equal("glass-unknown", (await judge.RunAsync(other, glass, form, null)).Refusal?.Code);
        Assert.Equal("glass-remark-missing", (await judge.RunAsync(supervisor, glass, form with { Remark = " " }, null)).Refusal?.Code);
        Assert.Equal("glass-judgement-missing", (await judge.RunAsync(supervisor, glass, form with { Justified = null }, null)).Refusal?.Code);
        Assert.True((await judge.RunAsync(supervisor, glass, form, null)).IsOk);
        Assert.Equal("glass-judged", (await judge.RunAsync(supervisor, glass, form, null)).Refusal?.Code);

        var mine = (await world.AskAsync<GlassQuery, GlassView>(q => q.LoadAsync(other, FormState.Empty))).Mine.Single();
        Assert.Equal((supervisor.Name, true, "De balie was onbemand"), (mine.ReviewedBy, mine.Justified, mine.Remark));
    }

    [Fact]
    public async Task A_supervisor_who_breaks_it_is_judged_by_another_and_without_another_it_does_not_happen()
    {
        await using var world = await World.NewAsync();
        var (_, _, supervisor, number, caseId) = await SceneAsync(world);

        Assert.Equal("glass-nobody-judges", (await BreakAsync(world, supervisor, number)).Refusal?.Code);
        var second = await world.Given.Supervisor("gm0344", team: "gm0344-third");
        var glass = Given.Id((await BreakAsync(world, supervisor, number)).Value.GlassId);

        Assert.Equal("glass-unknown", (await world.The<JudgeGlass>().RunAsync(supervisor, glass, new JudgeForm(true, "Ik mocht dit"), null)).Refusal?.Code);
        Assert.True((await world.The<JudgeGlass>().RunAsync(second, glass, new JudgeForm(false, "Er was een collega"), null)).IsOk);
        Assert.NotNull(await AccessAsync(world, supervisor, caseId));
    }
}
