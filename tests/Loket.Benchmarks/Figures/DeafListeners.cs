using System.Diagnostics;
using Loket.Simulation.Client;
using Microsoft.AspNetCore.SignalR.Client;

namespace Loket.Benchmarks.Figures;

/// <summary>
/// What others notice of connections that say that they are there and never read, until they are dropped: from the moment
/// somebody sends a message to the moment the other hears of it, in a talk with much traffic, beside the same without them.
/// </summary>
public sealed class DeafListeners : Bench
{
    private const string Line = "gm0518-debts";
    private const int Deaf = 4;
    private const int WarmUp = 300;
    private static readonly string Long = new('x', 16_000);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public override string Name => "deaf";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Effort effort, string folder)
    {
        var (loket, _) = await ServerProcess.LoketAsync(folder);
        await using var server = loket;
        await using var desk = await Professional.SignInAsync(loket.Address, (await People.DeskAsync(loket.Address)).Id);
        await using var specialist = await Professional.SignInAsync(loket.Address, (await People.OnLineAsync(loket.Address, Line)).Id);
        await desk.EnterAsync();
        await specialist.EnterAsync();
        var (caseId, talk) = await TalkAsync(desk, specialist);
        using var enough = new CancellationTokenSource();
        var speaking = SpeakAsync(specialist, talk, enough.Token);

        await DelaysAsync(WarmUp, () => true);
        var rounds = new List<(double Beside, double Alone)>();
        var (dropped, heard) = (TimeSpan.Zero, 0);
        for (var round = 0; round < effort.Rounds; round++)
        {
            var alone = await DelaysAsync(100 * effort.Scale, () => true);
            var deaf = await Task.WhenAll(Enumerable.Range(0, Deaf).Select(_ => DeafClient.EnterAsync(loket.Address, desk.Cookies, caseId, talk)));
            var since = Stopwatch.GetTimestamp();
            var beside = await DelaysAsync(100 * effort.Scale, () => deaf.All(d => d.IsDropped));
            dropped = Stopwatch.GetElapsedTime(since) is var took && took > dropped ? took : dropped;
            heard += beside.Count;
            rounds.Add((Sample.Percentile(beside, 0.99), Sample.Percentile(alone, 0.99)));
            foreach (var client in deaf)
            {
                await client.DisposeAsync();
            }
        }

        await enough.CancelAsync();
        await speaking;
        return
        [
            Figure.Lower(
                "message → hint beside connections that never read, p99", "ms", 2, rounds,
                FormattableString.Invariant($"{Deaf} of them in a talk with speech signals of 16 kB all the time, {heard} messages until all were dropped, at the latest after {dropped.TotalSeconds:0.0} s; floor: the same talk just before, without them")),
        ];

        // At least so many, and on until what is waited for is so.
        async Task<List<double>> DelaysAsync(int fewest, Func<bool> isEnough)
        {
            using var patience = new CancellationTokenSource(Patience);
            using var pace = new PeriodicTimer(Pace);
            var delays = new List<double>();
            while (delays.Count < fewest || !isEnough())
            {
                delays.Add(await DelayAsync(desk, specialist, talk));
                await pace.WaitForNextTickAsync(patience.Token);
            }

            return delays;
        }
    }

    private static async Task<(string Case, string Talk)> TalkAsync(Professional desk, Professional specialist)
    {
        (await specialist.PutAsync("api/v1/me/presence", new { state = "available" })).Need("presence");
        var rung = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        specialist.Hinted += hint =>
        {
            if (hint.Kind == "offer")
            {
                rung.TrySetResult(hint.Id!);
            }
        };
        var caseId = await Handoffs.OpenCaseAsync(desk, "debts", "gm0518");
        var asked = (await desk.PostAsync(
            $"api/v1/cases/{caseId}/handoffs", new { mode = "warm", citizenAt = "desk", lineQuestion = Handoffs.Question }, Professional.NewKey())).Need("request a handoff");
        var talk = asked.Text("handoffId");
        (await specialist.PostAsync($"api/v1/offers/{await rung.Task.WaitAsync(Patience)}/accept", key: Professional.NewKey())).Need("accept");
        (await specialist.PostAsync($"api/v1/handoffs/{talk}/confirm", new { how = "headset" }, Professional.NewKey())).Need("confirm");
        return (caseId, talk);
    }

    // Whoever hears the voice of the talk is sent a lot.
    private static async Task SpeakAsync(Professional specialist, string talk, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            var said = await specialist.Hub.InvokeAsync<HubAnswer>("Voice", talk, new { peer = "one", to = (string?)null, kind = "ice", data = Long }, CancellationToken.None);
            if (!said.Ok)
            {
                throw new InvalidOperationException($"voice: {said.Refusal}");
            }
        }
    }

    private static async Task<double> DelayAsync(Professional desk, Professional specialist, string talk)
    {
        var heard = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Hear(Hint hint)
        {
            if (hint.Kind == "message")
            {
                heard.TrySetResult(Stopwatch.GetTimestamp());
            }
        }

        desk.Hinted += Hear;
        var began = Stopwatch.GetTimestamp();
        (await specialist.PostAsync($"api/v1/handoffs/{talk}/messages", new { text = "Goedendag" }, Professional.NewKey())).Need("say something");
        var at = await heard.Task.WaitAsync(Patience);
        desk.Hinted -= Hear;
        return Stopwatch.GetElapsedTime(began, at).TotalMilliseconds;
    }
}
