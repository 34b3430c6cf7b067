using System.Diagnostics;
using Loket.Benchmarks.Floor;
using Loket.Simulation.Client;
using Microsoft.AspNetCore.SignalR.Client;

namespace Loket.Benchmarks.Figures;

/// <summary>
/// The same four steps as <see cref="HandoffSteps"/> through the public interface: a desk asks over HTTP, a specialist
/// hears it and accepts over the hub, finishes and closes over HTTP. Sixteen such pairs on the machine of the server.
/// </summary>
public sealed class HandoffStepsOverHttp : Bench
{
    private const int Clients = 16;
    private const int StepsOfOne = 4;
    private const int HandoffsOfOne = 5;
    private const int CommitsInSlice = 400;
    private const int WarmUp = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public override string Name => "steps-http";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Effort effort, string folder)
    {
        var slices = 2 * effort.Scale;
        var (loket, _) = await ServerProcess.LoketAsync(Path.Combine(folder, "loket"));
        await using var server = loket;
        using var commit = new DurableCommit(Path.Combine(folder, "commit.db"));
        var pairs = await PairsAsync(loket.Address);
        for (var warm = 0; warm < WarmUp; warm++)
        {
            await SliceAsync(pairs);
        }

        var rounds = new List<(double, double)>();
        for (var round = 0; round < effort.Rounds; round++)
        {
            var (steps, commits) = (TimeSpan.Zero, TimeSpan.Zero);
            for (var slice = 0; slice < slices; slice++)
            {
                commits += commit.Time(CommitsInSlice);
                steps += await SliceAsync(pairs);
            }

            rounds.Add((slices * Clients * HandoffsOfOne * StepsOfOne / steps.TotalSeconds, slices * CommitsInSlice / commits.TotalSeconds));
        }

        foreach (var pair in pairs)
        {
            await pair.Desk.DisposeAsync();
            await pair.Specialist.DisposeAsync();
        }

        return
        [
            Figure.Higher(
                "handoff steps a second, over HTTP and hub", "/s", 0.3, rounds,
                $"{Clients} clients in another process on the same machine, each a desk and a specialist with a session of their own, {slices * HandoffsOfOne} handoffs each a round in {slices} turns with the floor; request, finish and close over HTTP, the hint and the acceptance over the hub; floor: single bare durable commits one after the other"),
        ];
    }

    // Each specialist is the only one who is there on a line of their own.
    private static async Task<List<Pair>> PairsAsync(Uri server)
    {
        var desk = await People.DeskAsync(server);
        var pairs = new List<Pair>();
        foreach (var who in (await People.OnOwnLinesAsync(server)).Take(Clients))
        {
            var specialist = await Professional.SignInAsync(server, who.Id);
            await specialist.EnterAsync();
            (await specialist.PutAsync("api/v1/me/presence", new { state = "available" })).Need("presence");
            var dash = who.LineCode!.IndexOf('-', StringComparison.Ordinal);
            pairs.Add(new Pair(await Professional.SignInAsync(server, desk.Id), specialist, who.LineCode[(dash + 1)..].Replace('-', '_'), who.LineCode[..dash]));
        }

        return pairs.Count == Clients ? pairs : throw new InvalidOperationException($"Only {pairs.Count} lines with a specialist of their own");
    }

    private static async Task<TimeSpan> SliceAsync(List<Pair> pairs)
    {
        var cases = await Task.WhenAll(pairs.Select(async pair =>
        {
            var ids = new List<string>();
            for (var i = 0; i < HandoffsOfOne; i++)
            {
                ids.Add(await Handoffs.OpenCaseAsync(pair.Desk, pair.Topic, pair.Municipality));
            }

            return ids;
        }));
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(pairs.Select((pair, i) => WorkAsync(pair, cases[i])));
        return Stopwatch.GetElapsedTime(began);
    }

    private static async Task WorkAsync(Pair pair, List<string> cases)
    {
        foreach (var caseId in cases)
        {
            var offered = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            void Hear(Hint hint)
            {
                if (hint.Kind == "offer" && hint.CaseId == caseId)
                {
                    offered.TrySetResult(hint.Id!);
                }
            }

            pair.Specialist.Hinted += Hear;
            var asked = (await pair.Desk.PostAsync(
                $"api/v1/cases/{caseId}/handoffs", new { mode = "consult", citizenAt = "desk", lineQuestion = Handoffs.Question }, Professional.NewKey())).Need("request a handoff");
            var offer = await offered.Task.WaitAsync(Patience);
            pair.Specialist.Hinted -= Hear;
            var accepted = await pair.Specialist.Hub.InvokeAsync<HubAnswer>("Accept", offer, Professional.NewKey());
            if (!accepted.Ok)
            {
                throw new InvalidOperationException($"accept: {accepted.Refusal}");
            }

            var handoff = asked.Text("handoffId");
            (await pair.Specialist.PostAsync($"api/v1/handoffs/{handoff}/finish", new { outcome = "answered", text = "Uitgelegd wat er nodig is." }, Professional.NewKey())).Need("finish");
            (await pair.Specialist.PostAsync($"api/v1/handoffs/{handoff}/done", key: Professional.NewKey())).Need("done");
        }
    }

    private sealed record Pair(Professional Desk, Professional Specialist, string Topic, string Municipality);
}
