using Loket.Web.Features.Forwarding;
using Loket.Web.Features.Steps;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Steps;

/// <summary>What is not for us goes on at once, and its sender is told (Awb 2:3).</summary>
public sealed class ForwardTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task A_question_at_the_wrong_desk_goes_to_the_right_line_and_both_dates_are_kept(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk);
        var forward = scene.World.The<Forward>();

        Assert.Equal("forward-told-missing", (await forward.CaseAsync(scene.Desk, caseId, new ForwardForm(Scene.Debts), null)).Refusal?.Code);
        Assert.Equal("forward-line-missing", (await forward.CaseAsync(scene.Desk, caseId, new ForwardForm("nergens", null, "desk"), null)).Refusal?.Code);
        Assert.Equal("forward-day-future", (await forward.CaseAsync(scene.Desk, caseId, new ForwardForm(Scene.Debts, "2099-01-01", "desk"), null)).Refusal?.Code);
        var done = await forward.CaseAsync(scene.Desk, caseId, new ForwardForm(Scene.Debts, "2026-02-06", "desk"), null);
        Assert.True(done.Value.Asked);

        Assert.Equal(
            ["gm0344"],
            await scene.World.QueryAsync<string>("SELECT from_organisation FROM forwarding WHERE to_organisation = 'gm0518' AND received_on = '2026-02-06' AND told = 'desk' AND told_at = forwarded_at"));
        Assert.Equal([scene.Desk.Id], await scene.World.QueryAsync<long>("SELECT professional_id FROM chain_step"));
        Assert.Equal(["asked"], await scene.World.QueryAsync<string>("SELECT state FROM step_request"));
        Assert.Contains("question_forwarded", await scene.World.TimelineAsync(caseId));
        // The case has no title: the step goes by its topic.
        Assert.Equal(await scene.World.QueryAsync<string>("SELECT name_nl FROM topic WHERE code = 'debts'"), await scene.World.QueryAsync<string>("SELECT title FROM chain_step"));
    }

    [Fact]
    public async Task A_body_that_is_not_on_Loket_gets_it_by_hand_and_the_owner_keeps_the_date()
    {
        await using var scene = await Scene.NewAsync();
        await scene.Given.Line("oorg10101-fines");
        var done = await scene.World.The<Forward>().CaseAsync(scene.Desk, await scene.Given.Case(scene.Desk), new ForwardForm("oorg10101-fines", null, "letter"), null);

        Assert.False(done.Value.Asked);
        Assert.Equal([scene.Desk.Id], await scene.World.QueryAsync<long>("SELECT professional_id FROM deadline WHERE subject_kind = 'step' AND state = 'running'"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_step_asked_of_the_wrong_body_is_asked_of_the_right_one_and_the_asker_hears_it(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        await scene.Given.Line("zb000143-child-benefit", members: 1);
        var step = await StepTests.AddAsync(scene, await scene.Given.Case(scene.Desk), new StepForm("Kinderbijslag regelen", "gm0518", Line: Scene.Debts));
        var asked = await scene.World.ScalarAsync<long>("SELECT id FROM step_request");
        var forward = scene.World.The<Forward>();

        Assert.Equal("step-ask-not-yours", (await forward.AskAsync(scene.Desk, asked, "zb000143-child-benefit", null)).Refusal?.Code);
        Assert.Equal("forward-own", (await forward.AskAsync(scene.Members[0], asked, Scene.Debts, null)).Refusal?.Code);
        Assert.Null((await forward.AskAsync(scene.Members[0], asked, "zb000143-child-benefit", null)).Refusal);

        Assert.Equal(["zb000143"], await scene.World.QueryAsync<string>("SELECT organisation_code FROM chain_step WHERE id = @step", new { step }));
        Assert.Equal(["refused", "asked"], await scene.World.QueryAsync<string>("SELECT state FROM step_request ORDER BY id"));
        Assert.Equal(["colleague"], await scene.World.QueryAsync<string>("SELECT told FROM forwarding"));
        Assert.Contains(
            await scene.World.QueryAsync<string>("SELECT payload FROM journal WHERE kind = 'question_forwarded' AND actor_id IS NULL"),
            p => p.Contains(Scene.Text(scene.Desk.Id), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cold", 1), InlineData("warm", 0)]
    public async Task A_sent_question_that_a_line_is_not_competent_for_is_recorded_as_forwarded(string mode, int times)
    {
        await using var scene = await Scene.NewAsync();
        await scene.Given.Line("zb000143-child-benefit", members: 1);
        await scene.RingAsync(mode, scene.Members[0]);

        Assert.True((await scene.DeclineAsync(scene.Members[0], "not_competent", line: "zb000143-child-benefit")).IsOk);

        Assert.Equal(times, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM forwarding WHERE to_organisation = 'zb000143' AND told = 'colleague'"));
    }
}
