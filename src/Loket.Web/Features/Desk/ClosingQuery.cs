using Loket.Web.Data;
using Loket.Web.Features.Cases;

namespace Loket.Web.Features.Desk;

/// <summary>How the last talk about a case ended, as long as nothing else was asked since.</summary>
public sealed class Closing
{
    public long HandoffId { get; init; }

    public string SpecialistName { get; init; } = "";

    /// <summary>Outcome code.</summary>
    public string Outcome { get; init; } = "";
}

/// <summary>Reads the end of the last talk of a case; null when none ended, or when somebody is asked again.</summary>
public static class ClosingQuery
{
    public static async Task<Closing?> LoadAsync(Reader r, long caseId, CaseScope scope) => await r.FindAsync<Closing>(
        """
        SELECT h.id AS handoff_id, w.name AS specialist_name, h.outcome
        FROM handoff h JOIN professional w ON w.id = h.specialist_id
        WHERE h.id = (SELECT MAX(x.id) FROM handoff x WHERE x.case_id = @caseId AND x.talk_id IS NULL) AND h.state = 'closed' AND h.outcome IS NOT NULL
        """,
        new { caseId }) is { } closing && scope.Has(closing.HandoffId) ? closing : null;
}
