using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Loket.Benchmarks.Floor;
using Loket.Domain;
using Loket.Web;
using Loket.Web.Data;
using Loket.Web.Jobs;
using Loket.Web.Journal;
using Loket.Web.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Loket.Benchmarks.Figures;

/// <summary>
/// A hundred thousand deadlines, each of a case of its own, fall due within one second, in the whole program with its
/// embedded runner, while somebody else writes: how long until the last is fired, journaled and committed, and until the
/// last stands in the lists of who is told, beside bare sweeps of the same rows.
/// </summary>
public sealed class DeadlineFiring : Bench
{
    private const int Rounds = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public override string Name => "deadlines";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Effort effort, string folder)
    {
        var count = effort == Effort.Quick ? 10_000 : 100_000;
        var prepared = Path.Combine(folder, "prepared");
        await DeadlineCrowd.PrepareAsync(prepared, count);

        var rounds = new List<(Firing Loket, double Sweep, double Rows)>();
        for (var round = 0; round < Rounds; round++)
        {
            rounds.Add((
                await OnCopyAsync(prepared, data => FireAsync(data, count)),
                await OnCopyAsync(prepared, data => Task.FromResult(Sweep(data, andTells: false))),
                await OnCopyAsync(prepared, data => Task.FromResult(Sweep(data, andTells: true)))));
        }

        var size = count.ToString("N0", CultureInfo.InvariantCulture);
        var each = $"{size} deadlines of as many cases, due at 100 a millisecond, two people told and one entry journaled for each; the whole program with embedded runner and journal tail, in this process, and one other writer; each fired once and the journal verified in every round";
        return
        [
            Figure.Lower(
                $"{size} deadlines, beside a bare sweep", "ms", 3, [.. rounds.Select(r => (r.Loket.Took, r.Sweep))],
                $"{each}; from the first batch to the commit of the last rung with its entry, after which the lists of people follow; floor: the same rows moved by compare-and-set one by one, 1,000 a commit, and nothing else written"),
            Figure.Lower(
                $"{size} deadlines told, beside the bare rows", "ms", 3, [.. rounds.Select(r => (r.Loket.Told, r.Rows))],
                "the same firing until the last stands in the lists of both people; floor: that sweep which also writes, bare, the two escalations, the journal entry and the case head of each"),
            Figure.Lower(
                "lateness of a deadline, p99", "ms", 1, [.. rounds.Select(r => (r.Loket.Lateness, 3000.0))],
                "the same firing; from its moment until its commit; floor: the goal of 3 s"),
            Figure.Lower(
                "lateness in the lists, p99", "ms", 1, [.. rounds.Select(r => (r.Loket.LatenessTold, 3000.0))],
                "the same firing; from its moment until the last of all stands in the lists; floor: the goal of 3 s"),
            Figure.Lower(
                "longest wait of other work", "ms", 1, [.. rounds.Select(r => (r.Loket.LongestWait, r.Loket.LongestBatch))],
                $"the same firing; the other writer's slowest write of many, one after the other (their p99 is {Sample.Median(rounds.Select(r => r.Loket.TailWait)).ToString("0.0", CultureInfo.InvariantCulture)} ms); floor: the longest batch in the write lane, of firing, of telling or of others"),
        ];
    }

    private static async Task<T> OnCopyAsync<T>(string prepared, Func<string, Task<T>> measure)
    {
        var data = DeadlineCrowd.Copy(prepared, $"{prepared}-copy");
        var result = await measure(data);
        Directory.Delete(data, recursive: true);
        return result;
    }

    private static double Sweep(string data, bool andTells)
    {
        using var sweep = new BareSweep(Path.Combine(data, "loket.db"));
        return sweep.Run(DeadlineCrowd.Due.AddSeconds(2), andTells).TotalMilliseconds;
    }

    private static async Task<Firing> FireAsync(string data, int count)
    {
        var clock = new ShiftedClock(DeadlineCrowd.JustBefore);
        var app = DeadlineCrowd.Build(data, clock, builder => builder.Services.AddHostedService<EmbeddedRunner>());
        await using var _ = app;
        await app.PrepareAsync();
        await app.StartAsync();
        var db = app.Services.GetRequiredService<Db>();
        using var writing = new CancellationTokenSource();
        using var lane = new LaneWatch();
        clock.Set(DeadlineCrowd.Due.AddMilliseconds(-200));
        var other = Task.Run(() => WriteAsync(db, writing.Token));
        var last = DeadlineCrowd.Due.AddMilliseconds(count / 100);
        long? next = 0;
        while (next is not null && clock.GetUtcNow().UtcDateTime < DeadlineCrowd.Due.Add(Patience))
        {
            await Task.Delay(5);
            next = await db.ReadAsync(r => r.FindAsync<long?>(
                $"SELECT id FROM deadline WHERE state = 'running' AND next_at <= @last ORDER BY next_at, id {db.Dialect.First(1)}", new { last }));
        }

        var fired = db.Now();
        var said = await PlacesAsync(db, "SELECT last_seq FROM journal_shard ORDER BY shard");
        while ((await PlacesAsync(db, "SELECT seq FROM consumer_cursor WHERE name = 'tell-rungs' ORDER BY shard")).Zip(said).Any(place => place.First < place.Second))
        {
            await Task.Delay(5);
        }

        var told = db.Now();
        await writing.CancelAsync();
        var waits = await other;
        var longestBatch = lane.Longest;
        await app.StopAsync();
        return await Firing.ReadAsync(app.Services, count, (fired, told), longestBatch, waits);
    }

    /// <summary>One small journaled write after the other; how long each took, in milliseconds.</summary>
    private static async Task<List<double>> WriteAsync(Db db, CancellationToken ct)
    {
        var waits = new List<double>();
        while (!ct.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            Need(await db.WriteAsync<int>(unit =>
            {
                unit.Append(new Entry(1, "case_saved", 1, null, null, new { }));
                return 1;
            }));
            waits.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            await Task.Delay(1, CancellationToken.None);
        }

        return waits;
    }

    private static Task<List<long>> PlacesAsync(Db db, string ofEachShard) => db.ReadAsync(r => r.QueryAsync<long>(ofEachShard));

    private static void Need<T>(Outcome<T> outcome)
    {
        if (!outcome.IsOk)
        {
            throw new InvalidOperationException(outcome.Refusal!.Code);
        }
    }
}

