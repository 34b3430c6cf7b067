using Loket.Domain.Chain;
using Loket.Web.Data;

namespace Loket.Web.Features.Chain;

/// <summary>What decides where one case stands on the board, read from its own rows.</summary>
public sealed class BoardPlacing
{
    private List<string> places = [];

    public string State { get; init; } = "";

    public string OwnerTeam { get; init; } = "";

    public string TopicCode { get; init; } = "";

    public string? LifeEvent { get; init; }

    public DateTime OpenedAt { get; init; }

    /// <summary>Working days after which the owner's organisation counts a case as stalled.</summary>
    public int StalledDays { get; init; }

    /// <summary>The soonest running date.</summary>
    public DateTime? NextDue { get; init; }

    /// <summary>Some date runs, or stands still for a lawful reason; without one nothing would ever wake anybody.</summary>
    public bool HasDate { get; init; }

    /// <summary>The soonest date that somebody of another organisation than the owner's has to keep.</summary>
    public DateTime? PartnerDue { get; init; }

    /// <summary>The soonest date of a step that a partner outside government is at, or was asked about.</summary>
    public DateTime? OutsideDue { get; init; }

    /// <summary>Since when somebody is asked to own the chain and has not answered.</summary>
    public DateTime? AskedAt { get; init; }

    /// <summary>When a person last did something on the case; what Loket does by itself does not count.</summary>
    public DateTime ActedAt { get; private set; }

    public static BoardPlacing? Load(Unit unit, long caseId)
    {
        var placing = unit.Find<BoardPlacing>(
            """
            SELECT c.state, c.owner_team, c.topic_code, c.life_event, c.opened_at, c.next_due, COALESCE(l.stalled_days, @usual) AS stalled_days,
                   CASE WHEN EXISTS (SELECT 1 FROM deadline d WHERE d.case_id = c.id AND d.state IN ('running', 'suspended')) THEN 1 ELSE 0 END AS has_date,
                   (SELECT MIN(d.due_at) FROM deadline d JOIN professional w ON w.id = d.professional_id
                    WHERE d.case_id = c.id AND d.state = 'running' AND w.organisation_code <> c.owner_organisation) AS partner_due,
                   (SELECT MIN(s.due_at) FROM chain_step s
                    WHERE s.case_id = c.id AND s.ended_at IS NULL AND s.partner_id IS NOT NULL AND s.state <> 'suspended'
                      AND (s.state = 'in_progress' OR EXISTS (SELECT 1 FROM partner_link k WHERE k.step_id = s.id AND k.state = 'sent'))) AS outside_due,
                   (SELECT MIN(q.asked_at) FROM ownership_request q WHERE q.case_id = c.id AND q.state = 'asked') AS asked_at
            FROM case_file c LEFT JOIN organisation_ladder l ON l.organisation_code = c.owner_organisation WHERE c.id = @caseId
            """,
            new { caseId, usual = Standstill.WorkingDays });
        if (placing is not { State: "open" })
        {
            return placing;
        }

        placing.ActedAt = unit.Find<DateTime?>(
            $"SELECT at FROM journal WHERE case_id = @caseId AND actor_id IS NOT NULL ORDER BY n DESC {unit.Dialect.First(1)}", new { caseId }) ?? placing.OpenedAt;
        // Who is in the chain: who opened and owns it, who takes part and on which line, who has a date to keep, whom it was given to, who has a step.
        placing.places = unit.Query<string>(
            """
            SELECT c.organisation_code FROM case_file c WHERE c.id = @caseId
            UNION SELECT c.owner_organisation FROM case_file c WHERE c.id = @caseId
            UNION SELECT cp.organisation_code FROM case_participant cp WHERE cp.case_id = @caseId AND cp.until IS NULL
            UNION SELECT cp.line_code FROM case_participant cp WHERE cp.case_id = @caseId AND cp.until IS NULL AND cp.line_code IS NOT NULL
            UNION SELECT w.organisation_code FROM deadline d JOIN professional w ON w.id = d.professional_id WHERE d.case_id = @caseId AND d.state = 'running'
            UNION SELECT h.line_code FROM handoff h WHERE h.case_id = @caseId AND h.line_code IS NOT NULL
            UNION SELECT l.organisation_code FROM handoff h JOIN line l ON l.code = h.line_code WHERE h.case_id = @caseId
            UNION SELECT s.organisation_code FROM chain_step s WHERE s.case_id = @caseId AND s.organisation_code IS NOT NULL AND s.state <> 'cancelled'
            UNION SELECT q.line_code FROM step_request q WHERE q.case_id = @caseId AND q.state IN ('asked', 'accepted') AND q.line_code IS NOT NULL
            """,
            new { caseId });
        return placing;
    }

    /// <summary>Its rows: in each tab it belongs to, one for the whole chain and one for each organisation and line in it.</summary>
    public IEnumerable<BoardEntry> Entries(bool stalled) =>
        from tab in new (string Name, DateTime? At)[]
        {
            ("risk", NextDue), ("stalled", stalled ? ActedAt : null), ("waiting", OutsideDue < PartnerDue ? OutsideDue : PartnerDue ?? OutsideDue), ("asked", AskedAt), ("open", OpenedAt),
        }
        where tab.At is not null
        from place in places.Prepend(KeepBoard.Everywhere)
        select new BoardEntry { Tab = tab.Name, Place = place, TeamCode = OwnerTeam, TopicCode = TopicCode, LifeEvent = LifeEvent ?? KeepBoard.NoLifeEvent, At = tab.At!.Value };
}
