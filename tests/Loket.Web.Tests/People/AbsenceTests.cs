using Loket.Domain;
using Loket.Domain.Handoffs;
using Loket.Domain.Terms;
using Loket.Web.Features.Callbacks;
using Loket.Web.Features.Chain;
using Loket.Web.Features.People;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Loket.Web.Tests.Chain;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.People;

/// <summary>Somebody is away: what they owe is somebody else's at once, and nothing is asked of them.</summary>
public sealed class AbsenceTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task Promises_callbacks_asks_and_escalations_are_the_stand_ins_at_once_with_their_dates(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1);
        var (away, standIn) = (scene.Members[0], await scene.Given.Person("gm0518", specialist: true));
        var handoff = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));
        var callback = await scene.CallbackAsync(handoff);
        var caseId = await scene.CaseOfAsync(handoff);
        Assert.True((await scene.World.The<Promises>().MakeAsync(away, caseId, new PromiseForm("Ik bel", scene.Clock.UtcNow.AddHours(30)), null)).IsOk);
        Assert.True((await scene.World.The<Ownership>().AskAsync(scene.Desk, caseId, away.Id, null)).IsOk);
        scene.Clock.Advance(TimeSpan.FromHours(29));
        await scene.ChaseAsync();
        var told = await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM escalation WHERE to_id = @Id AND acknowledged_at IS NULL", new { away.Id });
        Assert.True(told > 0);
        var dates = await scene.World.QueryAsync<DateTime>("SELECT due_at FROM deadline WHERE state = 'running' AND professional_id = @Id ORDER BY due_at, id", new { away.Id });

        Assert.Null((await SetAsync(scene, away, away, 1, 5, standIn)).Refusal);

        Assert.Equal(dates, await scene.World.QueryAsync<DateTime>("SELECT due_at FROM deadline WHERE state = 'running' AND professional_id = @Id ORDER BY due_at, id", new { standIn.Id }));
        Assert.Equal(3, dates.Count);
        Assert.Equal(standIn.Id, (await scene.CallbackAsync(handoff)).ProfessionalId);
        Assert.Equal([standIn.Id], await scene.World.QueryAsync<long>("SELECT professional_id FROM promise WHERE state = 'open'"));
        Assert.Equal([standIn.Id], await scene.World.QueryAsync<long>("SELECT to_id FROM ownership_request WHERE state = 'asked'"));
        Assert.Equal(told, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM escalation WHERE to_id = @Id AND acknowledged_at IS NULL", new { standIn.Id }));
        Assert.Contains($"\"notify\":[\"{standIn.Id}\"]", (await scene.World.QueryAsync<string>("SELECT payload FROM journal WHERE kind = 'obligations_moved'")).Single(), StringComparison.Ordinal);
        Assert.Empty(await Invariants.BrokenAsync(scene.World));
        Assert.True((await scene.World.The<AttemptCallback>().RunAsync(standIn, callback.Id, new AttemptForm("reached", null), null)).IsOk);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_planned_absence_begins_by_itself_on_its_day_and_at_its_end_nothing_moves_back(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var colleague = await scene.Given.FrontOffice("gm0344");
        await PromisesAsync(scene, scene.Desk, 2);
        await SetAsync(scene, scene.Desk, scene.Desk, 2, 3, colleague);

        scene.Clock.AdvanceTo(AmsterdamTime.StartOfDay(Day(scene, 2)).AddMilliseconds(-1));
        await SweepAsync(scene);
        Assert.Equal(0, await HeldAsync(scene, colleague));
        scene.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await Task.WhenAll(Task.Run(() => SweepAsync(scene)), Task.Run(() => SweepAsync(scene)));
        Assert.Equal((0, 2), (await HeldAsync(scene, scene.Desk), await HeldAsync(scene, colleague)));

        scene.Clock.AdvanceTo(AmsterdamTime.StartOfDay(Day(scene, 4)));
        await SweepAsync(scene);
        Assert.Equal((0, 2), (await HeldAsync(scene, scene.Desk), await HeldAsync(scene, colleague)));
        Assert.True((await scene.SetPresenceAsync(scene.Desk, "available")).IsOk);
    }

    [Fact]
    public async Task Who_is_away_is_not_asked_on_a_line_and_cannot_become_available()
    {
        await using var scene = await Scene.NewAsync();
        var handoff = await scene.RingAsync();
        Assert.Equal([scene.Members[0].Id], await scene.RingingAtAsync(handoff));

        await SetAsync(scene, scene.LineSupervisor, scene.Members[0], 0, 2, null);

        Assert.Equal([scene.Members[1].Id], await scene.RingingAtAsync(handoff));
        Assert.Equal("offline", await scene.PresenceAsync(scene.Members[0]));
        Assert.Equal("presence-away", (await scene.SetPresenceAsync(scene.Members[0], "available")).Refusal?.Code);
        Assert.True((await scene.SetPresenceAsync(scene.Members[0], "offline")).IsOk);
        Assert.Equal("ownership-unreachable", (await scene.World.The<Ownership>().AskAsync(scene.Desk, await scene.Given.Case(scene.Desk), scene.Members[0].Id, null)).Refusal?.Code);
    }

    [Fact]
    public async Task Who_is_in_a_talk_when_a_planned_absence_begins_finishes_it_first()
    {
        await using var scene = await Scene.NewAsync();
        await SetAsync(scene, scene.Members[0], scene.Members[0], 1, 2, scene.Members[1]);
        scene.Clock.AdvanceTo(AmsterdamTime.StartOfDay(Day(scene, 1)).AddSeconds(-30));
        var handoff = await scene.TalkAsync("consult");
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        await SweepAsync(scene);
        Assert.Equal("engaged", await scene.PresenceAsync(scene.Members[0]));

        await scene.World.The<Features.Handoffs.Conversation>().FinishAsync(scene.Members[0], handoff, new Features.Handoffs.FinishForm("answered", "Ja"), null);
        await SweepAsync(scene);
        Assert.Equal("offline", await scene.PresenceAsync(scene.Members[0]));
    }

    [Theory]
    [InlineData("warm"), InlineData("consult")]
    public async Task Who_says_to_be_away_now_gives_a_talk_back_to_the_queue(string mode)
    {
        await using var scene = await Scene.NewAsync();
        var handoff = await scene.TalkAsync(mode);
        await scene.Given.Available(scene.Members[1]);

        await SetAsync(scene, scene.LineSupervisor, scene.Members[0], 0, 0, null);

        Assert.Equal([scene.Members[1].Id], await scene.RingingAtAsync(handoff));
        Assert.Equal(HandoffState.Offered, await scene.StateAsync(handoff));
        Assert.Empty(await Invariants.BrokenAsync(scene.World));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Without_a_stand_in_reminders_reach_the_supervisor_and_after_a_working_day_the_chains_are_owned_by_office(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        await PromisesAsync(scene, scene.Desk, 1, hours: 8);
        await SetAsync(scene, scene.DeskSupervisor, scene.Desk, 0, 5, null);

        scene.Clock.Advance(TimeSpan.FromHours(7));
        await scene.ChaseAsync();
        await SweepAsync(scene);
        Assert.Equal([scene.DeskSupervisor.Id], await scene.World.QueryAsync<long>("SELECT to_id FROM escalation"));
        Assert.Equal([scene.Desk.Id], await scene.World.QueryAsync<long>("SELECT owner_id FROM case_file"));

        scene.Clock.Advance(TimeSpan.FromHours(17));
        await SweepAsync(scene);
        Assert.Equal([scene.DeskSupervisor.Id], await scene.World.QueryAsync<long>("SELECT owner_id FROM case_file WHERE owned_by_office = 1"));
        Assert.Equal(1, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM journal WHERE kind = 'ownership_by_office'"));
        Assert.Empty(await Invariants.BrokenAsync(scene.World));
    }

    [Fact]
    public async Task With_a_stand_in_the_owner_stays_the_owner_and_the_stand_in_can_work()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk);
        var colleague = await scene.Given.Person("gm0344", "gm0344-other", specialist: true);
        await SetAsync(scene, scene.Desk, scene.Desk, 0, 9, colleague);
        scene.Clock.Advance(TimeSpan.FromDays(5));
        await SweepAsync(scene);

        Assert.Equal([scene.Desk.Id], await scene.World.QueryAsync<long>("SELECT owner_id FROM case_file"));
        Assert.True((await scene.World.The<Promises>().MakeAsync(colleague, caseId, new PromiseForm("Ik bel", scene.Clock.UtcNow.AddHours(8)), null)).IsOk);
    }

    [Fact]
    public async Task Only_the_person_and_who_leads_them_may_set_it()
    {
        await using var scene = await Scene.NewAsync();
        var colleague = await scene.Given.FrontOffice("gm0344");
        var otherTeam = await scene.Given.Supervisor("gm0344", "gm0344-other", onDuty: false);
        Assert.Equal("professional-unknown", (await SetAsync(scene, colleague, scene.Desk, 0, 1, null)).Refusal?.Code);
        Assert.Equal("professional-unknown", (await SetAsync(scene, otherTeam, scene.Desk, 0, 1, null)).Refusal?.Code);
        Assert.Equal("professional-unknown", (await SetAsync(scene, scene.LineSupervisor, scene.Desk, 0, 1, null)).Refusal?.Code);
        var set = await SetAsync(scene, scene.DeskSupervisor, scene.Desk, 0, 1, colleague);
        Assert.True(set.IsOk);

        var absences = scene.World.The<Absences>();
        Assert.Equal("absence-unknown", (await absences.EndAsync(colleague, Given.Id(set.Value.AbsenceId), null)).Refusal?.Code);
        Assert.True((await absences.EndAsync(scene.Desk, Given.Id(set.Value.AbsenceId), null)).IsOk);
        Assert.Equal("absence-over", (await absences.EndAsync(scene.Desk, Given.Id(set.Value.AbsenceId), null)).Refusal?.Code);
        Assert.True((await scene.SetPresenceAsync(scene.Desk, "available")).IsOk);
        Assert.True((await SetAsync(scene, scene.Desk, scene.Desk, 0, 1, colleague)).IsOk);
    }

    [Fact]
    public async Task A_stand_in_is_a_colleague_who_is_here_all_that_time()
    {
        await using var scene = await Scene.NewAsync();
        var colleague = await scene.Given.FrontOffice("gm0344");
        await SetAsync(scene, colleague, colleague, 4, 6, null);
        async Task<string?> Code(int from, int until, Actor? standIn) => (await SetAsync(scene, scene.Desk, scene.Desk, from, until, standIn)).Refusal?.Code;

        Assert.Equal("absence-stand-in-self", await Code(0, 1, scene.Desk));
        Assert.Equal("absence-stand-in-unknown", await Code(0, 1, scene.LineSupervisor));
        // Who has no part in cases could not open what they would take over.
        Assert.Equal("absence-stand-in-unknown", await Code(0, 1, await scene.Given.Person("gm0344")));
        Assert.Equal("absence-stand-in-away", await Code(0, 4, colleague));
        Assert.Equal("absence-stand-in-away", await Code(6, 9, colleague));
        Assert.Null(await Code(0, 3, colleague));
        Assert.Equal("absence-overlaps", await Code(3, 3, colleague));
        Assert.Null(await Code(7, 9, colleague));
        // Two who are away at the same time cannot stand in for each other.
        Assert.Equal("absence-stand-in-away", (await SetAsync(scene, colleague, colleague, 8, 8, scene.Desk)).Refusal?.Code);
    }

    [Fact]
    public async Task The_only_supervisor_who_is_here_names_a_stand_in()
    {
        await using var scene = await Scene.NewAsync();
        Assert.Equal("absence-stand-in-missing", (await SetAsync(scene, scene.DeskSupervisor, scene.DeskSupervisor, 0, 1, null)).Refusal?.Code);
        Assert.True((await SetAsync(scene, scene.DeskSupervisor, scene.DeskSupervisor, 0, 1, scene.Desk)).IsOk);
        Assert.Equal(scene.Desk.Id, (await scene.World.Db.WriteAsync<long>(unit => Reachable.SupervisorOf(unit, scene.DeskSupervisor.Id))).Value);
    }

    private static DateOnly Day(Scene scene, int days) => AmsterdamTime.DateOf(FakeClock.Start).AddDays(days);

    [Theory, OnSqlite, OnSqlServer]
    public async Task Until_further_notice_the_stand_in_holds_until_somebody_ends_it(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var colleague = await scene.Given.FrontOffice("gm0344");
        await PromisesAsync(scene, scene.Desk, 2);

        var set = await scene.World.The<Absences>().SetAsync(scene.Desk, scene.Desk.Id, new AbsenceForm(Day(scene, 0), null, colleague.Id), null);

        Assert.Null(set.Refusal);
        Assert.Equal((0, 2), (await HeldAsync(scene, scene.Desk), await HeldAsync(scene, colleague)));
        scene.Clock.Advance(TimeSpan.FromDays(800));
        await SweepAsync(scene);
        var view = await scene.World.AskAsync<AbsenceQuery, AbsenceView?>(q => q.LoadAsync(scene.Desk, null, FormState.Empty));
        Assert.Equal((true, colleague.Name), (view!.Own.Single().HasNoEnd, view.Own.Single().StandInName));
        Assert.Equal("absence-overlaps", (await SetAsync(scene, scene.Desk, scene.Desk, 803, 804, colleague)).Refusal?.Code);

        Assert.True((await scene.World.The<Absences>().EndAsync(scene.Desk, Given.Id(set.Value.AbsenceId), null)).IsOk);
        Assert.True((await SetAsync(scene, scene.Desk, scene.Desk, 803, 804, colleague)).IsOk);
    }

    internal static Task<Outcome<AbsenceSet>> SetAsync(Scene scene, Actor by, Actor who, int from, int until, Actor? standIn) =>
        scene.World.The<Absences>().SetAsync(by, who.Id, new AbsenceForm(Day(scene, from), Day(scene, until), standIn?.Id), null);

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_stand_in_who_leaves_at_the_moment_the_absence_begins_is_left_with_nothing(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        for (var round = 1; round <= 6; round++)
        {
            var away = await scene.Given.FrontOffice("gm0344");
            var standIn = await scene.Given.FrontOffice("gm0344");
            await PromisesAsync(scene, away, 1);
            Assert.Null((await SetAsync(scene, scene.DeskSupervisor, away, 2, 3, standIn)).Refusal);
            scene.Clock.AdvanceTo(AmsterdamTime.StartOfDay(Day(scene, 2)));
            await Task.WhenAll(
                Task.Run(() => SweepAsync(scene)),
                Task.Run(() => scene.World.The<Deactivate>().RunAsync(scene.DeskSupervisor, standIn.Id, null)));
            await SweepAsync(scene);

            Assert.Equal(0, await HeldAsync(scene, standIn));
            Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM set_aside"));
            Assert.Empty(await Invariants.BrokenAsync(scene.World));
        }
    }

    private static Task SweepAsync(Scene scene) => scene.World.The<StartAbsences>().RunAsync(CancellationToken.None);

    internal static async Task PromisesAsync(Scene scene, Actor who, int count, double hours = 24 * 20)
    {
        for (var i = 0; i < count; i++)
        {
            var made = await scene.World.The<Promises>().MakeAsync(who, await scene.Given.Case(who), new PromiseForm("Ik bel", scene.Clock.UtcNow.AddHours(hours + i)), null);
            Assert.Null(made.Refusal);
        }
    }

    internal static Task<long> HeldAsync(Scene scene, Actor who) =>
        scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM promise q JOIN deadline d ON d.subject_id = q.id AND d.state = 'running' AND d.professional_id = q.professional_id WHERE q.professional_id = @Id AND q.state = 'open'", new { who.Id });
}
