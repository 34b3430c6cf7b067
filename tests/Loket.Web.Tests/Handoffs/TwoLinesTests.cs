using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Presence;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Handoffs;

/// <summary>
/// One person on two lines of The Hague, debts and permits: who may be offered what (DOMAIN 2). Permits allows
/// <c>capacity</c> talks at once.
/// </summary>
public sealed class TwoLinesTests
{
    private const string Permits = "gm0518-permits";

    [Theory]
    // what goes on                             capacity  offered on debts, on permits
    [InlineData("available", 1, true, true)]
    [InlineData("available, debts switched off", 1, false, true)]
    [InlineData("available, permits switched off", 1, true, false)]
    [InlineData("rings on debts", 1, false, false)]
    [InlineData("rings on debts", 3, false, false)]
    [InlineData("talks on debts", 1, false, false)]
    [InlineData("talks on debts", 2, false, true)]
    [InlineData("talks on permits", 2, false, true)]
    [InlineData("talks on permits twice", 2, false, false)]
    [InlineData("talks on permits twice", 3, false, true)]
    [InlineData("talks on debts, missed one of permits", 2, false, false)]
    [InlineData("wraps up", 2, false, false)]
    [InlineData("talks on permits, wraps up debts", 2, false, true)]
    [InlineData("break", 2, false, false)]
    [InlineData("offline", 2, false, false)]
    [InlineData("missed", 2, false, false)]
    [InlineData("did not answer a ring_all of debts", 1, true, true)]
    public async Task A_person_is_offered_what_presence_capacity_and_switch_allow(string situation, int capacity, bool debts, bool permits)
    {
        Assert.Equal(debts, await IsOfferedAsync(situation, capacity, "debts"));
        Assert.Equal(permits, await IsOfferedAsync(situation, capacity, "permits"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Two_talks_at_once_each_end_on_their_own(TestEngine engine)
    {
        await using var scene = await NewAsync(engine, 2);
        var one = await TalkAsync(scene, "permits");
        var two = await TalkAsync(scene, "permits");
        var person = scene.Members[0];
        Assert.Equal("engaged", await scene.PresenceAsync(person));
        var talk = scene.World.The<Conversation>();

        Assert.Null((await talk.FinishAsync(person, one, new FinishForm("answered", null), null)).Refusal);
        Assert.Equal("engaged", await scene.PresenceAsync(person));
        // The wrap-up of one ends by itself and frees nobody who still talks.
        await scene.AfterAsync(61);
        Assert.Equal(Domain.Handoffs.HandoffState.Closed, await scene.StateAsync(one));
        Assert.Equal("engaged", await scene.PresenceAsync(person));

        Assert.Null((await talk.FinishAsync(person, two, new FinishForm("answered", null), null)).Refusal);
        Assert.Equal("wrap_up", await scene.PresenceAsync(person));
        await scene.AfterAsync(60);
        Assert.Equal("available", await scene.PresenceAsync(person));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_waits_rings_beside_the_talk_as_soon_as_it_is_accepted(TestEngine engine)
    {
        await using var scene = await NewAsync(engine, 2);
        var first = await AskAsync(scene, "permits");
        var second = await AskAsync(scene, "permits");
        Assert.Empty(await scene.RingingAtAsync(second));

        await scene.AcceptAsync(scene.Members[0]);

        Assert.Equal([scene.Members[0].Id], await scene.RingingAtAsync(second));
        Assert.Equal("reserved", await scene.PresenceAsync(scene.Members[0]));
        await scene.DeclineAsync(scene.Members[0]);
        Assert.Equal("engaged", await scene.PresenceAsync(scene.Members[0]));
        Assert.Equal(Domain.Handoffs.HandoffState.Connected, await scene.StateAsync(first));
    }

    [Fact]
    public async Task A_lost_connection_loses_the_second_offer_at_once_and_the_talk_after_its_grace()
    {
        await using var scene = await NewAsync(TestEngine.Sqlite, 2);
        await TalkAsync(scene, "permits");
        var second = await AskAsync(scene, "permits");
        Assert.Equal("reserved", await scene.PresenceAsync(scene.Members[0]));

        Assert.Equal("engaged", (await scene.VanishAsync(scene.Members[0], 2)).Value.State);
        Assert.Empty(await scene.RingingAtAsync(second));
        Assert.Equal("engaged", await scene.PresenceAsync(scene.Members[0]));
        Assert.Equal("offline", (await scene.VanishAsync(scene.Members[0], 60)).Value.State);
    }

    private static async Task<bool> IsOfferedAsync(string situation, int capacity, string topic)
    {
        await using var scene = await NewAsync(TestEngine.Sqlite, capacity, situation.Contains("ring_all", StringComparison.Ordinal) ? "ring_all" : "longest_idle");
        var person = scene.Members[0];
        switch (situation)
        {
            case "available, debts switched off" or "available, permits switched off":
                await SwitchAsync(scene, situation.Contains("debts", StringComparison.Ordinal) ? Scene.Debts : Permits);
                break;
            case "rings on debts":
                await AskAsync(scene, "debts");
                break;
            case "talks on debts" or "talks on permits":
                await TalkAsync(scene, situation[9..]);
                break;
            case "talks on permits twice":
                await TalkAsync(scene, "permits");
                await TalkAsync(scene, "permits");
                break;
            case "talks on debts, missed one of permits":
                await TalkAsync(scene, "debts");
                await AskAsync(scene, "permits");
                await scene.AfterAsync(30);
                Assert.Equal("engaged", await scene.PresenceAsync(person));
                break;
            case "wraps up":
                await FinishAsync(scene, await TalkAsync(scene, "debts"));
                break;
            case "talks on permits, wraps up debts":
                var debts = await TalkAsync(scene, "debts");
                await TalkAsync(scene, "permits");
                await FinishAsync(scene, debts);
                break;
            case "break" or "offline":
                await scene.SetPresenceAsync(person, situation);
                break;
            case "missed" or "did not answer a ring_all of debts":
                await AskAsync(scene, "debts");
                await scene.AfterAsync(30);
                break;
        }

        return (await scene.RingingAtAsync(await AskAsync(scene, topic))).Contains(person.Id);
    }

    private static async Task<Scene> NewAsync(TestEngine engine, int capacity, string strategy = "longest_idle")
    {
        var scene = await Scene.NewAsync(engine, members: 1, strategy: strategy);
        await scene.Given.Line(Permits);
        await scene.Given.Member(Permits, scene.Members[0]);
        await scene.Given.Set(Permits, "capacity", capacity);
        await scene.Given.Available(scene.Members[0]);
        return scene;
    }

    private static Task SwitchAsync(Scene scene, string line) => scene.World.The<SwitchLine>().RunAsync(scene.Members[0], line, on: false, null);

    private static async Task<long> AskAsync(Scene scene, string topic) =>
        await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk, topic: topic), "consult");

    private static async Task<long> TalkAsync(Scene scene, string topic)
    {
        var handoff = await AskAsync(scene, topic);
        Assert.Null((await scene.AcceptAsync(scene.Members[0])).Refusal);
        return handoff;
    }

    private static async Task FinishAsync(Scene scene, long handoff) =>
        Assert.Null((await scene.World.The<Conversation>().FinishAsync(scene.Members[0], handoff, new FinishForm("answered", null), null)).Refusal);
}
