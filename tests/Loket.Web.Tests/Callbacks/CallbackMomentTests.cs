using Loket.Domain.Handoffs;
using Loket.Web.Features.Callbacks;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Handoffs;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Callbacks;

/// <summary>A callback comes at a moment that suits the citizen, moves only with a reason, and says so in plain words.</summary>
public sealed class CallbackMomentTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task Moving_needs_a_reason_and_a_citizen_who_knows_and_takes_the_deadline_along(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1);
        var callback = await scene.CallbackAsync(await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk)));
        var move = scene.World.The<MoveCallback>();
        var page = (await PageAsync(scene, scene.Desk, callback.Id))!;
        var to = page.Moments[5];

        Assert.Equal("callback-reason-missing", (await move.RunAsync(scene.Desk, callback.Id, new MoveForm(to, " ", "phone"), null)).Refusal?.Code);
        Assert.Equal("text-has-bsn", (await move.RunAsync(scene.Desk, callback.Id, new MoveForm(to, "111222333", "phone"), null)).Refusal?.Code);
        Assert.Equal("callback-told-missing", (await move.RunAsync(scene.Desk, callback.Id, new MoveForm(to, "Moet naar de tandarts", null), null)).Refusal?.Code);
        Assert.Equal("callback-slot-taken", (await move.RunAsync(scene.Desk, callback.Id, new MoveForm(to.AddMinutes(1), "Moet naar de tandarts", "phone"), null)).Refusal?.Code);
        Assert.Equal("callback-unknown", (await move.RunAsync(await scene.Given.FrontOffice("gm0363"), callback.Id, new MoveForm(to, "Moet naar de tandarts", "phone"), null)).Refusal?.Code);
        Assert.Equal(callback.FromAt, (await scene.CallbackAsync(callback.HandoffId)).FromAt);

        Assert.True((await move.RunAsync(scene.Desk, callback.Id, new MoveForm(to, "Moet naar de tandarts", "phone"), null)).IsOk);

        Assert.Equal((to, to.AddMinutes(20)), ((await scene.CallbackAsync(callback.HandoffId)).FromAt, (await scene.CallbackAsync(callback.HandoffId)).UntilAt));
        Assert.Equal([to.AddMinutes(20)], await scene.World.QueryAsync<DateTime>("SELECT due_at FROM deadline WHERE state = 'running'"));
        Assert.Equal(1, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM journal WHERE kind = 'callback_moved'"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Two_who_move_it_at_once_move_it_once_each_after_the_other_and_a_taken_moment_is_refused(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1);
        var first = await scene.CallbackAsync(await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk)));
        var second = await scene.CallbackAsync(await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk)));
        var to = (await PageAsync(scene, scene.Desk, first.Id))!.Moments[7];
        var move = scene.World.The<MoveCallback>();

        var answers = await Task.WhenAll(new[] { first, second }.Select(c => move.RunAsync(scene.Desk, c.Id, new MoveForm(to, "Anders", "desk"), null)));

        Assert.Equal(1, answers.Count(a => a.IsOk));
        Assert.Equal("callback-slot-taken", answers.Single(a => !a.IsOk).Refusal!.Code);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_a_colleague_told_the_citizen_meanwhile_is_not_moved_unseen(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1);
        var callback = await scene.CallbackAsync(await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk)));
        var page = (await PageAsync(scene, scene.Desk, callback.Id))!;
        var move = scene.World.The<MoveCallback>();
        Assert.Equal("callback-moment-missing", (await move.RunAsync(scene.Desk, callback.Id, new MoveForm(null, "Anders", "desk", page.Row.From), null)).Refusal?.Code);
        Assert.True((await move.RunAsync(scene.Members[0], callback.Id, new MoveForm(page.Moments[7], "Anders", "phone", page.Row.From), null)).IsOk);

        Assert.Equal("callback-moved", (await move.RunAsync(scene.Desk, callback.Id, new MoveForm(page.Moments[5], "Anders", "desk", page.Row.From), null)).Refusal?.Code);

        Assert.Equal(page.Moments[7], (await scene.CallbackAsync(callback.HandoffId)).FromAt);
        Assert.True((await move.RunAsync(scene.Desk, callback.Id, new MoveForm(page.Moments[5], "Anders", "desk", page.Moments[7]), null)).IsOk);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_question_that_nobody_took_had_no_number_and_who_calls_gets_it_when_it_is_asked_after_all(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1);
        var callback = await scene.CallbackAsync(await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk)));
        async Task<string?> NumberAsync() => (await PageAsync(scene, scene.Members[0], callback.Id))!.Row.Phone;
        Assert.Null(await NumberAsync());

        var reach = scene.World.The<SetReach>();
        Assert.Equal("text-has-bsn", (await reach.RunAsync(scene.Desk, callback.Id, new ReachForm("Europe/Amsterdam", "phone", "111222333"), null)).Refusal?.Code);
        for (var i = 0; i < 2; i++)
        {
            Assert.Null((await reach.RunAsync(scene.Desk, callback.Id, new ReachForm("Europe/Amsterdam", "phone", "06 12345678"), null)).Refusal);
        }

        Assert.Equal("06 12345678", await NumberAsync());
        Assert.Equal(1, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM fact WHERE kind = 'phone_email'"));
        Assert.Equal(1, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM journal WHERE kind = 'facts_disclosed'"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_lives_on_Bonaire_is_called_by_day_there_from_then_on(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1);
        var caseId = await scene.Given.Case(scene.Desk);
        var callback = await scene.CallbackAsync(await scene.Given.Handoff(scene.Desk, caseId));
        var reach = scene.World.The<SetReach>();
        Assert.Equal("channel-needs-phone", (await reach.RunAsync(scene.Desk, callback.Id, new ReachForm("America/Kralendijk", "text_relay"), null)).Refusal?.Code);
        Assert.True((await scene.World.The<Facts>().AddAsync(scene.Desk, caseId, new FactForm("", "+599 717 1234", "citizen", "phone_email"), null)).IsOk);
        Assert.Equal("time-zone-unknown", (await reach.RunAsync(scene.Desk, callback.Id, new ReachForm("Bonaire", "phone"), null)).Refusal?.Code);
        Assert.Equal("channel-needs-email", (await reach.RunAsync(scene.Desk, callback.Id, new ReachForm("America/Kralendijk", "email"), null)).Refusal?.Code);
        Assert.True((await reach.RunAsync(scene.Desk, callback.Id, new ReachForm("America/Kralendijk", "text_relay"), null)).IsOk);

        var page = (await PageAsync(scene, scene.Desk, callback.Id))!;

        Assert.Equal(("America/Kralendijk", "text_relay", "234"), (page.TimeZone, page.Channel, page.Citizen.PhoneEnd));
        Assert.All(page.Moments, m => Assert.InRange(m.AddHours(-4).TimeOfDay, TimeSpan.FromHours(8), TimeSpan.FromHours(21)));
        // The next attempt too: an hour after this one it is still night there.
        Assert.True((await scene.World.The<AttemptCallback>().RunAsync(scene.Members[0], callback.Id, new AttemptForm("no_answer", null), null)).IsOk);
        Assert.True((await scene.CallbackAsync(callback.HandoffId)).FromAt.AddHours(-4).TimeOfDay >= TimeSpan.FromHours(8));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task An_engaged_line_is_called_again_soon_and_a_wrong_number_is_escalated_at_once(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1);
        var callback = await scene.CallbackAsync(await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk)));
        var attempt = scene.World.The<AttemptCallback>();

        Assert.Equal("scheduled", (await attempt.RunAsync(scene.Members[0], callback.Id, new AttemptForm("engaged", null), null)).Value.State);
        Assert.InRange((await scene.CallbackAsync(callback.HandoffId)).FromAt - scene.Clock.UtcNow, TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(40));
        Assert.Equal("failed", (await attempt.RunAsync(scene.Members[0], callback.Id, new AttemptForm("wrong_number", "Een ander nam op"), null)).Value.State);

        Assert.Equal(HandoffState.Escalated, await scene.StateAsync(callback.HandoffId));
        Assert.Equal([scene.Desk.Id, scene.LineSupervisor.Id], await scene.World.QueryAsync<long>("SELECT to_id FROM escalation ORDER BY to_id"));
        // Not a rung of the ladder of three: at once.
        Assert.Equal(2, (await scene.World.PageAsync(scene.Desk, callback.CaseId, "timeline")).Timeline.Count(row => row.Kind == "warned"));
        var page = (await PageAsync(scene, scene.LineSupervisor, callback.Id))!;
        Assert.Equal(["engaged", "wrong_number"], page.Calls.Select(c => c.Result));
        Assert.Equal("Een ander nam op", page.Calls[1].Note);
        // Another organisation sees that it was called, not what the caller noted.
        Assert.Null((await PageAsync(scene, scene.Desk, callback.Id))!.Calls[1].Note);
        Assert.Null(await PageAsync(scene, await scene.Given.Supervisor("gm0363"), callback.Id));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Fixed_by_hand_a_callback_needs_a_number_that_is_given_or_known(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 0);
        var caseId = await scene.Given.Case(scene.Desk);
        var form = new RequestHandoffForm("cold", "absent", "Wilt u bellen?", CallbackOnly: true);
        var request = scene.World.The<RequestHandoff>();

        Assert.Equal("callback-phone-missing", (await request.RunAsync(scene.Desk, caseId, form, null)).Refusal?.Code);
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM callback"));
        Assert.True((await request.RunAsync(scene.Desk, caseId, form with { Phone = "06 12 34 56 78" }, null)).IsOk);
        Assert.True((await request.RunAsync(scene.Desk, caseId, form, null)).IsOk);
    }

    private static Task<CallbackView?> PageAsync(Scene scene, Security.Actor actor, long callbackId) =>
        scene.World.Node.AskAsync((CallbackPageQuery page) => page.LoadAsync(actor, callbackId));
}
