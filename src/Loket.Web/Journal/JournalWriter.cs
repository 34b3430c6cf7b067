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
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    internal void Flush(Unit unit)
    {
        if (unit.Entries.Count == 0)
        {
            return;
        }

        var stored = unit.Entries.GroupBy(e => e.CaseId).OrderBy(g => g.Key).SelectMany(g => Chain(unit, g.Key, [.. g])).ToList();
        foreach (var shard in stored.GroupBy(e => e.Shard).OrderBy(g => g.Key))
        {
            Number(unit, shard.Key, [.. shard]);
        }

        unit.AfterCommit(doorbell.Ring);
    }

    private List<StoredEntry> Chain(Unit unit, long caseId, List<Entry> entries)
    {
        // The update comes first: its row lock keeps two writers of one case apart.
        if (unit.Execute("UPDATE case_head SET n = n + @count WHERE case_id = @caseId", new { caseId, count = entries.Count }) == 0)
        {
            unit.Execute("INSERT INTO case_head (case_id, n, hash) VALUES (@caseId, @count, '')", new { caseId, count = entries.Count });
        }

        var head = unit.Find<Head>("SELECT n, hash FROM case_head WHERE case_id = @caseId", new { caseId })!;
        var n = head.N - entries.Count;
        var hash = head.Hash;
        var stored = new List<StoredEntry>(entries.Count);
        foreach (var entry in entries)
        {
            var link = Link(unit, entry, ++n);
            hash = JournalChain.Hash(keys.JournalKey, hash, link);
            stored.Add(WithHash(link, hash));
        }

        unit.Execute("UPDATE case_head SET hash = @hash WHERE case_id = @caseId", new { caseId, hash });
        return stored;
    }

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

    private static void Number(Unit unit, int shard, List<StoredEntry> entries)
    {
        unit.Execute("UPDATE journal_shard SET last_seq = last_seq + @count WHERE shard = @shard", new { shard, count = entries.Count });
        var last = unit.Scalar<long>("SELECT last_seq FROM journal_shard WHERE shard = @shard", new { shard });
        for (var i = 0; i < entries.Count; i++)
        {
            var e = entries[i];
            unit.Execute(
                """
                INSERT INTO journal (shard, seq, case_id, n, kind, subject_id, actor_id, organisation_code, at, payload, personal_id, personal_digest, hash)
                VALUES (@Shard, @seq, @CaseId, @N, @Kind, @SubjectId, @ActorId, @OrganisationCode, @At, @Payload, @PersonalId, @PersonalDigest, @Hash)
                """,
                new
                {
                    e.Shard, seq = last - entries.Count + 1 + i, e.CaseId, e.N, e.Kind, e.SubjectId, e.ActorId,
                    e.OrganisationCode, e.At, e.Payload, e.PersonalId, e.PersonalDigest, e.Hash,
                });
        }
    }

    private sealed class Head
    {
        public int N { get; init; }

        public string Hash { get; init; } = "";
    }
}
