using Loket.Domain.Handoffs;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Shared;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Handoffs;

/// <summary>From acceptance to the end of the wrap-up: who is released when, and what goes back to the queue.</summary>
public sealed class TalkTests
{
    [Theory]
    [OnSqlite("consult", HandoffState.Connected, false), OnSqlite("warm", HandoffState.Accepted, false), OnSqlite("cold", HandoffState.Connected, true)]
    [OnSqlServer("consult", HandoffState.Connected, false), OnSqlServer("warm", HandoffState.Accepted, false), OnSqlServer("cold", HandoffState.Connected, true)]
    public async Task Acceptance_connects_and_releases_by_the_mode(TestEngine engine, string mode, HandoffState state, bool released)
    {
        await using var scene = await Scene.NewAsync(engine);
        var handoff = await scene.TalkAsync(mode);

        Assert.Equal(state, await scene.StateAsync(handoff));
        Assert.Equal(released, await scene.IsReleasedAsync(handoff));
        Assert.Equal("engaged", await scene.PresenceAsync(scene.Members[0]));
        Assert.Equal(Scene.Debts, await scene.FieldAsync<string>(handoff, "line_code"));
    }

    [Fact]
    public async Task Ringing_releases_nobody()
    {
        await using var scene = await Scene.NewAsync();
        var handoff = await scene.RingAsync("cold");
        Assert.False(await scene.IsReleasedAsync(handoff));
    }

