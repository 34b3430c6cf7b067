using Loket.Web.Access;
using Loket.Web.Data;
using Loket.Web.Features.Demo;
using Loket.Web.Features.Documents;
using Loket.Web.Features.Operations;
using Loket.Web.Features.Partners;
using Loket.Web.Features.Retention;
using Loket.Web.Features.Rota;
using Loket.Web.Features.Search;
using Loket.Web.Features.SignIn;
using Loket.Web.Features.Theme;
using Loket.Web.Features.Voice;
using Loket.Web.Jobs;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Processing;
using Loket.Web.Security;
using Loket.Web.Telemetry;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.SignalR;

namespace Loket.Web;

/// <summary>What is made of what. One line a class; the features in the order of the main job.</summary>
public static partial class Wiring
{
    /// <summary>The application as it runs: the core, and what runs by itself on every node. What runs the schedule is the host's.</summary>
    public static void AddLoket(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddLoketCore(builder.Configuration);
        services.AddHostedService(s => s.GetRequiredService<LiveHints>());
        services.AddHostedService(s => s.GetRequiredService<JournalTail>());
        services.AddHostedService(s => s.GetRequiredService<BrokerDoorbell>());
        services.AddHostedService(s => s.GetRequiredService<Readiness>());
        services.AddHostedService(s => s.GetRequiredService<QueueFigures>());
        services.AddHostedService<Export>();
        services.AddHostedService<LiveSweep>();
        services.AddHostedService<WarnShort>();
        services.AddHostedService(s => s.GetRequiredService<Watchers>());
        services.AddHostedService(s => s.GetRequiredService<VoiceSignals>());
        services.AddHostedService<WarmSearch>();
        services.AddHostedService(s => s.GetRequiredService<DemoColleagues>());
    }

    /// <summary>Every use case, job and store, without anything that runs by itself: nothing happens until it is asked.</summary>
    public static void AddLoketCore(this IServiceCollection services, IConfiguration configuration)
    {
        var folder = DataFolder(configuration);
        System.IO.Directory.CreateDirectory(folder);
        DapperSetup.Apply();

        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => configuration.GetSection("Demo").Get<DemoOptions>() ?? new DemoOptions());
        services.AddSingleton(_ => configuration.GetSection("Documents").Get<DocumentOptions>() ?? new DocumentOptions());
        services.AddSingleton(_ => configuration.GetSection("Voice").Get<VoiceOptions>() ?? new VoiceOptions());
        services.AddSingleton(s => KeyRing.Load(KeyPath(configuration), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new JournalFiles(configuration["Journal:Anchors"] ?? Path.Combine(folder, "journal-anchors.txt")));
        services.AddSingleton(s => new DestroyedList(configuration["Retention:List"] ?? Path.Combine(folder, "destroyed-cases.txt"), s.GetRequiredService<KeyRing>()));
        services.AddSingleton(new LoketAddress((configuration["Outgoing:BaseUrl"] ?? "").TrimEnd('/')));
        services.AddSingleton(p => Engine.Create(configuration, folder, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new SearchFolder(folder));
        services.AddSingleton<IdSource>();
        services.AddSingleton<Doorbell>();
        services.AddDataProtection().SetApplicationName("Loket");
        services.AddSingleton<CookieKeys>();
        services.AddOptions<KeyManagementOptions>().Configure<CookieKeys>((options, keys) => options.XmlRepository = keys);
        services.AddSingleton<JournalWriter>();
        services.AddSingleton<VerifyJournal>();
        services.AddSingleton(new AccessFiles(configuration["Access:Anchors"] ?? Path.Combine(folder, "access-anchors.txt")));
        services.AddSingleton(new AccessWindow(configuration.GetValue<int?>("Access:WindowSeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : AccessWindow.Usual));
        services.AddSingleton<AccessChain>();
        services.AddSingleton<AccessLog>();
        services.AddSingleton<VerifyAccess>();
        services.AddSingleton(new ProcessingFile(
            configuration["ProcessingLog:Path"] ?? Path.Combine(folder, "processing-log"), configuration["ProcessingLog:Register"] ?? "urn:loket:processing-activity:"));
        services.AddSingleton<Db>();
        services.AddSingleton<Migrator>();
        services.AddSingleton(new SignedInTimes(configuration));
        services.AddSingleton(new SignOnSetting(configuration));
        services.AddSingleton(new Themes(configuration));
        services.AddSingleton<SignedIn>();
        services.AddSingleton<Door>();
        services.AddHttpClient();
        services.AddSingleton<SetAside>();
        foreach (var scheduled in Schedule.All)
        {
            services.AddSingleton(scheduled.Job);
        }

        AddReference(services, configuration);
        AddFeatures(services);
        AddLive(services);
    }

    private static void AddLive(IServiceCollection services)
    {
        services.AddSingleton<Connections>();
        services.AddSingleton<RecentHints>();
        services.AddSingleton<Watchers>();
        services.AddSingleton<NodeLease>();
        services.AddSingleton<JournalTail>();
        services.AddSingleton<BrokerDoorbell>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<VerifyState>();
        services.AddSingleton<QueueFigures>();
        services.AddSingleton<RecentMeasures>();
        services.AddSingleton<NodeGauges>();
        services.AddSingleton<LiveHints>();
        services.AddSingleton<DemoColleagues>();
        services.AddSingleton<VoiceQuery>();
        services.AddSingleton<VoiceSignals>();
        services.AddSignalR(options =>
        {
            options.KeepAliveInterval = TimeSpan.FromSeconds(2);
            options.ClientTimeoutInterval = TimeSpan.FromSeconds(6);
        });
        services.AddSingleton<HubLifetimeManager<LiveHub>, PushesThatDoNotWait>();
    }

    /// <summary>The file of keys: <c>Keys:Path</c>, else in the data folder.</summary>
    public static string KeyPath(IConfiguration configuration) => configuration["Keys:Path"] ?? Path.Combine(DataFolder(configuration), "keys", "keys.json");

    /// <summary>Where the embedded database and keys lie: <c>Data:Path</c>, else <c>data/</c> beside the solution, else beside the program.</summary>
    public static string DataFolder(IConfiguration configuration)
    {
        if (configuration["Data:Path"] is { Length: > 0 } path)
        {
            return Path.GetFullPath(path);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Loket.sln")))
            {
                return Path.Combine(folder.FullName, "data");
            }
        }

        return Path.Combine(AppContext.BaseDirectory, "data");
    }
}
