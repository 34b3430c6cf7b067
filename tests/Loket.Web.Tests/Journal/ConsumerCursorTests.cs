using Loket.Web.Data;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Journal;

public sealed class ConsumerCursorTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task A_new_consumer_starts_at_the_head_on_every_node(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var other = await world.AnotherNodeAsync();
        await AppendAsync(world, 7);

        var positions = await Task.WhenAll(
            new ConsumerCursor("test", world.Db).LoadAsync(),
            new ConsumerCursor("test", other.The<Db>()).LoadAsync());

        Assert.Equal(16, positions[0].Count);
        Assert.Equal(positions[0].OrderBy(p => p.Key), positions[1].OrderBy(p => p.Key));
        Assert.Empty(await JournalTail.ReadAsync(positions[0], world.Db));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_stretch_is_claimed_by_one_of_many_and_then_nobody_reads_it_again(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var other = await world.AnotherNodeAsync();
        var cursor = new ConsumerCursor("test", world.Db);
        var from = await cursor.LoadAsync();
        await AppendAsync(world, 7);
        var to = new Dictionary<int, long>(from);
        var shard = Assert.Single(await JournalTail.ReadAsync(to, world.Db)).Shard;

        var claims = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() =>
        {
            var db = i % 2 == 0 ? world.Db : other.The<Db>();
            return db.WriteAsync<bool>(unit => new ConsumerCursor("test", db).Claim(unit, shard, from[shard], to[shard]));
        })));

        Assert.Single(claims, c => c.Value);
        Assert.Empty(await JournalTail.ReadAsync(await cursor.LoadAsync(), world.Db));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Consumers_do_not_move_each_other(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var one = new ConsumerCursor("one", world.Db);
        var two = new ConsumerCursor("two", world.Db);
        var from = await one.LoadAsync();
        await two.LoadAsync();
        await AppendAsync(world, 7);
        var shard = JournalChain.ShardOf(7);

        await world.Db.WriteAsync<bool>(unit => one.Claim(unit, shard, from[shard], from[shard] + 1));

        Assert.Empty(await JournalTail.ReadAsync(await one.LoadAsync(), world.Db));
        Assert.Single(await JournalTail.ReadAsync(await two.LoadAsync(), world.Db));
    }

    private static Task AppendAsync(World world, long caseId) => world.Db.WriteAsync<int>(unit =>
    {
        unit.Append(new Entry(caseId, "test_entry", 1, null, null, new { }));
        return 0;
    });
}
