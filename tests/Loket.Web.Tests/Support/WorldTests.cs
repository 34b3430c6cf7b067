using Loket.Domain.Handoffs;
using Loket.Web.Features.Handoffs;

namespace Loket.Web.Tests.Support;

public sealed class WorldTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task A_world_rings_a_specialist_and_the_case_is_accepted(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var line = await world.Given.Line("gm0518-debts", members: 2);
        var desk = await world.Given.FrontOffice("gm0344");
        await world.Given.Available(line.Members);
        var caseId = await world.Given.Case(desk);

        var handoff = await world.Given.Handoff(desk, caseId);

        Assert.Equal(HandoffState.Offered, await world.HandoffStateAsync(handoff));
        Assert.Equal("reserved", await world.PresenceAsync(line.Members[0]));
        Assert.Equal("available", await world.PresenceAsync(line.Members[1]));
        var offer = await world.PendingOfferAsync(line.Members[0]);
        Assert.Null((await world.The<AnswerOffer>().AcceptAsync(line.Members[0], offer!.Value, null)).Refusal);
        Assert.Equal(HandoffState.Accepted, await world.HandoffStateAsync(handoff));
        Assert.Equal(["case_opened", "handoff_requested", "offer_made", "handoff_accepted"], await world.TimelineAsync(caseId));
        Assert.Equal(1, await world.RunningDeadlinesAsync(caseId));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Another_node_and_a_restart_see_the_same_database_and_every_world_starts_empty(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM organisation"));
        await world.Given.Municipality("gm0344");
        var other = await world.AnotherNodeAsync();

        Assert.Equal(1, await other.The<Web.Data.Db>().ReadAsync(r => r.ScalarAsync<long>("SELECT COUNT(*) FROM organisation")));
        await world.RestartAsync();
        Assert.Equal(1, await world.ScalarAsync<long>("SELECT COUNT(*) FROM organisation"));
    }

    [Fact]
    public async Task The_clock_fires_timers_in_order_when_it_advances_and_none_when_the_wall_clock_jumps()
    {
        var clock = new FakeClock();
        var fired = new List<(string Name, DateTime At)>();
        await using var late = clock.CreateTimer(_ => fired.Add(("late", clock.UtcNow)), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        await using var often = clock.CreateTimer(_ => fired.Add(("often", clock.UtcNow)), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));

        clock.Jump(FakeClock.Start.AddDays(1));
        Assert.Empty(fired);
        Assert.Equal(TimeSpan.Zero, clock.GetElapsedTime(0));

        clock.Advance(TimeSpan.FromSeconds(6));
        var from = FakeClock.Start.AddDays(1);
        Assert.Equal([("often", from.AddSeconds(2)), ("often", from.AddSeconds(4)), ("late", from.AddSeconds(5)), ("often", from.AddSeconds(6))], fired);
        Assert.Equal(TimeSpan.FromSeconds(6), clock.GetElapsedTime(0));
    }
}
