using Loket.Domain.Handoffs;
using Loket.Web.Features.Callbacks;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.People;
using Loket.Web.Security;
using Loket.Web.Tests.Chain;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.People;

/// <summary>A colleague leaves, and nothing is left with nobody.</summary>
public sealed class DeactivateTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task An_owner_of_forty_cases_leaves_none_without_a_reachable_owner(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var colleague = await scene.Given.FrontOffice("gm0344");
        for (var i = 0; i < 40; i++)
        {
            var caseId = await scene.Given.Case(scene.Desk);
            await scene.World.The<Promises>().MakeAsync(scene.Desk, caseId, new PromiseForm("Ik bel terug", scene.Clock.UtcNow.AddDays(1 + (i % 5))), null);
        }

        var other = await scene.Given.Case(colleague);
        var dates = await DatesAsync(scene);

        var answer = await DeactivateAsync(scene, scene.Desk);

        Assert.Equal(40, answer.Value.CasesMoved);
        Assert.Equal(40, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM case_file WHERE owner_id = @Id AND owned_by_office = 1 AND state = 'open'", new { scene.DeskSupervisor.Id }));
        Assert.Equal([colleague.Id], await scene.World.QueryAsync<long>("SELECT owner_id FROM case_file WHERE id = @other", new { other }));
        Assert.Equal(40, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM promise WHERE professional_id = @Id AND state = 'open'", new { scene.DeskSupervisor.Id }));
        Assert.Equal(40, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM journal WHERE kind = 'ownership_by_office'"));
        Assert.Equal(dates, await DatesAsync(scene));
        Assert.Empty(await Invariants.BrokenAsync(scene.World));
        Assert.Null(await Actor.LoadAsync(scene.World.Db, scene.Desk.Id));
    }

    [Fact]
    public async Task The_successor_keeps_what_was_promised_and_asks_a_new_owner()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk);
        var promise = Given.Id((await scene.World.The<Promises>().MakeAsync(scene.Desk, caseId, new PromiseForm("Ik bel", scene.Clock.UtcNow.AddDays(1)), null)).Value.PromiseId);
        var colleague = await scene.Given.FrontOffice("gm0344");
        await DeactivateAsync(scene, scene.Desk);

        Assert.True((await scene.World.The<Promises>().KeepAsync(scene.DeskSupervisor, promise, null)).IsOk);
        var asked = await scene.World.The<Ownership>().AskAsync(scene.DeskSupervisor, caseId, colleague.Id, null);
        Assert.True((await scene.World.The<Ownership>().AcceptAsync(colleague, Given.Id(asked.Value.RequestId), null)).IsOk);
        Assert.Equal([0], await scene.World.QueryAsync<int>("SELECT owned_by_office FROM case_file WHERE owner_id = @Id", new { colleague.Id }));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_pending_offer_goes_to_the_next(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var handoff = await scene.RingAsync();

        await DeactivateAsync(scene, scene.Members[0], scene.LineSupervisor);

        Assert.Equal([scene.Members[1].Id], await scene.RingingAtAsync(handoff));
        Assert.Equal("offline", await scene.PresenceAsync(scene.Members[0]));
        Assert.Empty(await Invariants.BrokenAsync(scene.World));
    }

    [Theory]
    [InlineData("warm"), InlineData("cold"), InlineData("consult")]
    public async Task A_live_talk_goes_back_to_the_queue_and_its_sender_has_it_again(string mode)
    {
        await using var scene = await Scene.NewAsync();
        var handoff = await scene.TalkAsync(mode);
        await scene.Given.Available(scene.Members[1]);

        await DeactivateAsync(scene, scene.Members[0], scene.LineSupervisor);

        Assert.Equal([scene.Members[1].Id], await scene.RingingAtAsync(handoff));
        Assert.False(await scene.IsReleasedAsync(handoff));
        Assert.Empty(await Invariants.BrokenAsync(scene.World));
    }

    [Fact]
    public async Task A_handoff_that_its_sender_left_behind_is_the_successors()
    {
        await using var scene = await Scene.NewAsync();
        var handoff = await scene.RingAsync();

        await DeactivateAsync(scene, scene.Desk);

        Assert.Equal(HandoffState.Offered, await scene.StateAsync(handoff));
        Assert.True((await scene.World.The<StopRinging>().WithdrawAsync(scene.DeskSupervisor, handoff, null)).IsOk);
    }

    // While two talk, the date runs at the specialist: the sender who gave the case away has neither case nor date.
    [Fact]
    public async Task A_talk_whose_sender_gave_the_case_away_and_left_is_the_successors()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.CaseOfAsync(await scene.TalkAsync("warm"));
        var specialist = scene.Members[0];
        var asked = Given.Id((await scene.World.The<Ownership>().AskAsync(scene.Desk, caseId, specialist.Id, null)).Value.RequestId);
        await scene.World.The<Ownership>().AcceptAsync(specialist, asked, null);

        await DeactivateAsync(scene, scene.Desk);

        Assert.Empty(await Invariants.BrokenAsync(scene.World));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_callback_is_the_successors_at_the_same_moment(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1);
        var handoff = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));
        var before = await scene.CallbackAsync(handoff);

        await DeactivateAsync(scene, scene.Members[0], scene.LineSupervisor);

        var after = await scene.CallbackAsync(handoff);
        Assert.Equal((scene.LineSupervisor.Id, before.FromAt, before.UntilAt), (after.ProfessionalId, after.FromAt, after.UntilAt));
        Assert.Equal([scene.LineSupervisor.Id], await scene.World.QueryAsync<long>("SELECT professional_id FROM deadline WHERE state = 'running'"));
        Assert.True((await scene.World.The<AttemptCallback>().RunAsync(scene.LineSupervisor, after.Id, new AttemptForm("reached", null), null)).IsOk);
    }

    [Fact]
    public async Task Who_was_asked_to_own_a_case_and_leaves_does_not_keep_the_question_open()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk);
        await scene.World.The<Ownership>().AskAsync(scene.Desk, caseId, scene.Members[0].Id, null);

        await DeactivateAsync(scene, scene.Members[0], scene.LineSupervisor);

        Assert.Equal(["withdrawn"], await scene.World.QueryAsync<string>("SELECT state FROM ownership_request"));
        Assert.Contains("ownership_withdrawn", await scene.World.TimelineAsync(caseId));
        Assert.True((await scene.World.The<Ownership>().AskAsync(scene.Desk, caseId, scene.Members[1].Id, null)).IsOk);
    }

    [Fact]
    public async Task A_question_that_the_leaver_asked_stays_open_and_the_successor_can_take_it_back()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk);
        var asked = Given.Id((await scene.World.The<Ownership>().AskAsync(scene.Desk, caseId, scene.Members[0].Id, null)).Value.RequestId);

        await DeactivateAsync(scene, scene.Desk);

        Assert.Equal(["asked"], await scene.World.QueryAsync<string>("SELECT state FROM ownership_request"));
        Assert.True((await scene.World.The<Ownership>().WithdrawAsync(scene.DeskSupervisor, asked, null)).IsOk);
    }

    [Fact]
    public async Task A_supervisor_who_leaves_gives_teams_and_unread_escalations_to_the_successor()
    {
        await using var scene = await Scene.NewAsync();
        var second = await scene.Given.Supervisor("gm0344", "gm0344-other", onDuty: false);
        var caseId = await scene.Given.Case(scene.Desk);
        await scene.World.The<Promises>().MakeAsync(scene.Desk, caseId, new PromiseForm("Ik bel", scene.Clock.UtcNow.AddHours(1)), null);
        scene.Clock.Advance(TimeSpan.FromHours(1));
        await scene.ChaseAsync();
        await scene.ChaseAsync();
        Assert.Null(await AccessAsync(scene, second, caseId));

        await DeactivateAsync(scene, scene.DeskSupervisor, second);

        Assert.True((await AccessAsync(scene, second, caseId))?.IsSupervisor);
        var escalation = await scene.World.ScalarAsync<long>("SELECT id FROM escalation WHERE step = 2 AND to_id = @Id", new { second.Id });
        Assert.True((await scene.World.The<Escalations>().AcknowledgeAsync(second, escalation, null)).IsOk);
    }

    [Fact]
    public async Task The_last_supervisor_of_an_organisation_cannot_leave_and_nothing_changes()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk);
        await scene.World.The<Ownership>().AskAsync(scene.Desk, caseId, scene.DeskSupervisor.Id, null);
        await scene.World.The<Ownership>().AcceptAsync(scene.DeskSupervisor, await scene.World.ScalarAsync<long>("SELECT id FROM ownership_request"), null);

        Assert.Equal("no-successor", (await DeactivateAsync(scene, scene.DeskSupervisor)).Refusal?.Code);

        Assert.Equal(scene.DeskSupervisor.Id, (await scene.World.ActorAsync(scene.DeskSupervisor.Id)).Id);
        Assert.Empty(await Invariants.BrokenAsync(scene.World));
    }

    [Fact]
    public async Task Only_a_supervisor_of_the_same_organisation_does_it()
    {
        await using var scene = await Scene.NewAsync();
        Assert.Equal("professional-unknown", (await DeactivateAsync(scene, scene.Desk, scene.LineSupervisor)).Refusal?.Code);
        Assert.Equal("professional-unknown", (await DeactivateAsync(scene, scene.Desk, scene.Desk)).Refusal?.Code);
        Assert.True((await DeactivateAsync(scene, scene.Desk)).IsOk);
        Assert.Equal("professional-unknown", (await DeactivateAsync(scene, scene.Desk)).Refusal?.Code);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_accepts_a_case_while_leaving_does_not_end_up_owning_it(TestEngine engine)
    {
        for (var round = 0; round < 5; round++)
        {
            await using var scene = await Scene.NewAsync(engine);
            var cases = new List<long>();
            var asked = new List<long>();
            for (var i = 0; i < 8; i++)
            {
                cases.Add(await scene.Given.Case(scene.Desk));
                asked.Add(Given.Id((await scene.World.The<Ownership>().AskAsync(scene.Desk, cases[i], scene.Members[0].Id, null)).Value.RequestId));
            }

            var accepting = asked.Select(id => Task.Run(() => scene.World.The<Ownership>().AcceptAsync(scene.Members[0], id, null))).ToList();
            await Task.WhenAll([Task.Run(() => DeactivateAsync(scene, scene.Members[0], scene.LineSupervisor)), .. accepting]);

            Assert.Empty(await Invariants.BrokenAsync(scene.World));
        }
    }

    [Fact]
    public async Task Who_left_can_do_nothing_more_with_what_they_still_have_open()
    {
        await using var scene = await Scene.NewAsync();
        var handoff = await scene.TalkAsync("consult");
        var caseId = await scene.CaseOfAsync(handoff);
        await DeactivateAsync(scene, scene.Desk);

        var opened = await scene.World.The<OpenCase>().RunAsync(scene.Desk, new OpenCaseForm("Vraag", "person", "debts", "gm0518"), null);
        var promised = await scene.World.The<Promises>().MakeAsync(scene.Desk, caseId, new PromiseForm("Ik bel", scene.Clock.UtcNow.AddDays(1)), null);

        Assert.Equal("signed-out", opened.Refusal?.Code);
        Assert.Equal("signed-out", promised.Refusal?.Code);
        Assert.Empty(await Invariants.BrokenAsync(scene.World));
    }

    private static Task<Domain.Outcome<Deactivated>> DeactivateAsync(Scene scene, Actor leaver, Actor? by = null) =>
        scene.World.The<Deactivate>().RunAsync(by ?? scene.DeskSupervisor, leaver.Id, null);

    private static Task<CaseAccess?> AccessAsync(Scene scene, Actor actor, long caseId) =>
        scene.World.Db.ReadAsync(r => CaseAccess.FindAsync(r, actor, caseId));

    private static Task<List<DateTime>> DatesAsync(Scene scene) => scene.World.QueryAsync<DateTime>("SELECT due_at FROM deadline WHERE state = 'running' ORDER BY due_at, id");
}
