using System.Security.Cryptography;
using Loket.Web.Access;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Demo;
using Loket.Web.Features.Directory;
using Loket.Web.Features.Journeys;
using Loket.Web.Features.Operations;
using Loket.Web.Features.Partners;
using Loket.Web.Features.Proactive;
using Loket.Web.Features.Reports;
using Loket.Web.Features.Retention;
using Loket.Web.Features.Theme;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web;

/// <summary>What has to be right before the first request: addresses, migrations, this node's number, reference data.</summary>
public static class Boot
{
    /// <summary>Says on the error output what must not be so with real people; false when there is anything.</summary>
    public static bool IsSafe(this WebApplication app) => Say(SafeSettings.Faults(app.Configuration, app.Services.GetRequiredService<DemoOptions>()));

    /// <summary>After <see cref="PrepareAsync"/>: says on the error output which house styles are of nobody; false when there is one.</summary>
    private static async Task<bool> KnowsItsThemesAsync(this WebApplication app) =>
        Say(await app.Services.GetRequiredService<Themes>().StrangersAsync(app.Services.GetRequiredService<Db>()));

    /// <summary>After <see cref="PrepareAsync"/>: with other keys than the database was sealed with no cookie can be read, and so no page shown.</summary>
    private static bool KnowsItsKeys(this WebApplication app)
    {
        try
        {
            new CookieKeys(app.Services.GetRequiredService<Db>(), app.Services.GetRequiredService<KeyRing>()).GetAllElements();
            return true;
        }
        catch (CryptographicException)
        {
            return Say([$"The keys in {Wiring.KeyPath(app.Configuration)} are not those that this database was sealed with: put the right file there (Keys__Path), the same for every node."]);
        }
    }

    private static bool Say(IReadOnlyList<string> faults)
    {
        foreach (var fault in faults)
        {
            Console.Error.WriteLine($"Loket does not start. {fault}");
        }

        return faults.Count == 0;
    }

    public static Task PrepareAsync(this WebApplication app) => Task.WhenAll(Task.Run(app.MapAddresses), app.PrepareDataAsync());

    private static async Task PrepareDataAsync(this WebApplication app)
    {
        var services = app.Services;
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Loket");
        var applied = await services.GetRequiredService<Migrator>().RunAsync();
        if (applied.Count > 0)
        {
            log.LogInformation("Migrations applied: {Migrations}", string.Join(", ", applied));
        }

        await services.GetRequiredService<NodeLease>().TakeAsync();
        if (await services.GetRequiredService<MoveTexts>().RunAsync(app.Lifetime.ApplicationStopping) is > 0 and var moved)
        {
            log.LogInformation("Titles, questions and names of {Cases} cases are kept apart now", moved);
        }

        if (await services.GetRequiredService<DestroyCases>().ReplayAsync() is > 0 and var back)
        {
            log.LogWarning("A backup was put back: {Cases} cases that had been destroyed are destroyed again", back);
        }

        await ImportAsync(services, log);
        if (services.GetRequiredService<DemoOptions>().Enabled)
        {
            log.LogWarning("This is the demo profile: anyone may sign in as anyone, and all people are invented");
        }

        app.Lifetime.ApplicationStarted.Register(() => log.LogInformation("Loket is ready: {Addresses}", string.Join(", ", app.Urls)));
    }

    /// <summary>Reads <c>db/reference</c> again only when a file changed since the last import.</summary>
    private static async Task ImportAsync(IServiceProvider services, ILogger log)
    {
        var demo = services.GetRequiredService<DemoOptions>().Enabled;
        var stamp = ImportStamp.Of(ImportReference.Folder, demo);
        var db = services.GetRequiredService<Db>();
        if (await ImportStamp.StoredAsync(db) == stamp)
        {
            return;
        }

        _ = services.GetRequiredService<LifeEvents>();
        _ = services.GetRequiredService<ProactiveBook>();
        var report = await services.GetRequiredService<ImportReference>().RunAsync(
            services.GetRequiredService<ReferenceSet>(), demo ? services.GetRequiredService<DemoSet>() : null);
        if (demo)
        {
            await services.GetRequiredService<PartnerRegister>().ImportDemoAsync(ImportReference.Folder);
        }

        await ImportStamp.StoreAsync(db, stamp);
        log.LogInformation("Reference data imported: {Report}", report);
    }

