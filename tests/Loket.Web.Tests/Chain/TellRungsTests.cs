using Loket.Web.Features.Chain;
using Loket.Web.Features.People;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Chain;

/// <summary>A rung that fired stands in the lists of the people it reaches, once, whatever happens in between.</summary>
public sealed class TellRungsTests
{
    // As a crash between firing and telling leaves it.
    private const string Waiting = """
        INSERT INTO fired_rung (deadline_id, step, case_id, at, to_id, also_to_id)
        SELECT id, 2, case_id, due_at, @first, @second FROM deadline WHERE state = 'running'
        """;

    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_reads_the_log_finds_what_has_fired_and_was_not_told_yet(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk);
        await scene.World.ExecuteAsync(Waiting, new { first = scene.Desk.Id, second = scene.DeskSupervisor.Id });

        var log = await scene.World.AskAsync<EscalationLogQuery, EscalationLog?>(query => query.OfCaseAsync(scene.Desk, caseId));

        Assert.Equal([scene.Desk.Name, scene.DeskSupervisor.Name], log!.Rows.Select(row => row.ToName).Reverse());
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM fired_rung"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Two_nodes_that_tell_the_same_rungs_tell_each_person_once(TestEngine engine)
    {
        const int Many = (2 * TellRungs.Batch) + 100;
        await using var scene = await Scene.NewAsync(engine);
        var other = await scene.World.AnotherNodeAsync();
        await ManyDeadlines.InsertAsync(scene.World.Db, Many, await scene.Given.Case(scene.Desk), scene.Members[0].Id, scene.Clock.UtcNow);
        await scene.World.ExecuteAsync(Waiting, new { first = scene.Members[0].Id, second = scene.LineSupervisor.Id });
        var rungs = await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM fired_rung");

        await Task.WhenAll(((TellRungs[])[scene.World.The<TellRungs>(), other.The<TellRungs>()]).Select(tell => Task.Run(() => tell.RunAsync(default))));

        Assert.Equal(2 * rungs, await ManyDeadlines.ToldAsync(scene.World.Db));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_has_fired_and_was_not_told_yet_goes_along_with_the_work_of_who_leaves(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        await scene.Given.Case(scene.Desk);
        await scene.World.ExecuteAsync(Waiting, new { first = scene.Members[0].Id, second = scene.Members[1].Id });

        await scene.World.Db.WriteAsync<bool>(unit =>
        {
            HandOver.All(unit, scene.Members[0], scene.Members[1]);
            return true;
        });
        await scene.World.The<TellRungs>().RunAsync(default);

        Assert.Equal([scene.Members[1].Id], await scene.World.QueryAsync<long>("SELECT to_id FROM escalation"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_rung_that_reaches_one_person_is_in_one_list(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        await scene.Given.Case(scene.Desk);
        await scene.World.ExecuteAsync(Waiting, new { first = scene.Desk.Id, second = (long?)null });

        await scene.World.The<TellRungs>().RunAsync(default);

        Assert.Equal([scene.Desk.Id], await scene.World.QueryAsync<long>("SELECT to_id FROM escalation"));
    }
}
