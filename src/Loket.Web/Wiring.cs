using Loket.Web.Access;
using Loket.Web.Data;
using Loket.Web.Features.Bottlenecks;
using Loket.Web.Features.Callbacks;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Demo;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Directory;
using Loket.Web.Features.Doors;
using Loket.Web.Features.Drafts;
using Loket.Web.Features.Forwarding;
using Loket.Web.Features.Glass;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Identity;
using Loket.Web.Features.Joining;
using Loket.Web.Features.Journeys;
using Loket.Web.Features.Lines;
using Loket.Web.Features.Mergers;
using Loket.Web.Features.Operations;
using Loket.Web.Features.Overview;
using Loket.Web.Features.Partners;
using Loket.Web.Features.People;
using Loket.Web.Features.Presence;
using Loket.Web.Features.Proactive;
using Loket.Web.Features.Reports;
using Loket.Web.Features.Retention;
using Loket.Web.Features.Reveal;
using Loket.Web.Features.Rota;
using Loket.Web.Features.Schemes;
using Loket.Web.Features.Search;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Sharing;
using Loket.Web.Features.SignIn;
using Loket.Web.Features.Specialist;
using Loket.Web.Features.Steps;
using Loket.Web.Features.Team;
using Loket.Web.Features.Upkeep;
using Loket.Web.Features.Voice;
using Loket.Web.Features.Wall;
using Loket.Web.Jobs;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Processing;
using Loket.Web.Security;
using Loket.Web.Telemetry;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

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
        services.AddHostedService(s => s.GetRequiredService<Readiness>());
        services.AddHostedService(s => s.GetRequiredService<QueueFigures>());
        services.AddHostedService<Export>();
        services.AddHostedService<LiveSweep>();
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
        services.AddSingleton(_ => configuration.GetSection("Voice").Get<VoiceOptions>() ?? new VoiceOptions());
        services.AddSingleton(s => KeyRing.Load(KeyPath(configuration), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new JournalFiles(configuration["Journal:Anchors"] ?? Path.Combine(folder, "journal-anchors.txt")));
        services.AddSingleton(s => new DestroyedList(configuration["Retention:List"] ?? Path.Combine(folder, "destroyed-cases.txt"), s.GetRequiredService<KeyRing>()));
        services.AddSingleton(new LoketAddress((configuration["Outgoing:BaseUrl"] ?? "").TrimEnd('/')));
        services.AddSingleton(_ => Engine.Create(configuration, folder));
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
        services.AddSingleton<SignedIn>();
        services.AddSingleton<Door>();
        services.AddHttpClient();
        foreach (var scheduled in Schedule.All)
        {
            services.AddSingleton(scheduled.Job);
        }

        AddReference(services, configuration);
        AddFeatures(services);
        AddLive(services);
    }

    private static void AddFeatures(IServiceCollection services)
    {
        services.AddSingleton<OpenCase>();
        services.AddSingleton<SaveCase>();
        services.AddSingleton<CloseCase>();
        services.AddSingleton<ApproveDestruction>();
        services.AddSingleton<LegalHolds>();
        services.AddSingleton<RetentionQuery>();
        services.AddSingleton<EstablishIdentity>();
        services.AddSingleton<MoveTexts>();
        services.AddSingleton<OtherCasesQuery>();
        services.AddSingleton<Facts>();
        services.AddSingleton<DraftStore>();
        services.AddSingleton<RequestHandoff>();
        services.AddSingleton<Dispatch>();
        services.AddSingleton<Disclose>();
        services.AddSingleton<ShareFact>();
        services.AddSingleton<AskFact>();
        services.AddSingleton<CorrectFact>();
        services.AddSingleton<FactNotices>();
        services.AddSingleton<Consents>();
        services.AddSingleton<ShareStep>();
        services.AddSingleton<SwitchRule>();
        services.AddScoped<SharingRulesQuery>();
        services.AddSingleton<AnswerOffer>();
        services.AddSingleton<StopRinging>();
        services.AddSingleton<Conversation>();
        services.AddSingleton<AskOneMoreLine>();
        services.AddSingleton<WatchClock>();
        services.AddSingleton<CallbackSlots>();
        services.AddSingleton<ScheduleCallback>();
        services.AddSingleton<MoveCallback>();
        services.AddSingleton<SetReach>();
        services.AddSingleton<AttemptCallback>();
        services.AddSingleton<PresenceStore>();
        services.AddSingleton<SetPresence>();
        services.AddSingleton<SwitchLine>();
        services.AddSingleton<ExtendWrapUp>();
        services.AddSingleton<SignOutColleague>();
        services.AddSingleton<Deadlines>();
        services.AddSingleton<DueDeadlines>();
        services.AddSingleton<Promises>();
        services.AddSingleton<Ownership>();
        services.AddSingleton<Escalations>();
        services.AddSingleton<StepDates>();
        services.AddSingleton<AddSteps>();
        services.AddSingleton<AskStep>();
        services.AddSingleton<WorkStep>();
        services.AddSingleton<RaiseByHand>();
        services.AddSingleton<Forward>();
        services.AddSingleton<PartnerRegister>();
        services.AddSingleton<PartnerRegisterQuery>();
        services.AddSingleton<SavePartner>();
        services.AddSingleton<AskPartner>();
        services.AddSingleton<AnswerLink>();
        services.AddSingleton<LetterQuery>();
        services.AddSingleton<OutgoingQuery>();
        services.AddSingleton<LadderSettings>();
        services.AddSingleton<HandOver>();
        services.AddSingleton<Deactivate>();
        services.AddSingleton<SavePerson>();
        services.AddSingleton<Teams>();
        services.AddSingleton<RoleRuleChanges>();
        services.AddSingleton<ImportPeople>();
        services.AddSingleton<UndoImport>();
        services.AddScoped<PeopleQuery>();
        services.AddSingleton<Absences>();
        services.AddSingleton<Spread>();
        services.AddSingleton<StartJourney>();
        services.AddScoped<Say>();
        services.AddScoped<JourneyQuery>();
        services.AddScoped<LifeEventsQuery>();
        services.AddSingleton<Suggest>();
        services.AddSingleton<RouteQuery>();
        services.AddSingleton<DoorQuery>();
        services.AddSingleton<SaveMerger>();
        services.AddSingleton<DecideMerger>();
        services.AddScoped<MergersQuery>();
        services.AddSingleton<TakeOrganisations>();
        services.AddSingleton<LawQuery>();
        services.AddSingleton<NationalQuery>();
        services.AddSingleton<UpkeepQuery>();
        services.AddScoped<WorkplaceSearch>();
        services.AddScoped<SchemesQuery>();
        services.AddScoped<Snippets>();
        services.AddSingleton<RaiseBottleneck>();
        services.AddSingleton<WorkBottleneck>();
        services.AddScoped<BottlenecksQuery>();
        services.AddSingleton<BreakGlass>();
        services.AddSingleton<JudgeGlass>();
        services.AddSingleton<GlassQuery>();
        services.AddSingleton<RevealBsn>();
        services.AddScoped<OverviewQuery>();
        services.AddScoped<SignInQuery>();
        services.AddScoped<DeskQuery>();
        services.AddScoped<CasesQuery>();
        services.AddScoped<TimelineQuery>();
        services.AddScoped<LinesQuery>();
        services.AddScoped<CallbackPageQuery>();
        services.AddScoped<PreviewQuery>();
        services.AddScoped<ConversationQuery>();
        services.AddScoped<OneMoreLineQuery>();
        services.AddScoped<SpecialistQuery>();
        services.AddScoped<OfferStripQuery>();
        services.AddScoped<BoardChoices>();
        services.AddScoped<TeamQuery>();
        services.AddScoped<WallQuery>();
        services.AddSingleton<SaveLine>();
        services.AddSingleton<OpenLine>();
        services.AddSingleton<SaveRota>();
        services.AddScoped<RotaQuery>();
        services.AddSingleton<ImportLines>();
        services.AddSingleton<ExportLines>();
        services.AddScoped<ManagedLinesQuery>();
        services.AddScoped<ChainQuery>();
        services.AddScoped<StepQuery>();
        services.AddScoped<MyStepsQuery>();
        services.AddScoped<EscalationLogQuery>();
        services.AddScoped<LadderQuery>();
        services.AddScoped<AbsenceQuery>();
        services.AddScoped<SpreadQuery>();
        services.AddSingleton<FindPeople>();
        services.AddSingleton<TellPerson>();
        services.AddScoped<ProactiveQuery>();
        services.AddScoped<ReportsQuery>();
        services.AddScoped<ReportCsv>();
        services.AddScoped<StatusQuery>();
    }

    private static void AddLive(IServiceCollection services)
    {
        services.AddSingleton<Connections>();
        services.AddSingleton<Watchers>();
        services.AddSingleton<NodeLease>();
        services.AddSingleton<JournalTail>();
        services.AddSingleton<Readiness>();
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
