using System.Runtime.InteropServices;
using Loket.Web.Data;
using Loket.Web.Journal;
using Loket.Web.Telemetry;
using Microsoft.AspNetCore.SignalR;

namespace Loket.Web.Live;

/// <summary>
/// Follows the journal on this node and tells who watches: one cursor per shard, started at the current head. Rung by
/// this node's commits, which come with what they wrote, and reading for those of other nodes.
/// </summary>
public sealed class JournalTail(Db db, Doorbell doorbell, IHubContext<LiveHub, ILiveClient> hub, TimeProvider clock, ILogger<JournalTail> log, RecentHints recent)
    : BackgroundService
{
    /// <summary>So many hints of one kind a person gets at once; of more, only the last.</summary>
    public const int MostOfOneKind = 5;

    private const int Flood = 500;
    private const int MostOfOneShard = 1000;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private readonly Dictionary<int, long> cursors = [];
    private long caughtUpAt = clock.GetTimestamp();
    private long lookedAt;

    /// <summary>For how long the tail has not seen all there is in the journal.</summary>
    public TimeSpan Behind => clock.GetElapsedTime(Interlocked.Read(ref caughtUpAt));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var mustLook = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            var ring = doorbell.Next;
            try
            {
                var entries = await NewsAsync(mustLook);
                await TellAsync(entries);
                Measure(entries);
                if (entries.Count < MostOfOneShard)
                {
                    Interlocked.Exchange(ref caughtUpAt, clock.GetTimestamp());
                }

                // In a flood the bell never stops: then a look now and then tells as much, for less.
                ring = entries.Count < Flood ? ring : Task.Delay(Poll, clock, stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning(fault, "The journal tail could not read; it tries again");
            }

            // Rung without end it looks all the same: not every node rings here.
            mustLook = await Task.WhenAny(ring, Task.Delay(Poll, clock, stoppingToken)) != ring || clock.GetElapsedTime(lookedAt) >= Poll;
        }
    }

    /// <summary>
    /// The entries of <paramref name="written"/> after <paramref name="cursors"/>, which move on; null, and nothing moves, when
    /// one is missing before or between them: then only the journal knows.
    /// </summary>
    internal static List<StoredEntry>? Following(Dictionary<int, long> cursors, List<StoredEntry> written)
    {
        var reached = new Dictionary<int, long>(cursors);
        var fresh = new List<StoredEntry>(written.Count);
        foreach (var entry in written.OrderBy(e => e.Seq))
        {
            if (!reached.TryGetValue(entry.Shard, out var cursor) || entry.Seq > cursor + 1)
            {
                return null;
            }

            // What a look has found before is not told again.
            if (entry.Seq > cursor)
            {
                reached[entry.Shard] = entry.Seq;
                fresh.Add(entry);
            }
        }

        foreach (var (shard, seq) in reached)
        {
            cursors[shard] = seq;
        }

        return fresh;
    }

    /// <summary>
    /// All entries after <paramref name="cursors"/>, which move on. A shard without a cursor starts at its head: what
    /// happened before is not news.
    /// </summary>
    public static async Task<List<StoredEntry>> ReadAsync(Dictionary<int, long> cursors, Db db)
    {
        var fresh = new List<StoredEntry>();
        var heads = await db.ReadAsync(r => r.QueryAsync<Head>("SELECT shard, last_seq FROM journal_shard"));
        foreach (var head in heads)
        {
            if (!cursors.TryGetValue(head.Shard, out var cursor))
            {
                cursors[head.Shard] = head.LastSeq;
                continue;
            }

            if (head.LastSeq == cursor)
            {
                continue;
            }

            var entries = await db.ReadAsync(r => r.QueryAsync<StoredEntry>(
                $"""
                SELECT shard, seq, case_id, n, kind, subject_id, at, payload
                FROM journal WHERE shard = @Shard AND seq > @cursor ORDER BY seq {db.Dialect.First(MostOfOneShard)}
                """,
                new { head.Shard, cursor }));
            fresh.AddRange(entries);
            if (entries.Count > 0)
            {
                cursors[head.Shard] = entries[^1].Seq;
            }
        }

        return fresh;
    }

    private async Task<List<StoredEntry>> NewsAsync(bool mustLook)
    {
        var written = doorbell.TakeWritten();
        if (!mustLook && written is not null && Following(cursors, written) is { } fresh)
        {
            return fresh;
        }

        var began = clock.GetTimestamp();
        var all = await ReadAsync(cursors, db);
        lookedAt = began;
        return all;
    }

    private void Measure(List<StoredEntry> entries)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var entry in entries)
        {
            Measures.Told.Record(Math.Max(0, (now - entry.At).TotalSeconds), new KeyValuePair<string, object?>("kind", KindOf(entry)));
        }
    }

    private static string KindOf(StoredEntry entry) => entry.Kind.Split('_')[0];

    // Who was named comes first: the specialist who is asked. Pages look up what is new by themselves: of very much of one
    // kind, the last hint says as much as all of them.
    private async Task TellAsync(List<StoredEntry> entries)
    {
        var told = new Dictionary<(long Person, string Kind), List<Hint>>();
        var ofCases = new List<(long CaseId, Hint Hint)>(entries.Count);
        var lines = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var (people, line) = Notify.Of(entry.Payload);
            var hint = new Hint(KindOf(entry), entry.SubjectId, entry.CaseId, entry.N);
            foreach (var person in people)
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(told, (person, hint.Kind), out _) ??= []).Add(hint);
            }

            ofCases.Add((entry.CaseId, hint));
            if (line is not null)
            {
                lines.Add(line);
            }
        }

        foreach (var ((person, _), hints) in told)
        {
            foreach (var hint in hints.Count > MostOfOneKind ? hints[^1..] : hints)
            {
                await TellAsync(LiveHub.PersonGroup(person), hint);
            }
        }

        foreach (var (caseId, hint) in ofCases)
        {
            await TellAsync(LiveHub.CaseGroup(caseId), hint);
        }

        foreach (var line in lines)
        {
            await TellAsync(LiveHub.LineGroup(line), new Hint("line", (long?)null, null, null));
        }
    }

    private Task TellAsync(string group, Hint hint)
    {
        recent.Told(group);
        return hub.Clients.Group(group).Hint(hint);
    }

    private sealed class Head
    {
        public int Shard { get; init; }

        public long LastSeq { get; init; }
    }
}
