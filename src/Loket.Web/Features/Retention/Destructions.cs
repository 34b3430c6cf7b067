using Loket.Web.Data;
using Loket.Web.Journal;

namespace Loket.Web.Features.Retention;

/// <summary>What happens to the row of a destruction, wherever it is asked for.</summary>
public static class Destructions
{
    /// <summary>
    /// Takes the case's row first: whoever places a hold, reopens the case or begins to destroy it comes after the other.
    /// </summary>
    public static void Hold(Unit unit, long caseId) => unit.Execute("UPDATE case_file SET version = version WHERE id = @caseId", new { caseId });

    /// <summary>The case is open again: what was proposed no longer holds. False when its destruction has begun.</summary>
    public static bool Withdraw(Unit unit, long caseId)
    {
        unit.Execute(
            "UPDATE destruction SET state = 'withdrawn', version = version + 1 WHERE case_id = @caseId AND state IN ('proposed', 'approved')", new { caseId });
        return !HasBegun(unit, caseId);
    }

    /// <summary>Past the point where anything stops it.</summary>
    public static bool HasBegun(Unit unit, long caseId) =>
        unit.Scalar<long>("SELECT COUNT(*) FROM destruction WHERE case_id = @caseId AND state IN ('destroying', 'destroyed')", new { caseId }) > 0;

    /// <summary>
    /// Destroys all that the case holds about a person, in this unit, and counts it. The journal keeps that it happened and
    /// still verifies. Nothing when it was done already.
    /// </summary>
    public static bool Destroy(Unit unit, long caseId)
    {
        var args = new { caseId, now = unit.Now };
        if (unit.Execute("UPDATE case_file SET destroyed_at = @now, proposed_at = COALESCE(proposed_at, @now) WHERE id = @caseId AND destroyed_at IS NULL", args) == 0)
        {
            return false;
        }

        var id = IdOf(unit, caseId);
        foreach (var kept in CitizenColumns.OfCase)
        {
            if (unit.Execute(kept.Sql, args) is > 0 and var n)
            {
                unit.Execute("INSERT INTO destruction_count (destruction_id, what, n) VALUES (@id, @What, @n)", new { id, kept.What, n });
            }
        }

        unit.Execute("UPDATE destruction SET state = 'destroyed', destroyed_at = @now, version = version + 1 WHERE id = @id", new { id, now = unit.Now });
        unit.Append(new Entry(caseId, "case_destroyed", id, null, null, new { }));
        return true;
    }

    // A backup from before it was proposed has no row for it.
    private static long IdOf(Unit unit, long caseId)
    {
        if (unit.Find<long?>("SELECT MAX(id) FROM destruction WHERE case_id = @caseId AND state <> 'withdrawn'", new { caseId }) is { } known)
        {
            return known;
        }

        var id = unit.NewId();
        unit.Execute(
            """
            INSERT INTO destruction (id, case_id, organisation_code, rule_id, due_on, proposed_at, state, version)
            SELECT @id, c.id, c.organisation_code, 'replayed', '', @Now, 'destroying', 1 FROM case_file c WHERE c.id = @caseId
            """,
            new { id, unit.Now, caseId });
        return id;
    }
}
