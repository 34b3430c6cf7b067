using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Sharing;
using Loket.Web.Features.Steps;
using Loket.Web.Security;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Cases;

/// <summary>A line that has a part in a chain sees its own part; the chain whole is for who decides about it.</summary>
public sealed class CaseScopeTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task A_line_sees_its_own_talks_steps_and_promises_and_those_of_another_line_only_when_shown(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var permits = await scene.Given.Line("gm0518-permits", members: 2);
        var (caseId, debts, permit) = await TwoLinesAsync(scene, permits.Members[0]);
        var theirs = await StepAsync(scene, caseId, "Geheime vergunning", "gm0518-permits");
        var ours = await StepAsync(scene, caseId, "Schuldregeling", Scene.Debts);
        await scene.World.The<Promises>().MakeAsync(permits.Members[0], caseId, new PromiseForm("Ik kijk het na", scene.Clock.UtcNow.AddDays(1)), null);

        foreach (var (who, steps, talks) in new[] { (scene.Members[0], ours, debts), (scene.Members[1], ours, debts), (permits.Members[0], theirs, permit), (permits.Members[1], theirs, permit) })
        {
            var seen = await SeenAsync(scene, who, caseId);
            Assert.Equal([steps], seen.Steps);
            Assert.Equal([talks], seen.Handoffs);
            Assert.Equal((null, 0), (seen.Title, seen.TimelineCount));
            Assert.Equal(permits.Members.Contains(who) ? 1 : 0, seen.Promises);
            Assert.DoesNotContain(seen.Timeline, row => row.Args.Any(a => a.Contains(permits.Members.Contains(who) ? "Schuldregeling" : "Geheime", StringComparison.Ordinal)));
        }

        var whole = await SeenAsync(scene, scene.Desk, caseId);
        Assert.Equal((2, 2, "Hulp bij schuld", 1), (whole.Steps.Count, whole.Handoffs.Count, whole.Title, whole.Promises));

        var share = scene.World.The<ShareStep>();
        var show = new ShareStepForm(theirs, Scene.Debts);
        Assert.Equal("case-read-only", (await share.GiveAsync(scene.Members[0], caseId, show, null)).Refusal?.Code);
        Assert.Equal("line-not-in-case", (await share.GiveAsync(scene.Desk, caseId, show with { Line = "gm0518-general" }, null)).Refusal?.Code);
        Assert.Equal("step-unknown", (await share.GiveAsync(scene.Desk, caseId, show with { Step = 1 }, null)).Refusal?.Code);
        Assert.True((await share.GiveAsync(scene.Desk, caseId, show, null)).IsOk);
        Assert.Equal("step-shown-already", (await share.GiveAsync(scene.Desk, caseId, show, null)).Refusal?.Code);
        Assert.Equal(2, (await SeenAsync(scene, scene.Members[1], caseId)).Steps.Count);
        Assert.True((await share.WithdrawAsync(scene.Desk, caseId, show, null)).IsOk);
        Assert.Equal("step-not-shown", (await share.WithdrawAsync(scene.Desk, caseId, show, null)).Refusal?.Code);
        Assert.Equal([ours], (await SeenAsync(scene, scene.Members[1], caseId)).Steps);
    }

    [Fact]
    public async Task A_step_that_is_not_to_be_seen_does_not_exist_for_who_acts_on_it()
    {
        await using var scene = await Scene.NewAsync();
        var permits = await scene.Given.Line("gm0518-permits", members: 1);
        var (caseId, _, _) = await TwoLinesAsync(scene, permits.Members[0]);
        var theirs = await StepAsync(scene, caseId, "Geheime vergunning", "gm0518-permits");

        Assert.Equal("step-unknown", (await scene.World.The<AskStep>().TakeAsync(scene.Members[0], theirs, null)).Refusal?.Code);
    }

    [Fact]
    public async Task A_step_is_shown_to_no_line_that_no_rule_gives_anything()
    {
        await using var scene = await Scene.NewAsync();
        var taxes = await scene.Given.Line("oorg12368-taxes", members: 1);
        await scene.Given.Available(taxes.Members);
        var caseId = await scene.Given.Case(scene.Desk, topic: "taxes");
        await scene.World.The<RequestHandoff>().RunAsync(scene.Desk, caseId, new RequestHandoffForm("warm", "desk", "Wie helpt?"), null);
        await scene.AcceptAsync(taxes.Members[0]);
        var step = await StepAsync(scene, caseId, "Schuldregeling", null);

        Assert.Equal("step-no-rule", (await scene.World.The<ShareStep>().GiveAsync(scene.Desk, caseId, new ShareStepForm(step, taxes.Code), null)).Refusal?.Code);
        Assert.Empty((await SeenAsync(scene, taxes.Members[0], caseId)).Steps);
    }

    [Fact]
    public async Task Who_takes_the_chain_over_sees_it_whole()
    {
        await using var scene = await Scene.NewAsync();
        var permits = await scene.Given.Line("gm0518-permits", members: 1);
        var (caseId, _, _) = await TwoLinesAsync(scene, permits.Members[0]);
        var ask = Given.Id((await scene.World.The<Ownership>().AskAsync(scene.Desk, caseId, scene.Members[0].Id, null)).Value.RequestId);
        Assert.Single((await SeenAsync(scene, scene.Members[0], caseId)).Handoffs);

        Assert.True((await scene.World.The<Ownership>().AcceptAsync(scene.Members[0], ask, null)).IsOk);

        var seen = await SeenAsync(scene, scene.Members[0], caseId);
        Assert.Equal((2, "Hulp bij schuld"), (seen.Handoffs.Count, seen.Title));
        Assert.Equal(2, (await SeenAsync(scene, scene.Desk, caseId)).Handoffs.Count);
    }

    // The debts line and the permits line of one city each had a talk about one case.
    private static async Task<(long CaseId, long Debts, long Permit)> TwoLinesAsync(Scene scene, Actor permits)
    {
        await scene.Given.Available(scene.Members[0]);
        var caseId = await scene.Given.Case(scene.Desk);
        await scene.World.ExecuteAsync("UPDATE case_file SET title_id = question_id WHERE id = @caseId", new { caseId });
        await scene.World.ExecuteAsync("UPDATE personal_value SET value = 'Hulp bij schuld' WHERE id = (SELECT title_id FROM case_file WHERE id = @caseId)", new { caseId });
        var debts = await AskAsync(scene, caseId);
        await scene.AcceptAsync(scene.Members[0]);
        await scene.World.The<Conversation>().ConfirmCitizenAsync(scene.Members[0], debts, "called", null);
        await scene.World.ExecuteAsync("UPDATE case_file SET topic_code = 'permits' WHERE id = @caseId", new { caseId });
        await scene.Given.Available(permits);
        var permit = await AskAsync(scene, caseId);
        await scene.AcceptAsync(permits);
        return (caseId, debts, permit);
    }

    private static async Task<long> AskAsync(Scene scene, long caseId) =>
        Given.Id((await scene.World.The<RequestHandoff>().RunAsync(scene.Desk, caseId, new RequestHandoffForm("warm", "desk", "Wie helpt?"), null)).Value.HandoffId);

    private static async Task<long> StepAsync(Scene scene, long caseId, string title, string? line) => Given.Id((await scene.World.The<AddSteps>().RunAsync(
        scene.Desk, caseId, new StepForm(title, line is null ? "gm0344" : line[..6], Line: line, DueDay: "2027-01-01"), null)).Value.StepIds[0]);

    private sealed record Seen(List<long> Steps, List<long> Handoffs, string? Title, int TimelineCount, int Promises, IReadOnlyList<TimelineRow> Timeline);

    private static async Task<Seen> SeenAsync(Scene scene, Actor who, long caseId)
    {
        Task<DeskView> TabAsync(string tab) => scene.World.PageAsync(who, caseId, tab);
        var (steps, talks, timeline) = (await TabAsync("steps"), await TabAsync("messages"), await TabAsync("timeline"));
        return new Seen(
            [.. steps.Steps!.Steps.Select(s => s.Id)], [.. talks.Handoffs.Select(h => h.Id)], timeline.Case!.Title, who.OrganisationCode == scene.Desk.OrganisationCode ? 0 : timeline.Case.TimelineCount,
            steps.Promises.Count, timeline.Timeline);
    }
}
