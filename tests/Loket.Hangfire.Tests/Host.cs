using Hangfire;
using Hangfire.Storage;
using Loket.Domain;
using Loket.Web;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Security;
using Loket.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

// Hangfire keeps the newest host's log and activator in static fields.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Loket.Hangfire.Tests;

/// <summary>
/// The production host on a database of its own, with Hangfire's storage in memory. Until <see cref="StartAsync"/>
/// nothing runs by itself.
/// </summary>
public sealed class Host(WebApplication app, TempFolder? owned) : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public IServiceProvider Services => app.Services;

    public Db Db => The<Db>();

    public JobStorage Storage => The<JobStorage>();

    public DeadlineScheduler Scheduler => The<DeadlineScheduler>();

    /// <summary>Where it listens, once started.</summary>
    public Uri Address => new(app.Urls.First());

    public static async Task<Host> NewAsync(params string[] settings)
    {
        var folder = new TempFolder();
        return new Host(await BuildAsync(folder, settings), folder);
    }

    /// <summary>One more node, on the database of <paramref name="folder"/>.</summary>
    public static async Task<Host> OnAsync(TempFolder folder) => new(await BuildAsync(folder, []), null);

    public T The<T>() where T : notnull => Services.GetRequiredService<T>();

    public Task StartAsync() => app.StartAsync();

    /// <summary>Somebody of the demo with this role: <c>front_office</c>, <c>supervisor</c>.</summary>
    public async Task<Actor> SomebodyAsync(string role)
    {
        var ids = await Db.ReadAsync(r => r.QueryAsync<long>("SELECT id FROM professional WHERE active = 1 ORDER BY id"));
        foreach (var id in ids)
        {
            if (await Actor.LoadAsync(Db, id) is { } actor && Policies.Roles(actor).Contains(role, StringComparer.Ordinal))
            {
                return actor;
            }
        }

        throw new InvalidOperationException($"The demo has no {role}");
    }

    /// <summary>Opens a case and promises something in it, due then; the id of the promise's deadline.</summary>
    public async Task<(long Deadline, long Promise, Actor By)> PromiseAsync(DateTime dueAt)
    {
        var actor = await SomebodyAsync(Policies.FrontOffice);
        var opened = Value(await The<OpenCase>().RunAsync(actor, new OpenCaseForm("Hoe moet dit?", "none", "debts", "gm0344"), null));
        var made = Value(await The<Promises>().MakeAsync(actor, Id(opened.CaseId), new PromiseForm("Ik bel terug", dueAt), null));
        var promise = Id(made.PromiseId);
        var deadline = await Db.ReadAsync(r => r.ScalarAsync<long>(
            "SELECT id FROM deadline WHERE subject_kind = 'promise' AND subject_id = @promise", new { promise }));
        return (deadline, promise, actor);
    }

    public Task<long> EscalationsAsync(long deadline) =>
        Db.ReadAsync(r => r.ScalarAsync<long>("SELECT COUNT(*) FROM escalation WHERE deadline_id = @deadline", new { deadline }));

    /// <summary>The deadlines that have a scheduled job, with its moment, soonest first.</summary>
    public List<(long Deadline, DateTime At)> Scheduled() =>
        [.. Storage.GetMonitoringApi().ScheduledJobs(0, 1000).Select(j => ((long)j.Value.Job.Args[0], j.Value.EnqueueAt)).OrderBy(j => j.EnqueueAt)];

    public List<RecurringJobDto> Recurring()
    {
        using var connection = Storage.GetConnection();
        return connection.GetRecurringJobs();
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        owned?.Dispose();
    }

    private static async Task<WebApplication> BuildAsync(TempFolder folder, string[] settings)
    {
        var app = HangfireHost.Build(
            [$"--Data:Path={folder.Path}", "--Urls=http://127.0.0.1:0", "--Demo:Enabled=true", "--Demo:Colleagues=false", "--Logging:LogLevel:Default=Error", .. settings]);
        await app.PrepareAsync();
        return app;
    }

    private static T Value<T>(Outcome<T> outcome) => outcome.Value;

    private static long Id(string id) => long.Parse(id, System.Globalization.CultureInfo.InvariantCulture);
}
