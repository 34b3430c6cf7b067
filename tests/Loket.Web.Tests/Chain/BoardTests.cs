using Loket.Web.Features.Chain;
using Loket.Web.Security;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Loket.Web.Tests.Chain;

/// <summary>Where a case stands on the supervisor's board, and that the board is the same however it came about.</summary>
public sealed class BoardTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task A_case_moves_over_the_tabs_with_what_happens_to_it(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk);
        // A new case has a first date: within a working day.
        Assert.Equal(["open", "risk"], await TabsAsync(scene.World, caseId));

        var promise = await scene.World.The<Promises>().MakeAsync(scene.Desk, caseId, new PromiseForm("Ik bel", scene.Clock.UtcNow.AddDays(10)), null);
        Assert.Equal(["open", "risk"], await TabsAsync(scene.World, caseId));

        // Wednesday to Friday without an act; the promise is for Friday 20 February.
        await AtAsync(scene, "2026-02-13T08:59");
        Assert.Equal(["open", "risk"], await TabsAsync(scene.World, caseId));
        await AtAsync(scene, "2026-02-13T09:00");
        Assert.Equal(["open", "risk", "stalled"], await TabsAsync(scene.World, caseId));
        // Three working days before the promise it is near: the tab of dates says so.
        await AtAsync(scene, "2026-02-16T23:00");
        Assert.Equal(["open", "risk"], await TabsAsync(scene.World, caseId));

        var asked = await scene.World.The<Ownership>().AskAsync(scene.Desk, caseId, (await scene.Given.FrontOffice("gm0344")).Id, null);
        Assert.Equal(["asked", "open", "risk"], await TabsAsync(scene.World, caseId));
        await scene.World.The<Ownership>().WithdrawAsync(scene.Desk, Given.Id(asked.Value.RequestId), null);
        await scene.World.The<Promises>().KeepAsync(scene.Desk, Given.Id(promise.Value.PromiseId), null);
        // Its last date has ended: nothing would wake anybody, so it does not wait three days to be seen.
        Assert.Equal(["open", "stalled"], await TabsAsync(scene.World, caseId));

        await scene.World.ExecuteAsync("UPDATE case_file SET state = 'closed' WHERE id = @caseId", new { caseId });
        await scene.World.The<Promises>().MakeAsync(scene.Desk, await scene.Given.Case(scene.Desk), new PromiseForm("Ik bel", scene.Clock.UtcNow.AddDays(10)), null);
        await RebuildAsync(scene.World);
        Assert.Empty(await TabsAsync(scene.World, caseId));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task When_a_case_stands_still_is_the_choice_of_its_owners_organisation_from_that_moment(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        scene.Clock.AdvanceTo(new DateTime(2026, 2, 10, 9, 0, 0, DateTimeKind.Utc));
        var caseId = await scene.Given.Case(scene.Desk);
        await scene.World.The<Promises>().MakeAsync(scene.Desk, caseId, new PromiseForm("Ik bel", scene.Clock.UtcNow.AddDays(30)), null);
        await AtAsync(scene, "2026-02-11T10:00");
        Assert.Equal(["open", "risk"], await TabsAsync(scene.World, caseId));

        Assert.True((await scene.World.The<LadderSettings>().SaveAsync(scene.DeskSupervisor, new LadderForm(75, 25, 240, 1, 0), null)).IsOk);
        Assert.Equal(["open", "risk", "stalled"], await TabsAsync(scene.World, caseId));

        Assert.True((await scene.World.The<LadderSettings>().SaveAsync(scene.DeskSupervisor, new LadderForm(75, 25, 240, 5, 1), null)).IsOk);
        Assert.Equal(["open", "risk"], await TabsAsync(scene.World, caseId));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task While_a_handoff_rings_the_case_shows_the_date_that_was_given_and_not_the_net_under_the_ringing(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var handoff = await scene.RingAsync();
        var caseId = await scene.CaseOfAsync(handoff);

        Assert.Equal("case", await DateOfAsync(scene.World, caseId));
        await scene.AcceptAsync(scene.Members[0]);
        Assert.Equal("handoff", await DateOfAsync(scene.World, caseId));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_case_of_which_another_organisation_has_the_date_waits_for_a_partner(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var handoff = await scene.TalkAsync("cold");
        var caseId = await scene.CaseOfAsync(handoff);

        var rows = await RowsAsync(scene.World, scene.DeskSupervisor, new BoardFilter { Tab = "waiting" });

        Assert.Equal([caseId], rows.Rows.Select(row => row.CaseId));
        Assert.Equal("gm0518", rows.Rows[0].WaitsFor);
        Assert.Equal(1, rows.Counts["waiting"]);
        // It stands on the board of the team that owns it, on no other.
        Assert.Empty((await RowsAsync(scene.World, scene.LineSupervisor, new BoardFilter { Tab = "open" })).Rows);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Choices_combine_and_a_line_of_another_organisation_is_not_looked_at(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var chain = await scene.CaseOfAsync(await scene.TalkAsync("cold"));
        var permits = await scene.Given.Case(scene.Desk, "permits", "gm0344");
        await scene.World.ExecuteAsync("UPDATE case_file SET life_event = 'death' WHERE id = @chain", new { chain });
        await RebuildAsync(scene.World);

        Assert.Equal([chain, permits], await FoundAsync(new()));
        Assert.Equal([chain], await FoundAsync(new() { Organisation = "gm0518" }));
        Assert.Equal([chain, permits], await FoundAsync(new() { Organisation = "gm0344" }));
        Assert.Equal([chain], await FoundAsync(new() { Line = Scene.Debts }));
        Assert.Equal([chain, permits], await FoundAsync(new() { Line = Scene.Debts, Organisation = "gm0344" }));
        Assert.Equal([permits], await FoundAsync(new() { Topic = "permits" }));
        Assert.Empty(await FoundAsync(new() { Topic = "permits", Organisation = "gm0518" }));
        Assert.Equal([chain], await FoundAsync(new() { LifeEvent = "death" }));
        Assert.Equal([chain], await FoundAsync(new() { LifeEvent = "death", Topic = "debts", Line = Scene.Debts, Organisation = "gm0518" }));
        Assert.Empty(await FoundAsync(new() { LifeEvent = "birth" }));

        async Task<long[]> FoundAsync(BoardFilter filter)
        {
            var rows = await RowsAsync(scene.World, scene.DeskSupervisor, filter with { Tab = "open" });
            Assert.Equal(rows.Rows.Count, rows.Counts["open"]);
            return [.. rows.Rows.Select(row => row.CaseId)];
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Pages_over_two_teams_show_every_case_once_in_one_order(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var other = await scene.Given.FrontOffice("gm0344", "gm0344-other");
        await scene.World.ExecuteAsync("INSERT INTO team_supervisor (team_code, professional_id) VALUES ('gm0344-other', @Id)", new { scene.DeskSupervisor.Id });
        for (var i = 0; i < 60; i++)
        {
            var owner = i % 3 == 0 ? other : scene.Desk;
            // Twenty share one moment, so that a page ends in the middle of them.
            var caseId = await scene.Given.Case(owner);
            await scene.World.The<Promises>().MakeAsync(owner, caseId, new PromiseForm("Ik bel", scene.Clock.UtcNow.AddHours(1 + (i * 7 % 60 < 20 ? 0 : i * 7 % 60))), null);
        }

        var seen = new List<ChainRow>();
        for (string? after = null; seen.Count == 0 || after is not null;)
        {
            var rows = await RowsAsync(scene.World, scene.DeskSupervisor, new BoardFilter { After = after });
            Assert.True(rows.Rows.Count <= BoardQuery.Page);
            seen.AddRange(rows.Rows);
            after = rows.Next;
        }

        Assert.Equal(60, seen.Select(row => row.CaseId).Distinct().Count());
        Assert.Equal(seen.OrderBy(row => row.DueAt).ThenBy(row => row.CaseId).Select(row => row.CaseId), seen.Select(row => row.CaseId));
    }

    [Theory]
    [OnSqlite(6), OnSqlServer(2)]
    public async Task Whatever_happened_the_board_kept_by_two_nodes_is_the_board_made_anew(TestEngine engine, int sequences)
    {
        for (var sequence = 0; sequence < sequences; sequence++)
        {
            await using var model = await ModelWorld.NewAsync(engine);
            var other = await model.World.AnotherNodeAsync();
            var random = new Random(sequence);
            for (var n = 0; n < 90; n++)
            {
                await model.DoAsync(ModelStep.Any(random));
                if (n % 5 == 0)
                {
                    await Task.WhenAll(KeepAsync(model.World.Node), KeepAsync(other));
                }
            }

            model.World.Clock.Advance(TimeSpan.FromDays(sequence));
            await Task.WhenAll(KeepAsync(model.World.Node), KeepAsync(other));
            var kept = await EntriesAsync(model.World);
            await RebuildAsync(model.World);
            Assert.NotEmpty(kept);
            Assert.Equal(await EntriesAsync(model.World), kept);
        }
    }

    private static Task KeepAsync(Node node) => Task.Run(() => node.The<KeepBoard>().RunAsync(CancellationToken.None));

    private static Task<List<string>> EntriesAsync(World world) => world.QueryAsync<BoardRow>(
        "SELECT case_id, tab, place, team_code, topic_code, life_event, at FROM board_entry ORDER BY case_id, tab, place").ContinueWith(
        rows => rows.Result.ConvertAll(r => $"{r.CaseId} {r.Tab} {r.Place} {r.TeamCode} {r.TopicCode} {r.LifeEvent} {r.At:O}"), TaskScheduler.Default);

    private static async Task RebuildAsync(World world)
    {
        await world.ExecuteAsync("DELETE FROM board_entry");
        await world.ExecuteAsync("DELETE FROM board_case");
        await world.ExecuteAsync("DELETE FROM consumer_cursor WHERE name = 'board'");
        await world.The<KeepBoard>().RunAsync(CancellationToken.None);
    }

    private static async Task AtAsync(Scene scene, string utc)
    {
        scene.Clock.AdvanceTo(DateTime.SpecifyKind(DateTime.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc));
        await scene.World.The<KeepBoard>().RunAsync(CancellationToken.None);
    }

    private static Task<string> DateOfAsync(World world, long caseId) => world.ScalarAsync<string>(
        "SELECT d.subject_kind FROM deadline d JOIN case_file c ON c.id = d.case_id WHERE c.id = @caseId AND d.state = 'running' AND d.due_at = c.next_due", new { caseId });

    private static async Task<List<string>> TabsAsync(World world, long caseId)
    {
        await world.The<KeepBoard>().RunAsync(CancellationToken.None);
        return await world.QueryAsync<string>("SELECT tab FROM board_entry WHERE case_id = @caseId AND place = '*' ORDER BY tab", new { caseId });
    }

    private static async Task<ChainRows> RowsAsync(World world, Actor supervisor, BoardFilter filter)
    {
        using var scope = world.Node.Scope();
        return await scope.ServiceProvider.GetRequiredService<ChainQuery>().RowsAsync(supervisor, filter, null);
    }

    private sealed class BoardRow
    {
        public long CaseId { get; init; }

        public string Tab { get; init; } = "";

        public string Place { get; init; } = "";

        public string TeamCode { get; init; } = "";

        public string TopicCode { get; init; } = "";

        public string LifeEvent { get; init; } = "";

        public DateTime At { get; init; }
    }
}
