using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Voice;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Loket.Web.Tests.Hub;

/// <summary>Who may speak with whom in a live talk, and what is kept of it.</summary>
public sealed class VoiceTests
{
    private static readonly VoiceForm Here = new("peer-1", null, "here", "");

    [Theory, OnSqlite, OnSqlServer]
    public async Task Only_the_people_of_a_live_talk_may_speak_and_only_while_they_are_in_it(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var stranger = await scene.Given.FrontOffice("gm0363");
        var handoff = await scene.TalkAsync("warm");
        var (voice, signals) = (scene.World.The<VoiceQuery>(), scene.World.The<VoiceSignals>());

        Assert.Null(await voice.LoadAsync(stranger, handoff));
        Assert.Equal("handoff-unknown", (await signals.SendAsync(stranger, handoff, Here)).Refusal?.Code);
        Assert.Equal("handoff-unknown", (await signals.SendAsync(scene.DeskSupervisor, handoff, Here)).Refusal?.Code);
        Assert.True((await signals.SendAsync(scene.Desk, handoff, Here)).IsOk);
        Assert.Equal(2, (await voice.LoadAsync(scene.Members[0], handoff))!.People.Count);

        Assert.True((await scene.World.The<Conversation>().ConfirmCitizenAsync(scene.Members[0], handoff, "headset", null)).IsOk);

        Assert.False((await voice.LoadAsync(scene.Desk, handoff))!.MayJoin);
        Assert.Equal("handoff-unknown", (await signals.SendAsync(scene.Desk, handoff, Here)).Refusal?.Code);
        Assert.Equal([scene.Members[0].Id.ToString(System.Globalization.CultureInfo.InvariantCulture)], (await voice.LoadAsync(scene.Members[0], handoff))!.People);
    }

    [Fact]
    public async Task A_talk_that_still_rings_has_no_voice_and_a_signal_that_makes_no_sense_is_refused()
    {
        await using var scene = await Scene.NewAsync();
        var ringing = await scene.RingAsync();
        Assert.False((await scene.World.The<VoiceQuery>().LoadAsync(scene.Desk, ringing))!.MayJoin);

        var talk = await scene.TalkAsync("warm", scene.Members[1]);
        foreach (var wrong in new[] { Here with { Kind = "shout" }, Here with { Peer = "" }, Here with { Peer = new string('p', 37) }, Here with { Data = new string('x', VoiceSignals.LongestData + 1) } })
        {
            Assert.Equal("voice-signal-unreadable", (await scene.World.The<VoiceSignals>().SendAsync(scene.Desk, talk, wrong)).Refusal?.Code);
        }

        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM voice_signal"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Signals_are_forgotten_after_a_minute(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var handoff = await scene.TalkAsync("warm");
        await scene.World.The<VoiceSignals>().SendAsync(scene.Desk, handoff, Here);
        scene.Clock.Advance(TimeSpan.FromSeconds(50));
        await scene.World.The<VoiceSignals>().SendAsync(scene.Desk, handoff, Here with { Kind = "gone" });
        scene.Clock.Advance(TimeSpan.FromSeconds(20));

        await scene.World.The<ForgetSignals>().RunAsync(CancellationToken.None);

        Assert.Equal(["gone"], await scene.World.QueryAsync<string>("SELECT kind FROM voice_signal"));
    }

    [Fact]
    public void A_turn_password_ends_by_itself_and_belongs_to_one_person()
    {
        var options = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Voice:Stun:0"] = "stun:stun.example.nl:3478", ["Voice:Turn:0"] = "turns:turn.example.nl:5349", ["Voice:TurnSecret"] = "north",
        }).Build().GetSection("Voice").Get<VoiceOptions>()!;

        var servers = options.ServersFor(1001, new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));

        Assert.Equal(["stun:stun.example.nl:3478"], servers[0].Urls);
        // What coturn computes itself: base64(HMAC-SHA1("north", "1795377600:1001")).
        Assert.Equal(("1795377600:1001", "turns:turn.example.nl:5349"), (servers[1].Username, servers[1].Urls[0]));
        Assert.Equal(TurnPassword, servers[1].Credential);
        Assert.Empty(new VoiceOptions().ServersFor(1001, DateTimeOffset.UnixEpoch));
    }

    private const string TurnPassword = "89FNTCnAyHALE0yKJXk32L1KNn8=";
}
