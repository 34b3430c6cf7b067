using System.Runtime.ExceptionServices;
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
    /// <summary>The kind of entry that is a warning.</summary>
    public const string Warning = "escalation_raised";

    private readonly ConsumerCursor cursor = new(name, db, fromStart: true);

    /// <summary>About how many entries of its kinds there are in one transaction, of all shards together.</summary>
    public int Stretch { get; init; } = 200;

    /// <summary>
    /// For the schedule: follows up to where the journal reaches now; what comes meanwhile is for the next time. An entry of which
    /// the effect fails keeps its own shard waiting, not the others; its fault is thrown when they are done.
    /// </summary>
    public async Task CatchUpAsync(Action<Unit, List<StoredEntry>> effect, CancellationToken ct)
    {
        if (await FollowAsync(effect, int.MaxValue, ct) is { } fault)
        {
            ExceptionDispatchInfo.Throw(fault);
        }
    }

    /// <summary>For a reader: the same in at most so many <paramref name="transactions"/>. What fails is the schedule's to say: a page that lacks it is better than none.</summary>
    public Task BringInAsync(Action<Unit, List<StoredEntry>> effect, int transactions = int.MaxValue) => FollowAsync(effect, transactions, CancellationToken.None);

    private async Task<Exception?> FollowAsync(Action<Unit, List<StoredEntry>> effect, int transactions, CancellationToken ct)
    {
        var faults = new List<Exception>();
        var behind = await BehindAsync();
        while (behind.Count > 0 && transactions-- > 0 && !ct.IsCancellationRequested)
        {
            var taken = await TakeAsync(await db.ReadAsync(r => ReadAsync(r, behind)), effect, faults);
            behind = [.. taken.Where(part => part.To < part.Of.LastSeq).Select(part => new Behind { Shard = part.Of.Shard, LastSeq = part.Of.LastSeq, Seq = part.To })];
        }

        return faults.Count > 0 ? faults[0] : null;
    }

    /// <summary>The stretches that were taken: those of a shard that another node was first at go on there.</summary>
    private async Task<List<Part>> TakeAsync(List<Part> next, Action<Unit, List<StoredEntry>> effect, List<Exception> faults)
    {
        try
        {
            var claimed = await db.SweepAsync<List<Part>>(unit =>
            {
                var mine = next.FindAll(part => cursor.Claim(unit, part.Of.Shard, part.Of.Seq!.Value, part.To));
                if (mine.SelectMany(part => part.Entries).ToList() is { Count: > 0 } news)
                {
                    effect(unit, news);
                }

                return mine;
            });
            return claimed.Value!;
        }
        catch (Exception fault) when (fault is not OperationCanceledException && next.Count == 1)
        {
            faults.Add(fault);
            return [];
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Which shard is it? Where the database is gone it is none of them, and asking for its place says so.
            await BehindAsync();
            var taken = new List<Part>();
            foreach (var part in next)
            {
                taken.AddRange(await TakeAsync([part], effect, faults));
            }

            return taken;
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
        var matters = kinds.Count == 0 ? $"kind <> '{Warning}'" : "kind IN @kinds";
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
