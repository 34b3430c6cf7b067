using Loket.Web.Features.Chain;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Chain;

/// <summary>A rung that fired stands in the lists of the people it reaches, once, whatever happens in between.</summary>
public sealed class TellRungsTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_reads_the_log_finds_what_has_fired_and_was_not_told_yet(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk);
        await FiredAsync(scene, scene.Desk.Id, scene.DeskSupervisor.Id);

        var log = await scene.World.AskAsync<EscalationLogQuery, EscalationLog?>(query => query.OfCaseAsync(scene.Desk, caseId));

        Assert.Equal([scene.Desk.Name, scene.DeskSupervisor.Name], log!.Rows.Select(row => row.ToName).Reverse());
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Two_nodes_that_tell_the_same_rungs_tell_each_person_once(TestEngine engine)
    {
        const int Many = (2 * TellRungs.Batch) + 100;
        await using var scene = await Scene.NewAsync(engine);
        var other = await scene.World.AnotherNodeAsync();
        await ManyDeadlines.InsertAsync(scene.World.Db, Many, await scene.Given.Case(scene.Desk), scene.Members[0].Id, scene.Clock.UtcNow);
        await FiredAsync(scene, scene.Members[0].Id, scene.LineSupervisor.Id);
        var rungs = await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM journal WHERE kind = 'escalation_raised'");

        await Task.WhenAll(((TellRungs[])[scene.World.The<TellRungs>(), other.The<TellRungs>()]).Select(tell => Task.Run(() => tell.RunAsync(default))));

        Assert.Equal(2 * rungs, await ManyDeadlines.ToldAsync(scene.World.Db));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_has_fired_for_somebody_who_is_away_when_it_is_told_reaches_who_stands_in(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        await scene.Given.Case(scene.Desk);
        await FiredAsync(scene, scene.Members[0].Id, scene.Members[1].Id);

        await scene.World.ExecuteAsync(
            """
            INSERT INTO absence (id, professional_id, from_at, until_at, stand_in_id, set_by, set_at, version)
            VALUES (1, @away, @from, @until, @standIn, @away, @from, 1)
            """,
            new { away = scene.Members[0].Id, standIn = scene.Members[1].Id, from = scene.Clock.UtcNow, until = scene.Clock.UtcNow.AddDays(1) });
        await scene.World.The<TellRungs>().RunAsync(default);

        Assert.Equal([scene.Members[1].Id], await scene.World.QueryAsync<long>("SELECT to_id FROM escalation"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_rung_that_stands_in_the_list_already_does_not_come_again(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        await scene.Given.Case(scene.Desk);
        await FiredAsync(scene, scene.Desk.Id);
        await FiredAsync(scene, scene.Desk.Id, scene.DeskSupervisor.Id);

        await scene.World.The<TellRungs>().RunAsync(default);

        Assert.Equal([scene.Desk.Id, scene.DeskSupervisor.Id], await scene.World.QueryAsync<long>("SELECT to_id FROM escalation ORDER BY id"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_rung_that_reaches_one_person_is_in_one_list(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        await scene.Given.Case(scene.Desk);
        await FiredAsync(scene, scene.Desk.Id);

        await scene.World.The<TellRungs>().RunAsync(default);

        Assert.Equal([scene.Desk.Id], await scene.World.QueryAsync<long>("SELECT to_id FROM escalation"));
    }

    /// <summary>The next rung of every running date, as a crash between firing and telling leaves it.</summary>
    private static Task FiredAsync(Scene scene, params long[] people) => scene.World.Db.WriteAsync<int>(unit =>
    {
        var dates = unit.Query<Date>("SELECT id, case_id FROM deadline WHERE state = 'running'");
        dates.ForEach(date => Escalations.Journal(unit, new Rung(date.Id, "promise", date.Id, date.CaseId, 2, people)));
        return dates.Count;
    });

    private sealed class Date
    {
        public long Id { get; init; }

        public long CaseId { get; init; }
    }
}
