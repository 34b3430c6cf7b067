using Loket.Web.Features.Operations;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Operations;

/// <summary>What half a write would leave behind is found, whichever half it is.</summary>
public sealed class VerifyStateTests
{
    [Theory]
    [OnSqlite("DELETE FROM deadline WHERE subject_kind = 'handoff'", "an open handoff without a running deadline")]
    [OnSqlServer("DELETE FROM deadline WHERE subject_kind = 'handoff'", "an open handoff without a running deadline")]
    [OnSqlite("DELETE FROM journal WHERE subject_id IN (SELECT h.id FROM handoff h)", "a handoff without its entry in the journal")]
    [OnSqlite("DELETE FROM journal WHERE kind = 'case_opened'", "a case without its entry in the journal")]
    [OnSqlite("DELETE FROM journal WHERE kind = 'handoff_accepted'", "a handoff with another number of acceptances in the journal than of accepted offers")]
    [OnSqlite("UPDATE case_participant SET until = since WHERE part = 'owner'", "an open case whose one owner does not take part as such")]
    [OnSqlite("UPDATE handoff SET state = 'closed', closed_at = queued_at", "a deadline that runs for nothing")]
    [OnSqlite("UPDATE offer SET state = 'pending'", "a pending offer of a handoff that does not ring")]
    public async Task A_half_written_state_is_named_and_a_whole_one_holds(TestEngine engine, string damage, string found)
    {
        await using var scene = await Scene.NewAsync(engine);
        await scene.Given.Available(scene.Members[0]);
        await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk), "consult");
        await scene.AcceptAsync(scene.Members[0]);
        var verify = scene.World.The<VerifyState>();

        var whole = await verify.RunAsync();
        await scene.World.ExecuteAsync(damage);
        var half = await verify.RunAsync();

        Assert.Empty(whole.Faults);
        Assert.True(whole is { Cases: 1, Deadlines: > 0 });
        Assert.Contains(half.Faults, fault => fault.StartsWith($"{found}: ", StringComparison.Ordinal));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Two_talks_at_once_hold_on_a_line_for_two_and_are_named_on_a_line_for_one(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1);
        await scene.Given.Set(Scene.Debts, "capacity", 2);
        await scene.Given.Available(scene.Members[0]);
        for (var talk = 0; talk < 2; talk++)
        {
            await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));
            Assert.True((await scene.AcceptAsync(scene.Members[0])).IsOk);
        }

        Assert.Empty((await scene.World.The<VerifyState>().RunAsync()).Faults);
        await scene.Given.Set(Scene.Debts, "capacity", 1);
        var fault = Assert.Single((await scene.World.The<VerifyState>().RunAsync()).Faults);
        Assert.StartsWith("a person with more live handoffs than any of their lines allows: ", fault, StringComparison.Ordinal);
    }
}
