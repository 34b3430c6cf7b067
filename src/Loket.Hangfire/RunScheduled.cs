using Hangfire;
using Loket.Web.Features.Chain;
using Loket.Web.Jobs;

namespace Loket.Hangfire;

/// <summary>
/// What Hangfire calls. On one node a job runs once at a time, as under the embedded runner; on several nodes its
/// compare-and-set keeps the runs apart.
/// </summary>
public sealed class RunScheduled(IServiceProvider services, DueDeadlines due) : IDisposable
{
    private readonly Dictionary<string, SemaphoreSlim> turns = Schedule.All.ToDictionary(s => s.Name, _ => new SemaphoreSlim(1), StringComparer.Ordinal);

    /// <summary>A job with a short beat: skipped while the last run is not done, never tried again, forgotten when it failed.</summary>
    [JobDisplayName("{0}")]
    [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public async Task BeatAsync(string name, CancellationToken ct)
    {
        var scheduled = Find(name);
        if (await turns[name].WaitAsync(TimeSpan.Zero, ct))
        {
            await InTurnAsync(scheduled, ct);
        }
    }

    /// <summary>A job with a long beat: tried again five times, then left among the failed for an operator.</summary>
    [JobDisplayName("{0}")]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 15, 60, 300, 900])]
    public async Task RunAsync(string name, CancellationToken ct)
    {
        var scheduled = Find(name);
        await turns[name].WaitAsync(ct);
        await InTurnAsync(scheduled, ct);
    }

    /// <summary>The moment of a rung of one deadline: chases all that is due, or nothing when this one was met or withdrawn.</summary>
    [JobDisplayName("deadline {0}")]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [1, 5, 15, 60, 300])]
    public async Task DeadlineAsync(long id, CancellationToken ct)
    {
        if (await due.IsDueAsync(id))
        {
            await RunAsync(ChaseDeadlines, ct);
        }
    }

    public void Dispose()
    {
        foreach (var turn in turns.Values)
        {
            turn.Dispose();
        }
    }

    private static string ChaseDeadlines { get; } = Schedule.All.Single(s => s.Job == typeof(ChaseDeadlines)).Name;

    private static Scheduled Find(string name) =>
        Schedule.All.SingleOrDefault(s => s.Name == name) ?? throw new ArgumentException($"The schedule has no job '{name}'.", nameof(name));

    private async Task InTurnAsync(Scheduled scheduled, CancellationToken ct)
    {
        try
        {
            await ((IJob)services.GetRequiredService(scheduled.Job)).RunAsync(ct);
        }
        finally
        {
            turns[scheduled.Name].Release();
        }
    }
}
