using Loket.Web.Data;

namespace Loket.Web.Journal;

/// <summary>
/// How far the consumer <paramref name="name"/> has read the journal: one row a shard. A stretch is claimed by
/// compare-and-set in the transaction of its effect, so of all nodes exactly one has it. A consumer that is new starts at
/// the head, because what happened before is not news; or <paramref name="fromStart"/>, when its effect is a sum of all.
/// </summary>
public sealed class ConsumerCursor(string name, Db db, bool fromStart = false)
{
    /// <summary>The position per shard.</summary>
    public async Task<Dictionary<int, long>> LoadAsync()
    {
        var stored = await StoredAsync();
        if (stored.Count == 0)
        {
            // Two new nodes at once: the second finds the rows there, or fails on their key and comes back.
            await db.WriteAsync<int>(unit => unit.Execute(
                """
                INSERT INTO consumer_cursor (name, shard, seq)
                SELECT @name, s.shard, CASE WHEN @fromStart = 1 THEN 0 ELSE s.last_seq END FROM journal_shard s
                WHERE NOT EXISTS (SELECT 1 FROM consumer_cursor c WHERE c.name = @name AND c.shard = s.shard)
                """,
                new { name, fromStart = fromStart ? 1 : 0 }));
            stored = await StoredAsync();
        }

        return stored;
    }

    /// <summary>Takes the entries after <paramref name="from"/> up to and including <paramref name="to"/>; false when another node was first.</summary>
    public bool Claim(Unit unit, int shard, long from, long to) => unit.Execute(
        "UPDATE consumer_cursor SET seq = @to WHERE name = @name AND shard = @shard AND seq = @from",
        new { name, shard, from, to }) == 1;

    private async Task<Dictionary<int, long>> StoredAsync() => (await db.ReadAsync(r => r.QueryAsync<Row>(
        "SELECT shard, seq FROM consumer_cursor WHERE name = @name", new { name }))).ToDictionary(row => row.Shard, row => row.Seq);

    private sealed class Row
    {
        public int Shard { get; init; }

        public long Seq { get; init; }
    }
}
