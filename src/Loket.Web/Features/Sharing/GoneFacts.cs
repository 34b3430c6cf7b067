using Loket.Web.Data;

namespace Loket.Web.Features.Sharing;

/// <summary>What follows when facts say nothing any more: no line has them, they go along with nothing, and nobody is called by them.</summary>
internal static class GoneFacts
{
    /// <summary>After their values are gone from the case; a citizen who was called by one of them is called by the last name that still stands, if any.</summary>
    public static void Leave(Unit unit, long caseId, IReadOnlyCollection<long> facts)
    {
        unit.Execute("UPDATE disclosure SET until = @Now WHERE fact_id IN @facts AND until IS NULL", new { facts, unit.Now });
        unit.Execute("DELETE FROM handoff_fact WHERE fact_id IN @facts", new { facts });
        unit.Execute(
            """
            UPDATE party SET name_id = (
                SELECT MAX(f.personal_id) FROM fact f JOIN personal_value v ON v.id = f.personal_id WHERE f.case_id = @caseId AND f.kind = 'name' AND v.value IS NOT NULL)
            WHERE id = (SELECT c.party_id FROM case_file c WHERE c.id = @caseId) AND name_id IN (
                SELECT f.personal_id FROM fact f WHERE f.id IN @facts
                UNION SELECT x.was_id FROM fact_correction x WHERE x.case_id = @caseId AND x.fact_id IN @facts)
            """,
            new { caseId, facts });
    }
}
