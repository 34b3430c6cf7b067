using Loket.Domain;
using Loket.Domain.Mergers;
using Loket.Web.Data;
using Loket.Web.Jobs;

namespace Loket.Web.Features.Mergers;

/// <summary>
/// Carries out confirmed mergers and splits when their day begins in Amsterdam: everything in one transaction, by the node
/// that is first. What has no successor by then holds the whole of it back until somebody gives it one.
/// </summary>
public sealed class ApplyMergers(Db db, SetAside aside, ILogger<ApplyMergers> log) : IJob
{
    public async Task RunAsync(CancellationToken ct)
    {
        var due = await db.ReadAsync(r => r.QueryAsync<long>(
            """
            SELECT g.id FROM merger g
            WHERE g.state = 'confirmed' AND g.apply_at <= @Now AND NOT EXISTS (SELECT 1 FROM set_aside x WHERE x.job = 'merge' AND x.subject_id = g.id AND x.next_at > @Now)
            ORDER BY g.apply_at, g.id
            """,
            new { r.Now }), ct);
        await aside.EachAsync("merge", due, id => id, isAll: true, ApplyAsync, ct);
    }

    private async Task<Refusal?> ApplyAsync(long id)
    {
        var held = await db.WriteAsync<bool>(unit => Apply(unit, id));
        if (held is { IsOk: true, Value: true })
        {
            log.LogError("Merger {Id} could not be carried out: something has no successor", id);
        }

        return held.Refusal;
    }

    /// <summary>Whether it is held back from now on.</summary>
    private static bool Apply(Unit unit, long id)
    {
        var merger = unit.Find<StoredMerger>($"SELECT {StoredMerger.Columns} FROM merger g WHERE g.id = @id AND g.state = 'confirmed' AND g.apply_at <= @Now", new { id, unit.Now });
        if (merger is null)
        {
            return false;
        }

        var plan = MergerPlan.Load(unit, id);
        if (DecideMerger.WhyHeld(plan) is not null)
        {
            return unit.Execute("UPDATE merger SET held_at = @Now WHERE id = @id AND held_at IS NULL", new { unit.Now, id }) > 0;
        }

        // First of all: a second node waits here, and finds it done.
        unit.ExecuteGuarded(
            "UPDATE merger SET state = @next, applied_at = @Now, held_at = NULL, version = version + 1 WHERE id = @Id AND version = @Version",
            new { next = merger.Next(MergerAction.Apply), unit.Now, merger.Id, merger.Version });
        new Succession(unit, merger, plan).Run();
        return false;
    }
}
