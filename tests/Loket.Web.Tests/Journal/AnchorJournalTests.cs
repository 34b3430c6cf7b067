using Loket.Web.Journal;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Journal;

/// <summary>A journal cut off with every head adjusted is consistent in itself: only an anchor outside the database tells.</summary>
public sealed class AnchorJournalTests
{
    private const long CaseId = 7;
    private static readonly int Shard = JournalChain.ShardOf(CaseId);

    private static async Task<World> WithEntriesAsync(TestEngine engine, int count)
    {
        var world = await World.NewAsync(engine);
        await AppendAsync(world, count);
        return world;
    }

    private static async Task AppendAsync(World world, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await world.Db.WriteAsync<int>(unit =>
            {
                unit.Append(new Entry(CaseId, "test_entry", i, null, null, new { i }));
                return 0;
            });
        }
    }

    private static Task AnchorAsync(World world) => world.The<AnchorJournal>().RunAsync(CancellationToken.None);

    private static async Task<IReadOnlyList<string>> FaultsAsync(World world) => (await world.The<VerifyJournal>().RunAsync()).Faults;

    /// <summary>Keeps the first entries only, and makes every head in the database agree.</summary>
    private static async Task CutAsync(World world, int keep)
    {
        var args = new { CaseId, Shard, keep };
        await world.ExecuteAsync("DELETE FROM journal WHERE case_id = @CaseId AND n > @keep", args);
        await world.ExecuteAsync("UPDATE journal_shard SET last_seq = @keep WHERE shard = @Shard", args);
        await world.ExecuteAsync("UPDATE case_head SET n = @keep, hash = (SELECT j.hash FROM journal j WHERE j.case_id = @CaseId AND j.n = @keep) WHERE case_id = @CaseId", args);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_cut_before_the_last_anchor_is_found_through_the_anchor_alone(TestEngine engine)
    {
        await using var world = await WithEntriesAsync(engine, 5);
        await AnchorAsync(world);

        await CutAsync(world, keep: 3);

        Assert.Equal([$"shard {Shard}: the anchored entry 5 is not there as it was"], await FaultsAsync(world));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_cut_that_was_written_on_again_is_found_too(TestEngine engine)
    {
        await using var world = await WithEntriesAsync(engine, 5);
        await AnchorAsync(world);

        await CutAsync(world, keep: 3);
        await AppendAsync(world, 4);

        Assert.Equal([$"shard {Shard}: the anchored entry 5 is not there as it was"], await FaultsAsync(world));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Anchoring_again_does_not_wipe_out_the_proof(TestEngine engine)
    {
        await using var world = await WithEntriesAsync(engine, 5);
        await AnchorAsync(world);
        await CutAsync(world, keep: 3);

        await AnchorAsync(world);
        await AppendAsync(world, 10);
        await AnchorAsync(world);

        Assert.Equal([$"shard {Shard}: the anchored entry 5 is not there as it was"], await FaultsAsync(world));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_cut_after_the_last_anchor_cannot_be_found_as_the_design_says(TestEngine engine)
    {
        await using var world = await WithEntriesAsync(engine, 3);
        await AnchorAsync(world);
        await AppendAsync(world, 2);

        await CutAsync(world, keep: 3);

        Assert.Empty(await FaultsAsync(world));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task An_anchor_moves_on_with_the_journal(TestEngine engine)
    {
        await using var world = await WithEntriesAsync(engine, 3);
        await AnchorAsync(world);
        await AppendAsync(world, 2);
        await AnchorAsync(world);

        var anchor = Assert.Single(await world.The<JournalFiles>().ReadAsync());

        Assert.Equal((Shard, 5L), (anchor.Shard, anchor.Seq));
        Assert.Equal(await world.ScalarAsync<string>("SELECT hash FROM case_head"), anchor.Hash);
        Assert.Empty(await FaultsAsync(world));
    }
}
