using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Desk;

/// <summary>The handoffs of a case, newest first.</summary>
public static class CaseHandoffsQuery
{
    public static async Task<IReadOnlyList<HandoffRow>> LoadAsync(Reader r, Say say, long caseId, CaseScope scope)
    {
        var rows = (await r.QueryAsync<Row>(
            """
            SELECT h.id, COALESCE(h.line_code, (SELECT MIN(hl.line_code) FROM handoff_line hl WHERE hl.handoff_id = h.id AND hl.position = h.route_position)) AS line_code,
                   h.mode, h.state, h.outcome, w.name AS specialist_name, h.queued_at,
                   (SELECT COUNT(*) FROM message m WHERE m.handoff_id = h.id) AS messages
            FROM handoff h LEFT JOIN professional w ON w.id = h.specialist_id WHERE h.case_id = @caseId ORDER BY h.id DESC
            """,
            new { caseId })).FindAll(h => scope.Has(h.Id));
        var names = await LineNames.OfAsync(r, say, [.. rows.Where(h => h.LineCode is not null).Select(h => h.LineCode!).Distinct()]);
        return rows.ConvertAll(h => new HandoffRow
        {
            Id = h.Id, LineName = names.GetValueOrDefault(h.LineCode ?? "", ""), Mode = h.Mode, State = h.State, Outcome = h.Outcome, SpecialistName = h.SpecialistName,
            StartedAt = h.QueuedAt, MessageCount = h.Messages,
        });
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public string? LineCode { get; init; }

        public string Mode { get; init; } = "";

        public string State { get; init; } = "";

        public string? Outcome { get; init; }

        public string? SpecialistName { get; init; }

        public DateTime QueuedAt { get; init; }

        public int Messages { get; init; }
    }
}
