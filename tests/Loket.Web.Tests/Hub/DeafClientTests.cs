using System.Diagnostics;
using System.Globalization;
using Loket.Simulation.Client;
using Loket.Web.Tests.Server;
using Loket.Web.Tests.Support;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Hub;

/// <summary>
/// Connections that never read, in a talk with much traffic: what they cost, and that they hold up nobody. How much slower
/// others are beside them is the figure <c>deaf</c> of the benchmarks.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed class DeafClientTests(ITestOutputHelper output)
{
    private const int Utrecht = 1001;
    private const int Specialist = 1334;
    private const int Deaf = 4;
    private static readonly string Long = new('x', 16_000);
    private const int Speakers = 1;
    private const int FewestTimes = 150;
    // What was sent to them meanwhile is many times this; what a heap grows by itself is less.
    private const long MostGrowth = 256 * 1024;

    [Fact]
    public async Task Who_never_reads_is_dropped_holds_up_nobody_and_costs_bounded_memory()
    {
        using var data = new TempFolder();
        // One heap, so that what the process holds says something.
        await using var server = await ServerProcess.StartAsync(data.Path, ("DOTNET_gcServer", "0"));
        using var desk = await Session.At(server.Address).SignInAsync(Utrecht);
        using var specialist = await Session.At(server.Address).SignInAsync(Specialist);
        await using var listener = await LiveClient.EnterAsync(server.Address, desk);
        await specialist.BecomeFreeAsync();
        var caseId = await desk.OpenCaseAsync();
        var talk = await desk.AskAsync(caseId);
        await specialist.AcceptAsync();
        (await specialist.PostAsync($"/api/v1/handoffs/{talk}/confirm", new { how = "headset" })).Ok();
        using var enough = new CancellationTokenSource();
        var speaking = Task.WhenAll(Enumerable.Range(0, Speakers).Select(_ => SpeakAsync(server.Address, specialist, talk, enough.Token)));

        var usual = await DelaysAsync(specialist, talk, listener, () => true);
        var before = Memory(server.Id);
        var deaf = new List<DeafClient>();
        for (var n = 0; n < Deaf; n++)
        {
            deaf.Add(await DeafClient.EnterAsync(server.Address, desk.Cookies!, caseId, talk));
        }

        var since = Stopwatch.GetTimestamp();
        var beside = await DelaysAsync(specialist, talk, listener, () => deaf.TrueForAll(d => d.IsDropped));
        var dropped = Stopwatch.GetElapsedTime(since);
        var growth = Memory(server.Id) - before;
        await enough.CancelAsync();
        await speaking;
        foreach (var client in deaf)
        {
            await client.DisposeAsync();
        }

        output.WriteLine($"from a message to its hint, p50 and p99 of {usual.Count}: {At(usual, 0.5):0.0} and {At(usual, 0.99):0.0} ms; beside {Deaf} who never read, of {beside.Count}: {At(beside, 0.5):0.0} and {At(beside, 0.99):0.0} ms, at most {beside[^1]:0.0}; all dropped after {dropped.TotalSeconds:0.0} s; memory {growth / 1024.0:+0.0;-0.0} MB");
        // How fast is told above. Held up by who does not read, they wait ten seconds.
        Assert.InRange(At(beside, 0.99), 0, Math.Max(2 * At(usual, 0.99), 2_000));
        Assert.InRange(growth, long.MinValue, MostGrowth);
    }

    // Whoever hears the voice of the talk is sent a lot.
    private static async Task SpeakAsync(Uri address, Session specialist, string talk, CancellationToken enough)
    {
        await using var line = await LiveClient.EnterAsync(address, specialist);
        while (!enough.IsCancellationRequested)
        {
            Assert.True((await line.CallAsync("Voice", talk, new { peer = "one", to = (string?)null, kind = "ice", data = Long })).Ok);
        }
    }

    // Sorted, in milliseconds; a fewest number, and on until what is waited for is so.
    private static async Task<List<double>> DelaysAsync(Session specialist, string talk, LiveClient listener, Func<bool> isEnough)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var delays = new List<double>();
        while (delays.Count < FewestTimes || !isEnough())
        {
            patience.Token.ThrowIfCancellationRequested();
            var heard = listener.Heard("message");
            var began = Stopwatch.GetTimestamp();
            (await specialist.PostAsync($"/api/v1/handoffs/{talk}/messages", new { text = "Goedendag" })).Ok();
            while (listener.Heard("message") == heard)
            {
                patience.Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }

            delays.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            await pace.WaitForNextTickAsync(patience.Token);
        }

        delays.Sort();
        return delays;
    }

    private static double At(List<double> sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Count) - 1];

    // What the process really holds, in kilobytes.
    private static long Memory(int process) => long.Parse(
        File.ReadLines($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)).AsSpan("VmRSS:".Length).Trim().ToString().Split(' ')[0],
        CultureInfo.InvariantCulture);
}
