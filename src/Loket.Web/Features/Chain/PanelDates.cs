using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.Chain;

/// <summary>A running date of the case, and who has to keep it: what a supervisor can ask somebody about.</summary>
public sealed class PanelDate
{
    public long Id { get; init; }

    /// <summary>The kind of what is due: <c>promise</c>, <c>callback</c>, <c>handoff</c>, <c>ownership</c>.</summary>
    public string Kind { get; init; } = "";

    public DateTime DueAt { get; init; }

    public string WhoName { get; init; } = "";

    public string WhoOrganisation { get; init; } = "";

    /// <summary>1 when the viewer supervises who has it: then there is nobody to ask but the viewer.</summary>
    public int Own { get; init; }

    /// <summary>1 when another organisation has it.</summary>
    public int Partner { get; init; }
}

/// <summary>What somebody was asked by hand about a date that still runs, and whether they took it up.</summary>
public sealed class PanelAsk
{
    public long Id { get; init; }

    public string ToName { get; init; } = "";

    public string ToOrganisation { get; init; } = "";

    public DateTime At { get; init; }

    public string? AcknowledgedBy { get; init; }

    public DateTime? AcknowledgedAt { get; init; }
}

internal static class PanelDates
{
    public static Task<List<PanelDate>> RunningAsync(Reader r, Actor actor, long caseId) => r.QueryAsync<PanelDate>(
        """
        SELECT d.id, d.subject_kind AS kind, d.due_at, w.name AS who_name, o.display_name AS who_organisation,
               CASE WHEN w.id = @Id OR EXISTS (SELECT 1 FROM team_supervisor s WHERE s.team_code = w.team_code AND s.professional_id = @Id) THEN 1 ELSE 0 END AS own,
               CASE WHEN w.organisation_code = @OrganisationCode THEN 0 ELSE 1 END AS partner
        FROM deadline d JOIN professional w ON w.id = d.professional_id JOIN organisation o ON o.code = w.organisation_code
        WHERE d.case_id = @caseId AND d.state = 'running' ORDER BY d.due_at, d.id
        """,
        new { caseId, actor.Id, actor.OrganisationCode });

    public static Task<List<PanelAsk>> AskedAsync(Reader r, long caseId) => r.QueryAsync<PanelAsk>(
        """
        SELECT e.id, t.name AS to_name, o.display_name AS to_organisation, e.raised_at AS at, a.name AS acknowledged_by, e.acknowledged_at
        FROM escalation e JOIN deadline d ON d.id = e.deadline_id JOIN professional t ON t.id = e.to_id JOIN organisation o ON o.code = t.organisation_code
        LEFT JOIN professional a ON a.id = e.acknowledged_by
        WHERE e.case_id = @caseId AND d.state = 'running' AND e.raised_by IS NOT NULL ORDER BY e.raised_at DESC, e.id DESC
        """,
        new { caseId });

    /// <summary>Escalations of this case to the viewer that nobody has taken up.</summary>
    public static Task<List<long>> UnansweredAsync(Reader r, Actor actor, long caseId) => r.QueryAsync<long>(
        "SELECT e.id FROM escalation e WHERE e.case_id = @caseId AND e.to_id = @Id AND e.acknowledged_at IS NULL ORDER BY e.raised_at, e.id", new { caseId, actor.Id });
}
