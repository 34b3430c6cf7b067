using Loket.Domain.Handoffs;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Presence;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Presence;

/// <summary>Who is there, who was lost, and what that does to a question.</summary>
public sealed class PresenceTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task A_specialist_who_vanishes_loses_the_offer_to_the_next(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var handoff = await scene.RingAsync();

        Assert.Equal("presence-in-grace", (await scene.VanishAsync(scene.Members[0], 1.9)).Refusal?.Code);
        Assert.Equal([scene.Members[0].Id], await scene.RingingAtAsync(handoff));
        Assert.True((await scene.VanishAsync(scene.Members[0], 2)).IsOk);

        Assert.Equal("offline", await scene.PresenceAsync(scene.Members[0]));
        Assert.Equal([scene.Members[1].Id], await scene.RingingAtAsync(handoff));
        Assert.Contains("offer_vanished", await scene.World.TimelineAsync(await scene.CaseOfAsync(handoff)));
    }

    [Theory]
    [InlineData("available", 20), InlineData("break", 20), InlineData("wrap_up", 20), InlineData("engaged", 60)]
    public async Task A_lost_connection_has_its_grace(string state, int seconds)
    {
        await using var scene = await Scene.NewAsync(members: 1);
        if (state == "engaged")
        {
            await scene.TalkAsync("consult");
        }
        else
        {
            await scene.Given.Available(scene.Members);
            await scene.SetPresenceAsync(scene.Members[0], state);
        }

        Assert.Equal("presence-in-grace", (await scene.VanishAsync(scene.Members[0], seconds - 0.1)).Refusal?.Code);
        Assert.Equal(state, await scene.PresenceAsync(scene.Members[0]));
        Assert.True((await scene.VanishAsync(scene.Members[0], seconds)).IsOk);
        Assert.Equal("offline", await scene.PresenceAsync(scene.Members[0]));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_question_that_was_accepted_but_not_connected_goes_back_when_its_specialist_vanishes(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var handoff = await scene.RingAsync();
        await scene.AcceptAsync(scene.Members[0]);

        await scene.VanishAsync(scene.Members[0], 60);

        Assert.Equal([scene.Members[1].Id], await scene.RingingAtAsync(handoff));
        Assert.Equal(HandoffState.Offered, await scene.StateAsync(handoff));
    }

    [Theory]
    [InlineData("arrives"), InlineData("available")]
    public async Task Who_was_away_from_a_talk_is_back_in_that_talk_and_not_free_for_another(string how)
    {
        await using var scene = await Scene.NewAsync(members: 1);
        var handoff = await scene.TalkAsync("consult");
        await scene.VanishAsync(scene.Members[0], 60);
        Assert.Equal(HandoffState.Connected, await scene.StateAsync(handoff));
        var waiting = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));

        if (how == "arrives")
        {
            await scene.World.The<SetPresence>().ArriveAsync(scene.Members[0]);
        }
        else
        {
            Assert.Equal("engaged", (await scene.SetPresenceAsync(scene.Members[0], "available")).Value.State);
        }

        Assert.Equal("engaged", await scene.PresenceAsync(scene.Members[0]));
        Assert.Empty(await scene.RingingAtAsync(waiting));
        Assert.True((await scene.World.The<Conversation>().FinishAsync(scene.Members[0], handoff, new FinishForm("answered", null), null)).IsOk);
        Assert.Equal("wrap_up", await scene.PresenceAsync(scene.Members[0]));
    }

    [Theory]
    [InlineData("available"), InlineData("break"), InlineData("wrap_up"), InlineData("offline")]
    public async Task Who_is_offered_something_answers_that_first_and_who_talks_ends_the_talk_first(string said)
    {
        await using var scene = await Scene.NewAsync();
        await scene.RingAsync("consult");
        Assert.Equal("presence-offer-first", (await scene.SetPresenceAsync(scene.Members[0], said)).Refusal?.Code);
        await scene.AcceptAsync(scene.Members[0]);
        Assert.Equal("presence-in-talk", (await scene.SetPresenceAsync(scene.Members[0], said)).Refusal?.Code);
        Assert.Equal("engaged", await scene.PresenceAsync(scene.Members[0]));
    }

    [Fact]
    public async Task A_word_that_is_no_presence_is_refused()
    {
        await using var scene = await Scene.NewAsync();
        foreach (var said in (string?[])[null, "", "engaged", "reserved", "missed", "AVAILABLE"])
        {
            Assert.Equal("presence-unknown", (await scene.World.The<SetPresence>().RunAsync(scene.Members[0], said, null)).Refusal?.Code);
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Another_node_takes_nobody_away_that_it_does_not_hold(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var handoff = await scene.RingAsync();
        var other = await scene.World.AnotherNodeAsync();

        Assert.True((await other.The<SetPresence>().VanishAsync(scene.Members[0].Id, other.The<Live.Connections>().Holder, TimeSpan.FromHours(1))).IsOk);

        Assert.Equal([scene.Members[0].Id], await scene.RingingAtAsync(handoff));
    }
}
