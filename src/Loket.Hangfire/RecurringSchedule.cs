using Hangfire;
using Hangfire.Storage;
using Loket.Web.Jobs;

namespace Loket.Hangfire;

/// <summary>At each start, makes Hangfire's recurring jobs equal to the schedule: what left it is removed.</summary>
public sealed class RecurringSchedule(IRecurringJobManager recurring, JobStorage storage) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var scheduled in Schedule.All)
        {
            if (RunsAgainSoon(scheduled))
            {
                recurring.AddOrUpdate<RunScheduled>(scheduled.Name, job => job.BeatAsync(scheduled.Name, CancellationToken.None), CronOf(BeatOf(scheduled)));
            }
            else
            {
                recurring.AddOrUpdate<RunScheduled>(scheduled.Name, job => job.RunAsync(scheduled.Name, CancellationToken.None), CronOf(BeatOf(scheduled)));
            }
        }

        using var connection = storage.GetConnection();
        foreach (var left in connection.GetRecurringJobs().Where(job => Schedule.All.All(s => s.Name != job.Id)))
        {
            recurring.RemoveIfExists(left.Id);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A job that comes back within the minute is not tried again when it fails: its next beat is that.</summary>
    private static bool RunsAgainSoon(Scheduled scheduled) => scheduled.Every < TimeSpan.FromMinutes(1);

    // Cron knows no less than a second.
    private static TimeSpan BeatOf(Scheduled scheduled) => scheduled.Every < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : scheduled.Every;

    /// <summary>
    /// The beat as a cron expression, with seconds where it needs them. Throws when the beat does not fill a minute, hour
    /// or day exactly, because cron cannot say it.
    /// </summary>
    public static string CronOf(TimeSpan every) => every switch
    {
        { TotalSeconds: >= 1 and < 60 } when Fills(every, TimeSpan.FromSeconds(1), 60) => $"*/{every.TotalSeconds} * * * * *",
        { TotalMinutes: >= 1 and < 60 } when Fills(every, TimeSpan.FromMinutes(1), 60) => $"*/{every.TotalMinutes} * * * *",
        { TotalHours: >= 1 and <= 24 } when Fills(every, TimeSpan.FromHours(1), 24) => every.TotalHours == 24 ? "0 0 * * *" : $"0 */{every.TotalHours} * * *",
        _ => throw new ArgumentOutOfRangeException(nameof(every), every, "A beat has to fill a minute, an hour or a day exactly."),
    };

    private static bool Fills(TimeSpan every, TimeSpan unit, int whole) => every.Ticks % unit.Ticks == 0 && unit.Ticks * whole % every.Ticks == 0;
}
