using Hangfire;
using Hangfire.InMemory;
using Hangfire.SqlServer;
using Loket.Web;
using Microsoft.Data.SqlClient;

namespace Loket.Hangfire;

/// <summary>The whole application, with Hangfire in the place of the embedded runner.</summary>
public static class HangfireHost
{
    public static WebApplication Build(string[] args)
    {
        var app = LoketApp.Build(args, AddHangfireRunner);
        app.MapJobsDashboard();
        return app;
    }

    private static void AddHangfireRunner(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<JobStorage>(_ => Storage(builder.Configuration));
        services.AddHangfire(hangfire => hangfire
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings());
        services.AddSingleton<RunScheduled>();
        services.AddSingleton<DeadlineScheduler>();
        services.AddJobsDashboard(builder.Configuration);
        // Started in this order, ended in the reverse: no job runs without its schedule.
        services.AddHostedService<RecurringSchedule>();
        services.AddHangfireServer(server => server.SchedulePollingInterval = TimeSpan.FromSeconds(1));
        services.AddHostedService(s => s.GetRequiredService<DeadlineScheduler>());
    }

    /// <summary>The database of Loket itself when that is SQL Server, in a schema of Hangfire's own; else memory, for trying and for tests.</summary>
    private static JobStorage Storage(IConfiguration configuration)
    {
        JobStorage storage = configuration["Data:SqlServer"] is { Length: > 0 } connectionString
            ? new SqlServerStorage(connectionString, new SqlServerStorageOptions { SqlClientFactory = SqlClientFactory.Instance })
            : new InMemoryStorage();
        // The schedule makes a job a second: what is done need not be kept for the usual day.
        storage.JobExpirationTimeout = TimeSpan.FromHours(1);
        return storage;
    }
}
