using Loket.Web.Data;
using Loket.Web.Features.Drafts;
using Loket.Web.Jobs;

namespace Loket.Web.Features.Retention;

/// <summary>
/// Destroys what two people approved: past the last hold, then onto the list outside the database, then the values, then
/// what the file still held of them. Each step asks the database where it was, so cut off anywhere, twice, or on two nodes
/// it ends the same. <see cref="ReplayAsync"/> does it again to a backup that was put back.
/// </summary>
public sealed class DestroyCases(Db db, DestroyedList list, ForgetOldDrafts drafts, ILogger<DestroyCases> log) : IJob
{
    public const int Batch = 50;

    public async Task RunAsync(CancellationToken ct)
    {
        var after = 0L;
        while (!ct.IsCancellationRequested)
        {
            var approved = await db.ReadAsync(r => r.QueryAsync<Row>(
                $"SELECT id, case_id FROM destruction WHERE state IN ('approved', 'destroying') AND id > @after ORDER BY id {r.Dialect.First(Batch)}", new { after }));
            var begun = new List<long>();
            foreach (var row in approved)
            {
                if ((await db.WriteAsync<bool>(unit => Begin(unit, row))).Value)
                {
                    begun.Add(row.CaseId);
                }
            }

            await DestroyAsync(begun);
            if (approved.Count < Batch)
            {
                break;
            }

            after = approved[^1].Id;
        }

        await EraseAsync();
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

    private async Task DestroyAsync(List<long> cases)
    {
        if (cases.Count == 0)
        {
            return;
        }

        list.Add(cases);
        foreach (var id in cases)
        {
            await db.WriteAsync<bool>(unit => Destructions.Destroy(unit, id));
        }

        log.LogInformation("{Cases} cases were destroyed", cases.Count);
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
