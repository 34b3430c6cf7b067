using Loket.Domain.Handoffs;
using Loket.Web.Features.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Handoffs;

/// <summary>What a specialist can answer to an offer, and what time answers.</summary>
public sealed class AnswerTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task An_unanswered_offer_goes_to_the_next_and_its_specialist_is_missed_until_they_say_they_are_back(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var handoff = await scene.RingAsync();
        var missed = await scene.OfferAsync(scene.Members[0]);
        await scene.AfterAsync(29.9);
        Assert.Equal([scene.Members[0].Id], await scene.RingingAtAsync(handoff));

        await scene.AfterAsync(0.1);

        Assert.Equal("missed", await scene.PresenceAsync(scene.Members[0]));
        Assert.Equal([scene.Members[1].Id], await scene.RingingAtAsync(handoff));
        Assert.Equal("offer-expired", (await scene.World.The<AnswerOffer>().AcceptAsync(scene.Members[0], missed, null)).Refusal?.Code);
        Assert.True((await scene.SetPresenceAsync(scene.Members[0], "available")).IsOk);
        Assert.Contains("offer_missed", await scene.World.TimelineAsync(await scene.CaseOfAsync(handoff)));
    }

    [Theory]
    [InlineData("not_competent", "tekst", null, "decline-line-missing")]
    [InlineData("missing_information", null, null, "decline-information-missing")]
    [InlineData("missing_information", "  ", null, "decline-information-missing")]
    [InlineData("other", null, null, "decline-text-missing")]
    [InlineData("tired", "tekst", null, "decline-reason-unknown")]
    [InlineData("", null, null, "decline-reason-unknown")]
    [InlineData("not_competent", null, "gm9999-debts", "line-unknown")]
    public async Task A_refusal_without_what_its_reason_demands_is_no_refusal(string reason, string? text, string? line, string no)
    {
        await using var scene = await Scene.NewAsync();
        var handoff = await scene.RingAsync();

        Assert.Equal(no, (await scene.DeclineAsync(scene.Members[0], reason, text, line)).Refusal?.Code);

        Assert.Equal([scene.Members[0].Id], await scene.RingingAtAsync(handoff));
        Assert.Equal("reserved", await scene.PresenceAsync(scene.Members[0]));
        Assert.Single(await scene.World.QueryAsync<long>("SELECT id FROM offer WHERE decline_reason IS NULL"));
    }

    [Theory]
    [InlineData("not_competent", null, "gm0518-permits")]
    [InlineData("no_capacity", null, null)]
    [InlineData("missing_information", "Welke huurbaas?", null)]
    [InlineData("outside_area", null, null)]
    [InlineData("not_eligible", null, null)]
    [InlineData("conflict_of_interest", null, null)]
    [InlineData("other", "Brandalarm", null)]
    public async Task A_refusal_with_a_reason_is_kept_and_the_next_is_asked_at_once(string reason, string? text, string? line)
    {
        await using var scene = await Scene.NewAsync();
        await scene.Given.Line("gm0518-permits");
        var handoff = await scene.RingAsync();
        var offer = await scene.OfferAsync(scene.Members[0]);

        Assert.True((await scene.DeclineAsync(scene.Members[0], reason, text, line)).IsOk);

        Assert.Equal([scene.Members[1].Id], await scene.RingingAtAsync(handoff));
        Assert.Equal([reason], await scene.World.QueryAsync<string>("SELECT decline_reason FROM offer WHERE id = @offer AND state = 'declined'", new { offer }));
        var told = Assert.Single(await scene.World.QueryAsync<string>("SELECT payload FROM journal WHERE kind = 'offer_declined'"));
        Assert.Contains(reason, told);
        Assert.Contains(Scene.Debts, told);
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM journal WHERE kind = 'offer_declined' AND actor_id IS NOT NULL"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_better_line_that_a_specialist_names_is_asked_next(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var permits = await scene.Given.Line("gm0518-permits", members: 1);
        await scene.Given.Line("gm0518-general", members: 1);
        await scene.Given.Available(permits.Members);
        var handoff = await scene.RingAsync();

        Assert.True((await scene.DeclineAsync(scene.Members[0], "not_competent", line: permits.Code)).IsOk);

        Assert.Equal([permits.Members[0].Id], await scene.RingingAtAsync(handoff));
        Assert.Equal(
            [Scene.Debts, permits.Code, "gm0518-general"],
            await scene.World.QueryAsync<string>("SELECT line_code FROM handoff_line WHERE handoff_id = @handoff ORDER BY position", new { handoff }));
    }

    [Fact]
    public async Task A_line_that_was_already_asked_is_not_asked_again_because_somebody_names_it()
    {
        await using var scene = await Scene.NewAsync();
        var permits = await scene.Given.Line("gm0518-permits", members: 1);
        await scene.Given.Available(permits.Members);
        var handoff = await scene.RingAsync();
        await scene.DeclineAsync(scene.Members[0], "not_competent", line: permits.Code);

        await scene.DeclineAsync(permits.Members[0], "not_competent", line: Scene.Debts);

        Assert.Equal(HandoffState.CallbackScheduled, await scene.StateAsync(handoff));
    }

    [Fact]
    public async Task A_colleague_sees_nothing_of_somebody_elses_offer()
    {
        await using var scene = await Scene.NewAsync();
        var handoff = await scene.RingAsync();
        var offer = await scene.OfferAsync(scene.Members[0]);
        var answers = scene.World.The<AnswerOffer>();

        Assert.Equal("offer-unknown", (await answers.AcceptAsync(scene.Members[1], offer, null)).Refusal?.Code);
        Assert.Equal("offer-unknown", (await answers.DeclineAsync(scene.Members[1], offer, new DeclineForm("no_capacity", null, null), null)).Refusal?.Code);
        Assert.Equal("offer-unknown", (await answers.MoreTimeAsync(scene.Members[1], offer, null)).Refusal?.Code);
        Assert.Equal("offer-unknown", (await answers.AcceptAsync(scene.Members[1], offer + 1, null)).Refusal?.Code);
        Assert.Equal([scene.Members[0].Id], await scene.RingingAtAsync(handoff));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task More_time_is_half_a_minute_and_given_once(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var handoff = await scene.RingAsync();

        Assert.True((await scene.MoreTimeAsync(scene.Members[0])).IsOk);
        Assert.Equal("offer-extended", (await scene.MoreTimeAsync(scene.Members[0])).Refusal?.Code);
        await scene.AfterAsync(59.9);
        Assert.Equal([scene.Members[0].Id], await scene.RingingAtAsync(handoff));
        await scene.AfterAsync(0.1);
        Assert.Equal([scene.Members[1].Id], await scene.RingingAtAsync(handoff));
    }

    [Fact]
    public async Task More_time_is_not_cut_off_by_the_live_total()
    {
        await using var scene = await Scene.NewAsync(members: 1, liveSeconds: 30);
        var handoff = await scene.RingAsync();
        await scene.MoreTimeAsync(scene.Members[0]);

        await scene.AfterAsync(59);

        Assert.Equal([scene.Members[0].Id], await scene.RingingAtAsync(handoff));
        Assert.True((await scene.AcceptAsync(scene.Members[0])).IsOk);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task After_the_live_total_of_two_minutes_the_callback_is_made(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 6);
        var handoff = await scene.RingAsync();
        await scene.AfterAsync(30);
        await scene.AfterAsync(30);
        await scene.AfterAsync(30);
        await scene.AfterAsync(29.9);
        Assert.Equal([scene.Members[3].Id], await scene.RingingAtAsync(handoff));

        await scene.AfterAsync(0.1);

        Assert.Equal(HandoffState.CallbackScheduled, await scene.StateAsync(handoff));
        Assert.Empty(await scene.RingingAtAsync(handoff));
        Assert.Equal("available", await scene.PresenceAsync(scene.Members[4]));
    }

    [Fact]
    public async Task A_question_waits_for_who_is_busy_and_rings_the_moment_they_are_free()
    {
        await using var scene = await Scene.NewAsync(members: 1);
        var talk = await scene.TalkAsync("consult");
        var waiting = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));
        Assert.Equal(HandoffState.Queued, await scene.StateAsync(waiting));
        var conversation = scene.World.The<Conversation>();
        await conversation.FinishAsync(scene.Members[0], talk, new FinishForm("answered", null), null);
        Assert.Equal(HandoffState.Queued, await scene.StateAsync(waiting));

        await conversation.DoneAsync(scene.Members[0], talk, null);

        Assert.Equal([scene.Members[0].Id], await scene.RingingAtAsync(waiting));
    }

    [Fact]
    public async Task A_question_that_waited_longest_is_offered_first()
    {
        await using var scene = await Scene.NewAsync(members: 1);
        var talk = await scene.TalkAsync("consult");
        var first = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));
        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));
        await scene.World.The<Conversation>().FinishAsync(scene.Members[0], talk, new FinishForm("answered", null), null);

        await scene.SetPresenceAsync(scene.Members[0], "available");

        Assert.Equal([scene.Members[0].Id], await scene.RingingAtAsync(first));
        Assert.Equal(HandoffState.Queued, await scene.StateAsync(second));
    }
}
