using System.Text.RegularExpressions;
using Loket.Web.Data;
using Loket.Web.Features.Callbacks;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Directory;
using Loket.Web.Features.Doors;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Identity;
using Loket.Web.Features.Partners;
using Loket.Web.Features.Reports;
using Loket.Web.Features.Search;
using Loket.Web.Features.Shared;
using Loket.Web.Features.SignIn;
using Loket.Web.Features.Specialist;
using Loket.Web.Features.Upkeep;
using Loket.Web.Features.Wall;
using Loket.Web.Live;
using Loket.Web.Security;
using Loket.Web.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Loket.Web.Tests.Data;

/// <summary>
/// Runs every screen and sweep over the real reference data and thousands of cases, and asks SQLite for the plan of each
/// statement they really ran: none may read a growing table from end to end.
/// </summary>
public sealed partial class QueryPlanTests
{
    private const int Copies = 150;
    private static readonly HashSet<string> Growing = new(StringComparer.Ordinal)
    {
        "case_file", "handoff", "handoff_line", "offer", "deadline", "journal", "message", "promise", "callback", "case_participant", "disclosure", "step_disclosure", "fact", "fact_correction", "fact_notice", "consent", "consent_fact",
        "escalation", "ownership_request", "personal_value", "party", "absence", "board_case", "board_entry", "chain_step", "chain_step_need", "chain_step_suspension",
        "step_request", "partner_link", "outgoing_message", "forwarding", "fact_ask", "stat_day", "report_read", "wall_day",
        "proactive_person", "proactive_objection", "proactive_log",
        "destruction", "destruction_count", "legal_hold", "broken_glass", "bottleneck_signal", "representation", "document", "document_piece",
    };

