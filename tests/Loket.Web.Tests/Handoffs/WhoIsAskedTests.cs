using Loket.Domain.Handoffs;
using Loket.Web.Features.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Handoffs;

/// <summary>Whom a question rings at, in which order (DOMAIN 2).</summary>
public sealed class WhoIsAskedTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task Lines_are_asked_in_order_own_then_serving_then_general_then_national(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var national = await world.Given.Line("oorg1-debts", members: 1);
        var general = await world.Given.Line("gm0356-general", members: 1);
        var regional = await world.Given.Line("so0719-debts", members: 1, serves: "gm0356");
        var own = await world.Given.Line("gm0356-debts", members: 1);
        await world.Given.Line("gm0518-debts", members: 1);
        await world.Given.Available([.. national.Members, .. general.Members, .. regional.Members, .. own.Members]);
        var desk = await world.Given.FrontOffice("gm0344");

        var handoff = await world.Given.Handoff(desk, await world.Given.Case(desk, municipality: "gm0356"));

        Assert.Equal(
            [own.Code, regional.Code, general.Code, national.Code],
            await world.QueryAsync<string>("SELECT line_code FROM handoff_line WHERE handoff_id = @handoff ORDER BY position", new { handoff }));
        foreach (var line in new[] { own, regional, general, national })
        {
            var offer = await world.PendingOfferAsync(line.Members[0]);
            Assert.NotNull(offer);
            await world.The<AnswerOffer>().DeclineAsync(line.Members[0], offer.Value, new DeclineForm("no_capacity", null, null), null);
        }

        Assert.Equal(HandoffState.CallbackScheduled, await world.HandoffStateAsync(handoff));
    }

    [Fact]
    public async Task A_national_topic_rings_the_national_line_only()
    {
        await using var world = await World.NewAsync();
        var general = await world.Given.Line("gm0518-general", members: 1);
        var national = await world.Given.Line("zb000143-child-benefit", members: 1);
        await world.Given.Available([.. general.Members, .. national.Members]);
        var desk = await world.Given.FrontOffice("gm0344");

        await world.Given.Handoff(desk, await world.Given.Case(desk, topic: "child_benefit"));

        Assert.NotNull(await world.PendingOfferAsync(national.Members[0]));
        Assert.Null(await world.PendingOfferAsync(general.Members[0]));
    }

    [Fact]
    public async Task The_line_that_the_desk_chose_is_asked_first()
    {
        await using var scene = await Scene.NewAsync(members: 1);
        var general = await scene.Given.Line("gm0518-general", members: 1);
        await scene.Given.Available([.. scene.Members, .. general.Members]);

        await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk), firstLine: general.Code);

        Assert.NotNull(await scene.World.PendingOfferAsync(general.Members[0]));
        Assert.Null(await scene.World.PendingOfferAsync(scene.Members[0]));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Longest_idle_asks_one_person_the_one_who_waited_longest(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 3);
        var handoff = await scene.RingAsync("warm", scene.Members[2], scene.Members[0], scene.Members[1]);

        Assert.Equal([scene.Members[2].Id], await scene.RingingAtAsync(handoff));
        Assert.Equal("reserved", await scene.PresenceAsync(scene.Members[2]));
        Assert.Equal("available", await scene.PresenceAsync(scene.Members[0]));
    }

    [Fact]
    public async Task An_offer_that_was_withdrawn_does_not_cost_its_specialist_the_turn()
    {
        await using var scene = await Scene.NewAsync();
        var first = await scene.RingAsync();
        await scene.World.The<StopRinging>().WithdrawAsync(scene.Desk, first, null);
        scene.Clock.Advance(TimeSpan.FromSeconds(5));

        var second = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));

        Assert.Equal([scene.Members[0].Id], await scene.RingingAtAsync(second));
    }

    [Fact]
    public async Task A_lower_tier_is_asked_only_when_the_higher_one_can_make_no_offer()
    {
        await using var scene = await Scene.NewAsync(members: 1);
        var second = await scene.Given.Specialist(Scene.Debts, tier: 2);
        var handoff = await scene.RingAsync("warm", second, scene.Members[0]);

        Assert.Equal([scene.Members[0].Id], await scene.RingingAtAsync(handoff));
        await scene.DeclineAsync(scene.Members[0]);
        Assert.Equal([second.Id], await scene.RingingAtAsync(handoff));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_refused_or_missed_it_is_not_asked_again_in_this_round(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 3);
        var handoff = await scene.RingAsync();

        await scene.DeclineAsync(scene.Members[0]);
        Assert.Equal("available", await scene.PresenceAsync(scene.Members[0]));
        Assert.Equal([scene.Members[1].Id], await scene.RingingAtAsync(handoff));
        await scene.AfterAsync(30);
        await scene.SetPresenceAsync(scene.Members[1], "available");

        Assert.Equal([scene.Members[2].Id], await scene.RingingAtAsync(handoff));
        await scene.DeclineAsync(scene.Members[2]);
        Assert.Equal(HandoffState.CallbackScheduled, await scene.StateAsync(handoff));
        Assert.Equal(3, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM offer"));
    }

    [Fact]
    public async Task Nobody_is_offered_their_own_question()
    {
        await using var scene = await Scene.NewAsync(members: 1);
        await scene.Given.Member(Scene.Debts, scene.Desk);
        await scene.Given.Available(scene.Desk);
        scene.Clock.Advance(TimeSpan.FromSeconds(1));

        var handoff = await scene.RingAsync();

        Assert.Equal([scene.Members[0].Id], await scene.RingingAtAsync(handoff));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_is_reserved_on_one_line_is_no_candidate_on_another(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1);
        await scene.Given.Line("gm0518-permits");
        await scene.Given.Member("gm0518-permits", scene.Members[0]);
        await scene.RingAsync();

        var other = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk, topic: "permits"));

        Assert.Equal(HandoffState.Queued, await scene.StateAsync(other));
        Assert.Single(await scene.World.QueryAsync<long>("SELECT id FROM offer"));
    }

    [Theory]
    [InlineData("break"), InlineData("offline")]
    public async Task Who_is_not_on_duty_is_not_waited_for(string presence)
    {
        await using var scene = await Scene.NewAsync(members: 1);
        await scene.Given.Available(scene.Members);
        await scene.SetPresenceAsync(scene.Members[0], presence);

        var handoff = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));

        Assert.Equal(HandoffState.CallbackScheduled, await scene.StateAsync(handoff));
    }

    [Fact]
    public async Task One_case_rings_once_at_a_time()
    {
        await using var scene = await Scene.NewAsync();
        var handoff = await scene.RingAsync();

        var again = await scene.World.The<RequestHandoff>().RunAsync(
            scene.Desk, await scene.CaseOfAsync(handoff), new RequestHandoffForm("warm", "desk", "Nog een vraag?"), null);

        Assert.Equal("handoff-already-ringing", again.Refusal?.Code);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Eight_requests_at_once_for_one_case_ring_once(TestEngine engine)
    {
        // The one member is in a talk, so that the requests meet nowhere but at the case.
        await using var scene = await Scene.NewAsync(engine, members: 1);
        await scene.TalkAsync("consult");
        var caseId = await scene.Given.Case(scene.Desk);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => scene.World.The<RequestHandoff>().RunAsync(
            scene.Desk, caseId, new RequestHandoffForm("warm", "desk", "Kan de regeling opnieuw?"), $"key-{n}")));

        Assert.Single(answers, a => a.IsOk);
        Assert.All(answers.Where(a => !a.IsOk), a => Assert.Equal("handoff-already-ringing", a.Refusal!.Code));
    }
}
