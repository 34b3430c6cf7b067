using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Journal;

/// <summary>What a verification found: how much was read, and what does not hold.</summary>
public sealed record VerifyReport(int Cases, int Entries, IReadOnlyList<string> Faults)
{
    public bool Holds => Faults.Count == 0;
}

/// <summary>
/// Reads the whole journal and checks it: every case's chain, every personal value's digest, every shard's numbers, and
/// the anchors kept outside the database. Finds edits, deletions, reordering, and truncation up to the last anchor.
/// </summary>
public sealed class VerifyJournal(Db db, KeyRing keys, JournalFiles files)
{
    private const int Page = 1000;

    public async Task<VerifyReport> RunAsync()
    {
        var faults = new List<string>();
        var heads = (await db.ReadAsync(r => r.QueryAsync<HeadRow>("SELECT case_id, n, hash FROM case_head"))).ToDictionary(h => h.CaseId);
        var entries = 0;
        var reached = new Dictionary<long, (int N, string Hash)>();
        var lastSeq = 0L;
        using var mac = JournalChain.Mac(keys.JournalKey);
        await foreach (var entry in AllAsync())
        {
            entries++;
            var (n, previous) = reached.GetValueOrDefault(entry.CaseId, (0, JournalChain.Start));
            if (entry.Shard != JournalChain.ShardOf(entry.CaseId) || (n > 0 && entry.Seq <= lastSeq))
            {
                faults.Add($"case {entry.CaseId}: entry {entry.N} was moved to {entry.Shard}/{entry.Seq}");
            }

            if (entry.N != n + 1)
            {
                faults.Add($"case {entry.CaseId}: entry {entry.N} follows {n}");
            }
            else if (JournalChain.Hash(mac, previous, entry) != entry.Hash)
            {
                faults.Add($"case {entry.CaseId}: entry {entry.N} was changed");
            }

            // The heads were read first; a running system writes on meanwhile.
            if (heads.TryGetValue(entry.CaseId, out var head) && head.N == entry.N && head.Hash != entry.Hash)
            {
                faults.Add($"case {entry.CaseId}: its head does not fit entry {entry.N}");
            }

            reached[entry.CaseId] = (entry.N, entry.Hash);
            lastSeq = entry.Seq;
        }

        foreach (var head in heads.Values)
        {
            if (reached.GetValueOrDefault(head.CaseId).N < head.N)
            {
                faults.Add($"case {head.CaseId}: the journal ends before its head {head.N}");
            }
        }

        // Entries beyond the head that was read: written meanwhile, and then the head has moved along.
        foreach (var (id, (n, _)) in reached.Where(c => !heads.TryGetValue(c.Key, out var h) || h.N < c.Value.N))
        {
            var now = await db.ReadAsync(r => r.FindAsync<int?>("SELECT n FROM case_head WHERE case_id = @id", new { id }));
            if (now is null || now < n)
            {
                faults.Add(now is null ? $"case {id}: its head is gone" : $"case {id}: its head {now} lies before entry {n}");
            }
        }

        faults.AddRange(await ShardFaultsAsync());
        faults.AddRange(await PersonalFaultsAsync());
        faults.AddRange((await files.LostAsync(db)).Select(a => $"shard {a.Shard}: the anchored entry {a.Seq} is not there as it was"));
        return new VerifyReport(reached.Count, entries, faults);
    }

    private async IAsyncEnumerable<StoredEntry> AllAsync()
    {
        var (caseId, n) = (long.MinValue, 0);
        while (true)
        {
            var page = await db.ReadAsync(r => r.QueryAsync<StoredEntry>(
                $"""
                SELECT shard, seq, case_id, n, kind, subject_id, actor_id, organisation_code, at, payload, personal_id, personal_digest, hash
                FROM journal WHERE case_id > @caseId OR (case_id = @caseId AND n > @n) ORDER BY case_id, n {db.Dialect.First(Page)}
                """,
                new { caseId, n }));
            foreach (var entry in page)
            {
                yield return entry;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            (caseId, n) = (page[^1].CaseId, page[^1].N);
        }
    }

    private async Task<IEnumerable<string>> ShardFaultsAsync()
    {
        var shards = await db.ReadAsync(r => r.QueryAsync<ShardRow>(
            """
            SELECT s.shard, s.last_seq, COUNT(j.seq) AS entries, COALESCE(MAX(j.seq), 0) AS highest
            FROM journal_shard s LEFT JOIN journal j ON j.shard = s.shard GROUP BY s.shard, s.last_seq
            """));
        return shards.Where(s => s.Entries != s.LastSeq || s.Highest != s.LastSeq)
            .Select(s => $"shard {s.Shard}: {s.Entries} entries up to {s.Highest}, and {s.LastSeq} were written");
    }

    private async Task<IEnumerable<string>> PersonalFaultsAsync()
    {
        var faults = new List<string>();
        var after = long.MinValue;
        while (true)
        {
            var page = await db.ReadAsync(r => r.QueryAsync<PersonalRow>(
                $"""
                SELECT j.personal_id AS id, j.personal_digest, v.id AS found, v.value, v.salt, v.destroyed_at
                FROM journal j LEFT JOIN personal_value v ON v.id = j.personal_id
                WHERE j.personal_id > @after ORDER BY j.personal_id {db.Dialect.First(Page)}
                """,
                new { after }));
            faults.AddRange(page.Where(p => !p.Holds).Select(p => $"personal value {p.Id} was changed"));
            if (page.Count < Page)
            {
                break;
            }

            after = page[^1].Id;
        }

        // Every value comes with an entry: one without was put there later. Nothing needs none.
        faults.AddRange((await db.ReadAsync(r => r.QueryAsync<long>(
            "SELECT v.id FROM personal_value v LEFT JOIN journal j ON j.personal_id = v.id WHERE j.personal_id IS NULL AND v.value IS NOT NULL")))
            .Select(id => $"personal value {id} is in no entry"));
        return faults;
    }

    private sealed class HeadRow
    {
        public long CaseId { get; init; }

        public int N { get; init; }

        public string Hash { get; init; } = "";
    }

    private sealed class ShardRow
    {
        public int Shard { get; init; }

        public long LastSeq { get; init; }

        public long Entries { get; init; }

        public long Highest { get; init; }
    }

    private sealed class PersonalRow
    {
        public long Id { get; init; }

        public long? Found { get; init; }

        public string? Value { get; init; }

        public string? Salt { get; init; }

        public DateTime? DestroyedAt { get; init; }

        public string? PersonalDigest { get; init; }

        /// <summary>There and as it was, or destroyed without a rest.</summary>
        public bool Holds => Found is not null && (DestroyedAt is null
            ? Value is not null && Salt is not null && JournalChain.Digest(Salt, Value) == PersonalDigest
            : Value is null && Salt is null);
    }
}
