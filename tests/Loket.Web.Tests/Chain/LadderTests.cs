using Loket.Domain;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.People;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Chain;

/// <summary>An organisation sets its own ladder; running dates follow at once.</summary>
public sealed class LadderTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task Running_dates_of_the_organisation_follow_in_the_same_moment_and_those_of_others_do_not(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        await AbsenceTests.PromisesAsync(scene, scene.Desk, 1, hours: 100);
        var other = await scene.Given.FrontOffice("gm0518");
        await AbsenceTests.PromisesAsync(scene, other, 1, hours: 100);

        Assert.Null((await SaveAsync(scene, scene.DeskSupervisor, 50, 100, 60, 0)).Refusal);

        Assert.Equal([50d, 75d], await HoursAsync(scene));
        // A date that begins later has the new ladder from the start.
        await AbsenceTests.PromisesAsync(scene, scene.Desk, 1, hours: 10);
        Assert.Contains(5d, await HoursAsync(scene));
        scene.Clock.Advance(TimeSpan.FromHours(50));
        // One rung a sweep: the date of ten hours has three behind it by now.
        for (var sweep = 0; sweep < 3; sweep++)
        {
            await scene.ChaseAsync();
        }

        await scene.World.The<ClimbEscalations>().RunAsync(CancellationToken.None);
        Assert.Equal(1, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM escalation e JOIN deadline d ON d.id = e.deadline_id WHERE e.step = 1 AND e.to_id = @Id AND d.steps_fired = 1", new { scene.Desk.Id }));
    }

    [Fact]
    public async Task Who_changed_it_and_when_is_kept_and_a_stale_page_overwrites_nothing()
    {
        await using var scene = await Scene.NewAsync();
        Assert.Equal(1, (await SaveAsync(scene, scene.DeskSupervisor, 60, 25, 240, 0)).Value.Version);
        scene.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(2, (await SaveAsync(scene, scene.DeskSupervisor, 60, 25, 120, 1)).Value.Version);
        Assert.Equal("stale", (await SaveAsync(scene, scene.DeskSupervisor, 70, 25, 120, 1)).Refusal?.Code);
        Assert.Equal("stale", (await SaveAsync(scene, scene.DeskSupervisor, 70, 25, 120, 0)).Refusal?.Code);

        var view = await scene.World.AskAsync<LadderQuery, LadderView>(q => q.LoadAsync(scene.DeskSupervisor, FormState.Empty));
        Assert.Equal((60, 25, 120, 2, true), (view.ReminderPercent, view.OverduePercent, view.ClimbMinutes, view.Version, view.MayChange));
        Assert.Equal([120, 240], view.Changes.Select(c => c.ClimbMinutes));
        Assert.All(view.Changes, c => Assert.Equal(scene.DeskSupervisor.Name, c.ChangedBy));
    }

    [Fact]
    public async Task Only_the_duty_supervisor_sets_it()
    {
        await using var scene = await Scene.NewAsync();
        var second = await scene.Given.Supervisor("gm0344", onDuty: false);
        Assert.Equal("ladder-not-yours", (await SaveAsync(scene, second, 60, 25, 240, 0)).Refusal?.Code);
        Assert.Equal("ladder-not-yours", (await SaveAsync(scene, scene.Desk, 60, 25, 240, 0)).Refusal?.Code);
        var view = await scene.World.AskAsync<LadderQuery, LadderView>(q => q.LoadAsync(second, FormState.Empty));
        Assert.Equal((75, 25, 240, 0, false, scene.DeskSupervisor.Name), (view.ReminderPercent, view.OverduePercent, view.ClimbMinutes, view.Version, view.MayChange, view.DutyName));
    }

    [Theory]
    [InlineData(9, 25, 240, 3, "ladder-reminder"), InlineData(96, 25, 240, 3, "ladder-reminder"), InlineData(null, 25, 240, 3, "ladder-reminder")]
    [InlineData(75, 4, 240, 3, "ladder-overdue"), InlineData(75, 201, 240, 3, "ladder-overdue"), InlineData(75, null, 240, 3, "ladder-overdue")]
    [InlineData(75, 25, 14, 3, "ladder-climb"), InlineData(75, 25, 2401, 3, "ladder-climb"), InlineData(75, 25, null, 3, "ladder-climb")]
    [InlineData(75, 25, 240, 0, "ladder-stalled"), InlineData(75, 25, 240, 21, "ladder-stalled"), InlineData(75, 25, 240, null, "ladder-stalled")]
    [InlineData(10, 5, 15, 1, null), InlineData(95, 200, 2400, 20, null)]
    public async Task A_ladder_that_makes_no_sense_is_refused(int? reminder, int? overdue, int? climb, int? stalled, string? code)
    {
        await using var scene = await Scene.NewAsync();
        Assert.Equal(code, (await SaveAsync(scene, scene.DeskSupervisor, reminder, overdue, climb, 0, stalled)).Refusal?.Code);
    }

    private static Task<Outcome<LadderSaved>> SaveAsync(Scene scene, Actor by, int? reminder, int? overdue, int? climb, int version, int? stalled = 3) =>
        scene.World.The<LadderSettings>().SaveAsync(by, new LadderForm(reminder, overdue, climb, stalled, version), null);

    private static async Task<List<double>> HoursAsync(Scene scene) =>
        (await scene.World.QueryAsync<DateTime>("SELECT next_at FROM deadline WHERE state = 'running' ORDER BY next_at")).ConvertAll(at => (at - FakeClock.Start).TotalHours);
}
