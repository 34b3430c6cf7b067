using Loket.Web.Data;

namespace Loket.Web.Journal;

/// <summary>
/// Keeps something in the database equal to the journal: reads it from the first entry on, a stretch of every shard at a time,
/// each effect in the transaction that claims its stretches. After a crash, on two nodes and on a database that was there
/// before the consumer, every entry counts exactly once. Only entries of these <paramref name="kinds"/> are read, what lies
/// between them is passed over; without kinds all but warnings, which say nothing new about a case and of which a hundred
/// thousand may come at once.
/// </summary>
public sealed class JournalFollower(string name, Db db, params IReadOnlyList<string> kinds)
{
    private readonly ConsumerCursor cursor = new(name, db, fromStart: true);

    /// <summary>About how many entries of its kinds there are in one transaction, of all shards together.</summary>
    public int Stretch { get; init; } = 200;

    /// <summary>Follows up to where the journal reaches now, in at most so many <paramref name="transactions"/>; what comes meanwhile is for the next time.</summary>
    public async Task CatchUpAsync(Action<Unit, List<StoredEntry>> effect, CancellationToken ct, int transactions = int.MaxValue)
    {
        var behind = await BehindAsync();
        while (behind.Count > 0 && transactions-- > 0 && !ct.IsCancellationRequested)
        {
            var next = await db.ReadAsync(r => ReadAsync(r, behind));
            var claimed = await db.SweepAsync<List<Part>>(unit =>
            {
                // Of a shard that another node was first at: it goes on there.
                var mine = next.FindAll(part => cursor.Claim(unit, part.Of.Shard, part.Of.Seq!.Value, part.To));
                if (mine.SelectMany(part => part.Entries).ToList() is { Count: > 0 } news)
                {
                    effect(unit, news);
                }

                return mine;
            });
            behind = [.. claimed.Value!.Where(part => part.To < part.Of.LastSeq).Select(part => new Behind { Shard = part.Of.Shard, LastSeq = part.Of.LastSeq, Seq = part.To })];
        }
    }

    private async Task<List<Behind>> BehindAsync()
    {
        var shards = await db.ReadAsync(r => r.QueryAsync<Behind>(
            """
            SELECT s.shard, s.last_seq, c.seq FROM journal_shard s LEFT JOIN consumer_cursor c ON c.name = @name AND c.shard = s.shard ORDER BY s.shard
            """,
            new { name }));
        if (shards.Exists(s => s.Seq is null))
        {
            await cursor.LoadAsync();
            return await BehindAsync();
        }

        return shards.FindAll(s => s.Seq < s.LastSeq);
    }

    // Side by side, so that what happened at one time is done at one time: its rows lie together.
    private async Task<List<Part>> ReadAsync(Reader reader, List<Behind> behind)
    {
        var matters = kinds.Count == 0 ? "kind <> 'escalation_raised'" : "kind IN @kinds";
        var most = Math.Max(1, Stretch / behind.Count);
        var parts = new List<Part>(behind.Count);
        foreach (var shard in behind)
        {
            var entries = await reader.QueryAsync<StoredEntry>(
                $"""
                SELECT shard, seq, case_id, n, kind, subject_id, actor_id, organisation_code, at, payload FROM journal
                WHERE shard = @Shard AND seq > @Seq AND seq <= @LastSeq AND {matters} ORDER BY seq {reader.Dialect.First(most)}
                """,
                new { shard.Shard, shard.Seq, shard.LastSeq, kinds });
            parts.Add(new Part(shard, entries, entries.Count < most ? shard.LastSeq : entries[^1].Seq));
        }

        return parts;
    }

    /// <summary>The next stretch of a shard: what matters of it, and where it ends.</summary>
    private sealed record Part(Behind Of, List<StoredEntry> Entries, long To);

    private sealed class Behind
    {
        public int Shard { get; init; }

        public long LastSeq { get; init; }

        public long? Seq { get; init; }
    }
}
