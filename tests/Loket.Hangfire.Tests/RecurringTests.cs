using Hangfire;
using Loket.Web.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Loket.Hangfire.Tests;

public sealed class RecurringTests
{
    [Fact]
    public async Task Every_line_of_the_schedule_becomes_a_recurring_job_and_what_left_it_goes()
    {
        await using var host = await Host.NewAsync();
        host.The<IRecurringJobManager>().AddOrUpdate<RunScheduled>("left the schedule", job => job.RunAsync("left the schedule", CancellationToken.None), "0 0 * * *");

        await host.Services.GetServices<IHostedService>().OfType<RecurringSchedule>().Single().StartAsync(CancellationToken.None);

        var recurring = host.Recurring();
        Assert.Equal(Schedule.All.Select(s => s.Name).Order(StringComparer.Ordinal), recurring.Select(j => j.Id).Order(StringComparer.Ordinal));
        Assert.All(recurring, job => Assert.Equal(job.Id, job.Job.Args[0]));
        Assert.Equal("*/1 * * * * *", recurring.Single(j => j.Id == "chase deadlines").Cron);
        Assert.Equal(nameof(RunScheduled.BeatAsync), recurring.Single(j => j.Id == "chase deadlines").Job.Method.Name);
        Assert.Equal(nameof(RunScheduled.RunAsync), recurring.Single(j => j.Id == "anchor the journal").Job.Method.Name);
    }

    [Fact]
    public async Task The_embedded_runner_does_not_run_beside_Hangfire()
    {
        await using var host = await Host.NewAsync();

        Assert.DoesNotContain(host.Services.GetServices<IHostedService>(), s => s is EmbeddedRunner);
    }

    [Theory]
    [InlineData(1, "*/1 * * * * *")]
    [InlineData(15, "*/15 * * * * *")]
    [InlineData(60, "*/1 * * * *")]
    [InlineData(600, "*/10 * * * *")]
    [InlineData(3600, "0 */1 * * *")]
    [InlineData(86400, "0 0 * * *")]
    public void A_beat_becomes_a_cron_expression(int seconds, string cron) =>
        Assert.Equal(cron, RecurringSchedule.CronOf(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(7)]
    [InlineData(90)]
    [InlineData(7 * 3600)]
    [InlineData(172800)]
    public void A_beat_that_cron_cannot_say_is_refused(double seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RecurringSchedule.CronOf(TimeSpan.FromSeconds(seconds)));
}
