using System.Diagnostics;
using Loket.Benchmarks.Floor;
using Loket.Simulation.Client;
using Microsoft.AspNetCore.SignalR.Client;

namespace Loket.Benchmarks.Figures;

/// <summary>
/// From the moment the desk sends its request to the moment the specialist's connection hears of the offer, beside an
/// echo over a bare hub and one bare durable commit. One of each in turn.
/// </summary>
public sealed class OfferHint : Bench
{
    private const string Line = "gm0518-debts";
    private const int WarmUp = 800;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public override string Name => "hint";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Effort effort, string folder)
    {
        var count = 200 * effort.Scale;
        var (loket, _) = await ServerProcess.LoketAsync(Path.Combine(folder, "loket"));
        await using var loketServer = loket;
        var (floor, _) = await ServerProcess.FloorAsync(folder);
        await using var floorServer = floor;
        using var commit = new DurableCommit(Path.Combine(folder, "commit.db"));
        await using var echo = new LiveConnection(new Uri(floor.Address, "echo"));
        await echo.Hub.StartAsync();
        await using var desk = await Professional.SignInAsync(loket.Address, (await People.DeskAsync(loket.Address)).Id);
        await using var specialist = await Professional.SignInAsync(loket.Address, (await People.OnLineAsync(loket.Address, Line)).Id);
        await specialist.EnterAsync();
        (await specialist.PutAsync("api/v1/me/presence", new { state = "available" })).Need("presence");

        await RoundAsync(WarmUp);
        var rounds = new List<(Times Loket, Times Floor)>();
        for (var round = 0; round < effort.Rounds; round++)
        {
            rounds.Add(await RoundAsync(count));
        }

        var settings = $"HTTP request → SignalR hint over loopback, {count} a round, one after the other, each with a fresh case; floor: bare SignalR echo + one bare durable commit, pair by pair";
        return
        [
            Figure.Lower("request → hint of the offer, p50", "ms", 2, [.. rounds.Select(r => (r.Loket.Middle, r.Floor.Middle))], settings),
            Figure.Lower("request → hint of the offer, p99", "ms", 4, [.. rounds.Select(r => (r.Loket.Tail, r.Floor.Tail))], settings),
        ];

        async Task<(Times Loket, Times Floor)> RoundAsync(int many)
        {
            var loketTimes = new List<double>();
            var floorTimes = new List<double>();
            for (var i = 0; i < many; i++)
            {
                loketTimes.Add(await HandoffAsync(desk, specialist));
                floorTimes.Add(await EchoAsync(echo.Hub) + Commit(commit));
            }

            return (Times.Of(loketTimes), Times.Of(floorTimes));
        }
    }

    private static async Task<double> HandoffAsync(Professional desk, Professional specialist)
    {
        var caseId = await Handoffs.OpenCaseAsync(desk, "debts", "gm0518");
        var made = new TaskCompletionSource<(string Offer, long At)>(TaskCreationOptions.RunContinuationsAsynchronously);
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Hear(Hint hint)
        {
            var now = Stopwatch.GetTimestamp();
            if (hint.Kind == "offer" && hint.CaseId == caseId && !made.TrySetResult((hint.Id!, now)))
            {
                gone.TrySetResult();
            }
        }

        specialist.Hinted += Hear;
        var began = Stopwatch.GetTimestamp();
        var asked = (await desk.PostAsync(
            $"api/v1/cases/{caseId}/handoffs", new { mode = "warm", citizenAt = "desk", lineQuestion = Handoffs.Question }, Professional.NewKey())).Need("request a handoff");
        var (_, at) = await made.Task.WaitAsync(Patience);
        (await desk.PostAsync($"api/v1/handoffs/{asked.Text("handoffId")}/withdraw", key: Professional.NewKey())).Need("withdraw");
        await gone.Task.WaitAsync(Patience);
        specialist.Hinted -= Hear;
        return Stopwatch.GetElapsedTime(began, at).TotalMilliseconds;
    }

    private static async Task<double> EchoAsync(HubConnection hub)
    {
        var heard = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listening = hub.On<string>("Echo", _ => heard.TrySetResult(Stopwatch.GetTimestamp()));
        var began = Stopwatch.GetTimestamp();
        await hub.SendAsync("Echo", Handoffs.Question);
        return Stopwatch.GetElapsedTime(began, await heard.Task.WaitAsync(Patience)).TotalMilliseconds;
    }

    private static double Commit(DurableCommit commit)
    {
        var began = Stopwatch.GetTimestamp();
        commit.Run();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private sealed record Times(double Middle, double Tail)
    {
        public static Times Of(List<double> sample) => new(Sample.Median(sample), Sample.Percentile(sample, 0.99));
    }
}