/// <summary>Sees for how long batches hold the write lane.</summary>
internal sealed class LaneWatch : IDisposable
{
    private readonly MeterListener listener = new();
    private double longest;

    public LaneWatch()
    {
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument == Measures.LaneHeld)
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        // One lane, one thread.
        listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => Volatile.Write(ref longest, Math.Max(longest, seconds)));
        listener.Start();
    }

    /// <summary>In milliseconds.</summary>
    public double Longest => Volatile.Read(ref longest) * 1000;

    public void Dispose() => listener.Dispose();
}

/// <summary>What one firing was like, in milliseconds, as the database tells it.</summary>
internal sealed record Firing(double Took, double Told, double Lateness, double LatenessTold, double LongestBatch, double LongestWait, double TailWait)
{
    public static async Task<Firing> ReadAsync(IServiceProvider services, int count, (DateTime Fired, DateTime Told) end, double longestBatch, List<double> waits)
    {
        var db = services.GetRequiredService<Db>();
        var rungs = await db.ReadAsync(r => r.QueryAsync<TellingRow>(
            "SELECT d.due_at, e.raised_at, COUNT(*) AS people FROM escalation e JOIN deadline d ON d.id = e.deadline_id GROUP BY d.id, d.due_at, e.raised_at"));
        var verified = await services.GetRequiredService<VerifyJournal>().RunAsync();
        if (rungs.Count != count || rungs.Any(t => t.People != 2) || !verified.Holds)
        {
            throw new InvalidOperationException($"{rungs.Count} of {count} fired once; {string.Join("; ", verified.Faults.Take(3))}");
        }

        // A batch has one moment, its begin; it is surely committed when the next begins.
        var begins = rungs.Select(t => t.RaisedAt).Distinct().Order().ToList();
        var committed = begins.Zip([.. begins.Skip(1), end.Fired]).ToDictionary(b => b.First, b => b.Second);
        return new(
            (end.Fired - begins[0]).TotalMilliseconds,
            (end.Told - begins[0]).TotalMilliseconds,
            Sample.Percentile(rungs.Select(t => (committed[t.RaisedAt] - t.DueAt).TotalMilliseconds), 0.99),
            Sample.Percentile(rungs.Select(t => (end.Told - t.DueAt).TotalMilliseconds), 0.99),
            longestBatch,
            waits.Max(),
            Sample.Percentile(waits, 0.99));
    }

    private sealed class TellingRow
    {
        public DateTime DueAt { get; init; }

        public DateTime RaisedAt { get; init; }

        public long People { get; init; }
    }
}
