using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Presence;
using Loket.Web.Live;
using Loket.Web.Security;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Loket.Web.Tests.Presence;

/// <summary>
/// For how long presence can say that somebody is there who is not, on a fake clock with the sweeps of two nodes; and that
/// of several tabs and devices the last one counts.
/// </summary>
public sealed class LongestLieTests
{
    // What a silent socket takes to be noticed: ClientTimeoutInterval in Wiring. Tested end to end in the browser tests.
    private static readonly TimeSpan Unnoticed = TimeSpan.FromSeconds(6);

    [Theory]
    [InlineData("available"), InlineData("break"), InlineData("wrap_up"), InlineData("missed")]
    public async Task A_lost_connection_is_offline_within_the_stated_time(string state)
    {
        await using var two = await TwoNodes.NewAsync();
        await two.HereAsync(two.First, "tab");
        await two.BecomeAsync(state);

        two.Leave(two.First, "tab");
        var took = await two.UntilOfflineAsync(both: true);

        Assert.InRange(took + Unnoticed, TimeSpan.FromSeconds(26), LiveSweep.LongestLie);
    }

    // The node dies at any moment between two of its beats, and the other looks at any moment between them.
    [Theory, OnSqlite(0, 0), OnSqlite(1, 1), OnSqlite(2, 3), OnSqlite(3, 2), OnSqlite(0, 3), OnSqlite(0, 1), OnSqlServer(1, 3)]
    public async Task Who_was_on_a_node_that_died_is_offline_within_the_stated_time_and_the_offer_is_with_the_next(TestEngine engine, int ticksBefore, int apart)
    {
        await using var two = await TwoNodes.NewAsync(engine, apart);
        await two.HereAsync(two.First, "tab");
        await two.BecomeAsync("available");
        await two.TickAsync(8 + ticksBefore, both: true);
        var handoff = await two.Scene.Given.Handoff(two.Scene.Desk, await two.Scene.Given.Case(two.Scene.Desk));
        Assert.Equal([two.Person.Id], await two.Scene.RingingAtAsync(handoff));
        await two.HereAsync(two.Second, "colleague", two.Scene.Members[1]);
        await two.Scene.Given.Available(two.Scene.Members[1]);

        var took = await two.UntilOfflineAsync(both: false);

        Assert.InRange(took, TimeSpan.FromSeconds(1), LiveSweep.LongestLieOfDeadNode);
        Assert.Equal([two.Scene.Members[1].Id], await two.Scene.RingingAtAsync(handoff));
    }

    [Fact]
    public async Task A_talk_on_a_dead_node_waits_its_minute()
    {
        await using var two = await TwoNodes.NewAsync();
        await two.HereAsync(two.First, "tab");
        await two.BecomeAsync("available");
        await two.Scene.Given.Handoff(two.Scene.Desk, await two.Scene.Given.Case(two.Scene.Desk), "consult");
        await two.Scene.AcceptAsync(two.Person);

        var took = await two.UntilOfflineAsync(both: false);

        Assert.InRange(took, TimeSpan.FromSeconds(56), TimeSpan.FromSeconds(60) + LiveSweep.LongestLieOfDeadNode);
    }

    [Fact]
    public async Task Of_several_tabs_and_devices_the_last_one_counts_on_whatever_node_it_is()
    {
        await using var two = await TwoNodes.NewAsync();
        await two.HereAsync(two.First, "tab");
        await two.HereAsync(two.First, "second tab");
        await two.HereAsync(two.Second, "laptop");
        await two.BecomeAsync("available");

        two.Leave(two.First, "tab");
        await two.TickAsync(120, both: true);
        Assert.Equal("available", await two.Scene.PresenceAsync(two.Person));
        two.Leave(two.First, "second tab");
        await two.TickAsync(120, both: true);
        Assert.Equal("available", await two.Scene.PresenceAsync(two.Person));
        two.Leave(two.Second, "laptop");

        Assert.InRange(await two.UntilOfflineAsync(both: true), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(21));
    }

    [Fact]
    public async Task A_reload_within_the_grace_changes_nothing()
    {
        await using var two = await TwoNodes.NewAsync();
        await two.HereAsync(two.First, "tab");
        await two.BecomeAsync("available");

        two.Leave(two.First, "tab");
        await two.TickAsync(30, both: true);
        await two.HereAsync(two.Second, "the same page again");
        await two.TickAsync(120, both: true);

        Assert.Equal("available", await two.Scene.PresenceAsync(two.Person));
    }

    [Fact]
    public async Task Who_is_back_on_the_node_that_lost_them_before_it_looks_again_is_not_taken_away()
    {
        await using var two = await TwoNodes.NewAsync();
        await two.HereAsync(two.First, "tab");
        await two.BecomeAsync("available");

        two.Leave(two.First, "tab");
        await two.TickAsync(39, both: true);
        two.Scene.Clock.Advance(TimeSpan.FromSeconds(30));
        await two.HereAsync(two.First, "the same page again");
        await two.TickAsync(120, both: true);

        Assert.Equal("available", await two.Scene.PresenceAsync(two.Person));
    }

    private sealed class TwoNodes(Scene scene, Node first, Node second, int apart) : IAsyncDisposable
    {
        private readonly LiveSweep[] sweeps = [Sweep(first), Sweep(second)];
        private int tick;

        public Scene Scene => scene;

        public Node First => first;

        public Node Second => second;

        public Actor Person => scene.Members[0];

        public static async Task<TwoNodes> NewAsync(TestEngine engine = TestEngine.Sqlite, int apart = 0)
        {
            var scene = await Scene.NewAsync(engine);
            return new TwoNodes(scene, scene.World.Node, await scene.World.AnotherNodeAsync(), apart);
        }

        public async Task HereAsync(Node node, string connection, Actor? who = null)
        {
            node.The<Connections>().Add((who ?? Person).Id, connection);
            await node.The<SetPresence>().ArriveAsync(who ?? Person);
        }

        public void Leave(Node node, string connection) => node.The<Connections>().Remove(connection);

        public async Task BecomeAsync(string state)
        {
            await scene.Given.Available(Person);
            if (state == "missed")
            {
                await scene.World.ExecuteAsync("UPDATE presence SET state = 'missed', version = version + 1 WHERE professional_id = @Id", new { Person.Id });
            }
            else if (state != "available")
            {
                Assert.Null((await scene.SetPresenceAsync(Person, state)).Refusal);
            }
        }

        /// <summary>Half seconds, with the sweep of both nodes or of the second one only.</summary>
        public async Task TickAsync(int times, bool both)
        {
            for (var n = 0; n < times; n++, tick++)
            {
                scene.Clock.Advance(TimeSpan.FromMilliseconds(500));
                if (both)
                {
                    await sweeps[0].TickAsync(tick);
                }

                await sweeps[1].TickAsync(tick + apart);
            }
        }

        public async Task<TimeSpan> UntilOfflineAsync(bool both)
        {
            for (var n = 1; n <= 200; n++)
            {
                await TickAsync(1, both);
                if (await scene.PresenceAsync(Person) == "offline")
                {
                    return TimeSpan.FromMilliseconds(500 * n);
                }
            }

            throw new InvalidOperationException("Still there after a hundred seconds");
        }

        public ValueTask DisposeAsync() => scene.DisposeAsync();

        private static LiveSweep Sweep(Node node) => new(
            node.The<WatchClock>(), node.The<SetPresence>(), node.The<Connections>(), node.The<SignedIn>(), node.The<NodeLease>(), TimeProvider.System, NullLogger<LiveSweep>.Instance);
    }
}
