using Loket.Web.Data;
using Loket.Web.Live;

namespace Loket.Web.Features.Operations;

/// <summary>What a look at this node found.</summary>
public sealed record Health(bool Database, bool Migrations, bool Tail, bool Lease)
{
    /// <summary>Before the first look, and when looking itself stands still.</summary>
    public static readonly Health Unknown = new(false, false, false, false);

    public bool IsReady => Database && Migrations && Tail && Lease;
}

/// <summary>
/// Whether this node can do its work: the database answers, it has every migration of this program, the journal tail
/// keeps up, and the lease was written a moment ago. Looked at each second, not at each question, so that asking costs
/// nothing whoever asks.
/// </summary>
public sealed class Readiness(Migrator migrator, JournalTail tail, NodeLease lease, TimeProvider clock, ILogger<Readiness> log) : BackgroundService
{
    /// <summary>How long the tail may be behind the journal; hints are late by then.</summary>
    public static readonly TimeSpan FurthestBehind = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>A look may take as long as its patience; one older than this says nothing any more.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(5);

    private volatile Look last = new(Health.Unknown, 0);

    public Health Now => clock.GetElapsedTime(last.At) < Stale ? last.Found : Health.Unknown;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            await LookAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    internal async Task LookAsync(CancellationToken ct)
    {
        var (database, migrations) = await DatabaseAsync(ct);
        var found = new Health(database, migrations, tail.Behind < FurthestBehind, lease.Age < NodeLease.DeadAfter);
        if (found.IsReady != last.Found.IsReady)
        {
            log.Log(found.IsReady ? LogLevel.Information : LogLevel.Error, "This node is {State}: {Found}", found.IsReady ? "ready" : "not ready", found);
        }

        last = new Look(found, clock.GetTimestamp());
    }

    private async Task<(bool Answers, bool IsComplete)> DatabaseAsync(CancellationToken ct)
    {
        try
        {
            // An engine may wait without looking at its token.
            var missing = await Task.Run(() => migrator.MissingAsync(ct), ct).WaitAsync(Patience, clock, ct);
            return (true, missing.Count == 0);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return (false, false);
        }
    }

    private sealed record Look(Health Found, long At);
}
