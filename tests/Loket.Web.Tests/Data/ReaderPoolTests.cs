using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Data;

/// <summary>Connections for reading: however many are asked for at once, none leaves its moment of the database to who comes next.</summary>
public sealed class ReaderPoolTests
{
    /// <summary>More than are kept.</summary>
    private const int Crowd = 80;

    [Fact]
    public async Task More_readers_at_once_than_are_kept_leave_nothing_behind()
    {
        await using var world = await World.NewAsync();
        await world.ExecuteAsync("CREATE TABLE crowd (n INTEGER)");
        Assert.All(await CrowdAsync(world), seen => Assert.Equal(0, seen));
        await world.ExecuteAsync("INSERT INTO crowd (n) VALUES (1)");

        Assert.All(await CrowdAsync(world), seen => Assert.Equal(1, seen));
        Assert.True(await world.Db.EraseAsync());
    }

    // Each has begun to read before any of them ends.
    private static async Task<int[]> CrowdAsync(World world)
    {
        var (inside, all) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var reads = Enumerable.Range(0, Crowd).Select(_ => world.Db.ReadAsync(async r =>
        {
            var seen = await r.ScalarAsync<int>("SELECT COUNT(*) FROM crowd");
            if (Interlocked.Increment(ref inside) == Crowd)
            {
                all.SetResult();
            }

            await all.Task;
            return seen;
        })).ToList();
        // Who could not begin says why; the others do not wait for them.
        await (reads.Find(read => read.IsFaulted) ?? all.Task);
        return await Task.WhenAll(reads);
    }
}
