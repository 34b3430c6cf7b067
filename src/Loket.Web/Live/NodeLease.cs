using Loket.Web.Data;

namespace Loket.Web.Live;

/// <summary>
/// This node's proof of life: one row whose beat changes. A node is dead when its beat stood still for six seconds of
/// the observer's own clock, so a clock that jumps kills nobody (DESIGN 6).
/// </summary>
public sealed class NodeLease(Db db, Engine engine, Connections connections, IdSource ids, TimeProvider clock)
{
    public static readonly TimeSpan DeadAfter = TimeSpan.FromSeconds(6);
    private readonly Dictionary<string, (long Beat, long SeenAt)> seen = [];
    private long beatenAt;

    /// <summary>How long ago this node last showed that it lives; after <see cref="DeadAfter"/> the others take its people.</summary>
    public TimeSpan Age => clock.GetElapsedTime(Interlocked.Read(ref beatenAt));

    /// <summary>Takes the lowest free node number before anything is written with an id.</summary>
    public async Task TakeAsync()
    {
        // Two nodes that start at the same moment want the same number: the engine runs the second one again.
        var node = await engine.WriteAsync<int>((connection, transaction) =>
        {
            var taken = Dapper.SqlMapper.Query<int>(connection, "SELECT node FROM node_lease", transaction: transaction).ToHashSet();
            var free = Enumerable.Range(0, IdSource.Nodes).First(n => !taken.Contains(n));
            Dapper.SqlMapper.Execute(
                connection, "INSERT INTO node_lease (node, holder, beat) VALUES (@free, @Holder, 1)", new { free, connections.Holder }, transaction);
            return (free, []);
        });
        ids.UseNode(node);
        Beaten();
    }

    /// <summary>
    /// Changes the beat. A lease that others took away while this node stood still is taken anew, with a number of its own,
    /// before the next id is made.
    /// </summary>
    public async Task BeatAsync()
    {
        var beaten = await db.WriteAsync<int>(unit =>
            unit.Execute("UPDATE node_lease SET beat = beat + 1 WHERE holder = @Holder", new { connections.Holder }));
        if (beaten.Value == 0)
        {
            await TakeAsync();
        }

        Beaten();
    }

    public Task GiveUpAsync() => db.WriteAsync<int>(unit =>
        unit.Execute("DELETE FROM node_lease WHERE holder = @Holder", new { connections.Holder }));

    /// <summary>
    /// The holders that still have people and no beat: dead, or gone without a lease. How long each has been still. The
    /// leases of the dead are removed.
    /// </summary>
    public async Task<List<(string Holder, TimeSpan StillFor)>> StillAsync()
    {
        var leases = (await db.ReadAsync(r => r.QueryAsync<Row>("SELECT holder, beat FROM node_lease"))).ToDictionary(l => l.Holder, l => l.Beat, StringComparer.Ordinal);
        var holders = await db.ReadAsync(r => r.QueryAsync<string>("SELECT DISTINCT holder FROM presence WHERE holder IS NOT NULL"));
        var still = new List<(string, TimeSpan)>();
        foreach (var holder in holders.Union(leases.Keys).Where(h => h != connections.Holder))
        {
            var beat = leases.GetValueOrDefault(holder);
            if (!seen.TryGetValue(holder, out var last) || last.Beat != beat)
            {
                seen[holder] = (beat, clock.GetTimestamp());
                continue;
            }

            var stillFor = clock.GetElapsedTime(last.SeenAt);
            if (stillFor >= DeadAfter)
            {
                still.Add((holder, stillFor));
                await db.WriteAsync<int>(unit => unit.Execute("DELETE FROM node_lease WHERE holder = @holder AND beat = @beat", new { holder, beat }));
            }
        }

        return still;
    }

    private void Beaten() => Interlocked.Exchange(ref beatenAt, clock.GetTimestamp());

    private sealed class Row
    {
        public string Holder { get; init; } = "";

        public long Beat { get; init; }
    }
}
