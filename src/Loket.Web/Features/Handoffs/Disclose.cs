using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Security;

namespace Loket.Web.Features.Handoffs;

/// <summary>Gives the chosen facts to the one line that took the question, for the handoff's one purpose.</summary>
public static class Disclose
{
    public static void ToLine(Unit unit, StoredHandoff handoff, string line)
    {
        if (handoff.SharingRule is null)
        {
            return;
        }

        // A line that gave the question back and takes it again sees again what was chosen.
        unit.Execute(
            "UPDATE disclosure SET since = @Now, until = NULL WHERE handoff_id = @Id AND line_code = @line AND until IS NOT NULL",
            new { unit.Now, handoff.Id, line });
        foreach (var fact in unit.Query<long>(
            """
            SELECT f.fact_id FROM handoff_fact f WHERE f.handoff_id = @Id
              AND NOT EXISTS (SELECT 1 FROM disclosure d WHERE d.handoff_id = @Id AND d.fact_id = f.fact_id AND d.line_code = @line)
            """,
            new { handoff.Id, line }))
        {
            unit.Execute(
                """
                INSERT INTO disclosure (id, case_id, fact_id, handoff_id, line_code, rule_id, given_by, since)
                VALUES (@id, @CaseId, @fact, @handoff, @line, @SharingRule, @SenderId, @Now)
                """,
                new { id = unit.NewId(), handoff.CaseId, fact, handoff = handoff.Id, line, handoff.SharingRule, handoff.SenderId, unit.Now });
        }
    }

    /// <summary>The person who will call back joins the case as the line's specialist.</summary>
    public static void ForCallback(Unit unit, StoredHandoff handoff, long person, string line)
    {
        Participants.Join(unit, handoff.CaseId, Actor.Load(unit, person)!, line, "specialist");
        ToLine(unit, handoff, line);
    }
}
