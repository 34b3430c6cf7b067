using Loket.Web.Features.Chain;
using Loket.Web.Security;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Chain;

/// <summary>
/// A promise of eight hours from ten o'clock on Monday: the reminder is at four in the afternoon, and four working hours
/// (opening hours nine to five) later is Tuesday at noon.
/// </summary>
public sealed class EscalationClimbTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task What_nobody_acknowledges_goes_up_person_by_person_until_all_supervisors_know(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var (lead, third) = await MoreSupervisorsAsync(scene);
        await RemindAsync(scene);

        var planned = await scene.World.ScalarAsync<DateTime>("SELECT climbs_at FROM escalation");
        await ClimbAtAsync(scene, planned.AddMilliseconds(-1));
        Assert.Single(await ToldAsync(scene));
        await ClimbAtAsync(scene, planned);
        Assert.Equal([(0, scene.Desk.Id), (1, lead.Id)], await ToldAsync(scene));
        await ClimbAtAsync(scene, await NextAsync(scene));
        Assert.Equal([(0, scene.Desk.Id), (1, lead.Id), (2, scene.DeskSupervisor.Id)], await ToldAsync(scene));
        await ClimbAtAsync(scene, await NextAsync(scene));
        Assert.Equal([(0, scene.Desk.Id), (1, lead.Id), (2, scene.DeskSupervisor.Id), (3, third.Id)], await ToldAsync(scene));
        await ClimbAtAsync(scene, planned.AddDays(60));
        await ClimbAtAsync(scene, planned.AddDays(90));

        Assert.Equal(4, (await ToldAsync(scene)).Count);
        Assert.Equal(["climbed", "climbed", "climbed", "top"], await scene.World.QueryAsync<string>("SELECT climb FROM escalation ORDER BY level, id"));
        Assert.Equal(3, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM journal WHERE kind = 'escalation_climbed'"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Two_nodes_that_sweep_at_the_same_moment_climb_each_step_once(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        await MoreSupervisorsAsync(scene);
        await RemindAsync(scene, 20);
        var other = await scene.World.AnotherNodeAsync();

        scene.Clock.AdvanceTo(await scene.World.ScalarAsync<DateTime>("SELECT MAX(climbs_at) FROM escalation"));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Task.Run(() => (n % 2 == 0 ? scene.World.Node : other).The<ClimbEscalations>().RunAsync(CancellationToken.None))));

        Assert.Equal(20, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM escalation WHERE level = 1"));
        Assert.Equal(20, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM journal WHERE kind = 'escalation_climbed'"));
    }

    [Fact]
    public async Task Four_working_hours_pass_over_the_night()
    {
        await using var scene = await Scene.NewAsync();
        await RemindAsync(scene);
        var (raised, climbs) = (await scene.World.ScalarAsync<DateTime>("SELECT raised_at FROM escalation"), await scene.World.ScalarAsync<DateTime>("SELECT climbs_at FROM escalation"));
        Assert.Equal(
            TimeSpan.FromHours(4), Domain.Terms.WorkingTime.Between(raised, climbs, Domain.Terms.OpeningHours.Default, scene.World.The<ServiceDates>().Calendar));
        Assert.True(climbs - raised > TimeSpan.FromHours(4));
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task What_was_acknowledged_or_is_over_does_not_climb(bool acknowledged)
    {
        await using var scene = await Scene.NewAsync();
        await RemindAsync(scene);
        Assert.True(acknowledged
            ? (await scene.World.The<Escalations>().AcknowledgeAsync(scene.Desk, await scene.World.ScalarAsync<long>("SELECT id FROM escalation"), null)).IsOk
            : (await scene.World.The<Promises>().KeepAsync(scene.Desk, await scene.World.ScalarAsync<long>("SELECT id FROM promise"), null)).IsOk);

        await ClimbAtAsync(scene, scene.Clock.UtcNow.AddDays(30));

        Assert.Single(await ToldAsync(scene));
        Assert.Equal(["over"], await scene.World.QueryAsync<string>("SELECT climb FROM escalation"));
    }

    [Fact]
    public async Task Once_somebody_above_answers_it_climbs_no_higher()
    {
        await using var scene = await Scene.NewAsync();
        var (lead, _) = await MoreSupervisorsAsync(scene);
        await RemindAsync(scene);
        await ClimbAtAsync(scene, await NextAsync(scene));
        var first = await scene.World.ScalarAsync<long>("SELECT id FROM escalation WHERE level = 0");

        Assert.True((await scene.World.The<Escalations>().AcknowledgeAsync(scene.Desk, first, null)).IsOk);
        await ClimbAtAsync(scene, scene.Clock.UtcNow.AddDays(30));

        Assert.Equal([(0, scene.Desk.Id), (1, lead.Id)], await ToldAsync(scene));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_log_shows_whom_it_reached_who_took_it_up_and_where_it_climbed_page_by_page(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        await RemindAsync(scene, 60);
        await scene.World.The<Escalations>().AcknowledgeAsync(scene.Desk, await scene.World.ScalarAsync<long>("SELECT MAX(id) FROM escalation"), null);
        await ClimbAtAsync(scene, await NextAsync(scene));

        var seen = new List<EscalationLogRow>();
        var before = (string?)null;
        do
        {
            var page = await scene.World.AskAsync<EscalationLogQuery, EscalationLog>(q => q.OfTeamsAsync(scene.DeskSupervisor, before));
            seen.AddRange(page.Rows);
            before = page.Next;
        }
        while (before is not null);

        Assert.Equal(119, seen.DistinctBy(e => e.Id).Count());
        Assert.Equal(119, seen.Count);
        Assert.Equal((1, 59, 59), (seen.Count(e => e.State == "taken"), seen.Count(e => e.State == "climbed"), seen.Count(e => e.State == "open" && e.ClimbedFrom == scene.Desk.Name)));
        Assert.All(seen, e => Assert.NotNull(e.Title));
        var caseId = seen[0].CaseId;
        Assert.Equal(2, (await scene.World.AskAsync<EscalationLogQuery, EscalationLog?>(q => q.OfCaseAsync(scene.Desk, caseId)))!.Rows.Count);
        Assert.Null(await scene.World.AskAsync<EscalationLogQuery, EscalationLog?>(q => q.OfCaseAsync(scene.LineSupervisor, caseId)));
        Assert.Empty((await scene.World.AskAsync<EscalationLogQuery, EscalationLog>(q => q.OfTeamsAsync(scene.LineSupervisor, null))).Rows);
        // Half a year later it takes a few empty looks to come back to it.
        scene.Clock.Advance(TimeSpan.FromDays(180));
        Assert.NotNull((await scene.World.AskAsync<EscalationLogQuery, EscalationLog>(q => q.OfTeamsAsync(scene.DeskSupervisor, null))).Next);
    }

    // Lead of the desk's team; a third supervisor elsewhere. The scene's own is on duty but leads another team then.
    private static async Task<(Actor Lead, Actor Third)> MoreSupervisorsAsync(Scene scene)
    {
        await scene.World.ExecuteAsync("DELETE FROM team_supervisor WHERE professional_id = @Id", new { scene.DeskSupervisor.Id });
        return (await scene.Given.Supervisor("gm0344", onDuty: false), await scene.Given.Supervisor("gm0344", "gm0344-other", onDuty: false));
    }

    private static async Task RemindAsync(Scene scene, int promises = 1)
    {
        await People.AbsenceTests.PromisesAsync(scene, scene.Desk, promises, hours: 400);
        scene.Clock.Advance(TimeSpan.FromHours(380));
        await scene.ChaseAsync();
        await scene.World.The<ClimbEscalations>().RunAsync(CancellationToken.None);
        Assert.Equal(promises, (await ToldAsync(scene)).Count);
    }

    private static async Task ClimbAtAsync(Scene scene, DateTime at)
    {
        scene.Clock.AdvanceTo(at);
        await scene.World.The<ClimbEscalations>().RunAsync(CancellationToken.None);
        // What climbed just now is planned by the next sweep.
        await scene.World.The<ClimbEscalations>().RunAsync(CancellationToken.None);
    }

    private static Task<DateTime> NextAsync(Scene scene) => scene.World.ScalarAsync<DateTime>("SELECT MIN(climbs_at) FROM escalation WHERE climb = 'waits'");

    private static async Task<List<(int Level, long ToId)>> ToldAsync(Scene scene) =>
        (await scene.World.QueryAsync<Told>("SELECT level, to_id FROM escalation ORDER BY level, to_id")).ConvertAll(t => (t.Level, t.ToId));

    private sealed class Told
    {
        public int Level { get; init; }

        public long ToId { get; init; }
    }
}
