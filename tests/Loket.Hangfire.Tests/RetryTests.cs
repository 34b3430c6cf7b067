using System.Collections.Concurrent;
using Hangfire;
using Hangfire.States;
using Hangfire.Storage;

namespace Loket.Hangfire.Tests;

public sealed class RetryTests
{
    [Fact]
    public async Task A_beat_that_fails_is_forgotten_and_a_slow_job_that_fails_is_tried_again()
    {
        await using var host = await Host.NewAsync();
        var states = new States();
        GlobalJobFilters.Filters.Add(states);
        try
        {
            var jobs = host.The<IBackgroundJobClient>();
            var beat = jobs.Enqueue<RunScheduled>(job => job.BeatAsync("no such job", CancellationToken.None));
            var run = jobs.Enqueue<RunScheduled>(job => job.RunAsync("no such job", CancellationToken.None));
            using var server = new BackgroundJobServer(new BackgroundJobServerOptions { Activator = host.The<JobActivator>() }, host.Storage);

            Assert.Equal(DeletedState.StateName, await states.AfterRunningAsync(beat));
            Assert.Equal(ScheduledState.StateName, await states.AfterRunningAsync(run));
        }
        finally
        {
            GlobalJobFilters.Filters.Remove(states);
        }
    }

    /// <summary>The state a job came into after it ran.</summary>
    private sealed class States : IApplyStateFilter
    {
        private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> after = new(StringComparer.Ordinal);

        public Task<string> AfterRunningAsync(string job) => Of(job).Task.WaitAsync(Host.Patience);

        public void OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
        {
            if (context.OldStateName == ProcessingState.StateName)
            {
                Of(context.BackgroundJob.Id).TrySetResult(context.NewState.Name);
            }
        }

        public void OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
        {
            // Nothing to take back.
        }

        private TaskCompletionSource<string> Of(string job) => after.GetOrAdd(job, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
