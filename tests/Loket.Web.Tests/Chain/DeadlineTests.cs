using System.Collections.Concurrent;
using Loket.Web.Data;
using Loket.Web.Features.Chain;
using Loket.Web.Journal;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Loket.Web.Tests.Chain;

/// <summary>
/// The ladder of one promise of eight hours by a specialist of The Hague, in a case that a desk in Utrecht owns: the
/// person at three quarters, the person and their supervisor when due, the owner and the owner's supervisor two hours later.
/// </summary>
public sealed class DeadlineTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task Each_rung_reaches_the_right_people_once_at_its_moment(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        await PromiseAsync(scene);

        await AtAsync(scene, hours: 5.999);
        Assert.Empty(await ToldAsync(scene));
        await AtAsync(scene, hours: 6);
        Assert.Equal([(1, scene.Members[0].Id)], await ToldAsync(scene));
        await AtAsync(scene, hours: 7.999);
        Assert.Single(await ToldAsync(scene));
        await AtAsync(scene, hours: 8);
        Assert.Equal([(1, scene.Members[0].Id), (2, scene.Members[0].Id), (2, scene.LineSupervisor.Id)], await ToldAsync(scene));
        await AtAsync(scene, hours: 9.999);
        Assert.Equal(3, (await ToldAsync(scene)).Count);
        await AtAsync(scene, hours: 10);
        Assert.Equal([(3, scene.Desk.Id), (3, scene.DeskSupervisor.Id)], (await ToldAsync(scene))[3..]);

        await AtAsync(scene, hours: 500);
        Assert.Equal(5, (await ToldAsync(scene)).Count);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Two_nodes_that_sweep_at_the_same_moment_fire_each_rung_once(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        for (var i = 0; i < 20; i++)
        {
            await PromiseAsync(scene, i == 0);
        }

        var other = await scene.World.AnotherNodeAsync();
        foreach (var (hours, told) in ((double, int)[])[(6, 20), (8, 60), (10, 100)])
        {
            scene.Clock.AdvanceTo(FakeClock.Start.AddHours(hours + 0.1));
            await Task.WhenAll(
                Task.Run(scene.ChaseAsync), Task.Run(() => other.The<ChaseDeadlines>().RunAsync(CancellationToken.None)),
                Task.Run(scene.ChaseAsync), Task.Run(() => other.The<ChaseDeadlines>().RunAsync(CancellationToken.None)));
            Assert.Equal(told, (await ToldAsync(scene)).Count);
        }

        Assert.Equal(60, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM journal WHERE kind = 'escalation_raised'"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Two_nodes_that_share_very_many_fire_each_once(TestEngine engine)
    {
        const int Many = (2 * ChaseDeadlines.Batch) + 500;
        await using var scene = await Scene.NewAsync(engine);
        var other = await scene.World.AnotherNodeAsync();
        await ManyDeadlines.InsertAsync(scene.World.Db, Many, await scene.Given.Case(scene.Desk), scene.Members[0].Id, scene.Clock.UtcNow);

        var complaints = new Complaints();
        await Task.WhenAll(((Db[])[scene.World.Db, other.The<Db>()]).Select(db => Task.Run(() => new ChaseDeadlines(db, new TellRungs(db), complaints).RunAsync(CancellationToken.None))));

        // The one that comes second passes by; without the versions only the unique index would stop it, batch after batch.
        Assert.Empty(complaints.Heard);
        await ManyDeadlines.AssertFiredOnceAsync(scene.World.Db, scene.World.The<VerifyJournal>(), Many);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_deadline_that_cannot_be_fired_keeps_no_other_waiting(TestEngine engine)
    {
        const int Many = 50;
        await using var scene = await Scene.NewAsync(engine);
        await ManyDeadlines.InsertAsync(scene.World.Db, Many, await scene.Given.Case(scene.Desk), scene.Members[0].Id, scene.Clock.UtcNow);
        // The first and one in the middle name a person who is not there, whom no escalation can reach.
        await scene.World.ExecuteAsync("UPDATE deadline SET professional_id = 1, next_at = @at WHERE id IN (20000000, 20000025)", new { at = scene.Clock.UtcNow.AddHours(-1) });

        await scene.ChaseAsync();

        Assert.Equal(Many - 2, await ManyDeadlines.FiredAsync(scene.World.Db));
        await scene.World.ExecuteAsync("UPDATE deadline SET professional_id = @Id WHERE professional_id = 1", new { scene.Members[0].Id });
        await scene.ChaseAsync();
        await ManyDeadlines.AssertFiredOnceAsync(scene.World.Db, scene.World.The<VerifyJournal>(), Many);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_clock_set_back_fires_nothing_again(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        await PromiseAsync(scene);
        await AtAsync(scene, hours: 8);
        var told = await ToldAsync(scene);

        scene.Clock.Jump(FakeClock.Start.AddHours(1));
        await scene.ChaseAsync();
        scene.Clock.Jump(FakeClock.Start.AddHours(8.5));
        await scene.ChaseAsync();

        Assert.Equal(told, await ToldAsync(scene));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_clock_far_ahead_fires_each_rung_once(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        await PromiseAsync(scene);

        scene.Clock.Jump(FakeClock.Start.AddYears(3));
        for (var sweep = 0; sweep < 5; sweep++)
        {
            await scene.ChaseAsync();
        }

        Assert.Equal([1, 2, 2, 3, 3], (await ToldAsync(scene)).Select(t => t.Step));
    }

    [Fact]
    public async Task More_dates_than_one_sweep_takes_are_all_fired_in_one_run()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk);
        for (var i = 0; i < ChaseDeadlines.Batch + 50; i++)
        {
            await scene.World.The<Promises>().MakeAsync(scene.Desk, caseId, new PromiseForm("Ik bel", scene.Clock.UtcNow.AddHours(8)), null);
        }

        await AtAsync(scene, hours: 6);

        Assert.Equal(ChaseDeadlines.Batch + 50, (await ToldAsync(scene)).Count);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_promise_that_was_kept_or_withdrawn_fires_nothing(bool kept)
    {
        await using var scene = await Scene.NewAsync();
        var promise = await PromiseAsync(scene);
        var promises = scene.World.The<Promises>();
        Assert.True((kept ? await promises.KeepAsync(scene.Members[0], promise, null) : await promises.WithdrawAsync(scene.Members[0], promise, "Niet meer nodig", null)).IsOk);

        await AtAsync(scene, hours: 500);

        Assert.Empty(await ToldAsync(scene));
        Assert.Equal([kept ? "met" : "withdrawn"], await scene.World.QueryAsync<string>("SELECT state FROM deadline WHERE subject_kind = 'promise'"));
    }

    [Fact]
    public async Task An_escalation_is_acknowledged_by_name_once()
    {
        await using var scene = await Scene.NewAsync();
        await PromiseAsync(scene);
        await AtAsync(scene, hours: 8);
        var escalations = scene.World.The<Escalations>();
        var mine = await scene.World.ScalarAsync<long>("SELECT id FROM escalation WHERE step = 2 AND to_id = @Id", new { scene.LineSupervisor.Id });

        Assert.Equal("escalation-unknown", (await escalations.AcknowledgeAsync(await scene.Given.FrontOffice("gm0363"), mine, null)).Refusal?.Code);
        Assert.Equal("escalation-not-yours", (await escalations.AcknowledgeAsync(scene.Desk, mine, null)).Refusal?.Code);
        Assert.True((await escalations.AcknowledgeAsync(scene.LineSupervisor, mine, null)).IsOk);
        Assert.Equal("escalation-acknowledged", (await escalations.AcknowledgeAsync(scene.LineSupervisor, mine, null)).Refusal?.Code);

        Assert.Equal([scene.LineSupervisor.Id], await scene.World.QueryAsync<long>("SELECT acknowledged_by FROM escalation WHERE id = @mine", new { mine }));
        Assert.Equal([scene.LineSupervisor.Id], await scene.World.QueryAsync<long>("SELECT actor_id FROM journal WHERE kind = 'escalation_acknowledged'"));
    }

    [Fact]
    public async Task An_ownership_request_nobody_answers_escalates_after_a_working_day()
    {
        await using var scene = await Scene.NewAsync();
        scene.Clock.AdvanceTo(new DateTime(2026, 2, 13, 14, 0, 0, DateTimeKind.Utc));
        var asked = await scene.World.The<Ownership>().AskAsync(scene.Desk, await scene.Given.Case(scene.Desk), scene.Members[0].Id, null);
        Assert.True(asked.IsOk);

        // Friday 15:00 in Amsterdam; due Monday 15:00.
        scene.Clock.AdvanceTo(new DateTime(2026, 2, 16, 13, 59, 0, DateTimeKind.Utc));
        await scene.ChaseAsync();
        Assert.Equal([(1, scene.Members[0].Id)], await ToldAsync(scene));
        scene.Clock.AdvanceTo(new DateTime(2026, 2, 16, 14, 0, 0, DateTimeKind.Utc));
        await scene.ChaseAsync();
        Assert.Equal([(2, scene.Members[0].Id), (2, scene.LineSupervisor.Id)], (await ToldAsync(scene))[1..]);
    }

    [Fact]
    public async Task An_accepted_question_without_a_sign_of_life_escalates_after_a_working_day()
    {
        await using var scene = await Scene.NewAsync();
        await scene.TalkAsync("cold");

        scene.Clock.Advance(TimeSpan.FromDays(1));
        await scene.ChaseAsync();
        await scene.ChaseAsync();

        Assert.Equal([(1, scene.Members[0].Id), (2, scene.Members[0].Id), (2, scene.LineSupervisor.Id)], await ToldAsync(scene));
    }

    [Fact]
    public async Task A_rung_for_somebody_who_left_reaches_who_stands_above()
    {
        await using var scene = await Scene.NewAsync();
        await PromiseAsync(scene);
        await scene.World.ExecuteAsync("UPDATE professional SET active = 0 WHERE id = @Id", new { scene.Members[0].Id });

        await AtAsync(scene, hours: 6);

        Assert.Equal([(1, scene.LineSupervisor.Id)], await ToldAsync(scene));
    }

    private static async Task<long> PromiseAsync(Scene scene, bool first = true)
    {
        if (first)
        {
            await scene.TalkAsync("cold");
        }

        var caseId = await scene.World.ScalarAsync<long>("SELECT id FROM case_file");
        var made = await scene.World.The<Promises>().MakeAsync(scene.Members[0], caseId, new PromiseForm("Ik zoek het uit", FakeClock.Start.AddHours(8)), null);
        Assert.Null(made.Refusal);
        // The eight hours count from the clock's start.
        await scene.World.ExecuteAsync(
            "UPDATE deadline SET starts_at = @start, next_at = @next WHERE subject_id = @id",
            new { start = FakeClock.Start, next = Deadlines.NextAt(FakeClock.Start, FakeClock.Start.AddHours(8), 0), id = Given.Id(made.Value.PromiseId) });
        if (first)
        {
            var handoff = await scene.World.ScalarAsync<long>("SELECT id FROM handoff");
            await scene.World.The<Features.Handoffs.Conversation>().FinishAsync(scene.Members[0], handoff, new Features.Handoffs.FinishForm("answered", null), null);
            await scene.World.The<Features.Handoffs.Conversation>().DoneAsync(scene.Members[0], handoff, null);
        }

        return Given.Id(made.Value.PromiseId);
    }

    private static async Task AtAsync(Scene scene, double hours)
    {
        scene.Clock.AdvanceTo(FakeClock.Start.AddHours(hours));
        await scene.ChaseAsync();
        await scene.ChaseAsync();
        await scene.ChaseAsync();
    }

    // The first date of a case has tests of its own (FirstDateTests).
    private static async Task<List<(int Step, long ToId)>> ToldAsync(Scene scene) =>
        (await scene.World.QueryAsync<Told>("SELECT e.step, e.to_id FROM escalation e JOIN deadline d ON d.id = e.deadline_id WHERE d.subject_kind <> 'case' ORDER BY e.deadline_id, e.step, e.to_id")).ConvertAll(t => (t.Step, t.ToId));

    private sealed class Complaints : ILogger<ChaseDeadlines>
    {
        public ConcurrentQueue<string> Heard { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Heard.Enqueue($"{formatter(state, exception)} {exception}");
    }

    private sealed class Told
    {
        public int Step { get; init; }

        public long ToId { get; init; }
    }
}
