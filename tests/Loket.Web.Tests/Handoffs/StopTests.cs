using Loket.Domain;
using Loket.Domain.Handoffs;
using Loket.Web.Features.Handoffs;
using Loket.Web.Security;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Handoffs;

/// <summary>The sender stops, the citizen leaves, the next line is wanted.</summary>
public sealed class StopTests
{
    /// <summary>Every open state a handoff can rest in.</summary>
    public static readonly TheoryData<HandoffState> OpenStates =
    [
        HandoffState.Queued, HandoffState.Offered, HandoffState.Accepted, HandoffState.Connected, HandoffState.Wrapping,
        HandoffState.CallbackScheduled, HandoffState.Escalated,
    ];

    [Fact]
    public void No_open_state_is_forgotten_here()
    {
        // Draft, attempting and failed exist within one transaction only.
        var open = Enum.GetValues<HandoffState>().Where(HandoffRules.IsOpen).Except([HandoffState.Draft, HandoffState.Attempting, HandoffState.Failed]);
        Assert.Equal(open.Order(), Enumerable.Cast<object[]>(OpenStates).Select(row => (HandoffState)row[0]).Order());
    }

    [Theory, MemberData(nameof(OpenStates))]
    public async Task The_sender_takes_it_back_from_every_open_state(HandoffState from)
    {
        await using var scene = await Scene.NewAsync(members: 1);
        var handoff = await InAsync(scene, from);

        Assert.Null((await scene.World.The<StopRinging>().WithdrawAsync(scene.Desk, handoff, null)).Refusal);

        await AssertOverAsync(scene, handoff, HandoffState.Withdrawn);
    }

    [Theory, MemberData(nameof(OpenStates))]
    public async Task The_citizen_can_leave_in_every_open_state(HandoffState from)
    {
        await using var scene = await Scene.NewAsync(members: 1);
        var handoff = await InAsync(scene, from);

        Assert.Null((await scene.World.The<StopRinging>().CitizenLeftAsync(scene.Desk, handoff, null)).Refusal);

        await AssertOverAsync(scene, handoff, HandoffState.CitizenLeft);
    }

    [Theory]
    [InlineData(HandoffState.Accepted), InlineData(HandoffState.Connected), InlineData(HandoffState.Wrapping), InlineData(HandoffState.CallbackScheduled)]
    public async Task Who_has_the_citizen_says_that_they_left(HandoffState from)
    {
        await using var scene = await Scene.NewAsync(members: 1);
        var handoff = await InAsync(scene, from, "cold");

        Assert.Null((await scene.World.The<StopRinging>().CitizenLeftAsync(scene.Members[0], handoff, null)).Refusal);

        await AssertOverAsync(scene, handoff, HandoffState.CitizenLeft);
    }

    [Fact]
    public async Task What_is_over_is_over()
    {
        await using var scene = await Scene.NewAsync();
        var handoff = await scene.RingAsync();
        var stop = scene.World.The<StopRinging>();
        await stop.WithdrawAsync(scene.Desk, handoff, null);

        Assert.Equal("handoff-over", (await stop.WithdrawAsync(scene.Desk, handoff, null)).Refusal?.Code);
        Assert.Equal("handoff-over", (await stop.CitizenLeftAsync(scene.Desk, handoff, null)).Refusal?.Code);
        Assert.Equal("handoff-over", (await stop.CallbackAsync(scene.Desk, handoff, null)).Refusal?.Code);
    }

    [Theory]
    [InlineData("cold"), InlineData("warm")]
    public async Task A_released_sender_cannot_take_it_back(string mode)
    {
        await using var scene = await Scene.NewAsync();
        var handoff = await scene.TalkAsync(mode);
        if (mode == "warm")
        {
            await scene.World.The<Conversation>().ConfirmCitizenAsync(scene.Members[0], handoff, "headset", null);
        }

        Assert.Equal("handoff-not-yours", (await scene.World.The<StopRinging>().WithdrawAsync(scene.Desk, handoff, null)).Refusal?.Code);
        Assert.Equal(HandoffState.Connected, await scene.StateAsync(handoff));
    }

