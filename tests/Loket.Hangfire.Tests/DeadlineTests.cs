using Hangfire;
using Loket.Web.Features.Chain;
using Loket.Web.Journal;
using Loket.Web.Tests.Support;

namespace Loket.Hangfire.Tests;

public sealed class DeadlineTests
{
    [Fact]
    public async Task A_deadline_gets_one_scheduled_job_at_its_reminder_its_due_time_and_when_it_is_overdue()
    {
        await using var host = await Host.NewAsync();
        await host.Scheduler.CatchUpAsync();
        var due = WholeSecond(host.Db.Now().AddDays(3));
        var (deadline, _, _) = await host.PromiseAsync(due);

        Assert.Equal(3, await host.Scheduler.CatchUpAsync());
        Assert.Equal(0, await host.Scheduler.CatchUpAsync());

        var jobs = host.Scheduled();
        Assert.All(jobs, job => Assert.Equal(deadline, job.Deadline));
        Assert.Equal(due, jobs[1].At);
        // Three quarters of the term, and a quarter of it past the end; whole seconds.
        Assert.InRange(due - jobs[0].At, TimeSpan.FromHours(18) - TimeSpan.FromMinutes(1), TimeSpan.FromHours(18));
        Assert.InRange(jobs[2].At - due, TimeSpan.FromHours(18) - TimeSpan.FromMinutes(1), TimeSpan.FromHours(18));
    }

    [Fact]
    public async Task A_deadline_due_within_a_second_is_never_woken_too_early()
    {
        await using var host = await Host.NewAsync();
        await host.Scheduler.CatchUpAsync();
        var second = WholeSecond(host.Db.Now().AddDays(3));
        await host.PromiseAsync(second.AddMilliseconds(1));

        await host.Scheduler.CatchUpAsync();

        Assert.Equal(second.AddSeconds(1), host.Scheduled()[1].At);
    }

    [Fact]
    public async Task A_deadline_that_ended_before_it_was_read_gets_no_job()
    {
        await using var host = await Host.NewAsync();
        await host.Scheduler.CatchUpAsync();
        var (_, promise, by) = await host.PromiseAsync(host.Db.Now().AddDays(3));
        Assert.True((await host.The<Promises>().KeepAsync(by, promise, null)).IsOk);

        await host.Scheduler.CatchUpAsync();

        Assert.Empty(host.Scheduled());
    }

    [Fact]
    public async Task Two_nodes_that_read_at_once_schedule_each_deadline_once()
    {
        using var folder = new TempFolder();
        await using var one = await Host.OnAsync(folder);
        await using var two = await Host.OnAsync(folder);
        await one.Scheduler.CatchUpAsync();
        var deadlines = new List<long>();
        for (var i = 0; i < 25; i++)
        {
            deadlines.Add((await one.PromiseAsync(one.Db.Now().AddDays(3))).Deadline);
            await Task.WhenAll(one.Scheduler.CatchUpAsync(), two.Scheduler.CatchUpAsync());
        }

        Assert.Equal(deadlines.Order().SelectMany(id => Enumerable.Repeat(id, 3)), one.Scheduled().Concat(two.Scheduled()).Select(s => s.Deadline).Order());
    }

    [Fact]
    public async Task What_was_promised_while_no_host_ran_is_scheduled_by_the_next()
    {
        using var folder = new TempFolder();
        long deadline;
        await using (var first = await Host.OnAsync(folder))
        {
            await first.Scheduler.CatchUpAsync();
            deadline = (await first.PromiseAsync(first.Db.Now().AddDays(3))).Deadline;
        }

        await using var second = await Host.OnAsync(folder);
        await second.Scheduler.CatchUpAsync();

        Assert.Equal([deadline, deadline, deadline], second.Scheduled().Select(job => job.Deadline));
    }

    [Fact]
    public async Task The_jobs_chase_every_rung_of_the_deadline_without_any_sweep()
    {
        await using var host = await Host.NewAsync();
        await host.Scheduler.CatchUpAsync();
        var (deadline, _, _) = await host.PromiseAsync(host.Db.Now().AddSeconds(2));
        Assert.Equal(3, await host.Scheduler.CatchUpAsync());

        using var server = new BackgroundJobServer(
            new BackgroundJobServerOptions { SchedulePollingInterval = TimeSpan.FromMilliseconds(200), Activator = host.The<JobActivator>() }, host.Storage);
        await Until(host, async () => await host.Db.ReadAsync(r => r.ScalarAsync<long>("SELECT steps_fired FROM deadline WHERE id = @deadline", new { deadline })) == 3);

        Assert.Empty(host.Recurring());
        var raised = await host.Db.ReadAsync(r => r.ScalarAsync<DateTime>("SELECT MIN(raised_at) FROM escalation WHERE deadline_id = @deadline AND step = 2", new { deadline }));
        var due = await host.Db.ReadAsync(r => r.ScalarAsync<DateTime>("SELECT due_at FROM deadline WHERE id = @deadline", new { deadline }));
        Assert.True(raised >= due, $"Chased at {raised:O}, due at {due:O}");
    }

    [Fact]
    public async Task The_job_of_a_promise_that_was_kept_chases_nobody()
    {
        await using var host = await Host.NewAsync();
        var kept = await host.PromiseAsync(host.Db.Now().AddDays(1));
        var open = await host.PromiseAsync(host.Db.Now().AddDays(1));
        Assert.True((await host.The<Promises>().KeepAsync(kept.By, kept.Promise, null)).IsOk);
        await host.Db.WriteAsync<int>(unit => unit.Execute(
            "UPDATE deadline SET starts_at = @past, due_at = @past, next_at = @past WHERE id = @Deadline", new { past = unit.Now.AddMinutes(-1), open.Deadline }));

        await host.The<RunScheduled>().DeadlineAsync(kept.Deadline, CancellationToken.None);
        Assert.Equal(0, await host.EscalationsAsync(open.Deadline));

        await host.The<RunScheduled>().DeadlineAsync(open.Deadline, CancellationToken.None);
        Assert.Equal(1, await host.EscalationsAsync(open.Deadline));
    }

    private static DateTime WholeSecond(DateTime at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));

    // Each escalation is journaled, so the doorbell rings when there may be one.
    private static async Task Until(Host host, Func<Task<bool>> holds)
    {
        var doorbell = host.The<Doorbell>();
        for (var ring = doorbell.Next; !await holds(); ring = doorbell.Next)
        {
            await ring.WaitAsync(Host.Patience);
        }
    }
}
