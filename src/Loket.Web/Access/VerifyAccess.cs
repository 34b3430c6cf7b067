using Loket.Web.Data;
using Loket.Web.Journal;
using Loket.Web.Security;

namespace Loket.Web.Access;

/// <summary>What a verification found: how much was read, and what does not hold.</summary>
public sealed record AccessReport(int Chains, int Entries, IReadOnlyList<string> Faults)
{
    public bool Holds => Faults.Count == 0;
}

/// <summary>
/// Reads the whole access log and checks each day of each node, and the anchors kept outside the database. Finds edits,
/// deletions, reordering, and truncation up to the last anchor.
/// </summary>
public sealed class VerifyAccess(Db db, KeyRing keys, AccessFiles files)
{
    private const int Page = 1000;

    public async Task<AccessReport> RunAsync()
    {
        using var mac = JournalChain.Mac(keys.AccessKey);
        var faults = new List<string>();
        // The heads are read first; a running system writes on meanwhile.
        var heads = await db.ReadAsync(r => r.QueryAsync<AccessAnchor>("SELECT node, day, n, hash FROM access_head ORDER BY node, day"));
        var reached = new Dictionary<(int Node, string Day), int>();
        var known = heads.ToDictionary(h => (h.Node, h.Day));
        var (entries, previous) = (0, AccessChain.Start);
        await foreach (var entry in AllAsync())
        {
            entries++;
            var place = (entry.Node, entry.Day);
            if (!reached.TryGetValue(place, out var n))
            {
                previous = AccessChain.Start;
            }

            if (entry.N != n + 1)
            {
                faults.Add($"{Name(place)}: reading {entry.N} follows {n}");
            }
            else if (entry.HashAfter(mac, previous) != entry.Hash)
            {
                faults.Add($"{Name(place)}: reading {entry.N} was changed");
            }
            else if (entry.ReasonDigest is not null && (entry.Reason is null ? !await IsDestroyedAsync(entry.CaseId) : JournalChain.Digest(entry.ReasonSalt ?? "", entry.Reason) != entry.ReasonDigest))
            {
                faults.Add($"{Name(place)}: the reason of reading {entry.N} was changed");
            }

            if (known.TryGetValue(place, out var head) && head.N == entry.N && head.Hash != entry.Hash)
            {
                faults.Add($"{Name(place)}: its head does not fit reading {entry.N}");
            }

            (reached[place], previous) = (entry.N, entry.Hash);
        }

        faults.AddRange(heads.Where(h => reached.GetValueOrDefault((h.Node, h.Day)) < h.N).Select(h => $"{Name((h.Node, h.Day))}: the log ends before its head {h.N}"));
        foreach (var (place, n) in reached.Where(c => !known.TryGetValue(c.Key, out var h) || h.N < c.Value))
        {
            var now = await db.ReadAsync(r => r.FindAsync<int?>("SELECT n FROM access_head WHERE node = @Node AND day = @Day", new { place.Node, place.Day }));
            if (now is null || now < n)
            {
                faults.Add(now is null ? $"{Name(place)}: its head is gone" : $"{Name(place)}: its head {now} lies before reading {n}");
            }
        }

        foreach (var anchor in await files.ReadAsync())
        {
            if (!await AccessFiles.IsThereAsync(db, anchor))
            {
                faults.Add($"{Name((anchor.Node, anchor.Day))}: the anchored reading {anchor.N} is not there as it was");
            }
        }

        return new AccessReport(reached.Count, entries, faults);
    }

    private Task<bool> IsDestroyedAsync(long caseId) => db.ReadAsync(async r => await r.ScalarAsync<long>("SELECT COUNT(*) FROM case_file WHERE id = @caseId AND destroyed_at IS NOT NULL", new { caseId }) > 0);

    private async IAsyncEnumerable<AccessEntry> AllAsync()
    {
        var (node, day, n) = (-1, "", 0);
        while (true)
        {
            var page = await db.ReadAsync(r => r.QueryAsync<AccessEntry>(
                $"""
                SELECT node, day, n, began_at, at, professional_id, organisation_code, case_id, what, how, why, reason, reason_salt, reason_digest, trace_id, span_id, hash FROM access_log
                WHERE node > @node OR (node = @node AND day > @day) OR (node = @node AND day = @day AND n > @n) ORDER BY node, day, n {r.Dialect.First(Page)}
                """,
                new { node, day, n }));
            foreach (var entry in page)
            {
                yield return entry;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            (node, day, n) = (page[^1].Node, page[^1].Day, page[^1].N);
        }
    }

    private static string Name((int Node, string Day) place) => $"readings of node {place.Node} on {place.Day}";
}
