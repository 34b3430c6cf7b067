using Loket.Web.Tests.Hub;
using Loket.Web.Tests.Server;
using Xunit.Abstractions;

namespace Loket.Web.Tests.SignIn;

/// <summary>What is open when a sign-in ends is cut within five seconds, on the real server.</summary>
[Collection(ServerCollection.Name)]
public sealed class CutTests(ServerFixture server, ITestOutputHelper output)
{
    private const long Desk = 1001;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Signing_out_ends_the_open_connection_within_five_seconds_and_leaves_that_of_another_browser()
    {
        using var here = await server.AsAsync(Desk);
        using var there = await server.AsAsync(Desk);
        await using var cut = await LiveClient.EnterAsync(server.Server.Address, here);
        await using var stays = await LiveClient.EnterAsync(server.Server.Address, there);

        var since = TimeProvider.System.GetTimestamp();
        Assert.Equal(303, (await here.FormAsync("/sign-out", new Dictionary<string, string>())).Status);
        await Until.TrueAsync(() => !cut.IsOpen, "the end of the connection");
        var took = TimeProvider.System.GetElapsedTime(since);
        output.WriteLine($"Signed out; its connection ended after {took.TotalSeconds:0.0} s");
        Assert.True(took < Bound, $"{took}");
        Assert.True(stays.IsOpen);
        Assert.True((await stays.CallAsync("Enter")).Ok);
    }
}
