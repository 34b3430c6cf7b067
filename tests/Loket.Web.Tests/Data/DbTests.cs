using System.Globalization;
using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Journal;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Data;

/// <summary>A write is wholly there or wholly absent, on both engines (DESIGN 4.3, 5).</summary>
public sealed class DbTests
{
    private const string Insert = "INSERT INTO setting (name, value) VALUES (@name, @value)";

    private static int Put(Unit unit, string name, string value = "x") => unit.Execute(Insert, new { name, value });

    private static Task<List<string>> NamesAsync(World world) => world.QueryAsync<string>("SELECT name FROM setting ORDER BY name");

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_refusal_takes_back_all_the_unit_wrote(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);

        var returned = await world.Db.WriteAsync<int>(unit =>
        {
            Put(unit, "returned");
            unit.Append(new Entry(7, "test_refused", 7, null, null, new { }));
            return new Refusal("no", "because");
        });
        var thrown = await world.Db.WriteAsync<int>(unit => Put(unit, "thrown") > 0 ? throw new RefusedException(new Refusal("not-now")) : 0);

        Assert.Equal(("no", "because"), (returned.Refusal!.Code, returned.Refusal.Args.Single()));
        Assert.Equal("not-now", thrown.Refusal!.Code);
        Assert.Empty(await NamesAsync(world));
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM journal"));
    }

    [Fact]
    public async Task A_reading_of_several_statements_is_one_moment_and_the_next_sees_what_came_meanwhile()
    {
        await using var world = await World.NewAsync(TestEngine.Sqlite);
        await world.Db.WriteAsync<int>(unit => Put(unit, "before"));

        var seen = await world.Db.ReadAsync(async r =>
        {
            var first = await r.QueryAsync<string>("SELECT name FROM setting ORDER BY name");
            await world.Db.WriteAsync<int>(unit => Put(unit, "meanwhile"));
            return (First: first, Second: await r.QueryAsync<string>("SELECT name FROM setting ORDER BY name"));
        });

        Assert.Equal(seen.First, seen.Second);
        Assert.Equal(["before", "meanwhile"], await NamesAsync(world));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_unit_that_throws_leaves_nothing_and_the_next_one_works(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);

        await Assert.ThrowsAsync<InvalidOperationException>(() => world.Db.WriteAsync<int>(unit =>
            Put(unit, "lost") > 0 ? throw new InvalidOperationException() : 0));
        await world.Db.WriteAsync<int>(unit => Put(unit, "kept"));

        Assert.Equal(["kept"], await NamesAsync(world));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_follows_from_a_unit_runs_once_at_its_end_and_may_refuse_it(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);

        var counted = await world.Db.WriteAsync<int>(unit =>
        {
            unit.AtEnd("count", 1, () => Put(unit, "counted", $"{unit.Query<string>("SELECT name FROM setting").Count}"));
            unit.AtEnd("count", 1, () => Put(unit, "counted twice"));
            unit.AtEnd("count", 2, () => Put(unit, "another"));
            return Put(unit, "one") + Put(unit, "two");
        });
        var refused = await world.Db.WriteAsync<int>(unit =>
        {
            unit.AtEnd("refuse", 1, () => throw new RefusedException(new Refusal("too-late")));
            return Put(unit, "lost");
        });

        Assert.True(counted.IsOk);
        Assert.Equal("too-late", refused.Refusal!.Code);
        Assert.Equal(["another", "counted", "one", "two"], await NamesAsync(world));
        Assert.Equal("2", await world.ScalarAsync<string>("SELECT value FROM setting WHERE name = 'counted'"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Effects_run_once_after_the_commit_and_never_for_a_unit_that_was_taken_back(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var ran = new List<string>();
        var seen = 0L;

        await world.Db.WriteAsync<int>(unit =>
        {
            unit.AfterCommit(() =>
            {
                ran.Add("done");
                seen = world.ScalarAsync<long>("SELECT COUNT(*) FROM setting").GetAwaiter().GetResult();
            });
            return Put(unit, "done");
        });
        await world.Db.WriteAsync<int>(unit =>
        {
            unit.AfterCommit(() => ran.Add("refused"));
            return new Refusal("no");
        });
        await Assert.ThrowsAsync<InvalidOperationException>(() => world.Db.WriteAsync<int>(unit =>
        {
            unit.AfterCommit(() => ran.Add("thrown"));
            throw new InvalidOperationException();
        }));

        Assert.Equal(["done"], ran);
        Assert.Equal(1, seen);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_failing_effect_takes_nothing_back_and_the_unit_does_not_run_again(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var runs = 0;

        await Assert.ThrowsAsync<ConflictException>(() => world.Db.WriteAsync<int>(unit =>
        {
            runs++;
            unit.AfterCommit(() => throw new ConflictException());
            return Put(unit, "committed");
        }));

        Assert.Equal(1, runs);
        Assert.Equal(["committed"], await NamesAsync(world));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Two_nodes_that_count_together_lose_no_count(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var other = await world.AnotherNodeAsync();
        await world.ExecuteAsync("INSERT INTO counter (name, value) VALUES ('shared', 0)");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var db = (writer % 2 == 0 ? world.Node : other).The<Db>();
            for (var i = 0; i < 25; i++)
            {
                await db.WriteAsync<int>(unit => unit.Execute("UPDATE counter SET value = value + 1 WHERE name = 'shared'"));
            }
        })));

        Assert.Equal(200, await world.ScalarAsync<long>("SELECT value FROM counter WHERE name = 'shared'"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Of_many_guarded_writes_of_one_version_exactly_one_wins_and_the_others_see_its_result(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var other = await world.AnotherNodeAsync();
        var team = await world.Given.FrontOffice("gm0344");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => (i % 2 == 0 ? world.Node : other).The<Db>().WriteAsync<int>(unit =>
        {
            var version = unit.Scalar<int>("SELECT version FROM professional WHERE id = @Id", new { team.Id });
            if (version > 1)
            {
                return new Refusal("taken");
            }

            unit.ExecuteGuarded("UPDATE professional SET version = version + 1 WHERE id = @Id AND version = @version", new { team.Id, version });
            return version;
        }))));

        Assert.Single(outcomes, o => o.IsOk);
        Assert.All(outcomes.Where(o => !o.IsOk), o => Assert.Equal("taken", o.Refusal!.Code));
        Assert.Equal(2, await world.ScalarAsync<int>("SELECT version FROM professional WHERE id = @Id", new { team.Id }));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Two_units_that_make_the_same_row_at_once_end_with_one_row_and_no_error(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var other = await world.AnotherNodeAsync();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => (i % 2 == 0 ? world.Node : other).The<Db>().WriteAsync<int>(unit =>
            unit.Execute("UPDATE counter SET value = value + 1 WHERE name = 'new'") == 1
                ? 1
                : unit.Execute("INSERT INTO counter (name, value) VALUES ('new', 1)")))));

        Assert.Equal(16, await world.ScalarAsync<long>("SELECT value FROM counter WHERE name = 'new'"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_moment_comes_back_as_it_was_stored_in_UTC_to_the_millisecond(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var at = new DateTime(2026, 3, 29, 1, 30, 0, DateTimeKind.Utc).AddTicks(1_234_567);
        world.Clock.Jump(at);

        var now = world.Db.Now();
        await world.Db.WriteAsync<int>(unit => unit.Execute("INSERT INTO migration_text (name, digest, at) VALUES ('moment', 'x', @Now)", new { unit.Now }));
        var stored = (await world.QueryAsync<DateTime>("SELECT at FROM migration_text WHERE name = 'moment'")).Single();
        await world.ExecuteAsync("DELETE FROM migration_text WHERE name = 'moment'");

        Assert.Equal(123, now.Millisecond);
        Assert.Equal(0, now.Ticks % TimeSpan.TicksPerMillisecond);
        Assert.Equal(now, stored);
        Assert.Equal(DateTimeKind.Utc, stored.Kind);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_moment_without_a_time_of_day_or_a_value_comes_back_too(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var desk = await world.Given.FrontOffice("gm0344");
        var midnight = new DateTime(2026, 7, 1, 0, 0, 0, DateTimeKind.Utc);
        await world.ExecuteAsync(
            "INSERT INTO presence (professional_id, state, since, idle_since, until, version) VALUES (@Id, 'offline', @midnight, @midnight, NULL, 1)",
            new { desk.Id, midnight });

        var row = (await world.QueryAsync<Web.Features.Presence.PresenceRow>("SELECT since, until FROM presence WHERE idle_since <= @midnight", new { midnight })).Single();

        Assert.Equal((midnight, null), (row.Since, row.Until));
        Assert.Equal(1, await world.ScalarAsync<long>("SELECT COUNT(*) FROM presence WHERE since < @later", new { later = midnight.AddMilliseconds(1) }));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Codes_tell_upper_from_lower_case(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        foreach (var name in (string[])["ABC", "abc"])
        {
            await world.Db.WriteAsync<int>(unit => Put(unit, name, name.Length.ToString(CultureInfo.InvariantCulture)));
        }

        Assert.Equal(["abc"], await world.QueryAsync<string>("SELECT name FROM setting WHERE name = 'abc'"));
    }
}
