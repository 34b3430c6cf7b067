using System.Globalization;
using System.Security.Cryptography;
using Loket.Web.Data;
using Loket.Web.Journal;
using Loket.Web.Security;

namespace Loket.Web.Access;

/// <summary>The chain of readings of this node on one day: each entry holds the one before it (DESIGN 3).</summary>
public sealed class AccessChain(KeyRing keys, IdSource ids)
{
    public const string Start = "";

    /// <summary>Adds the entries to today's chain; how many.</summary>
    public int Append(Unit unit, IReadOnlyList<AccessEntry> entries)
    {
        var place = new { node = ids.Node, day = unit.Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), count = entries.Count };
        // The update comes first: its row lock keeps two processes with one node number apart.
        if (unit.Execute("UPDATE access_head SET n = n + @count WHERE node = @node AND day = @day", place) == 0)
        {
            unit.Execute("INSERT INTO access_head (node, day, n, hash) VALUES (@node, @day, @count, '')", place);
        }

        var head = unit.Find<Head>("SELECT n, hash FROM access_head WHERE node = @node AND day = @day", place)!;
        var (n, hash) = (head.N - entries.Count, head.Hash);
        using var mac = JournalChain.Mac(keys.AccessKey);
        foreach (var entry in entries)
        {
            (entry.Node, entry.Day, entry.N, entry.At) = (place.node, place.day, ++n, unit.Now);
            if (entry.Reason is not null)
            {
                entry.ReasonSalt = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
                entry.ReasonDigest = JournalChain.Digest(entry.ReasonSalt, entry.Reason);
            }

            entry.Hash = hash = entry.HashAfter(mac, hash);
        }

        unit.ExecuteEach(
            """
            INSERT INTO access_log (node, day, n, began_at, at, professional_id, organisation_code, case_id, what, how, why, reason, reason_salt, reason_digest, trace_id, span_id, hash)
            VALUES (@node, @day, @n, @began, @at, @person, @organisation, @case, @what, @how, @why, @reason, @salt, @digest, @trace, @span, @hash)
            """,
            entries,
            ("@node", e => e.Node), ("@day", e => e.Day), ("@n", e => e.N), ("@began", e => e.BeganAt), ("@at", e => e.At), ("@person", e => e.ProfessionalId),
            ("@organisation", e => e.OrganisationCode), ("@case", e => e.CaseId), ("@what", e => e.What), ("@how", e => e.How), ("@why", e => e.Why),
            ("@reason", e => e.Reason), ("@salt", e => e.ReasonSalt), ("@digest", e => e.ReasonDigest), ("@trace", e => e.TraceId), ("@span", e => e.SpanId), ("@hash", e => e.Hash));
        unit.Execute("UPDATE access_head SET hash = @hash WHERE node = @node AND day = @day", new { hash, place.node, place.day });
        return entries.Count;
    }

    private sealed class Head
    {
        public int N { get; init; }

        public string Hash { get; init; } = "";
    }
}
