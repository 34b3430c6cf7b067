using System.Text;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Reports;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Loket.Web.Tests.Chain;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Loket.Web.Tests.Reports;

/// <summary>What the reports show is what the journal tells, for the own organisation, not about few, and not unseen.</summary>
public sealed class ReportTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task The_figures_are_what_happened(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1);
        var member = scene.Members[0];
        // Ten questions: each is refused once, comes back and is taken after 10 s (six times) or 40 s; ten promises, two late.
        for (var i = 0; i < 10; i++)
        {
            var other = await scene.Given.Specialist(Scene.Debts);
            await scene.RingAsync("cold", other, member);
            Assert.True((await scene.DeclineAsync(other)).IsOk);
            scene.Clock.Advance(TimeSpan.FromSeconds(i < 6 ? 8 : 29));
            var handoff = Given.Id((await scene.AcceptAsync(member)).Value.HandoffId);
            var talk = scene.World.The<Features.Handoffs.Conversation>();
            var promise = await scene.World.The<Promises>().MakeAsync(member, await scene.CaseOfAsync(handoff), new PromiseForm("Ik bel", scene.Clock.UtcNow.AddHours(1)), null);
            await talk.FinishAsync(member, handoff, new Features.Handoffs.FinishForm("answered", null), null);
            await talk.DoneAsync(member, handoff, null);
            await scene.SetPresenceAsync(other, "offline");
            await scene.SetPresenceAsync(member, "offline");
            scene.Clock.Advance(TimeSpan.FromHours(i < 2 ? 2 : 0.5));
            Assert.True((await scene.World.The<Promises>().KeepAsync(member, Given.Id(promise.Value.PromiseId), null)).IsOk);
        }

        var ours = await ReadAsync(scene.World, scene.DeskSupervisor);
        var theirs = await ReadAsync(scene.World, scene.LineSupervisor);

        Assert.Equal([10, 100, 10, 30], Figures(ours, "wait", "2026-02"));
        Assert.Equal([10, 8, 2, 0, 80], Figures(theirs, "promises", "2026-02"));
        Assert.Equal([10, 2, 2, 1, 1], Figures(ours, "chain", "2026-02"));
        Assert.Equal(10, Row(ours, "declines", "gm0518").Values[Column(ours, "declines", "no_capacity")]);
        Assert.Equal(10, Row(theirs, "declined", "gm0344").Values[Column(theirs, "declined", "no_capacity")]);
        // Nobody's figures but one's own.
        Assert.Equal([0], Figures(ours, "promises", "2026-02").Take(1));
        Assert.All(await ReadAllAsync(scene.World, await scene.Given.Supervisor("gm0363")), row => Assert.Equal(0, row.Size));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_term_is_kept_when_the_first_call_came_in_time(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        for (var i = 0; i < 12; i++)
        {
            var handoff = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk), "warm");
            var callback = await scene.CallbackAsync(handoff);
            scene.Clock.AdvanceTo(i < 9 ? callback.FromAt.AddMinutes(1) : callback.UntilAt.AddMinutes(1));
            var caller = await scene.World.ActorAsync(callback.ProfessionalId);
            Assert.True((await scene.World.The<Features.Callbacks.AttemptCallback>().RunAsync(caller, callback.Id, new("reached", null), null)).IsOk);
        }

        Assert.Equal([12, 9, 3, 75], Figures(await ReadAsync(scene.World, scene.LineSupervisor), "terms", "2026-02"));
        Assert.Equal([12, 0, null, null], Figures(await ReadAsync(scene.World, scene.DeskSupervisor), "wait", "2026-02"));
    }

    [Theory]
    [OnSqlite(6), OnSqlServer(2)]
    public async Task Whatever_happened_what_two_nodes_counted_is_what_a_recount_gives(TestEngine engine, int sequences)
    {
        for (var sequence = 0; sequence < sequences; sequence++)
        {
            await using var model = await ModelWorld.NewAsync(engine);
            var other = await model.World.AnotherNodeAsync();
            var random = new Random(100 + sequence);
            for (var n = 0; n < 90; n++)
            {
                await model.DoAsync(ModelStep.Any(random));
                if (n % 7 == 0)
                {
                    await Task.WhenAll(KeepAsync(model.World.Node), KeepAsync(other));
                }
            }

            await Task.WhenAll(KeepAsync(model.World.Node), KeepAsync(other));
            var kept = await StatsAsync(model.World);
            await model.World.The<KeepStatistics>().RecountAsync(CancellationToken.None);
            Assert.Equal(await StatsAsync(model.World), kept);

            // And what the journal itself says, counted another way.
            Assert.Equal(await JournalAsync("kind = 'handoff_accepted'"), await SumAsync("measure = 'wait' AND kind = 'live'"));
            Assert.Equal(await JournalAsync("kind = 'callback_scheduled'"), await SumAsync("measure = 'wait' AND kind = 'callback'"));
            Assert.Equal(await JournalAsync("kind = 'offer_declined'"), await SumAsync("measure = 'decline'"));
            Assert.Equal(await JournalAsync("kind = 'offer_declined'"), await SumAsync("measure = 'declined'"));
            Assert.Equal(await JournalAsync("kind IN ('promise_kept', 'promise_withdrawn')"), await SumAsync("measure = 'promise'"));
            Assert.Equal(await JournalAsync("kind = 'case_opened'"), await SumAsync("measure = 'chain' AND kind = 'organisations'"));
            Assert.Equal(await JournalAsync("kind IN ('handoff_requested', 'step_added')"), await SumAsync("measure = 'chain' AND kind = 'steps'", "n * bucket"));
            Assert.Equal(
                await model.World.ScalarAsync<long>("SELECT COUNT(*) FROM (SELECT DISTINCT case_id, organisation_code FROM journal WHERE organisation_code IS NOT NULL) q"),
                await SumAsync("measure = 'chain' AND kind = 'organisations'", "n * bucket"));

            Task<long> JournalAsync(string where) => model.World.ScalarAsync<long>($"SELECT COUNT(*) FROM journal WHERE {where}");
            Task<long> SumAsync(string where, string what = "n") => model.World.ScalarAsync<long>($"SELECT COALESCE(SUM({what}), 0) FROM stat_day WHERE {where}");
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_reads_is_written_down_and_without_that_there_is_no_report(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);

        await ReadAsync(scene.World, scene.DeskSupervisor, new ReportChoices { By = "topic", Topic = "debts" });

        var row = Assert.Single(await scene.World.QueryAsync<ReadRow>("SELECT professional_id, organisation_code, report, form, choices, at FROM report_read"));
        Assert.Equal((scene.DeskSupervisor.Id, "gm0344", "all", "page", scene.Clock.UtcNow), (row.ProfessionalId, row.OrganisationCode, row.Report, row.Form, row.At));
        Assert.Equal("by=topic&from=2025-03&to=2026-02&topic=debts", row.Choices);

        // Somebody the log cannot name: the row is refused, and with it the report.
        var nobody = new Actor { Id = 424242, OrganisationCode = "gm0344", Supervisor = true };
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => ReadAsync(scene.World, nobody));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Few_are_not_shown_nor_what_would_give_them_away(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        await PromisesAsync(20260110, "debts", 20);
        await PromisesAsync(20260210, "debts", 9);
        await PromisesAsync(20260210, "permits", 40);
        await PromisesAsync(20260310, "debts", 12);
        scene.Clock.AdvanceTo(new DateTime(2026, 3, 20, 9, 0, 0, DateTimeKind.Utc));

        // The debts of February are few; those of March would give them away beside the quarter, and what is asked for changes nothing.
        Assert.Equal(["20", "hidden", "hidden"], await ShownAsync(new() { From = "2026-01", To = "2026-03", Topic = "debts" }));
        Assert.Equal(["20", "hidden"], await ShownAsync(new() { From = "2026-01", To = "2026-02", Topic = "debts" }));
        Assert.Equal(["41"], await ShownAsync(new() { From = "2026-01", To = "2026-03", Topic = "debts", By = "quarter" }));
        // In February permits are all but nine of what one sees without choosing.
        Assert.Equal(["0", "hidden", "0"], await ShownAsync(new() { From = "2026-01", To = "2026-03", Topic = "permits" }));
        Assert.Equal(["20", "49", "12"], await ShownAsync(new() { From = "2026-01", To = "2026-03" }));

        async Task PromisesAsync(int day, string topic, int n) => await scene.World.ExecuteAsync(
            "INSERT INTO stat_day (organisation_code, measure, day, topic_code, line_code, other_code, kind, bucket, n) VALUES ('gm0344', 'promise', @day, @topic, '', '', 'kept', 0, @n)",
            new { day, topic, n });

        async Task<string[]> ShownAsync(ReportChoices choices) =>
            [.. (await ReadAsync(scene.World, scene.DeskSupervisor, choices)).Reports.Single(r => r.Code == "promises").Rows.Select(r => r.Hidden ? "hidden" : $"{r.Size}")];
    }

    [Fact]
    public async Task A_cell_that_a_spreadsheet_would_run_is_not_a_formula_any_more()
    {
        await using var world = await World.NewAsync();
        using var scope = world.Node.Scope();
        string[] names = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "a,\"b\"", "Utrecht"];
        var report = new Report { By = "organisation", Columns = [new("kept", "count")], Rows = [.. names.Select(n => new ReportRow { Name = n, Size = 12, Values = [12.5] })] };

        var text = Encoding.UTF8.GetString(new ReportCsv(scope.ServiceProvider.GetRequiredService<Say>()).Write(report));

        Assert.StartsWith("\uFEFForganisatie,Aantal,Op tijd\r\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\"a,\"\"b\"\"\",12,12.5\r\nUtrecht,12,12.5\r\n", text, StringComparison.Ordinal);
        foreach (var name in names[..6])
        {
            Assert.Contains($"'{name}", text, StringComparison.Ordinal);
        }

        Assert.DoesNotMatch("(^|[\\n,])\"?[=+@\\t-]", text);
    }

    private static Task KeepAsync(Node node) => Task.Run(() => node.The<KeepStatistics>().RunAsync(CancellationToken.None));

    private static async Task<List<string>> StatsAsync(World world) => (await world.QueryAsync<Stored>(
        """
        SELECT organisation_code, measure, day, topic_code, line_code, other_code, kind, bucket, n FROM stat_day WHERE n <> 0
        ORDER BY organisation_code, measure, day, topic_code, line_code, other_code, kind, bucket
        """)).ConvertAll(s => $"{s.OrganisationCode} {s.Measure} {s.Day} {s.TopicCode} {s.LineCode} {s.OtherCode} {s.Kind} {s.Bucket}: {s.N}");

    private static async Task<ReportsView> ReadAsync(World world, Actor supervisor, ReportChoices? choices = null)
    {
        using var scope = world.Node.Scope();
        return (await scope.ServiceProvider.GetRequiredService<ReportsQuery>().LoadAsync(supervisor, choices ?? new(), "page"))!;
    }

    private static async Task<IEnumerable<ReportRow>> ReadAllAsync(World world, Actor supervisor) => (await ReadAsync(world, supervisor)).Reports.SelectMany(r => r.Rows);

    private static ReportRow Row(ReportsView view, string report, string key) => view.Reports.Single(r => r.Code == report).Rows.Single(r => r.Key == key);

    private static int Column(ReportsView view, string report, string code) => view.Reports.Single(r => r.Code == report).Columns.ToList().FindIndex(c => c.Code == code);

    private static double?[] Figures(ReportsView view, string report, string key) => [Row(view, report, key).Size, .. Row(view, report, key).Values];

    private sealed class ReadRow
    {
        public long ProfessionalId { get; init; }

        public string OrganisationCode { get; init; } = "";

        public string Report { get; init; } = "";

        public string Form { get; init; } = "";

        public string Choices { get; init; } = "";

        public DateTime At { get; init; }
    }

    private sealed class Stored
    {
        public string OrganisationCode { get; init; } = "";

        public string Measure { get; init; } = "";

        public int Day { get; init; }

        public string TopicCode { get; init; } = "";

        public string LineCode { get; init; } = "";

        public string OtherCode { get; init; } = "";

        public string Kind { get; init; } = "";

        public int Bucket { get; init; }

        public long N { get; init; }
    }
}
