using System.Globalization;
using Loket.Web.Access;
using Loket.Web.Data;
using Loket.Web.Jobs;
using Loket.Web.Journal;
using Loket.Web.Security;

namespace Loket.Web.Processing;

/// <summary>
/// Writes a line for every processing of personal data: each reading of the access log and each entry of the journal,
/// without leaving any out. Of the living nodes the one with the lowest number does it. A stretch counts as exported after
/// it is on disk, so a crash repeats lines, with the same span, and loses none.
/// </summary>
public sealed class ExportProcessing(Db db, KeyRing keys, IdSource ids, ProcessingFile file) : IJob
{
    private const int Stretch = 500;
    private readonly ConsumerCursor cursor = new("processing-log", db, fromStart: true);

    /// <summary>What an encrypted data subject is bound to.</summary>
    public const string Context = "processing log";

    public async Task RunAsync(CancellationToken ct)
    {
        if (await db.ReadAsync(r => r.FindAsync<int?>("SELECT MIN(node) FROM node_lease")) != ids.Node)
        {
            return;
        }

        await ReadsAsync(ct);
        await ChangesAsync(ct);
    }

    private async Task ReadsAsync(CancellationToken ct)
    {
        foreach (var head in await db.ReadAsync(r => r.QueryAsync<Head>("SELECT node, day, n, exported FROM access_head WHERE exported < n")))
        {
            var from = head.Exported;
            while (from < head.N && !ct.IsCancellationRequested)
            {
                var reads = await db.ReadAsync(r => r.QueryAsync<AccessEntry>(
                    $"""
                    SELECT n, began_at, at, case_id, what, why, trace_id, span_id FROM access_log
                    WHERE node = @Node AND day = @Day AND n > @from ORDER BY n {r.Dialect.First(Stretch)}
                    """,
                    new { head.Node, head.Day, from }));
                if (reads.Count == 0)
                {
                    // Cut off behind its head: found out by its verification, not here.
                    break;
                }

                var subjects = await SubjectsAsync(reads.Select(e => e.CaseId));
                // One request has one span; each data subject in it a line, told apart by its place.
                file.Append(db.Now(), reads.Where(e => subjects.ContainsKey(e.CaseId)).Select(e => Line(
                    e.TraceId, SpanOf(e.SpanId, e.N), $"read {e.What}", e.BeganAt, e.At, ActivityOf(e), subjects[e.CaseId])));
                var to = reads[^1].N;
                await db.WriteAsync<int>(unit => unit.Execute(
                    "UPDATE access_head SET exported = @to WHERE node = @Node AND day = @Day AND exported = @from", new { to, head.Node, head.Day, from }));
                from = to;
            }
        }
    }

    private async Task ChangesAsync(CancellationToken ct)
    {
        foreach (var (shard, start) in await cursor.LoadAsync())
        {
            var from = start;
            while (!ct.IsCancellationRequested)
            {
                var entries = await db.ReadAsync(r => r.QueryAsync<StoredEntry>(
                    $"SELECT shard, seq, case_id, kind, at, hash FROM journal WHERE shard = @shard AND seq > @from ORDER BY seq {r.Dialect.First(Stretch)}", new { shard, from }));
                if (entries.Count == 0)
                {
                    break;
                }

                var subjects = await SubjectsAsync(entries.Select(e => e.CaseId));
                file.Append(db.Now(), entries.Where(e => subjects.ContainsKey(e.CaseId)).Select(e =>
                {
                    // The journal keeps no trace: its own hash names the processing, the same every time.
                    var hash = Convert.ToHexStringLower(Convert.FromBase64String(e.Hash));
                    return Line(hash[..32], hash[32..48], e.Kind, e.At, e.At, "handle-case", subjects[e.CaseId]);
                }));
                var to = entries[^1].Seq;
                await db.WriteAsync<bool>(unit => cursor.Claim(unit, shard, from, to));
                from = to;
            }
        }
    }

    private ProcessingLine Line(string trace, string span, string name, DateTime start, DateTime end, string activity, Subject subject) => new(
        trace, span, name, start, end, $"{file.Register}{activity}", keys.Seal(subject.PartyId.ToString(CultureInfo.InvariantCulture), Context), $"loket:{subject.Kind}");

    private static string ActivityOf(AccessEntry read) => read switch
    {
        { What: "overview" } => "citizen-overview",
        { Why: "broken_glass" } => "broken-glass",
        { Why: "supervisor" or "escalation" } => "supervise-chain",
        _ => "handle-case",
    };

    // Another 64 bits for each place, and the same ones each time.
    private static string SpanOf(string span, int n) =>
        (ulong.Parse(span, NumberStyles.HexNumber, CultureInfo.InvariantCulture) ^ ((ulong)n * 0x9E3779B97F4A7C15)).ToString("x16", CultureInfo.InvariantCulture);

    private async Task<Dictionary<long, Subject>> SubjectsAsync(IEnumerable<long> cases)
    {
        var some = cases.Distinct().ToList();
        return (await db.ReadAsync(r => r.QueryAsync<Subject>(
            "SELECT c.id AS case_id, p.id AS party_id, p.kind FROM case_file c JOIN party p ON p.id = c.party_id WHERE c.id IN @some", new { some }))).ToDictionary(s => s.CaseId);
    }

    private sealed class Head
    {
        public int Node { get; init; }

        public string Day { get; init; } = "";

        public int N { get; init; }

        public int Exported { get; init; }
    }

    private sealed class Subject
    {
        public long CaseId { get; init; }

        public long PartyId { get; init; }

        public string Kind { get; init; } = "";
    }
}
