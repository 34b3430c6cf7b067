using Loket.Web.Data;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Journal;

/// <summary>The order a tail can trust: number order equals commit order, so a reader never passes an entry by (DESIGN 3).</summary>
public sealed class JournalTailTests
{
    private const int Writers = 8;
    private const int UnitsEach = 60;

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_tailing_reader_under_eight_writers_on_two_nodes_misses_nothing_and_sees_each_case_in_order(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var other = await world.AnotherNodeAsync();
        var cases = Enumerable.Range(0, 24).Select(_ => world.Db.NewId()).ToArray();
        var cursors = new Dictionary<int, long>();
        Assert.Empty(await JournalTail.ReadAsync(cursors, world.Db));

        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var db = (writer % 2 == 0 ? world.Node : other).The<Db>();
            for (var i = 0; i < UnitsEach; i++)
            {
                // Two cases a unit, so that several shards and chains are held at once, in any order.
                var (one, two) = (cases[((writer * 7) + i) % cases.Length], cases[((i * 5) + (writer * 3)) % cases.Length]);
                await db.WriteAsync<int>(unit =>
                {
                    unit.Append(new Entry(one, "test_first", writer, null, null, new { i }));
                    unit.Append(new Entry(two, "test_second", writer, null, null, new { i }));
                    return 0;
                });
            }
        })));
        var seen = new List<StoredEntry>();
        while (!writing.IsCompleted)
        {
            seen.AddRange(await JournalTail.ReadAsync(cursors, world.Db));
        }

        await writing;
        seen.AddRange(await JournalTail.ReadAsync(cursors, world.Db));

        Assert.Equal(Writers * UnitsEach * 2, seen.Count);
        Assert.Equal(seen.Count, seen.Select(e => (e.Shard, e.Seq)).Distinct().Count());
        Assert.All(seen.GroupBy(e => e.CaseId), of => Assert.Equal(Enumerable.Range(1, of.Count()), of.Select(e => e.N)));
        Assert.All(seen.GroupBy(e => e.Shard), of => Assert.Equal(Enumerable.Range(1, of.Count()).Select(n => (long)n), of.Select(e => e.Seq)));
        Assert.Empty((await world.The<VerifyJournal>().RunAsync()).Faults);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_this_node_wrote_is_followed_without_reading_and_what_another_wrote_between_is_missed_by_nobody(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var other = await world.AnotherNodeAsync();
        var cases = Enumerable.Range(0, 24).Select(_ => world.Db.NewId()).ToArray();
        var cursors = new Dictionary<int, long>();
        await JournalTail.ReadAsync(cursors, world.Db);
        var doorbell = world.The<Doorbell>();
        doorbell.TakeWritten();

        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            // One in eight is on the other node: mostly what was written here follows by itself.
            var db = (writer == 0 ? other : world.Node).The<Db>();
            for (var i = 0; i < UnitsEach; i++)
            {
                await db.WriteAsync<int>(unit =>
                {
                    unit.Append(new Entry(cases[((writer * 7) + i) % cases.Length], "test_first", writer, null, null, new { i }));
                    unit.Append(new Entry(cases[((i * 5) + (writer * 3)) % cases.Length], "test_second", writer, null, null, new { i }));
                    return 0;
                });
            }
        })));
        var (seen, followed) = (new List<StoredEntry>(), 0);
        while (!writing.IsCompleted)
        {
            if (doorbell.TakeWritten() is { } written && JournalTail.Following(cursors, written) is { } fresh)
            {
                seen.AddRange(fresh);
                followed += fresh.Count;
            }
            else
            {
                seen.AddRange(await JournalTail.ReadAsync(cursors, world.Db));
            }
        }

        await writing;
        seen.AddRange(await JournalTail.ReadAsync(cursors, world.Db));

        Assert.True(followed > 0);
        Assert.Equal(Writers * UnitsEach * 2, seen.Count);
        Assert.All(seen.GroupBy(e => e.CaseId), of => Assert.Equal(Enumerable.Range(1, of.Count()), of.Select(e => e.N)));
        Assert.All(seen.GroupBy(e => e.Shard), of => Assert.Equal(Enumerable.Range(1, of.Count()).Select(n => (long)n), of.Select(e => e.Seq)));
    }

    [Fact]
    public void What_was_written_is_followed_only_when_nothing_is_missing_before_or_between_and_nothing_twice()
    {
        Assert.Equal([(1, 5), (1, 6), (2, 9)], Follow([(1, 4), (2, 8)], [(1, 6), (1, 4), (2, 9), (1, 5)], out var cursors));
        Assert.Equal((6, 9), (cursors[1], cursors[2]));

        Assert.Null(Follow([(1, 4), (2, 8)], [(2, 9), (1, 6)], out cursors));
        Assert.Equal((4, 8), (cursors[1], cursors[2]));
        Assert.Null(Follow([(1, 4)], [(1, 5), (1, 7)], out cursors));
        Assert.Null(Follow([(1, 4)], [(2, 1)], out cursors));
        Assert.Empty(Follow([(1, 4)], [(1, 3)], out cursors)!);
        Assert.Equal(4, cursors[1]);

        static List<(int, long)>? Follow((int, long)[] reached, (int Shard, long Seq)[] written, out Dictionary<int, long> cursors)
        {
            cursors = reached.ToDictionary();
            return JournalTail.Following(cursors, [.. written.Select(w => new StoredEntry { Shard = w.Shard, Seq = w.Seq })])?.Select(e => (e.Shard, e.Seq)).ToList();
        }
    }

    [Fact]
    public async Task The_doorbell_knows_what_was_written_only_when_it_is_all_there_is()
    {
        await using var world = await World.NewAsync();
        var doorbell = world.The<Doorbell>();
        Assert.Null(doorbell.TakeWritten());

        await AppendAsync(world, 7, "test_here");
        Assert.Equal("test_here", Assert.Single(doorbell.TakeWritten()!).Kind);
        Assert.Empty(doorbell.TakeWritten()!);

        await AppendAsync(world, 7, "test_here");
        doorbell.Hear();
        await AppendAsync(world, 7, "test_here");
        Assert.Null(doorbell.TakeWritten());

        for (var i = 0; i <= Doorbell.MostWritten; i++)
        {
            doorbell.Ring(new StoredEntry());
        }

        Assert.Null(doorbell.TakeWritten());
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_new_tail_starts_at_the_head_and_then_reads_each_entry_once(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        await AppendAsync(world, 7, "test_before");
        var cursors = new Dictionary<int, long>();

        var before = await JournalTail.ReadAsync(cursors, world.Db);
        await AppendAsync(world, 7, "test_after");
        var after = await JournalTail.ReadAsync(cursors, world.Db);
        var again = await JournalTail.ReadAsync(cursors, world.Db);

        Assert.Empty(before);
        Assert.Equal("test_after", Assert.Single(after).Kind);
        Assert.Empty(again);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task More_than_a_page_comes_in_the_next_reads(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var cursors = new Dictionary<int, long>();
        await JournalTail.ReadAsync(cursors, world.Db);
        await world.Db.WriteAsync<int>(unit =>
        {
            for (var i = 0; i < 1100; i++)
            {
                unit.Append(new Entry(7, "test_many", i, null, null, new { }));
            }

            return 0;
        });

        var seen = new List<StoredEntry>();
        for (List<StoredEntry> page; (page = await JournalTail.ReadAsync(cursors, world.Db)).Count > 0;)
        {
            seen.AddRange(page);
        }

        Assert.Equal(Enumerable.Range(0, 1100).Select(i => (long)i), seen.Select(e => e.SubjectId));
    }

    [Fact]
    public async Task The_doorbell_rings_for_whoever_waited_before_the_commit()
    {
        await using var world = await World.NewAsync();
        var ring = world.The<Doorbell>().Next;

        await world.ExecuteAsync("INSERT INTO setting (name, value) VALUES ('quiet', 'x')");
        Assert.False(ring.IsCompleted);
        await AppendAsync(world, 7, "test_loud");

        await ring.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(world.The<Doorbell>().Next.IsCompleted);
    }

    [Fact]
    public void Cases_made_in_one_moment_spread_over_all_shards()
    {
        var ids = new IdSource(new FakeClock());

        var shards = Enumerable.Range(0, 1600).Select(_ => JournalChain.ShardOf(ids.Next())).GroupBy(s => s).ToList();

        Assert.Equal(Enumerable.Range(0, JournalChain.Shards), shards.Select(s => s.Key).Order());
        Assert.All(shards, s => Assert.InRange(s.Count(), 50, 200));
    }

    private static Task AppendAsync(World world, long caseId, string kind) => world.Db.WriteAsync<int>(unit =>
    {
        unit.Append(new Entry(caseId, kind, 1, null, null, new { }));
        return 0;
    });
}