    [Theory]
    [InlineData("headset"), InlineData("called"), InlineData("appointment")]
    public async Task Warm_the_sender_goes_when_the_specialist_has_the_citizen(string how)
    {
        await using var scene = await Scene.NewAsync();
        var handoff = await scene.TalkAsync("warm");
        var conversation = scene.World.The<Conversation>();
        Assert.Equal("handoff-not-now", (await conversation.FinishAsync(scene.Members[0], handoff, new FinishForm("answered", null), null)).Refusal?.Code);

        var appointment = how == "appointment" ? scene.Clock.UtcNow.AddDays(2) : (DateTime?)null;
        Assert.True((await conversation.ConfirmCitizenAsync(scene.Members[0], handoff, how, null, appointment)).IsOk);

        Assert.Equal(appointment is null ? 0 : 1, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM handoff WHERE appointment_at = @appointment", new { appointment }));
        Assert.Equal(HandoffState.Connected, await scene.StateAsync(handoff));
        Assert.Equal(how, await scene.FieldAsync<string>(handoff, "citizen_taken"));
        Assert.True(await scene.IsReleasedAsync(handoff));
    }

    [Theory]
    [InlineData(true, "promise_kept"), InlineData(false, "promise_withdrawn")]
    public async Task A_promise_reads_in_the_talk_as_what_became_of_it(bool kept, string then)
    {
        await using var scene = await Scene.NewAsync();
        var handoff = await scene.TalkAsync("warm");
        var promises = scene.World.The<Promises>();
        var made = await promises.MakeAsync(scene.Members[0], await scene.CaseOfAsync(handoff), new PromiseForm("Ik bel u morgen", scene.Clock.UtcNow.AddDays(1), handoff), null);
        var id = long.Parse(made.Value.PromiseId, System.Globalization.CultureInfo.InvariantCulture);
        async Task<string?> EventAsync() =>
            (await scene.World.AskAsync<ConversationQuery, MessagesView?>(q => q.MessagesAsync(scene.Desk, handoff, FormState.Empty)))!.Messages.Single(m => m.Event?.StartsWith("promise", StringComparison.Ordinal) == true).Event;
        Assert.Equal("promise_recorded", await EventAsync());

        Assert.True((kept ? await promises.KeepAsync(scene.Members[0], id, null) : await promises.WithdrawAsync(scene.Members[0], id, "Verkeerde dag", null)).IsOk);

        Assert.Equal(then, await EventAsync());
    }

    [Theory]
    [OnSqlite("cold", 1), OnSqlServer("cold", 1), OnSqlite("consult", 0)]
    public async Task Who_takes_the_step_has_one_by_a_working_day_from_then_on_but_not_who_was_only_consulted(TestEngine engine, string mode, int steps)
    {
        await using var scene = await Scene.NewAsync(engine);
        var handoff = await scene.TalkAsync(mode);

        Assert.True((await scene.World.The<Conversation>().FinishAsync(scene.Members[0], handoff, new FinishForm("step_taken", "Ik vraag het aan."), null)).IsOk);

        Assert.Equal(steps, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM chain_step WHERE professional_id = @Id AND organisation_code = 'gm0518' AND accepted_at IS NOT NULL", new { scene.Members[0].Id }));
        Assert.Equal(steps, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM deadline WHERE subject_kind = 'step' AND professional_id = @Id AND state = 'running' AND due_at > @now", new { scene.Members[0].Id, now = scene.Clock.UtcNow }));
        if (mode == "cold")
        {
            var shown = await scene.World.PageAsync(scene.Desk, await scene.CaseOfAsync(handoff), "steps");
            Assert.Equal(("Verder na het gesprek", scene.Members[0].Name), (Assert.Single(shown.Steps!.Steps).Title, shown.Steps.Steps[0].AnswerableName));
        }
    }

    [Fact]
    public async Task Who_promised_something_in_the_talk_goes_on_with_that()
    {
        await using var scene = await Scene.NewAsync();
        var handoff = await scene.TalkAsync("cold");
        Assert.True((await scene.World.The<Promises>().MakeAsync(scene.Members[0], await scene.CaseOfAsync(handoff), new PromiseForm("Ik bel u morgen", scene.Clock.UtcNow.AddDays(1), handoff), null)).IsOk);

        Assert.True((await scene.World.The<Conversation>().FinishAsync(scene.Members[0], handoff, new FinishForm("step_taken", null), null)).IsOk);

        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM chain_step"));
        Assert.Equal(["promise"], await scene.World.QueryAsync<string>("SELECT subject_kind FROM deadline WHERE state = 'running' AND professional_id = @Id AND subject_kind <> 'handoff'", new { scene.Members[0].Id }));
    }

    [Fact]
    public async Task Only_the_specialist_can_say_so_and_has_to_say_how()
    {
        await using var scene = await Scene.NewAsync();
        var handoff = await scene.TalkAsync("warm");
        var conversation = scene.World.The<Conversation>();

        Assert.Equal("appointment-date-missing", (await conversation.ConfirmCitizenAsync(scene.Members[0], handoff, "appointment", null)).Refusal?.Code);
        Assert.Equal("promise-date-past", (await conversation.ConfirmCitizenAsync(scene.Members[0], handoff, "appointment", null, scene.Clock.UtcNow)).Refusal?.Code);
        Assert.Equal("citizen-taken-unknown", (await conversation.ConfirmCitizenAsync(scene.Members[0], handoff, "somehow", null)).Refusal?.Code);
        Assert.Equal("handoff-unknown", (await conversation.ConfirmCitizenAsync(scene.Desk, handoff, "headset", null)).Refusal?.Code);
        Assert.Equal("handoff-unknown", (await conversation.ConfirmCitizenAsync(scene.Members[1], handoff, "headset", null)).Refusal?.Code);
        Assert.Equal(HandoffState.Accepted, await scene.StateAsync(handoff));
    }

    [Fact]
    public async Task A_consult_releases_its_sender_at_the_very_end()
    {
        await using var scene = await Scene.NewAsync();
        var handoff = await scene.TalkAsync("consult");
        var conversation = scene.World.The<Conversation>();
        await conversation.FinishAsync(scene.Members[0], handoff, new FinishForm("answered", "Ja, dat kan."), null);
        Assert.False(await scene.IsReleasedAsync(handoff));

        await conversation.DoneAsync(scene.Members[0], handoff, null);

        Assert.True(await scene.IsReleasedAsync(handoff));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_wrap_up_ends_by_itself_after_its_minute_and_its_specialist_is_free(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var handoff = await scene.TalkAsync("consult");
        await scene.World.The<Conversation>().FinishAsync(scene.Members[0], handoff, new FinishForm("answered", null), null);
        Assert.Equal("wrap_up", await scene.PresenceAsync(scene.Members[0]));

        await scene.AfterAsync(59.9);
        Assert.Equal(HandoffState.Wrapping, await scene.StateAsync(handoff));
        await scene.AfterAsync(0.1);

        Assert.Equal(HandoffState.Closed, await scene.StateAsync(handoff));
        Assert.Equal("available", await scene.PresenceAsync(scene.Members[0]));
        Assert.Equal(0, await scene.World.RunningDeadlinesAsync(await scene.CaseOfAsync(handoff)));
    }

    [Theory]
    [InlineData("available", "available"), InlineData("break", "break"), InlineData("offline", "offline"), InlineData("wrap_up", "wrap_up")]
    public async Task A_wrap_up_ends_when_the_specialist_says_what_they_are_now_also_when_a_question_waits(string said, string presence)
    {
        await using var scene = await Scene.NewAsync(members: 1);
        var handoff = await scene.TalkAsync("consult");
        var waiting = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));
        await scene.World.The<Conversation>().FinishAsync(scene.Members[0], handoff, new FinishForm("answered", null), null);

        Assert.True((await scene.SetPresenceAsync(scene.Members[0], said)).IsOk);

        Assert.Equal(HandoffState.Closed, await scene.StateAsync(handoff));
        Assert.Equal(said == "available" ? "reserved" : presence, await scene.PresenceAsync(scene.Members[0]));
        Assert.Equal(said == "available" ? HandoffState.Offered : HandoffState.Queued, await scene.StateAsync(waiting));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_question_given_back_goes_to_the_next_with_its_context_and_what_was_disclosed_ends(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        await scene.Given.Available(scene.Members);
        var caseId = await scene.Given.Case(scene.Desk, name: "Wilma van Zon");
        var fact = await scene.World.ScalarAsync<long>("SELECT id FROM fact WHERE case_id = @caseId", new { caseId });
        var asked = await scene.World.The<RequestHandoff>().RunAsync(
            scene.Desk, caseId, new RequestHandoffForm("warm", "desk", "Kan de regeling opnieuw?", Facts: [fact]), null);
        var handoff = Given.Id(asked.Value.HandoffId);
        var first = Assert.Single(await scene.RingingAtAsync(handoff)) == scene.Members[0].Id ? 0 : 1;
        await scene.AcceptAsync(scene.Members[first]);
        Assert.Single(await scene.World.QueryAsync<long>("SELECT id FROM disclosure WHERE until IS NULL"));
        scene.Clock.Advance(TimeSpan.FromSeconds(100));
        var conversation = scene.World.The<Conversation>();
        Assert.Equal("return-reason-missing", (await conversation.FinishAsync(scene.Members[first], handoff, new FinishForm("returned", " "), null)).Refusal?.Code);

        Assert.True((await conversation.FinishAsync(scene.Members[first], handoff, new FinishForm("returned", "Dit is een vraag voor mijn collega."), null)).IsOk);

        Assert.Equal([scene.Members[1 - first].Id], await scene.RingingAtAsync(handoff));
        var back = (await scene.World.PageAsync(scene.Desk, caseId, "question")).Lines.Ringing!.Attempts[0];
        Assert.Equal(("returned", "Dit is een vraag voor mijn collega."), (back.Result, back.Text));
        Assert.Equal("Kan de regeling opnieuw?", await scene.FieldAsync<string>(handoff, "line_question"));
        Assert.Equal(2, await scene.FieldAsync<int>(handoff, "round"));
        Assert.False(await scene.IsReleasedAsync(handoff));
        Assert.Empty(await scene.World.QueryAsync<long>("SELECT id FROM disclosure WHERE until IS NULL"));
        Assert.Equal("wrap_up", await scene.PresenceAsync(scene.Members[first]));
        Assert.Equal(1, await scene.World.RunningDeadlinesAsync(caseId));
        // A new live time: the 100 seconds of the talk do not count.
        await scene.AfterAsync(29);
        Assert.Equal(HandoffState.Offered, await scene.StateAsync(handoff));
    }

    [Fact]
    public async Task Who_gave_it_back_is_not_asked_again_but_who_refused_before_is()
    {
        await using var scene = await Scene.NewAsync();
        var handoff = await scene.RingAsync();
        await scene.DeclineAsync(scene.Members[0]);
        await scene.AcceptAsync(scene.Members[1]);

        await scene.World.The<Conversation>().FinishAsync(scene.Members[1], handoff, new FinishForm("returned", "Toch niet"), null);
        Assert.Equal([scene.Members[0].Id], await scene.RingingAtAsync(handoff));
        await scene.DeclineAsync(scene.Members[0]);

        Assert.Equal(HandoffState.CallbackScheduled, await scene.StateAsync(handoff));
    }

    [Fact]
    public async Task Who_promised_something_in_an_earlier_talk_can_still_keep_it_after_giving_back_a_later_one()
    {
        await using var scene = await Scene.NewAsync();
        var first = await scene.TalkAsync("cold");
        var conversation = scene.World.The<Conversation>();
        var caseId = await scene.CaseOfAsync(first);
        await conversation.FinishAsync(scene.Members[0], first, new FinishForm("callback", "Ik bel morgen", scene.Clock.UtcNow.AddDays(1)), null);
        await conversation.DoneAsync(scene.Members[0], first, null);
        var second = await scene.Given.Handoff(scene.Desk, caseId, "cold");
        await scene.AcceptAsync(scene.Members[0]);
        await scene.Given.Available(scene.Members[1]);
        await conversation.FinishAsync(scene.Members[0], second, new FinishForm("returned", "Niet nu"), null);
        Assert.Equal([scene.Members[1].Id], await scene.RingingAtAsync(second));

        var promise = await scene.World.ScalarAsync<long>("SELECT id FROM promise WHERE case_id = @caseId", new { caseId });
        Assert.Null((await scene.World.The<Features.Chain.Promises>().KeepAsync(scene.Members[0], promise, null)).Refusal);
    }

    [Fact]
    public async Task An_outcome_is_needed_and_a_callback_needs_its_moment()
    {
        await using var scene = await Scene.NewAsync();
        var handoff = await scene.TalkAsync("consult");
        var conversation = scene.World.The<Conversation>();

        Assert.Equal("outcome-missing", (await conversation.FinishAsync(scene.Members[0], handoff, new FinishForm("", null), null)).Refusal?.Code);
        Assert.Equal("promise-date-missing", (await conversation.FinishAsync(scene.Members[0], handoff, new FinishForm("callback", null), null)).Refusal?.Code);
        Assert.Equal("promise-date-past", (await conversation.FinishAsync(scene.Members[0], handoff, new FinishForm("callback", null, scene.Clock.UtcNow), null)).Refusal?.Code);
        Assert.Equal("handoff-unknown", (await conversation.FinishAsync(scene.Desk, handoff, new FinishForm("answered", null), null)).Refusal?.Code);

        Assert.Equal(HandoffState.Connected, await scene.StateAsync(handoff));
        Assert.Equal("engaged", await scene.PresenceAsync(scene.Members[0]));
        Assert.True((await conversation.FinishAsync(scene.Members[0], handoff, new FinishForm("callback", null, scene.Clock.UtcNow.AddDays(1)), null)).IsOk);
        Assert.Equal([scene.Members[0].Id], await scene.World.QueryAsync<long>("SELECT professional_id FROM promise WHERE state = 'open'"));
    }

    [Fact]
    public async Task Messages_are_for_the_two_who_talk_while_they_talk()
    {
        await using var scene = await Scene.NewAsync();
        var handoff = await scene.RingAsync("consult");
        var conversation = scene.World.The<Conversation>();
        Assert.Equal("message-not-now", (await conversation.SendAsync(scene.Desk, handoff, "Hallo?", null)).Refusal?.Code);
        await scene.AcceptAsync(scene.Members[0]);

        Assert.True((await conversation.SendAsync(scene.Desk, handoff, "Dag", null)).IsOk);
        Assert.True((await conversation.SendAsync(scene.Members[0], handoff, "Goedemorgen", null)).IsOk);
        Assert.Equal("handoff-unknown", (await conversation.SendAsync(scene.Members[1], handoff, "Ik ook", null)).Refusal?.Code);
        Assert.Equal("message-empty", (await conversation.SendAsync(scene.Desk, handoff, " ", null)).Refusal?.Code);
        Assert.Equal("message-too-long", (await conversation.SendAsync(scene.Desk, handoff, new string('a', 2001), null)).Refusal?.Code);
        Assert.DoesNotContain(await scene.World.QueryAsync<string>("SELECT payload FROM journal WHERE kind = 'message_sent'"), p => p.Contains("Dag"));
        Assert.Equal(2, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM message"));
    }
}
