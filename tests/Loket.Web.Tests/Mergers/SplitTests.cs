using Loket.Domain.Mergers;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Mergers;
using Loket.Web.Journal;
using Loket.Web.Security;
using Loket.Web.Tests.Chain;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Mergers;

/// <summary>A municipality stays and gives permits, with the team that does them, to a new body.</summary>
public sealed class SplitTests
{
    private const string Old = "gm0501";
    private const string New = "so1993";
    private static readonly DateOnly Day = new(2023, 1, 1);
    private static readonly DateTime Midnight = new(2022, 12, 31, 23, 0, 0, DateTimeKind.Utc);

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_was_chosen_goes_the_rest_stays_and_each_keeps_its_people(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var world = scene.World;
        var mine = await world.Given.Case(scene.Desk, "debts", Old);
        var goes = await world.Given.Case(scene.PermitDesk, "permits", Old);
        var talk = await world.Given.AcceptedHandoff(scene.PermitDesk, goes, scene.Permits);
        var closed = await world.Given.Case(scene.PermitDesk, "permits", Old);
        await world.ExecuteAsync("UPDATE case_file SET state = 'closed', closed_at = opened_at, next_due = NULL WHERE id = @closed", new { closed });
        await world.ExecuteAsync("UPDATE deadline SET state = 'met', next_at = NULL, ended_at = starts_at WHERE case_id = @closed", new { closed });
        var id = await scene.SavedAsync(scene.Form);
        Assert.Empty((await world.Db.ReadAsync(r => MergerPlan.LoadAsync(r, id))).Gaps);
        Assert.Null((await world.The<DecideMerger>().ConfirmAsync(scene.National, id, null)).Refusal);

        world.Clock.Jump(Midnight.AddMilliseconds(-1));
        await world.The<ApplyMergers>().RunAsync(default);
        Assert.Equal("gm0501-permits", await scene.RouteAsync("permits"));
        world.Clock.Jump(Midnight);
        await world.The<ApplyMergers>().RunAsync(default);

        Assert.Equal(("so1993-permits", "gm0501-debts"), (await scene.RouteAsync("permits"), await scene.RouteAsync("debts")));
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM organisation WHERE valid_until IS NOT NULL"));
        Assert.Equal((New, Old), ((await world.ActorAsync(scene.Permits.Id)).OrganisationCode, (await world.ActorAsync(scene.Desk.Id)).OrganisationCode));
        Assert.Equal([(scene.Debts.Id, "gm0501-debts"), (scene.Permits.Id, "so1993-permits")], await scene.MembersAsync());
        Assert.Equal([Old, New, Old], await world.QueryAsync<string>("SELECT organisation_code FROM case_file ORDER BY id"));
        Assert.Equal("so1993-permits", await world.ScalarAsync<string>("SELECT line_code FROM handoff WHERE id = @talk", new { talk }));
        Assert.Equal(2, await world.ScalarAsync<long>("SELECT COUNT(DISTINCT organisation_code) FROM professional WHERE duty_supervisor = 1"));
        // The new body knows what the old one wrote in what it takes over, and nothing of anything else.
        var desk = await world.ActorAsync(scene.PermitDesk.Id);
        Assert.True((await world.Db.ReadAsync(r => CaseAccess.FindAsync(r, desk, goes)))!.IsOwnOrganisation);
        Assert.Null(await world.Db.ReadAsync(r => CaseAccess.FindAsync(r, desk, mine)));
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM past_organisation"));
        Assert.Equal(1, await world.ScalarAsync<long>("SELECT COUNT(*) FROM journal WHERE kind = 'organisation_succeeded'"));
        Assert.True((await world.The<VerifyJournal>().RunAsync()).Holds);
        Assert.Empty(await Invariants.BrokenAsync(world));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_would_be_left_with_nobody_on_either_side_refuses_the_split_and_is_named(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var world = scene.World;
        var form = scene.Form;
        async Task<(string?, string?)> WhyAsync(MergerForm tried)
        {
            var no = (await world.The<DecideMerger>().ConfirmAsync(scene.National, await scene.SavedAsync(tried), null)).Refusal;
            return (no?.Code, no is { Args: [var first, ..] } ? first : null);
        }

        // The line without its people; the people without their line; everybody; nothing at all; whoever supervises.
        Assert.Equal(("merger-left-with-nobody", "gm0501-permits"), await WhyAsync(form with { Teams = [] }));
        Assert.Equal(("merger-left-with-nobody", "gm0501-permits"), await WhyAsync(form with { Lines = [] }));
        Assert.Equal(("merger-left-with-nobody", "gm0501-debts"), await WhyAsync(form with { Teams = [new("gm0501-permit", New), new("gm0501-team", New)] }));
        Assert.Equal(("merger-nothing-moves", Old), await WhyAsync(form with { Lines = [], Teams = [] }));
        await world.ExecuteAsync("UPDATE professional SET supervisor = 0 WHERE team_code = 'gm0501-team'");
        Assert.Equal(("merger-left-with-nobody", Old), await WhyAsync(form));
        await world.Given.Supervisor(Old);
        Assert.Equal((null, null), await WhyAsync(form));
    }

    private sealed class MemberRow
    {
        public long ProfessionalId { get; init; }

        public string LineCode { get; init; } = "";
    }

    private sealed class Scene(World world) : IAsyncDisposable
    {
        public World World => world;

        public Actor Desk { get; private set; } = null!;

        public Actor PermitDesk { get; private set; } = null!;

        public Actor Debts { get; private set; } = null!;

        public Actor Permits { get; private set; } = null!;

        public Actor National { get; private set; } = null!;

        public MergerForm Form { get; } = new("Vergunningen naar de regio", Day, [new EndingBody(Old, New, Stays: true)], [new("gm0501-permits", "so1993-permits")], [new("gm0501-permit", New)]);

        public static async Task<Scene> NewAsync(TestEngine engine)
        {
            var world = await World.NewAsync(engine);
            world.Clock.Jump(Midnight.AddDays(-20));
            var scene = new Scene(world);
            await world.Given.Municipality(Old, "Brielle");
            scene.Debts = (await world.Given.Line("gm0501-debts", members: 1)).Members[0];
            await world.Given.Line("gm0501-permits");
            await world.Given.Line("so1993-permits");
            scene.Desk = await world.Given.FrontOffice(Old);
            scene.PermitDesk = await world.Given.FrontOffice(Old, "gm0501-permit");
            scene.Permits = await world.Given.Person(Old, "gm0501-permit", specialist: true);
            await world.Given.Member("gm0501-permits", scene.Permits);
            await world.Given.Supervisor(Old);
            await world.Given.Supervisor(Old, "gm0501-permit", onDuty: false);
            scene.National = await world.Given.Person("rijk1");
            return scene;
        }

        public async Task<long> SavedAsync(MergerForm form) => Given.Id((await world.The<SaveMerger>().RunAsync(National, null, form, null)).Value.MergerId);

        public async Task<string?> RouteAsync(string topic) => (await world.Db.ReadAsync(r => Routes.PlanAsync(r, topic, Old, world.Clock.UtcNow))).Ringing.FirstOrDefault()?.Line;

        public async Task<List<(long, string)>> MembersAsync() =>
            (await world.QueryAsync<MemberRow>("SELECT professional_id, line_code FROM line_member ORDER BY professional_id")).ConvertAll(m => (m.ProfessionalId, m.LineCode));

        public ValueTask DisposeAsync() => world.DisposeAsync();
    }
}
