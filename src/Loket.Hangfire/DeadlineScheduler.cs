using Hangfire;
using Loket.Web.Data;
using Loket.Web.Features.Chain;
using Loket.Web.Journal;
using Loket.Web.Live;

namespace Loket.Hangfire;

/// <summary>
/// A consumer of the journal: each deadline that began gets one scheduled job for each rung of its ladder, as that stands
/// now; what is put off later, the job leaves alone and the sweep fires. Hangfire's storage is not in our transaction, so a stretch of the journal is claimed first: of all nodes one schedules it, and what a crash in
/// between loses is caught by the sweep of the schedule.
/// </summary>
public sealed class DeadlineScheduler(
    Db db, DueDeadlines deadlines, IBackgroundJobClient jobs, Doorbell doorbell, TimeProvider clock, ILogger<DeadlineScheduler> log) : BackgroundService
{
    public const string Name = "hangfire-deadlines";
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private readonly ConsumerCursor cursor = new(Name, db);

    /// <summary>Schedules what began since the last time on any node; how many jobs that were.</summary>
    public async Task<int> CatchUpAsync()
    {
        var from = await cursor.LoadAsync();
        var to = new Dictionary<int, long>(from);
        var scheduled = 0;
        foreach (var stretch in (await JournalTail.ReadAsync(to, db)).GroupBy(e => e.Shard))
        {
            var claimed = await db.WriteAsync<bool>(unit => cursor.Claim(unit, stretch.Key, from[stretch.Key], to[stretch.Key]));
            if (claimed.Value)
            {
                foreach (var deadline in await deadlines.BegunAsync(stretch))
                {
                    foreach (var rung in deadline.Rungs)
                    {
                        jobs.Schedule<RunScheduled>(job => job.DeadlineAsync(deadline.Id, CancellationToken.None), NotBefore(rung));
                        scheduled++;
                    }
                }
            }
        }

        return scheduled;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var ring = doorbell.Next;
            try
            {
                await CatchUpAsync();
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning(fault, "Deadlines could not be scheduled; the sweep chases them all the same");
            }

            await Task.WhenAny(ring, Task.Delay(Poll, clock, stoppingToken));
        }
    }

    // Hangfire keeps whole seconds and drops the rest: without rounding up, a job would run before its moment.
    private static DateTimeOffset NotBefore(DateTime moment)
    {
        var late = moment.Ticks % TimeSpan.TicksPerSecond;
        return new DateTimeOffset(late == 0 ? moment : moment.AddTicks(TimeSpan.TicksPerSecond - late), TimeSpan.Zero);
    }
}