    [Fact]
    public async Task No_screen_and_no_sweep_reads_a_growing_table_from_end_to_end()
    {
        await using var scene = await Scene.NewAsync();

        await scene.DeskAsync();
        await scene.SpecialistAsync();
        await scene.SupervisorAsync();
        await scene.StepsAsync();
        await scene.JourneysAsync();
        await scene.ProactiveAsync();
        await scene.ReportsAsync();
        await scene.WallAndCallbacksAsync();
        await scene.SweepsAsync();
        await scene.SharingAsync();
        await scene.RetentionAsync();
        await scene.OnBehalfAsync();

        Assert.True(await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM case_file") > 3000);
        Assert.True(scene.Plans.Count > 60, $"Only {scene.Plans.Count} statements were seen");
        Assert.True(scene.Offences().Count == 0, string.Join(Environment.NewLine, scene.Offences()));
        // A page of the board is the first rows of an index: nothing is sorted, whatever was chosen.
        var pages = scene.Plans.Where(p => p.Key.Contains("FROM board_entry e", StringComparison.Ordinal)).ToList();
        Assert.True(pages.Count >= 12, $"Only {pages.Count} ways to read the board were seen");
        Assert.DoesNotContain(pages.SelectMany(p => p.Value), step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_without_an_index_is_found()
    {
        await using var scene = await Scene.NewAsync();

        await scene.Db.ReadAsync(r => r.QueryAsync<long>("SELECT c.id FROM case_file c WHERE c.question = @question", new { question = "" }));
        await scene.Db.ReadAsync(r => r.QueryAsync<long>("SELECT id FROM handoff WHERE id > @id AND line_question = @question", new { id = 0L, question = "" }));

        Assert.Equal(2, scene.Offences().Count);
    }

    [GeneratedRegex(@"\b(?:FROM|JOIN|UPDATE|INTO)\s+(?<table>\w+)(?:\s+(?<alias>(?!WHERE|JOIN|LEFT|ON|SET|ORDER|UNION|GROUP|LIMIT|AND)\w+))?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tables();

    [GeneratedRegex(@"^(?<how>SCAN|SEARCH) (?<name>\w+)(?: USING (?:COVERING )?INDEX (?<index>\w+))?(?: \((?<keys>.*)\))?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Step();

    private sealed partial class Scene : IAsyncDisposable
    {
        private readonly RecordingEngine engine;
        private readonly ServiceProvider services;
        private readonly HashSet<string> partial;
        private Actor desk = null!;
        private Actor specialist = null!;
        private Actor supervisor = null!;
        private long caseId;
        private long handoffId;

        private Scene(World world, RecordingEngine engine, HashSet<string> partial)
        {
            World = world;
            this.engine = engine;
            this.partial = partial;
            var collection = new ServiceCollection();
            collection.AddLogging();
            collection.AddLocalization(options => options.ResourcesPath = "Texts");
            collection.AddLoketCore(new ConfigurationBuilder().AddInMemoryCollection(
                new Dictionary<string, string?>(StringComparer.Ordinal) { ["Data:Path"] = world.Folder, ["Demo:Enabled"] = "true" }).Build());
            collection.AddSingleton<TimeProvider>(world.Clock);
            collection.AddSingleton<Engine>(engine);
            services = collection.BuildServiceProvider();
        }

        public World World { get; }

        public Db Db => The<Db>();

        public Dictionary<string, List<string>> Plans => engine.Plans;

        public static async Task<Scene> NewAsync()
        {
            var world = await World.NewAsync();
            var set = ReferenceFiles.Read(ImportReference.Folder);
            await world.The<ImportReference>().RunAsync(set, ReferenceFiles.ReadDemo(ImportReference.Folder, set));
            var whole = await world.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'");
            var scene = new Scene(world, new RecordingEngine(world.DatabaseFile), [.. whole]);
            await scene.FillAsync();
            await scene.The<NodeLease>().TakeAsync();
            return scene;
        }

        public async Task DeskAsync()
        {
            using var scope = services.CreateScope();
            var screen = scope.ServiceProvider.GetRequiredService<DeskQuery>();
            await screen.NewAsync(desk, FormState.Empty);
            foreach (var tab in (string[])["question", "steps", "messages", "timeline"])
            {
                Assert.NotNull(await screen.CaseAsync(desk, caseId, tab, FormState.Empty));
            }

            Assert.NotNull(await scope.ServiceProvider.GetRequiredService<LinesQuery>().ForCaseAsync(desk, caseId));
            await scope.ServiceProvider.GetRequiredService<PreviewQuery>().LoadAsync(desk, caseId, "gm0344-debts", "Kan dat?", null, urgent: false, consult: false);
            await scope.ServiceProvider.GetRequiredService<SignInQuery>().LoadAsync(null, null);
            foreach (var tab in (string[])["mine", "lines"])
            {
                foreach (var state in (string[])["open", "closed", "all"])
                {
                    await scope.ServiceProvider.GetRequiredService<CasesQuery>().LoadAsync(desk, tab, state, null);
                    await scope.ServiceProvider.GetRequiredService<CasesQuery>().LoadAsync(desk, tab, state, $"{caseId}");
                }
            }

            var box = scope.ServiceProvider.GetRequiredService<WorkplaceSearch>();
            Assert.NotEmpty((await box.FindAsync(desk, "schulden", "0344")).Value.Cases);
            await box.FindAsync(desk, "Z-2026-000001", null);
            await The<RouteQuery>().LoadAsync("debts", "gm0344");
            await The<UpkeepQuery>().LoadAsync();

            // What a request for help itself asks of the database.
            var asked = await AskAsync();
            await The<EstablishIdentity>().RunAsync(desk, asked, "document", null);
            await screen.CaseAsync(desk, asked, "question", FormState.Empty);
        }

        public async Task SpecialistAsync()
        {
            using var scope = services.CreateScope();
            var workplace = scope.ServiceProvider.GetRequiredService<SpecialistQuery>();
            await workplace.LineAsync(specialist, FormState.Empty);
            await The<Features.Presence.SetPresence>().RunAsync(specialist, "available", null);
            await AskAsync();
            var offer = await World.PendingOfferAsync(specialist);
            Assert.NotNull(await scope.ServiceProvider.GetRequiredService<OfferStripQuery>().LoadAsync(specialist));
            await workplace.OfferAsync(specialist, FormState.Empty);
            var talk = Given.Id((await The<AnswerOffer>().AcceptAsync(specialist, offer!.Value, null)).Value.HandoffId);
            await The<Conversation>().SendAsync(specialist, talk, "Ik lees mee.", null);
            Assert.NotNull(await scope.ServiceProvider.GetRequiredService<ConversationQuery>().LoadAsync(specialist, talk, FormState.Empty));
            Assert.NotNull(await scope.ServiceProvider.GetRequiredService<ConversationQuery>().LoadAsync(desk, talk, FormState.Empty));
        }

        public async Task SupervisorAsync()
        {
            using var scope = services.CreateScope();
            Assert.NotNull(await The<PartnerRegisterQuery>().LoadAsync(null, FormState.Empty));
            var board = scope.ServiceProvider.GetRequiredService<ChainQuery>();
            foreach (var filter in Filters())
            {
                var view = await board.LoadAsync(supervisor, filter, null, FormState.Empty);
                Assert.True(view.Rows.Next is not null, $"{filter} has no second page");
                Assert.NotEmpty((await board.RowsAsync(supervisor, filter with { After = view.Rows.Next }, null)).Rows);
            }
            await PeopleScreens.VisitAsync(scope.ServiceProvider, supervisor, desk, caseId);
        }

        public async Task ReportsAsync()
        {
            using var scope = services.CreateScope();
            var reports = scope.ServiceProvider.GetRequiredService<ReportsQuery>();
            foreach (var by in ReportChoices.Rows)
            {
                Assert.NotNull(await reports.LoadAsync(supervisor, new ReportChoices { By = by, Topic = "debts", Organisation = "gm0518" }, "page"));
            }
        }

        public async Task WallAndCallbacksAsync()
        {
            using var scope = services.CreateScope();
            await AskAsync();
            var callback = await World.ScalarAsync<long>("SELECT MAX(id) FROM callback WHERE state = 'scheduled'");
            var caller = await World.ActorAsync(await World.ScalarAsync<long>($"SELECT professional_id FROM callback WHERE id = {callback}"));
            var page = await scope.ServiceProvider.GetRequiredService<CallbackPageQuery>().LoadAsync(caller, callback);
            Assert.Null((await The<MoveCallback>().RunAsync(caller, callback, new MoveForm(page!.Moments[3], "Anders", "phone"), null)).Refusal);
            Assert.Equal("channel-needs-email", (await The<SetReach>().RunAsync(caller, callback, new ReachForm("Europe/Amsterdam", "email"), null)).Refusal?.Code);
            await World.ExecuteAsync(
                "INSERT INTO wall_day (day, line_code, measure, asker_code, kind, bucket, n) VALUES (@day, 'gm0518-debts', 'offered', @asker, '', 0, 1)",
                new { day = CaseFold.Day(World.Clock.UtcNow), asker = supervisor.OrganisationCode });
            var wall = await scope.ServiceProvider.GetRequiredService<WallQuery>().LoadAsync(supervisor);
            Assert.NotEmpty(wall.Own);
            Assert.NotEmpty(wall.Asked);
        }

        // Each tab, with each way to combine the choices.
        private IEnumerable<BoardFilter> Filters() =>
            from tab in BoardFilter.Tabs
            from organisation in (string?[])[null, specialist.OrganisationCode]
            from line in (string?[])[null, "gm0344-debts"]
            from topic in (string?[])[null, "debts"]
            from lifeEvent in (string?[])[null, "death"]
            select new BoardFilter { Tab = tab, Organisation = organisation, Line = line, Topic = topic, LifeEvent = lifeEvent };

        public async Task SweepsAsync()
        {
            World.Clock.Advance(TimeSpan.FromDays(3));
            await The<WatchClock>().RunAsync();
            await The<ChaseDeadlines>().RunAsync(default);
            await The<ClimbEscalations>().RunAsync(default);
            await The<Features.Partners.ForgetLinks>().RunAsync(default);
            World.Clock.Advance(TimeSpan.FromDays(3));
            await The<ClimbEscalations>().RunAsync(default);
            await The<Features.Partners.ForgetLinks>().RunAsync(default);
            await PeopleScreens.AwayAsync(services, specialist);
            await The<KeepBoard>().RunAsync(default);
            await The<KeepStatistics>().RunAsync(default);
            await The<RenewNumbers>().RunAsync(default);
            await The<NodeLease>().StillAsync();
            await JournalTail.ReadAsync(Enumerable.Range(0, 16).ToDictionary(s => s, _ => 0L), Db);
        }

        public List<string> Offences() =>
        [
            .. from plan in engine.Plans
               from step in plan.Value
               where Reads(plan.Key, step)
               select $"{step} in: {Regex.Replace(plan.Key, @"\s+", " ", RegexOptions.None, TimeSpan.FromSeconds(1))}",
        ];

        public async ValueTask DisposeAsync()
        {
            await services.DisposeAsync();
            await World.DisposeAsync();
            SqliteConnection.ClearAllPools();
        }

        // A scan, or a search that only knows where to begin or end; an index of the few open rows may be read whole.
        private bool Reads(string sql, string step)
        {
            if (Step().Match(step) is not { Success: true } found || partial.Contains(found.Groups["index"].Value))
            {
                return false;
            }

            var name = found.Groups["name"].Value;
            var growing = Tables().Matches(sql).Any(t => Growing.Contains(t.Groups["table"].Value)
                && (t.Groups["alias"].Value == name || (!t.Groups["alias"].Success && t.Groups["table"].Value == name)));
            return growing && !found.Groups["keys"].Value.Contains('=');
        }

        private async Task<long> AskAsync()
        {
            var opened = await The<OpenCase>().RunAsync(desk, new OpenCaseForm("Vraag", "person", "debts", "gm0344", Bsn: "999993112"), null);
            var id = Given.Id(opened.Value.CaseId);
            Assert.Null((await The<RequestHandoff>().RunAsync(desk, id, new RequestHandoffForm("warm", "desk", "Kan dat?"), $"key-{id}")).Refusal);
            return id;
        }

        private T The<T>() where T : notnull => services.GetRequiredService<T>();
    }
}
