using Loket.Web.Features.Chain;
using Loket.Web.Features.Handoffs;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Chain;

/// <summary>No open case is without a date: from its opening one working day for a first sign of life.</summary>
public sealed class FirstDateTests
{
    private const string State = "SELECT state FROM deadline WHERE subject_kind = 'case'";

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_new_case_has_one_working_day_and_then_its_owner_hears_of_it(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk);
        Assert.Equal(1, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM case_file WHERE id = @caseId AND next_due IS NOT NULL", new { caseId }));

        scene.Clock.Advance(TimeSpan.FromDays(1));
        await scene.ChaseAsync();
        await scene.ChaseAsync();

        Assert.Equal([scene.Desk.Id, scene.Desk.Id, scene.DeskSupervisor.Id], await scene.World.QueryAsync<long>("SELECT to_id FROM escalation ORDER BY step, to_id"));
    }

    [Fact]
    public async Task A_promise_is_a_sign_of_life()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk);

        await scene.World.The<Promises>().MakeAsync(scene.Desk, caseId, new PromiseForm("Ik bel u", scene.Clock.UtcNow.AddDays(3)), null);

        Assert.Equal(["met"], await scene.World.QueryAsync<string>(State));
    }

    [Fact]
    public async Task An_answered_handoff_is_one_and_a_ringing_or_withdrawn_one_is_not()
    {
        await using var scene = await Scene.NewAsync();
        var handoff = await scene.RingAsync();
        Assert.Equal(["running"], await scene.World.QueryAsync<string>(State));
        await scene.World.The<StopRinging>().WithdrawAsync(scene.Desk, handoff, null);
        Assert.Equal(["running"], await scene.World.QueryAsync<string>(State));

        await scene.Given.Handoff(scene.Desk, await scene.CaseOfAsync(handoff));
        Assert.True((await scene.AcceptAsync(scene.Members[0])).IsOk);
        Assert.Equal(["met"], await scene.World.QueryAsync<string>(State));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task When_the_citizen_leaves_the_talk_the_owner_has_a_working_day_again_unless_something_else_has_a_date(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var handoff = await scene.RingAsync();
        Assert.True((await scene.AcceptAsync(scene.Members[0])).IsOk);
        var caseId = await scene.CaseOfAsync(handoff);

        Assert.True((await scene.World.The<StopRinging>().CitizenLeftAsync(scene.Desk, handoff, null)).IsOk);

        const string Running = "SELECT professional_id FROM deadline WHERE subject_kind = 'case' AND state = 'running'";
        Assert.Equal([scene.Desk.Id], await scene.World.QueryAsync<long>(Running));
        Assert.Equal(1, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM case_file WHERE id = @caseId AND next_due IS NOT NULL", new { caseId }));

        await scene.World.The<Promises>().MakeAsync(scene.Desk, caseId, new PromiseForm("Ik bel u", scene.Clock.UtcNow.AddDays(3)), null);
        await scene.Given.Available(scene.Members[1]);
        var again = await scene.Given.Handoff(scene.Desk, caseId);
        Assert.True((await scene.AcceptAsync(scene.Members[1])).IsOk);
        Assert.True((await scene.World.The<StopRinging>().CitizenLeftAsync(scene.Desk, again, null)).IsOk);
        Assert.Empty(await scene.World.QueryAsync<long>(Running));
    }

    [Fact]
    public async Task It_goes_along_to_a_new_owner_with_the_same_moment()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk);
        var due = await scene.World.ScalarAsync<DateTime>("SELECT due_at FROM deadline WHERE subject_kind = 'case'");
        var colleague = await scene.Given.FrontOffice("gm0344");
        var asked = (await scene.World.The<Ownership>().AskAsync(scene.Desk, caseId, colleague.Id, null)).Value;
        await scene.World.The<Ownership>().AcceptAsync(colleague, Given.Id(asked.RequestId), null);

        Assert.Equal([colleague.Id], await scene.World.QueryAsync<long>("SELECT professional_id FROM deadline WHERE subject_kind = 'case' AND state = 'running' AND due_at = @due", new { due }));
    }
}
