using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Drafts;
using Loket.Web.Jobs;

namespace Loket.Web.Features.Retention;

/// <summary>
/// Destroys what two people approved: past the last hold, then onto the list outside the database, then the values, then
/// what the file still held of them. Each step asks the database where it was, so cut off anywhere, twice, or on two nodes
/// it ends the same; a case that cannot be destroyed is set aside and keeps no other.
/// <see cref="ReplayAsync"/> does it again to a backup that was put back.
/// </summary>
public sealed class DestroyCases(Db db, DestroyedList list, ForgetOldDrafts drafts, SetAside aside, ILogger<DestroyCases> log) : IJob
{
    public const int Batch = 50;

    public async Task RunAsync(CancellationToken ct)
    {
        var (after, destroyed) = (0L, 0);
        List<Row> approved;
        do
        {
            approved = await db.ReadAsync(r => r.QueryAsync<Row>(
                $"""
                SELECT d.id, d.case_id FROM destruction d
                WHERE d.state IN ('approved', 'destroying') AND d.id > @after
                  AND NOT EXISTS (SELECT 1 FROM set_aside x WHERE x.job = 'destroy' AND x.subject_id = d.id AND x.next_at > @Now)
                ORDER BY d.id {r.Dialect.First(Batch)}
                """,
                new { after, r.Now }), ct);
            await aside.EachAsync("destroy", approved, row => row.Id, approved.Count < Batch, DestroyAsync, ct);
            after = approved.Count > 0 ? approved[^1].Id : after;
        }
        while (approved.Count == Batch);

        if (destroyed > 0)
        {
            log.LogInformation("{Cases} cases were destroyed", destroyed);
        }

        await EraseAsync();

        async Task<Refusal?> DestroyAsync(Row row)
        {
            if ((await db.WriteAsync<bool>(unit => Begin(unit, row))).Value)
            {
                list.Add([row.CaseId]);
                await db.WriteAsync<bool>(unit => Destructions.Destroy(unit, row.CaseId));
                destroyed++;
            }

            return null;
        }
    }

    /// <summary>Before anything opens: destroys again what stands on the list and is still there. How many cases.</summary>
    public async Task<int> ReplayAsync()
    {
        var (cases, strange) = await list.ReadAsync();
        if (strange > 0)
        {
            log.LogError("{Lines} lines of the list of destroyed cases are not ours and were passed over", strange);
        }

        var back = 0;
        foreach (var some in cases.Chunk(1000))
        {
            foreach (var id in await db.ReadAsync(r => r.QueryAsync<long>("SELECT id FROM case_file WHERE id IN @some AND destroyed_at IS NULL", new { some })))
            {
                await db.WriteAsync<bool>(unit => Destructions.Destroy(unit, id));
                back++;
            }
        }

        if (back > 0)
        {
            await drafts.RunAsync(CancellationToken.None);
            await EraseAsync();
        }

        return back;
    }

    // From here on no hold stops it: it may stand on the list outside the database.
    private static bool Begin(Unit unit, Row row)
    {
        Destructions.Hold(unit, row.CaseId);
        return unit.Execute(
            """
            UPDATE destruction SET state = 'destroying', version = version + 1
            WHERE id = @Id AND (state = 'destroying' OR (state = 'approved' AND NOT EXISTS (SELECT 1 FROM legal_hold h WHERE h.case_id = @CaseId AND h.lifted_at IS NULL)))
            """,
            row) == 1;
    }

    private async Task EraseAsync()
    {
        var until = db.Now();
        if (await db.ReadAsync(r => r.FindAsync<long?>(
            $"SELECT id FROM destruction WHERE destroyed_at IS NOT NULL AND erased_at IS NULL ORDER BY destroyed_at, id {r.Dialect.First(1)}")) is null)
        {
            return;
        }

        if (!await db.EraseAsync())
        {
            log.LogWarning("The database is too busy to be rewritten; what was destroyed is tried to be erased from its file the next time");
            return;
        }

        await db.WriteAsync<int>(unit => unit.Execute(
            "UPDATE destruction SET erased_at = @Now WHERE destroyed_at IS NOT NULL AND erased_at IS NULL AND destroyed_at <= @until", new { unit.Now, until }));
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public long CaseId { get; init; }
    }
}
