using Loket.Web.Data;

namespace Loket.Web.Features.Handoffs;

/// <summary>What goes along with the question that rings now: what was ticked when it was asked, whatever a rule would tick today.</summary>
internal static class ChosenFacts
{
    /// <summary>The facts that were chosen; null when nothing rings.</summary>
    public static async Task<HashSet<long>?> OfAsync(Reader r, long caseId)
    {
        var rows = await r.QueryAsync<Row>(
            """
            SELECT h.id, g.fact_id FROM handoff h LEFT JOIN handoff_fact g ON g.handoff_id = h.id
            WHERE h.case_id = @caseId AND h.talk_id IS NULL AND h.state IN ('queued', 'offered')
            """,
            new { caseId });
        return rows.Count == 0 ? null : [.. rows.Where(row => row.FactId is not null).Select(row => row.FactId!.Value)];
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public long? FactId { get; init; }
    }
}
