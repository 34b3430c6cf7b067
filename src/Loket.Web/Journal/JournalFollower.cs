using Loket.Web.Data;

namespace Loket.Web.Journal;

/// <summary>
/// Keeps something in the database equal to the journal: reads it from the first entry on, stretch by stretch, each
/// effect in the transaction that claims its stretch. After a crash, on two nodes and on a database that was there before
/// the consumer, every entry counts exactly once. Only entries of these <paramref name="kinds"/> are read, what lies
/// between them is passed over; without kinds all but warnings, which say nothing new about a case and of which a hundred
/// thousand may come at once.
/// </summary>
public sealed class JournalFollower(string name, Db db, params IReadOnlyList<string> kinds)
{
    private const int Stretch = 200;
    private readonly ConsumerCursor cursor = new(name, db, fromStart: true);

    /// <summary>Follows up to where the journal reaches now, at most <paramref name="stretches"/> stretches; what comes meanwhile is for the next time.</summary>
    public async Task CatchUpAsync(Action<Unit, List<StoredEntry>> effect, CancellationToken ct, int stretches = int.MaxValue)
    {
        foreach (var behind in await BehindAsync())
        {
            var from = behind.Seq!.Value;
            while (from < behind.LastSeq && stretches-- > 0 && !ct.IsCancellationRequested)
            {
                var news = await ReadAsync(behind.Shard, from, behind.LastSeq);
                var to = news.Count < Stretch ? behind.LastSeq : news[^1].Seq;
                var claimed = await db.WriteAsync<bool>(unit =>
                {
                    if (!cursor.Claim(unit, behind.Shard, from, to))
                    {
                        return false;
                    }

                    effect(unit, news);
                    return true;
                });
                // Another node has this shard; it goes on there.
                from = claimed.Value ? to : behind.LastSeq;
            }
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

    private Task<List<StoredEntry>> ReadAsync(int shard, long from, long last)
    {
        var matters = kinds.Count == 0 ? "kind <> 'escalation_raised'" : "kind IN @kinds";
        return db.ReadAsync(r => r.QueryAsync<StoredEntry>(
            $"""
            SELECT shard, seq, case_id, n, kind, subject_id, actor_id, organisation_code, at, payload FROM journal
            WHERE shard = @shard AND seq > @from AND seq <= @last AND {matters} ORDER BY seq {r.Dialect.First(Stretch)}
            """,
            new { shard, from, last, kinds }));
    }

    private sealed class Behind
    {
        public int Shard { get; init; }

        public long LastSeq { get; init; }

        public long? Seq { get; init; }
    }
}
