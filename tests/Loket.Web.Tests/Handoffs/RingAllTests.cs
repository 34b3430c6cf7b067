using Loket.Domain.Handoffs;
using Loket.Web.Features.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Handoffs;

/// <summary>A line that rings everybody who is free at once.</summary>
public sealed class RingAllTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task The_first_to_accept_has_it_and_the_others_are_free_again_in_their_turn(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 3, strategy: "ring_all");
        var handoff = await scene.RingAsync();
        Assert.Equal(scene.Members.Select(m => m.Id), await scene.RingingAtAsync(handoff));
        var late = await scene.OfferAsync(scene.Members[0]);

        Assert.True((await scene.AcceptAsync(scene.Members[1])).IsOk);

        Assert.Equal(["accepted", "rescinded", "rescinded"], await scene.World.QueryAsync<string>("SELECT state FROM offer ORDER BY state"));
        Assert.Equal("available", await scene.PresenceAsync(scene.Members[0]));
        Assert.Equal("engaged", await scene.PresenceAsync(scene.Members[1]));
        var answer = await scene.World.The<AnswerOffer>().AcceptAsync(scene.Members[0], late, null);
        Assert.Equal("offer-taken", answer.Refusal?.Code);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Unanswered_it_makes_nobody_missed_and_goes_to_the_next_line(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 2, strategy: "ring_all");
        var general = await scene.Given.Line("gm0518-general", members: 1);
        await scene.Given.Available(general.Members);
        var handoff = await scene.RingAsync();

        await scene.AfterAsync(30);

        Assert.Equal("available", await scene.PresenceAsync(scene.Members[0]));
        Assert.Equal("available", await scene.PresenceAsync(scene.Members[1]));
        Assert.Equal([general.Members[0].Id], await scene.RingingAtAsync(handoff));
    }

    [Fact]
    public async Task While_somebody_still_rings_a_refusal_moves_nothing_on()
    {
        await using var scene = await Scene.NewAsync(members: 2, strategy: "ring_all");
        var handoff = await scene.RingAsync();

        await scene.DeclineAsync(scene.Members[0]);
        Assert.Equal(HandoffState.Offered, await scene.StateAsync(handoff));
        Assert.Equal([scene.Members[1].Id], await scene.RingingAtAsync(handoff));

        await scene.DeclineAsync(scene.Members[1]);
        Assert.Equal(HandoffState.CallbackScheduled, await scene.StateAsync(handoff));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_is_free_again_after_an_unanswered_ring_is_offered_what_waits(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1, strategy: "ring_all");
        await scene.RingAsync();
        scene.Clock.Advance(TimeSpan.FromSeconds(10));
        var waiting = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));
        Assert.Equal(HandoffState.Queued, await scene.StateAsync(waiting));

        await scene.AfterAsync(20);

        Assert.Equal([scene.Members[0].Id], await scene.RingingAtAsync(waiting));
    }

    [Fact]
    public async Task Two_colleagues_who_name_two_better_lines_get_both_asked()
    {
        await using var scene = await Scene.NewAsync(members: 2, strategy: "ring_all");
        var work = await scene.Given.Line("gm0518-work-income", members: 1);
        var care = await scene.Given.Line("gm0518-care-wmo", members: 1);
        await scene.Given.Available([.. work.Members, .. care.Members]);
        var handoff = await scene.RingAsync();

        await scene.DeclineAsync(scene.Members[0], "not_competent", line: work.Code);
        await scene.DeclineAsync(scene.Members[1], "not_competent", line: care.Code);
        var first = Assert.Single(await scene.RingingAtAsync(handoff));
        await scene.DeclineAsync(first == work.Members[0].Id ? work.Members[0] : care.Members[0]);
        var second = Assert.Single(await scene.RingingAtAsync(handoff));

        Assert.Equal(new[] { work.Members[0].Id, care.Members[0].Id }.Order(), new[] { first, second }.Order());
    }
}
