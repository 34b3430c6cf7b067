using System.Text.Json;
using Loket.Web.Features.Bottlenecks;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Reports;
using Loket.Web.Features.Search;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Steps;

namespace Loket.Web.Tests.Proactive;

/// <summary>What a rule found, read, sent or heard shows in no case, handoff, timeline, search or report.</summary>
public sealed class NowhereElseTests
{
    [Fact]
    public async Task Finding_reading_sending_and_objecting_change_nothing_that_anybody_else_sees()
    {
        await using var scene = await ProactiveScene.NewAsync();
        var told = await scene.CaseAsync("A. Bakker", "2008-03-02");
        await scene.CaseAsync("B. Bezwaar", "2008-03-03");
        await scene.World.Given.Line("gm0344-debts", members: 1);
        var before = await SeenAsync(scene, told);

        await scene.Find().RunAsync(scene.Supervisor, "turning-18", null);
        var found = (await scene.ListAsync()).Found;
        await scene.AskAsync(q => q.LetterAsync(scene.Supervisor, found[0].Id, null));
        Assert.Null((await scene.Tell().SendAsync(scene.Supervisor, found[0].Id, english: false, null)).Refusal);
        Assert.Null((await scene.Tell().ObjectAsync(scene.Supervisor, found[1].Id, null)).Refusal);

        var after = await SeenAsync(scene, told);
        Assert.Equal(before, after);
        Assert.Equal(12, after.Count);
        Assert.All(after, text => Assert.DoesNotContain(ProactiveScene.Marker, text, StringComparison.Ordinal));
        Assert.All(after, text => Assert.DoesNotContain("proactive", text, StringComparison.OrdinalIgnoreCase));
        // The marker is where it should be, or this test would prove nothing.
        Assert.Contains(ProactiveScene.Marker, JsonSerializer.Serialize(await scene.ListAsync()), StringComparison.Ordinal);
        Assert.Contains(ProactiveScene.Marker, Assert.Single(await scene.OutgoingAsync()).Body, StringComparison.Ordinal);
    }

    /// <summary>Everything a case, its lines, search and the reports show, and the whole journal.</summary>
    private static async Task<List<string>> SeenAsync(ProactiveScene scene, long caseId)
    {
        var world = scene.World;
        var seen = new List<object?>();
        foreach (var tab in (string[])["question", "steps", "messages", "timeline"])
        {
            seen.Add(await world.AskAsync<DeskQuery, DeskView?>(q => q.CaseAsync(scene.Desk, caseId, tab, FormState.Empty)));
        }

        seen.Add(await world.AskAsync<StepQuery, StepsView?>(q => q.OfCaseAsync(scene.Desk, caseId)));
        seen.Add(await world.AskAsync<PreviewQuery, object?>(async q => await q.LoadAsync(scene.Desk, caseId, "gm0344-debts", "Kan dat?", null, urgent: false, consult: false)));
        seen.Add(await world.AskAsync<CasesQuery, object?>(async q => await q.LoadAsync(scene.Desk, "mine", "all", null)));
        seen.Add(await world.AskAsync<WorkplaceSearch, object?>(async q => (await q.FindAsync(scene.Desk, "Bakker", null)).Value));
        seen.Add(await world.AskAsync<ChainQuery, object?>(async q => await q.LoadAsync(scene.Supervisor, new BoardFilter(), caseId, FormState.Empty)));
        seen.Add(await world.AskAsync<ReportsQuery, object?>(async q => await q.LoadAsync(scene.Supervisor, new ReportChoices(), "json")));
        seen.Add(await world.AskAsync<BottlenecksQuery, object?>(async q => await q.LoadAsync(scene.Supervisor, closed: false)));
        seen.Add(await world.QueryAsync<string>("SELECT CONCAT(kind, ' ', payload) FROM journal ORDER BY shard, seq"));
        return seen.ConvertAll(view => JsonSerializer.Serialize(view));
    }
}
