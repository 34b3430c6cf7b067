using System.Data.Common;
using Dapper;
using Loket.Web.Data;
using Loket.Web.Tests.Server;
using Loket.Web.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Loket.Web.Tests.Data;

/// <summary>
/// The write lane of SQLite: units that wait are committed together, each in a savepoint once one fails, and acknowledged only after
/// the commit that holds them.
/// </summary>
public sealed class SqliteLaneTests
{
    [Fact]
    public async Task Units_of_one_batch_are_acknowledged_only_after_their_common_commit()
    {
        await using var world = await World.NewAsync();
        using var lane = new Gate(world);
        var first = await lane.HoldAsync();
        var second = lane.Put("second");
        var third = lane.Hold();
        first.Release();
        await third.ReachedAsync();

        // The second unit has run, in the same batch as the third that still runs: nobody may be told yet.
        Assert.False(second.IsCompleted);
        Assert.Empty(await lane.SeenByOthersAsync());
        third.Release();
        await second;
        Assert.Equal(["second"], await lane.SeenByOthersAsync());
        await third.Done;
    }

    [Fact]
    public async Task A_unit_that_fails_in_a_batch_fails_alone()
    {
        await using var world = await World.NewAsync();
        using var lane = new Gate(world);
        var first = await lane.HoldAsync();
        var before = lane.Put("before");
        var failing = lane.Write((connection, transaction) =>
        {
            Gate.Insert(connection, transaction, "failing");
            throw new InvalidOperationException("this one");
        });
        var broken = lane.Write((connection, transaction) => connection.Execute("INSERT INTO nowhere (x) VALUES (1)", transaction: transaction));
        var after = lane.Put("after");
        first.Release();

        await Task.WhenAll(before, after);
        Assert.Equal("this one", (await Assert.ThrowsAsync<InvalidOperationException>(() => failing)).Message);
        await Assert.ThrowsAsync<SqliteException>(() => broken);
        Assert.Equal(["after", "before"], await lane.SeenByOthersAsync());
        await first.Done;
    }

    [Fact]
    public async Task Beside_a_unit_that_fails_the_others_run_again_and_each_effect_happens_once()
    {
        await using var world = await World.NewAsync();
        using var lane = new Gate(world);
        var (runs, effects) = (0, 0);
        var first = await lane.HoldAsync();
        var whole = world.The<Engine>().WriteAsync<int>((connection, transaction) =>
        {
            runs++;
            return (Gate.Insert(connection, transaction, "whole"), [() => effects++]);
        });
        var failing = lane.Write((connection, transaction) =>
        {
            Gate.Insert(connection, transaction, "failing");
            throw new InvalidOperationException("this one");
        });
        first.Release();

        Assert.Equal(1, await whole);
        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        Assert.Equal((2, 1), (runs, effects));
        Assert.Equal(["whole"], await lane.SeenByOthersAsync());
        await first.Done;
    }

    [Fact]
    public async Task A_commit_that_fails_fails_every_unit_of_its_batch_and_the_lane_goes_on()
    {
        await using var world = await World.NewAsync();
        using var lane = new Gate(world);
        // The lane is busy with a unit of its own batch: the next two wait and go together.
        var first = await lane.HoldAsync();
        var innocent = lane.Put("innocent");
        var culprit = lane.Write((connection, transaction) =>
        {
            // Checked at the commit and not before: no such topic exists.
            connection.Execute("PRAGMA defer_foreign_keys = ON", transaction: transaction);
            return connection.Execute(
                "INSERT INTO line (code, organisation_code, topic_code, kind, name_nl, name_en) VALUES ('x', 'x', 'x', 'national', 'x', 'x')",
                transaction: transaction);
        });

        first.Release();

        await Assert.ThrowsAsync<SqliteException>(() => culprit);
        await Assert.ThrowsAsync<SqliteException>(() => innocent);
        await first.Done;
        Assert.Empty(await lane.SeenByOthersAsync());
        await lane.Put("next");
        Assert.Equal(["next"], await lane.SeenByOthersAsync());
    }

    [Fact]
    public async Task An_effect_that_fails_is_the_fault_of_its_own_caller_only()
    {
        await using var world = await World.NewAsync();
        using var lane = new Gate(world);
        var first = await lane.HoldAsync();
        var careless = world.The<Engine>().WriteAsync<int>((connection, transaction) =>
            (Gate.Insert(connection, transaction, "careless"), [() => throw new InvalidOperationException()]));
        var other = lane.Put("other");
        first.Release();

        await Assert.ThrowsAsync<InvalidOperationException>(() => careless);
        await other;
        Assert.Equal(["careless", "other"], await lane.SeenByOthersAsync());
        await first.Done;
    }

    [Fact]
    public async Task Two_processes_on_one_file_wait_for_each_other()
    {
        await using var world = await World.NewAsync();
        await using var second = new SqliteEngine(world.DatabaseFile, world.Clock);
        using var lane = new Gate(world);
        var first = await lane.HoldAsync();

        // The second process cannot begin while the first writes, and reads meanwhile what was there before.
        var waiting = second.WriteAsync((connection, transaction) => (Gate.Insert(connection, transaction, "second"), Gate.NoEffects));
        Assert.Empty(await lane.SeenByOthersAsync());
        Assert.False(waiting.IsCompleted);
        first.Release();

        await waiting;
        Assert.Equal(["second"], await lane.SeenByOthersAsync());
        await first.Done;
    }

