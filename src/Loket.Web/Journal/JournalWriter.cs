using System.Text.Json;
using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Journal;

/// <summary>
/// Writes a unit's entries as the last thing before COMMIT: first each case's chain, then the shard number, whose row
/// lock makes number order equal commit order. Nothing is awaited in between.
/// </summary>
public sealed class JournalWriter(KeyRing keys, Doorbell doorbell)
{
    // Long lists of parameters cost SQLite more than they save.
    private const int InList = 100;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    internal void Flush(Unit unit)
    {
        if (unit.Entries.Count == 0)
        {
            return;
        }

        var stored = Chain(unit, [.. unit.Entries.GroupBy(e => e.CaseId).OrderBy(g => g.Key)]);
        Insert(unit, stored.GroupBy(e => e.Shard).OrderBy(g => g.Key).SelectMany(shard => Numbered(unit, shard.Key, [.. shard])));

        unit.AfterCommit(doorbell.Ring);
    }

    private List<StoredEntry> Chain(Unit unit, List<IGrouping<long, Entry>> cases)
    {
        // The update comes first: its row lock keeps two writers of one case apart.
        var moved = unit.ExecuteEach(
            "UPDATE case_head SET n = n + @count WHERE case_id = @caseId", cases, ("@caseId", c => c.Key), ("@count", c => c.Count()));
        var heads = Heads(unit, cases.Where((_, i) => moved[i] > 0).Select(c => c.Key));
        unit.ExecuteEach(
            "INSERT INTO case_head (case_id, n, hash) VALUES (@caseId, @count, '')",
            cases.FindAll(c => !heads.ContainsKey(c.Key)), ("@caseId", c => c.Key), ("@count", c => c.Count()));

        var stored = new List<StoredEntry>(unit.Entries.Count);
        var last = new List<StoredEntry>(cases.Count);
        foreach (var entries in cases)
        {
            var (n, hash) = heads.TryGetValue(entries.Key, out var head) ? (head.N - entries.Count(), head.Hash) : (0, JournalChain.Start);
            foreach (var entry in entries)
            {
                var link = Link(unit, entry, ++n);
                hash = JournalChain.Hash(keys.JournalKey, hash, link);
                stored.Add(WithHash(link, hash));
            }

            last.Add(stored[^1]);
        }

        unit.ExecuteEach("UPDATE case_head SET hash = @hash WHERE case_id = @caseId", last, ("@hash", e => e.Hash), ("@caseId", e => e.CaseId));
        return stored;
    }

    private static Dictionary<long, Head> Heads(Unit unit, IEnumerable<long> cases) => cases.Chunk(InList)
        .SelectMany(some => unit.Query<Head>("SELECT case_id, n, hash FROM case_head WHERE case_id IN @some", new { some }))
        .ToDictionary(head => head.CaseId);

    private static StoredEntry Link(Unit unit, Entry entry, int n) => new()
    {
        Shard = JournalChain.ShardOf(entry.CaseId),
        CaseId = entry.CaseId,
        N = n,
        Kind = entry.Kind,
        SubjectId = entry.SubjectId,
        ActorId = entry.ActorId,
        OrganisationCode = entry.Organisation,
        At = unit.Now,
        Payload = JsonSerializer.Serialize(entry.Payload, Json),
        PersonalId = entry.PersonalId,
        PersonalDigest = entry.PersonalId is { } id ? PersonalValues.DigestOf(unit, id) : null,
    };

    private static StoredEntry WithHash(StoredEntry e, string hash) => new()
    {
        Shard = e.Shard, CaseId = e.CaseId, N = e.N, Kind = e.Kind, SubjectId = e.SubjectId, ActorId = e.ActorId,
        OrganisationCode = e.OrganisationCode, At = e.At, Payload = e.Payload, PersonalId = e.PersonalId,
        PersonalDigest = e.PersonalDigest, Hash = hash,
    };

    private static IEnumerable<(StoredEntry Entry, long Seq)> Numbered(Unit unit, int shard, List<StoredEntry> entries)
    {
        unit.Execute("UPDATE journal_shard SET last_seq = last_seq + @count WHERE shard = @shard", new { shard, count = entries.Count });
        var last = unit.Scalar<long>("SELECT last_seq FROM journal_shard WHERE shard = @shard", new { shard });
        return entries.Select((entry, i) => (entry, last - entries.Count + 1 + i));
    }

    private static void Insert(Unit unit, IEnumerable<(StoredEntry Entry, long Seq)> numbered) => unit.ExecuteEach(
        """
        INSERT INTO journal (shard, seq, case_id, n, kind, subject_id, actor_id, organisation_code, at, payload, personal_id, personal_digest, hash)
        VALUES (@shard, @seq, @caseId, @n, @kind, @subjectId, @actorId, @organisation, @at, @payload, @personalId, @personalDigest, @hash)
        """,
        [.. numbered],
        ("@shard", e => e.Entry.Shard), ("@seq", e => e.Seq), ("@caseId", e => e.Entry.CaseId), ("@n", e => e.Entry.N),
        ("@kind", e => e.Entry.Kind), ("@subjectId", e => e.Entry.SubjectId), ("@actorId", e => e.Entry.ActorId),
        ("@organisation", e => e.Entry.OrganisationCode), ("@at", e => e.Entry.At), ("@payload", e => e.Entry.Payload),
        ("@personalId", e => e.Entry.PersonalId), ("@personalDigest", e => e.Entry.PersonalDigest), ("@hash", e => e.Entry.Hash));

    private sealed class Head
    {
        public long CaseId { get; init; }

        public int N { get; init; }

        public string Hash { get; init; } = "";
    }
}
