using System.Security.Cryptography;
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
    // SQLite finds each parameter among all others by its name: long lists cost more than they save.
    private const int InList = 32;
    private const int Many = 100;
    private static readonly IReadOnlyDictionary<long, CaseHead> NotSeen = new Dictionary<long, CaseHead>();
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    internal void Flush(Unit unit)
    {
        if (unit.Entries.Count == 0)
        {
            return;
        }

        // In the order of the journal's key: what follows each other is written in one place, which is a seventh of a sweep.
        List<StoredEntry> stored = [.. Chain(unit, [.. unit.Entries.GroupBy(e => e.CaseId).OrderBy(g => g.Key)]).OrderBy(e => e.Shard)];
        foreach (var shard in stored.GroupBy(e => e.Shard))
        {
            Number(unit, shard.Key, [.. shard]);
        }

        Insert(unit, stored);
        unit.AfterCommit(() => doorbell.Ring(stored));
    }

    // A head moves by its own number, and who came too late reads it again; from then on the row's lock keeps other writers
    // of the case away.
    private List<StoredEntry> Chain(Unit unit, List<IGrouping<long, Entry>> cases)
    {
        var stored = new List<StoredEntry>(unit.Entries.Count);
        var seen = unit.SeenHeads;
        while (cases.Count > 0)
        {
            var heads = Heads(unit, cases.Select(c => c.Key).Where(id => !seen.ContainsKey(id)));
            // A case without an entry has no number, and its row is still to be made.
            var chains = cases.ConvertAll(entries => Links(
                unit, seen.GetValueOrDefault(entries.Key) ?? heads.GetValueOrDefault(entries.Key) ?? new CaseHead { CaseId = entries.Key }, entries));
            Seal(chains);
            Begin(unit, chains.FindAll(chain => chain.Head.N == 0));
            var moved = unit.ExecuteEach(
                "UPDATE case_head SET n = @n, hash = @hash WHERE case_id = @caseId AND n = @before", chains,
                ("@n", c => c.Last.N), ("@hash", c => c.Last.Hash), ("@caseId", c => c.Head.CaseId), ("@before", c => c.Head.N));
            for (var i = 0; i < chains.Count; i++)
            {
                if (moved[i] == 1)
                {
                    stored.AddRange(chains[i].Links);
                }
            }

            cases = [.. cases.Where((_, i) => moved[i] == 0)];
            seen = NotSeen;
        }

        return stored;
    }

    private static void Begin(Unit unit, List<Chained> fresh) => unit.ExecuteEach(
        "INSERT INTO case_head (case_id, n, hash) VALUES (@caseId, 0, '')", fresh, ("@caseId", c => c.Head.CaseId));

    private static Chained Links(Unit unit, CaseHead head, IEnumerable<Entry> entries) =>
        new(head, [.. entries.Select((entry, i) => Link(unit, entry, head.N + 1 + i))]);

    // Of very many cases on all processors: the write lane waits for it.
    private void Seal(List<Chained> chains)
    {
        if (chains.Count < Many)
        {
            using var mac = JournalChain.Mac(keys.JournalKey);
            chains.ForEach(chain => chain.Seal(mac));
            return;
        }

        Parallel.ForEach(
            chains,
            () => JournalChain.Mac(keys.JournalKey),
            (chain, _, mac) =>
            {
                chain.Seal(mac);
                return mac;
            },
            mac => mac.Dispose());
    }

    // Nearly always there is one, and a list of one costs as much again as the reading.
    private static Dictionary<long, CaseHead> Heads(Unit unit, IEnumerable<long> cases) => cases.Chunk(InList)
        .SelectMany(some => some is [var caseId]
            ? unit.Query<CaseHead>("SELECT case_id, n, hash FROM case_head WHERE case_id = @caseId", new { caseId })
            : unit.Query<CaseHead>("SELECT case_id, n, hash FROM case_head WHERE case_id IN @some", new { some }))
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

    private static void Number(Unit unit, int shard, List<StoredEntry> entries)
    {
        unit.Execute("UPDATE journal_shard SET last_seq = last_seq + @count WHERE shard = @shard", new { shard, count = entries.Count });
        var last = unit.Scalar<long>("SELECT last_seq FROM journal_shard WHERE shard = @shard", new { shard });
        for (var i = 0; i < entries.Count; i++)
        {
            entries[i].Seq = last - entries.Count + 1 + i;
        }
    }

    private static void Insert(Unit unit, List<StoredEntry> stored) => unit.ExecuteEach(
        """
        INSERT INTO journal (shard, seq, case_id, n, kind, subject_id, actor_id, organisation_code, at, payload, personal_id, personal_digest, hash)
        VALUES (@shard, @seq, @caseId, @n, @kind, @subjectId, @actorId, @organisation, @at, @payload, @personalId, @personalDigest, @hash)
        """,
        stored,
        ("@shard", e => e.Shard), ("@seq", e => e.Seq), ("@caseId", e => e.CaseId), ("@n", e => e.N),
        ("@kind", e => e.Kind), ("@subjectId", e => e.SubjectId), ("@actorId", e => e.ActorId),
        ("@organisation", e => e.OrganisationCode), ("@at", e => e.At), ("@payload", e => e.Payload),
        ("@personalId", e => e.PersonalId), ("@personalDigest", e => e.PersonalDigest), ("@hash", e => e.Hash));

    /// <summary>What is written behind a head.</summary>
    private sealed record Chained(CaseHead Head, List<StoredEntry> Links)
    {
        public StoredEntry Last => Links[^1];

        /// <summary>Gives each entry its hash, over the one before it.</summary>
        public void Seal(IncrementalHash mac)
        {
            var hash = Head.Hash;
            foreach (var link in Links)
            {
                hash = link.Hash = JournalChain.Hash(mac, hash, link);
            }
        }
    }
}
