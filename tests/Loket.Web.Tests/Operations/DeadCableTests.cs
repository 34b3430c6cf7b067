using System.Diagnostics;
using Loket.Simulation.Faults;
using Loket.Web.Live;
using Loket.Web.Tests.Hub;
using Loket.Web.Tests.Server;
using Loket.Web.Tests.Support;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Operations;

/// <summary>A network that is lost without a word: no connection breaks, nothing comes through.</summary>
[Collection(ServerCollection.Name)]
public sealed class DeadCableTests(ITestOutputHelper output)
{
    private const int Utrecht = 1001;
    private const int First = 1334;
    private const int Second = 1336;
    private const string LostNetwork = "127.0.0.52";

    [Fact]
    public async Task The_offer_of_who_was_lost_is_with_the_next_and_presence_is_right_within_the_stated_times()
    {
        using var data = new TempFolder();
        await using var server = await ServerProcess.StartAsync(data.Path);
        await using var cable = new TcpProxy("127.0.0.1", server.Address.Port);
        cable.Mend();

        await LoseAsync(server.Address, new Uri($"http://127.0.0.1:{cable.Port}"), cable.GoDead);
    }

    [FirewallFact]
    public async Task So_it_is_when_a_firewall_drops_every_packet()
    {
        using var data = new TempFolder();
        var port = SimulationTests.FreeAddresses(1)[0].Port;
        var (near, lost) = (new Uri($"http://127.0.0.1:{port}"), new Uri($"http://{LostNetwork}:{port}"));
        await using var server = await ServerProcess.StartAsync(data.Path, ("Urls", $"{near};{lost}"));
        DroppedNetwork? dropped = null;
        try
        {
            await LoseAsync(near, lost, () => dropped = new DroppedNetwork(LostNetwork));
        }
        finally
        {
            dropped?.Dispose();
        }
    }

    private async Task LoseAsync(Uri near, Uri overTheCable, Action lose)
    {
        using var desk = await Session.At(near).SignInAsync(Utrecht);
        using var lost = await Session.At(overTheCable).SignInAsync(First);
        using var next = await Session.At(near).SignInAsync(Second);
        await using var lostLine = await LiveClient.EnterAsync(overTheCable, lost);
        await using var nextLine = await LiveClient.EnterAsync(near, next);
        await lost.BecomeFreeAsync();
        await desk.AskAsync(await desk.OpenCaseAsync());
        await lost.RungAsync();
        await next.BecomeFreeAsync();

        lose();
        var began = Stopwatch.GetTimestamp();
        await next.RungAsync();
        var moved = Stopwatch.GetElapsedTime(began);
        await Until.TrueAsync(async () => await StateAsync(next) == "offline", "presence that says that they are gone");
        var gone = Stopwatch.GetElapsedTime(began);

        output.WriteLine($"the offer was with the next after {moved.TotalSeconds:0.0} s, presence said offline after {gone.TotalSeconds:0.0} s");
        Assert.True(moved < TimeSpan.FromSeconds(10), $"{moved}");
        Assert.True(gone < LiveSweep.LongestLie, $"{gone}");
    }

    private static async Task<string?> StateAsync(Session colleague) => (await colleague.GetAsync("/api/v1/me/line")).Ok().Json
        .GetProperty("offer").GetProperty("team").EnumerateArray().Single(c => c.GetProperty("name").GetString() == "Hans Nijland").GetProperty("state").GetString();
}