    [Fact]
    public async Task A_stranger_and_a_candidate_find_nothing_to_stop()
    {
        await using var scene = await Scene.NewAsync();
        var handoff = await scene.RingAsync();
        var stop = scene.World.The<StopRinging>();
        var stranger = await scene.Given.FrontOffice("gm0363");
        foreach (var person in (Actor[])[stranger, scene.Members[0]])
        {
            Assert.Equal("handoff-unknown", (await stop.WithdrawAsync(person, handoff, null)).Refusal?.Code);
            Assert.Equal("handoff-unknown", (await stop.CitizenLeftAsync(person, handoff, null)).Refusal?.Code);
            Assert.Equal("handoff-unknown", (await stop.NextLineAsync(person, handoff, null)).Refusal?.Code);
            Assert.Equal("handoff-unknown", (await stop.CallbackAsync(person, handoff, null)).Refusal?.Code);
        }

        Assert.Equal(HandoffState.Offered, await scene.StateAsync(handoff));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_withdrawn_offer_frees_its_specialist_for_what_waits(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1);
        var first = await scene.RingAsync();
        var offer = await scene.OfferAsync(scene.Members[0]);
        var second = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));

        await scene.World.The<StopRinging>().WithdrawAsync(scene.Desk, first, null);

        Assert.Equal([scene.Members[0].Id], await scene.RingingAtAsync(second));
        Assert.Equal("offer-cancelled", (await scene.World.The<AnswerOffer>().AcceptAsync(scene.Members[0], offer, null)).Refusal?.Code);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_next_line_is_asked_at_once_and_the_last_has_no_next(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1);
        var general = await scene.Given.Line("gm0518-general", members: 1);
        await scene.Given.Available(general.Members);
        var handoff = await scene.RingAsync();
        var stop = scene.World.The<StopRinging>();

        Assert.True((await stop.NextLineAsync(scene.Desk, handoff, null)).IsOk);
        Assert.Equal([general.Members[0].Id], await scene.RingingAtAsync(handoff));
        Assert.Equal("available", await scene.PresenceAsync(scene.Members[0]));

        Assert.Equal("handoff-last-line", (await stop.NextLineAsync(scene.Desk, handoff, null)).Refusal?.Code);
        Assert.Equal([general.Members[0].Id], await scene.RingingAtAsync(handoff));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_sender_may_prefer_the_callback(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1);
        var handoff = await scene.RingAsync();

        Assert.Equal("callback_scheduled", (await scene.World.The<StopRinging>().CallbackAsync(scene.Desk, handoff, null)).Value.State);

        Assert.Equal("available", await scene.PresenceAsync(scene.Members[0]));
        Assert.Equal(scene.Members[0].Id, (await scene.CallbackAsync(handoff)).ProfessionalId);
        Assert.Equal("handoff-not-now", (await scene.World.The<StopRinging>().CallbackAsync(scene.Desk, handoff, null)).Refusal?.Code);
    }

    private static async Task<long> InAsync(Scene scene, HandoffState state, string mode = "consult")
    {
        var stop = scene.World.The<StopRinging>();
        var conversation = scene.World.The<Conversation>();
        long handoff;
        switch (state)
        {
            case HandoffState.Queued:
                await scene.TalkAsync("consult");
                handoff = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));
                break;
            case HandoffState.Offered:
                handoff = await scene.RingAsync();
                break;
            case HandoffState.Accepted:
                handoff = await scene.TalkAsync("warm");
                break;
            case HandoffState.Connected:
                handoff = await scene.TalkAsync(mode);
                break;
            case HandoffState.Wrapping:
                handoff = await scene.TalkAsync(mode);
                await conversation.FinishAsync(scene.Members[0], handoff, new FinishForm("answered", null), null);
                break;
            default:
                handoff = await scene.RingAsync();
                await stop.CallbackAsync(scene.Desk, handoff, null);
                break;
        }

        if (state == HandoffState.Escalated)
        {
            await scene.CallInVainAsync(handoff);
        }

        Assert.Equal(state, await scene.StateAsync(handoff));
        return handoff;
    }

    private static async Task AssertOverAsync(Scene scene, long handoff, HandoffState state)
    {
        Assert.Equal(state, await scene.StateAsync(handoff));
        Assert.Empty(await scene.RingingAtAsync(handoff));
        Assert.Equal(0, await scene.World.RunningDeadlinesAsync(await scene.CaseOfAsync(handoff)));
        Assert.Empty(await scene.World.QueryAsync<long>(
            "SELECT id FROM callback WHERE handoff_id = @handoff AND state IN ('scheduled', 'attempting', 'failed')", new { handoff }));
        Assert.Contains($"handoff_{Code.Of(state)}", await scene.World.TimelineAsync(await scene.CaseOfAsync(handoff)));
        // Whoever had it is free again, at once or after the wrap-up; who talks with another citizen goes on.
        await scene.AfterAsync(60);
        var busy = await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM handoff WHERE state = 'connected'") > 0;
        Assert.Equal(busy ? "engaged" : "available", await scene.PresenceAsync(scene.Members[0]));
    }
}
