using Loket.Web.Data;

namespace Loket.Web.Features.Operations;

/// <summary>What waits on all nodes together.</summary>
/// <param name="Waiting">Questions for which a specialist is sought.</param>
/// <param name="LongestSeconds">How long the first of them waits.</param>
/// <param name="DeadlinesDue">Deadlines of which a rung is due and has not fired.</param>
/// <param name="LatestSeconds">How late the first of them is.</param>
/// <param name="SetAside">Rows that a sweep could not take further and tries again.</param>
public sealed record Queues(int Waiting, double LongestSeconds, int DeadlinesDue, double LatestSeconds, int SetAside)
{
    public static readonly Queues Unknown = new(0, 0, 0, 0, 0);
}

/// <summary>Counts what waits, through partial indexes that hold nothing else; keeps the last count for who asks often.</summary>
public sealed class QueueFigures(Db db, TimeProvider clock, ILogger<QueueFigures> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private volatile Queues last = Queues.Unknown;

    public Queues Last => last;

    public async Task<Queues> CountAsync()
    {
        var now = db.Now();
        return last = await db.ReadAsync(async r =>
        {
            var asked = await r.FindAsync<Row>("SELECT COUNT(*) AS count, MIN(h.queued_at) AS first FROM handoff h WHERE h.state IN ('queued', 'offered')");
            var due = await r.FindAsync<Row>("SELECT COUNT(*) AS count, MIN(d.next_at) AS first FROM deadline d WHERE d.state = 'running' AND d.next_at <= @now", new { now });
            var aside = await r.ScalarAsync<int>("SELECT COUNT(*) FROM set_aside");
            return new Queues(asked!.Count, Since(asked, now), due!.Count, Since(due, now), aside);
        });
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CountAsync();
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning("What waits could not be counted: {Fault}", fault.GetType().Name);
            }
        }
    }

    private static double Since(Row row, DateTime now) => row.First is { } first ? Math.Max(0, (now - first).TotalSeconds) : 0;

    private sealed class Row
    {
        public int Count { get; init; }

        public DateTime? First { get; init; }
    }
}
