using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Sharing;
using Loket.Web.Jobs;
using Loket.Web.Journal;

namespace Loket.Web.Features.Retention;

/// <summary>
/// Destroys what was taken out of a case (<see cref="TakeOutFact"/>) and not put back within its week: the value, what it was
/// before, what it was called and where it came from, and the bytes of a document. A hold on the case keeps it, as it keeps the case.
/// </summary>
public sealed class EraseTakenOut(Db db, SetAside aside, ILogger<EraseTakenOut> log) : IJob
{
    public const int Batch = 100;

    private const string NotHeld = "NOT EXISTS (SELECT 1 FROM legal_hold h WHERE h.case_id = f.case_id AND h.lifted_at IS NULL)";

    public async Task RunAsync(CancellationToken ct)
    {
        var (after, erased) = (0L, 0);
        List<long> due;
        do
        {
            due = await db.ReadAsync(r => r.QueryAsync<long>(
                $"""
                SELECT f.id FROM fact f
                WHERE f.erase_at <= @Now AND f.id > @after AND {NotHeld}
                  AND NOT EXISTS (SELECT 1 FROM set_aside x WHERE x.job = 'erase-facts' AND x.subject_id = f.id AND x.next_at > @Now)
                ORDER BY f.id {r.Dialect.First(Batch)}
                """,
                new { after, r.Now }), ct);
            await aside.EachAsync("erase-facts", due, id => id, due.Count < Batch, EraseAsync, ct);
            after = due.Count > 0 ? due[^1] : after;
        }
        while (due.Count == Batch);

        if (erased > 0 && !await db.EraseAsync())
        {
            log.LogWarning("The database is too busy to be rewritten; {Facts} facts that were taken out leave its file the next time it is", erased);
        }

        async Task<Refusal?> EraseAsync(long id)
        {
            erased += (await db.WriteAsync<int>(unit => Erase(unit, id))).Value;
            return null;
        }
    }

    // Put back or held in the meantime: then there is nothing to do.
    private static int Erase(Unit unit, long id)
    {
        if (unit.Find<FactRow>($"SELECT f.case_id, f.kind, f.recorded_organisation FROM fact f WHERE f.id = @id AND f.erase_at <= @Now AND {NotHeld}", new { id, unit.Now }) is not { } fact
            || unit.Execute("UPDATE fact SET erase_at = NULL, label = '', source = '' WHERE id = @id AND erase_at <= @Now", new { id, unit.Now }) == 0)
        {
            return 0;
        }

        unit.Execute(
            """
            UPDATE personal_value SET value = NULL, salt = NULL, destroyed_at = @Now
            WHERE destroyed_at IS NULL AND (id IN (SELECT x.was_id FROM fact_correction x WHERE x.case_id = @CaseId AND x.fact_id = @id)
                OR id = (SELECT f.again_id FROM fact f WHERE f.id = @id))
            """,
            new { fact.CaseId, id, unit.Now });
        unit.Execute("UPDATE fact_correction SET was_source = '' WHERE case_id = @CaseId AND fact_id = @id", new { fact.CaseId, id });
        unit.Execute("DELETE FROM document_piece WHERE document_id IN (SELECT d.id FROM document d WHERE d.fact_id = @id)", new { id });
        unit.Execute("UPDATE document SET pieces = 0, next_scan_at = NULL, version = version + 1 WHERE fact_id = @id", new { id });
        unit.Append(new Entry(fact.CaseId, "fact_erased", id, null, fact.RecordedOrganisation, new { kind = fact.Kind }));
        return 1;
    }

    private sealed class FactRow
    {
        public long CaseId { get; init; }

        public string Kind { get; init; } = "";

        public string RecordedOrganisation { get; init; } = "";
    }
}