    [Fact]
    public async Task Who_comes_while_a_sweep_runs_goes_along_in_its_commit_and_waits_for_no_other_sweep()
    {
        await using var world = await World.NewAsync();
        using var lane = new Gate(world);
        var sweep = await lane.HoldAsync(isSweep: true);
        var next = lane.Hold(isSweep: true);
        var other = lane.Hold();
        sweep.Release();
        await other.ReachedAsync();

        Assert.False(sweep.Done.IsCompleted);
        other.Release();
        await Task.WhenAll(sweep.Done, other.Done);
        Assert.False(next.Done.IsCompleted);
        next.Release();
        await next.Done;
    }

    [Fact]
    public async Task A_sweep_waits_for_a_few_batches_of_others_however_many_come()
    {
        await using var world = await World.NewAsync();
        using var lane = new Gate(world);
        var now = await lane.HoldAsync();
        var sweep = lane.Hold(isSweep: true);
        for (var batch = 0; batch < LaneQueue.MostBefore; batch++)
        {
            var next = lane.Hold();
            now.Release();
            await next.ReachedAsync();
            now = next;
        }

        var others = lane.Put("others");
        now.Release();
        await sweep.ReachedAsync();

        Assert.False(others.IsCompleted);
        sweep.Release();
        await others;
    }

    [Fact]
    public async Task The_lane_writes_through_to_the_disk_at_every_commit()
    {
        await using var world = await World.NewAsync();

        var settings = await world.The<Engine>().WriteAsync((connection, transaction) =>
            ((connection.ExecuteScalar<string>("PRAGMA journal_mode", transaction: transaction), connection.ExecuteScalar<long>("PRAGMA synchronous", transaction: transaction)), Gate.NoEffects));

        Assert.Equal(("wal", 2L), settings);
    }

    [Fact]
    public async Task What_was_committed_goes_from_the_log_into_the_file_by_itself()
    {
        const int much = 4_000_000;
        await using var world = await World.NewAsync();
        long Size() => new FileInfo(world.DatabaseFile).Length;
        var before = Size();

        await world.ExecuteAsync("INSERT INTO draft (professional_id, form, body, saved_at) VALUES (1, 'heavy', @body, @at)", new { body = new string('x', much), at = FakeClock.Start });

        await Until.TrueAsync(() => Size() > before + much, "the file to hold what was written");
    }

    [Fact]
    public async Task What_was_handed_in_before_the_end_is_still_written()
    {
        await using var world = await World.NewAsync();
        Task<int>[] writes;
        await using (var engine = new SqliteEngine(world.DatabaseFile, world.Clock))
        {
            writes = [.. Enumerable.Range(0, 200).Select(i => engine.WriteAsync((connection, transaction) =>
                (Gate.Insert(connection, transaction, $"n{i:000}"), Gate.NoEffects)))];
        }

        Assert.Equal(200, (await Task.WhenAll(writes)).Sum());
        Assert.Equal(200, await world.ScalarAsync<long>("SELECT COUNT(*) FROM setting"));
    }

    /// <summary>Holds the lane inside a unit.</summary>
    private sealed class Gate(World world) : IDisposable
    {
        public static readonly IReadOnlyList<Action> NoEffects = [];

        private readonly List<Held> all = [];

        public static int Insert(DbConnection connection, DbTransaction transaction, string name) =>
            connection.Execute("INSERT INTO setting (name, value) VALUES (@name, 'x')", new { name }, transaction);

        /// <summary>Holds it now: whatever is handed in until the release is the next batch.</summary>
        public async Task<Held> HoldAsync(bool isSweep = false)
        {
            var held = Hold(isSweep);
            await held.ReachedAsync();
            return held;
        }

        /// <summary>Holds it when this unit's turn comes.</summary>
        public Held Hold(bool isSweep = false)
        {
            var held = new Held(world.The<Engine>(), isSweep);
            all.Add(held);
            return held;
        }

        public Task<int> Put(string name) => Write((connection, transaction) => Insert(connection, transaction, name));

        public Task<int> Write(Func<DbConnection, DbTransaction, int> work) =>
            world.The<Engine>().WriteAsync((connection, transaction) => (work(connection, transaction), NoEffects));

        public Task<List<string>> SeenByOthersAsync() => world.QueryAsync<string>("SELECT name FROM setting ORDER BY name");

        // A test that fails half-way must not leave the lane waiting for ever.
        public void Dispose() => all.ForEach(held => held.Release());
    }

    private sealed class Held
    {
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim free = new();

        public Held(Engine engine, bool isSweep) => Done = engine.WriteAsync(
            (_, _) =>
            {
                reached.SetResult();
                free.Wait();
                return (0, Gate.NoEffects);
            },
            isSweep);

        public Task Done { get; }

        public Task ReachedAsync() => reached.Task.WaitAsync(TimeSpan.FromSeconds(30));

        public void Release() => free.Set();
    }
}
