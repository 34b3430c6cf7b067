namespace Loket.Web.Jobs;

/// <summary>Runs the schedule inside the web process: each job on its own beat, one run at a time.</summary>
public sealed class EmbeddedRunner(IServiceProvider services, TimeProvider clock, ILogger<EmbeddedRunner> log) : BackgroundService
{
    // What has a slow beat is not waited for; who asks for the first page after a start is.
    private static readonly TimeSpan FirstAfter = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Schedule.All.Select(scheduled => BeatAsync(scheduled, stoppingToken)));

    private async Task BeatAsync(Scheduled scheduled, CancellationToken ct)
    {
        if (scheduled.Every > FirstAfter)
        {
            await Task.Delay(FirstAfter, clock, ct);
        }

        using var timer = new PeriodicTimer(scheduled.Every, clock);
        do
        {
            try
            {
                await ((IJob)services.GetRequiredService(scheduled.Job)).RunAsync(ct);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning(fault, "Job {Job} failed; it runs again at its next beat", scheduled.Name);
            }
        }
        while (await timer.WaitForNextTickAsync(ct));
    }
}
