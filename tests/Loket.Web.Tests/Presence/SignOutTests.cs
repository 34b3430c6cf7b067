using Loket.Web.Features.Presence;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Presence;

/// <summary>A supervisor takes somebody off the lines.</summary>
public sealed class SignOutTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task What_rings_goes_on_to_the_next_and_nobody_is_missed(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var handoff = await scene.RingAsync();

        Assert.Equal("offline", (await scene.World.The<SignOutColleague>().RunAsync(scene.LineSupervisor, scene.Members[0].Id, null)).Value.State);

        Assert.Equal("offline", await scene.PresenceAsync(scene.Members[0]));
        Assert.Equal([scene.Members[1].Id], await scene.RingingAtAsync(handoff));
    }

    [Theory]
    [InlineData("available"), InlineData("break"), InlineData("wrap_up"), InlineData("offline")]
    public async Task Who_is_in_no_talk_is_signed_out(string state)
    {
        await using var scene = await Scene.NewAsync(members: 1);
        await scene.Given.Available(scene.Members);
        await scene.SetPresenceAsync(scene.Members[0], state);

        Assert.True((await scene.World.The<SignOutColleague>().RunAsync(scene.LineSupervisor, scene.Members[0].Id, null)).IsOk);
        Assert.Equal("offline", await scene.PresenceAsync(scene.Members[0]));
    }

    [Fact]
    public async Task A_talk_is_not_cut_off()
    {
        await using var scene = await Scene.NewAsync(members: 1);
        await scene.TalkAsync("consult");

        Assert.Equal("colleague-in-talk", (await scene.World.The<SignOutColleague>().RunAsync(scene.LineSupervisor, scene.Members[0].Id, null)).Refusal?.Code);
        Assert.Equal("engaged", await scene.PresenceAsync(scene.Members[0]));
    }

    [Fact]
    public async Task Somebody_of_another_team_does_not_exist_for_a_supervisor()
    {
        await using var scene = await Scene.NewAsync(members: 1);
        await scene.Given.Available(scene.Members);

        Assert.Equal("professional-unknown", (await scene.World.The<SignOutColleague>().RunAsync(scene.DeskSupervisor, scene.Members[0].Id, null)).Refusal?.Code);
        Assert.Equal("available", await scene.PresenceAsync(scene.Members[0]));
    }
}