    /// <summary>
    /// What both hosts do: the command that was given, else everything before the first request and then the host itself.
    /// The exit code of the process; 2 when it must not start so.
    /// </summary>
    public static async Task<int> StartLoketAsync(this WebApplication app, string[] args)
    {
        if (await app.CommandAsync(args) is { } done)
        {
            return done;
        }

        if (!app.IsSafe())
        {
            return 2;
        }

        await app.PrepareAsync();
        if (!app.KnowsItsKeys() || !await app.KnowsItsThemesAsync())
        {
            return 2;
        }

        await app.RunAsync();
        return 0;
    }

    /// <summary>
    /// Runs the command that was given instead of starting the host; the same on both hosts. Null: none was given. Exit code
    /// 2 for a word that is no command.
    /// </summary>
    private static async Task<int?> CommandAsync(this WebApplication app, string[] args)
    {
        if (args is not [var word, ..] || word.StartsWith('-') || word.Contains('=', StringComparison.Ordinal))
        {
            return null;
        }

        switch (word)
        {
            case "verify-journal":
                return await app.VerifyJournalAsync();
            case "verify-state":
                return await app.VerifyStateAsync();
            case "rotate-keys":
                return app.RotateKeys();
            case "recount-reports" when app.IsSafe():
                await app.PrepareAsync();
                return await app.RecountReportsAsync();
            case "recount-reports":
                return 2;
            default:
                Console.WriteLine($"Loket knows no command '{word}': verify-journal, verify-state, rotate-keys or recount-reports. Without one it starts.");
                return 2;
        }
    }

    /// <summary>
    /// The command <c>verify-journal</c>: reads journal and access log of an existing database, changes nothing, and prints
    /// what holds and what does not. Exit code 1 on any fault, 2 when there is nothing to verify.
    /// </summary>
    private static async Task<int> VerifyJournalAsync(this WebApplication app)
    {
        var file = Path.Combine(Wiring.DataFolder(app.Configuration), "loket.db");
        if (app.Configuration["Data:SqlServer"] is null or "" && !File.Exists(file))
        {
            Console.WriteLine("There is no database here to verify. Set Data__Path to its folder.");
            return 2;
        }

        var report = await app.Services.GetRequiredService<VerifyJournal>().RunAsync();
        foreach (var fault in report.Faults)
        {
            Console.WriteLine(fault);
        }

        Console.WriteLine($"{report.Cases} cases, {report.Entries} entries: {(report.Holds ? "the journal verifies" : $"{report.Faults.Count} faults")}");
        var reads = await app.Services.GetRequiredService<VerifyAccess>().RunAsync();
        foreach (var fault in reads.Faults)
        {
            Console.WriteLine(fault);
        }

        Console.WriteLine($"{reads.Chains} days of a node, {reads.Entries} readings: {(reads.Holds ? "the access log verifies" : $"{reads.Faults.Count} faults")}");
        return report.Holds && reads.Holds ? 0 : 1;
    }

    /// <summary>
    /// The command <c>verify-state</c>: whether the rows are as they must be at every moment, also while Loket runs. Changes
    /// nothing. Exit code 1 on any fault.
    /// </summary>
    private static async Task<int> VerifyStateAsync(this WebApplication app)
    {
        var report = await app.Services.GetRequiredService<VerifyState>().RunAsync();
        foreach (var fault in report.Faults)
        {
            Console.WriteLine(fault);
        }

        Console.WriteLine($"{report.Cases} cases, {report.Deadlines} running dates: {(report.Holds ? "the state holds" : $"{report.Faults.Count} faults")}");
        return report.Holds ? 0 : 1;
    }

    /// <summary>
    /// The command <c>rotate-keys</c>: adds a new version to the key file, also while Loket runs. Every node takes it up by
    /// itself, and the job renews what stands under an older one.
    /// </summary>
    private static int RotateKeys(this WebApplication app)
    {
        var path = Wiring.KeyPath(app.Configuration);
        if (!File.Exists(path))
        {
            Console.WriteLine("There is no key file here to change. Set Keys__Path or Data__Path.");
            return 2;
        }

        var (version, from) = KeyFile.AddVersion(path, app.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        Console.WriteLine($"Key version {version} is used from {from:yyyy-MM-dd HH:mm:ss} UTC; numbers under older ones are renewed from then on");
        return 0;
    }

    /// <summary>The command <c>recount-reports</c>: counts what the reports show anew from the journal, also while Loket runs.</summary>
    private static async Task<int> RecountReportsAsync(this WebApplication app)
    {
        await app.Services.GetRequiredService<KeepStatistics>().RecountAsync(app.Lifetime.ApplicationStopping);
        var rows = await app.Services.GetRequiredService<Db>().ReadAsync(r => r.ScalarAsync<long>("SELECT COUNT(*) FROM stat_day"));
        Console.WriteLine($"The journal was counted anew: {rows} rows of figures");
        return 0;
    }
}
