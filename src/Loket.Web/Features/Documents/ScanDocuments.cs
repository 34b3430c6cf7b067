using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Jobs;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Documents;

/// <summary>
/// Has each waiting document looked at, outside any unit: clean it can be opened, not clean its bytes go at once. A scanner
/// that does not answer is asked again, each time after longer, up to an hour. Twice and on two nodes it ends the same.
/// </summary>
public sealed class ScanDocuments(Db db, KeyRing keys, Scanner scanner, DocumentOptions options, SetAside aside) : IJob
{
    private const int Batch = 10;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public async Task RunAsync(CancellationToken ct)
    {
        if (!options.IsScanned)
        {
            return;
        }

        var due = await db.ReadAsync(r => r.QueryAsync<Row>(
            $"""
            SELECT d.id, d.case_id, d.size, d.pieces, d.tries, d.version FROM document d
            WHERE d.state = 'waiting' AND d.next_scan_at <= @Now AND NOT EXISTS (SELECT 1 FROM set_aside x WHERE x.job = 'scan' AND x.subject_id = d.id AND x.next_at > @Now)
            ORDER BY d.next_scan_at, d.id {r.Dialect.First(Batch)}
            """,
            new { r.Now }));
        await aside.EachAsync("scan", due, row => row.Id, due.Count < Batch, row => LookAsync(row, ct), ct);
    }

    private async Task<Refusal?> LookAsync(Row row, CancellationToken ct)
    {
        if (await db.ReadAsync(r => Pieces.FindAsync(r, keys, row.Id, row.Size, row.Pieces)) is not { } file)
        {
            // Its case was destroyed: there is nothing to look at.
            return (await db.WriteAsync<int>(unit => unit.Execute("UPDATE document SET state = 'refused', next_scan_at = NULL, version = version + 1 WHERE id = @Id AND version = @Version", new { row.Id, row.Version }))).Refusal;
        }

        var clean = await scanner.IsCleanAsync(file, ct);
        return (await db.WriteAsync<bool>(unit => clean is { } known ? Judge(unit, row, known) : Later(unit, row))).Refusal;
    }

    private static bool Judge(Unit unit, Row row, bool clean)
    {
        if (unit.Execute(
            "UPDATE document SET state = @state, next_scan_at = NULL, version = version + 1 WHERE id = @Id AND state = 'waiting' AND version = @Version",
            new { state = clean ? "clean" : "refused", row.Id, row.Version }) == 0)
        {
            return false;
        }

        if (!clean)
        {
            unit.Execute("DELETE FROM document_piece WHERE document_id = @Id", new { row.Id });
        }

        var keeper = unit.Scalar<long>("SELECT f.recorded_by FROM document d JOIN fact f ON f.id = d.fact_id WHERE d.id = @Id", new { row.Id });
        unit.Append(new Entry(row.CaseId, clean ? "document_clean" : "document_refused", row.Id, null, null, new { notify = Notify.Ids(keeper) }));
        return true;
    }

    private static bool Later(Unit unit, Row row) => unit.Execute(
        "UPDATE document SET tries = tries + 1, next_scan_at = @next, version = version + 1 WHERE id = @Id AND state = 'waiting' AND version = @Version",
        new { next = unit.Now + TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, 5 * Math.Pow(2, Math.Min(row.Tries, 12)))), row.Id, row.Version }) == 1;

    private sealed class Row
    {
        public long Id { get; init; }

        public long CaseId { get; init; }

        public long Size { get; init; }

        public int Pieces { get; init; }

        public int Tries { get; init; }

        public int Version { get; init; }
    }
}
