using Loket.Web.Features.Chain;
using Loket.Web.Jobs;
using Loket.Web.Journal;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Server;
using Loket.Web.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Loket.Web.Tests.Chain;

/// <summary>
/// Deadlines over the nights in which the clock of Amsterdam changes, over wrong time servers, and at the beat of the
/// embedded runner: nothing lost, nothing twice, nothing late.
/// </summary>
public sealed class ClockChangeTests
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(30);

    [Theory]
    // Summer time begins on Sunday 29 March 2026 at 01:00 UTC and ends on Sunday 25 October at 01:00 UTC.
    [OnSqlite("2026-03-28T12:00:00Z"), OnSqlServer("2026-03-28T12:00:00Z")]
    [OnSqlite("2026-10-24T12:00:00Z"), OnSqlServer("2026-10-24T12:00:00Z")]
    public async Task Over_the_night_of_a_clock_change_each_rung_fires_at_its_moment_once(TestEngine engine, string from)
    {
        await using var scene = await Scene.NewAsync(engine);
        scene.Clock.AdvanceTo(Utc(from));
        await PromiseEachHalfHourAsync(scene);

        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromHours(40); passed += Between / 2)
        {
            await scene.ChaseAsync();
            scene.Clock.Advance(Between / 2);
        }

        var fired = await FiredAsync(scene);
        Assert.Equal(48 * 3, fired.Count);
        Assert.All(fired, f => Assert.InRange(f.RaisedAt - f.Moment, TimeSpan.Zero, Between / 2));
    }

    [Theory]
    // Friday 15:00 in Amsterdam until Monday 15:00: 71 hours in March, 73 in October.
    [OnSqlite("2026-03-27T14:00:00Z", "2026-03-30T13:00:00Z"), OnSqlServer("2026-03-27T14:00:00Z", "2026-03-30T13:00:00Z")]
    [OnSqlite("2026-10-23T13:00:00Z", "2026-10-26T14:00:00Z"), OnSqlServer("2026-10-23T13:00:00Z", "2026-10-26T14:00:00Z")]
    public async Task A_working_day_over_a_clock_change_ends_at_the_same_time_of_day(TestEngine engine, string asked, string due)
    {
        await using var scene = await Scene.NewAsync(engine);
        scene.Clock.AdvanceTo(Utc(asked));
        var caseId = await scene.Given.Case(scene.Desk);
        // A promise far away, so that the case's own first sign of life is not waited for.
        Assert.True((await scene.World.The<Promises>().MakeAsync(scene.Desk, caseId, new PromiseForm("Ik bel", scene.Clock.UtcNow.AddDays(30)), null)).IsOk);
        Assert.True((await scene.World.The<Ownership>().AskAsync(scene.Desk, caseId, scene.Members[0].Id, null)).IsOk);

        scene.Clock.AdvanceTo(Utc(due).AddMilliseconds(-1));
        await scene.ChaseAsync();
        Assert.Equal([1], (await FiredAsync(scene)).Select(f => f.Step));
        scene.Clock.AdvanceTo(Utc(due));
        await scene.ChaseAsync();

        Assert.Equal([1, 2], (await FiredAsync(scene)).Select(f => f.Step));
    }

    [Theory]
    [OnSqlite("2026-03-28T12:00:00Z"), OnSqlServer("2026-03-28T12:00:00Z")]
    [OnSqlite("2026-10-24T12:00:00Z"), OnSqlServer("2026-10-24T12:00:00Z")]
    public async Task A_clock_set_back_an_hour_in_the_middle_loses_nothing_and_fires_nothing_twice(TestEngine engine, string from)
    {
        await using var scene = await Scene.NewAsync(engine);
        scene.Clock.AdvanceTo(Utc(from));
        await PromiseEachHalfHourAsync(scene);

        for (var step = 0; step < 90; step++)
        {
            await scene.ChaseAsync();
            scene.Clock.Jump(scene.Clock.UtcNow + (step is 20 or 33 ? TimeSpan.FromHours(-1) : Between));
        }

        var fired = await FiredAsync(scene);
        Assert.Equal(48 * 3, fired.Count);
        Assert.All(fired, f => Assert.InRange(f.RaisedAt - f.Moment, TimeSpan.Zero, Between));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_clock_set_forward_a_day_fires_all_it_passed_once_and_the_rest_in_time(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        await PromiseEachHalfHourAsync(scene);
        scene.Clock.Jump(scene.Clock.UtcNow.AddHours(6));
        await scene.ChaseAsync();
        var before = scene.Clock.UtcNow;

        scene.Clock.Jump(before.AddDays(1));
        for (var step = 0; step < 30; step++)
        {
            await scene.ChaseAsync();
            scene.Clock.Jump(scene.Clock.UtcNow + Between);
        }

        var fired = await FiredAsync(scene);
        Assert.Equal(48 * 3, fired.Count);
        Assert.All(fired, f => Assert.True(f.RaisedAt >= f.Moment));
        // Set right again: what was fired is not fired again.
        scene.Clock.Jump(before);
        await scene.ChaseAsync();
        Assert.Equal(48 * 3, (await FiredAsync(scene)).Count);
    }

    [Fact]
    public async Task In_calm_the_embedded_runner_fires_a_deadline_within_half_a_second_of_its_moment()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk);
        var due = scene.Clock.UtcNow.AddMinutes(8).AddMilliseconds(120);
        Assert.True((await scene.World.The<Promises>().MakeAsync(scene.Desk, caseId, new PromiseForm("Ik bel", due), null)).IsOk);
        using var runner = new EmbeddedRunner(scene.World.The<IServiceProvider>(), scene.Clock, NullLogger<EmbeddedRunner>.Instance);
        await runner.StartAsync(CancellationToken.None);

        // To the reminder and to the due moment, then in the steps of a real clock.
        foreach (var (step, moment) in new[] { (1, due.AddMilliseconds(-120_030)), (2, due) })
        {
            scene.Clock.AdvanceTo(moment.AddMilliseconds(-1));
            scene.Clock.Advance(TimeSpan.FromMilliseconds(500));
            await Until.TrueAsync(async () => await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM (SELECT DISTINCT deadline_id, step FROM escalation) e") == step, $"rung {step} to fire within half a second of the clock");
        }

        await runner.StopAsync(CancellationToken.None);
        Assert.All(await FiredAsync(scene), f => Assert.InRange(f.RaisedAt - f.Moment, TimeSpan.Zero, TimeSpan.FromMilliseconds(500)));
    }

    /// <summary>Forty-eight promises, due every half hour from eight hours from now.</summary>
    private static async Task PromiseEachHalfHourAsync(Scene scene)
    {
        var caseId = await scene.Given.Case(scene.Desk);
        for (var i = 0; i < 48; i++)
        {
            var form = new PromiseForm("Ik bel", scene.Clock.UtcNow.AddHours(8) + (i * Between));
            Assert.True((await scene.World.The<Promises>().MakeAsync(scene.Desk, caseId, form, null)).IsOk);
        }
    }

    /// <summary>Each rung that fired, with its moment on the ladder; fails when one fired twice.</summary>
    private static async Task<List<(int Step, DateTime Moment, DateTime RaisedAt)>> FiredAsync(Scene scene)
    {
        var rows = await scene.World.QueryAsync<Row>(
            "SELECT DISTINCT e.deadline_id, e.step, e.raised_at, d.starts_at, d.due_at FROM escalation e JOIN deadline d ON d.id = e.deadline_id ORDER BY e.deadline_id, e.step");
        Assert.Equal(rows.Count, rows.Select(r => (r.DeadlineId, r.Step)).Distinct().Count());
        Assert.Equal(rows.Count, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM journal WHERE kind = 'escalation_raised'"));
        Assert.Empty((await scene.World.The<VerifyJournal>().RunAsync()).Faults);
        return rows.ConvertAll(r => (r.Step, Deadlines.NextAt(r.StartsAt, r.DueAt, r.Step - 1)!.Value, r.RaisedAt));
    }

    private static DateTime Utc(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime;

    private sealed class Row
    {
        public long DeadlineId { get; init; }

        public int Step { get; init; }

        public DateTime RaisedAt { get; init; }

        public DateTime StartsAt { get; init; }

        public DateTime DueAt { get; init; }
    }
}
