using Loket.Web.Features.Chain;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Chain;

/// <summary>What must hold after every step (DESIGN 4), each as a question for the rows that break it.</summary>
internal static class Invariants
{
    private static readonly (string What, string Rows)[] All =
    [
        ("an open case without an active owner",
            "SELECT c.id FROM case_file c WHERE c.state = 'open' AND NOT EXISTS (SELECT 1 FROM professional p WHERE p.id = c.owner_id AND p.active = 1)"),
        ("an open case whose one owner does not take part as such",
            """
            SELECT c.id FROM case_file c WHERE c.state = 'open' AND (
              (SELECT COUNT(*) FROM case_participant cp WHERE cp.case_id = c.id AND cp.part = 'owner' AND cp.until IS NULL) <> 1
              OR NOT EXISTS (SELECT 1 FROM case_participant cp WHERE cp.case_id = c.id AND cp.part = 'owner' AND cp.until IS NULL AND cp.professional_id = c.owner_id))
            """),
        ("an owner in another team or organisation than the open case says",
            "SELECT c.id FROM case_file c JOIN professional p ON p.id = c.owner_id WHERE c.state = 'open' AND (p.organisation_code <> c.owner_organisation OR p.team_code <> c.owner_team)"),
        ("two acceptances in one round",
            "SELECT o.handoff_id FROM offer o WHERE o.state = 'accepted' GROUP BY o.handoff_id, o.round HAVING COUNT(*) > 1"),
        ("a person with two pending offers",
            "SELECT o.professional_id FROM offer o WHERE o.state = 'pending' GROUP BY o.professional_id HAVING COUNT(*) > 1"),
        ("an offered handoff that rings at nobody",
            "SELECT h.id FROM handoff h WHERE h.state = 'offered' AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.handoff_id = h.id AND o.state = 'pending')"),
        ("a pending offer of a handoff that does not ring",
            "SELECT o.id FROM offer o JOIN handoff h ON h.id = o.handoff_id WHERE o.state = 'pending' AND h.state <> 'offered'"),
        ("a ringing handoff without an end of its live time",
            "SELECT h.id FROM handoff h WHERE h.state IN ('queued', 'offered') AND h.live_until IS NULL"),
        ("a handoff in a state that exists within one transaction only",
            "SELECT h.id FROM handoff h WHERE h.state IN ('draft', 'attempting', 'failed')"),
        ("an open handoff without a running deadline",
            """
            SELECT h.id FROM handoff h WHERE h.state IN ('queued', 'offered', 'accepted', 'connected', 'wrapping')
              AND NOT EXISTS (SELECT 1 FROM deadline d WHERE d.subject_kind = 'handoff' AND d.subject_id = h.id AND d.state = 'running')
            """),
        ("a handoff in a callback state without a running deadline of its callback",
            """
            SELECT h.id FROM handoff h WHERE h.state IN ('callback_scheduled', 'escalated') AND NOT EXISTS (
              SELECT 1 FROM callback b JOIN deadline d ON d.subject_kind = 'callback' AND d.subject_id = b.id AND d.state = 'running'
              WHERE b.handoff_id = h.id AND b.state IN ('scheduled', 'failed'))
            """),
        ("an open callback without a running deadline",
            """
            SELECT b.id FROM callback b WHERE b.state IN ('scheduled', 'attempting', 'failed')
              AND NOT EXISTS (SELECT 1 FROM deadline d WHERE d.subject_kind = 'callback' AND d.subject_id = b.id AND d.state = 'running' AND d.professional_id = b.professional_id)
            """),
        ("an open promise without a running deadline",
            """
            SELECT q.id FROM promise q WHERE q.state = 'open'
              AND NOT EXISTS (SELECT 1 FROM deadline d WHERE d.subject_kind = 'promise' AND d.subject_id = q.id AND d.state = 'running' AND d.professional_id = q.professional_id)
            """),
        ("an asked ownership request without a running deadline",
            """
            SELECT r.id FROM ownership_request r WHERE r.state = 'asked'
              AND NOT EXISTS (SELECT 1 FROM deadline d WHERE d.subject_kind = 'ownership' AND d.subject_id = r.id AND d.state = 'running' AND d.professional_id = r.to_id)
            """),
        ("an open case that never got a first date",
            "SELECT c.id FROM case_file c WHERE c.state = 'open' AND NOT EXISTS (SELECT 1 FROM deadline d WHERE d.subject_kind = 'case' AND d.subject_id = c.id)"),
        ("a first date that chases another than the owner",
            "SELECT d.id FROM deadline d JOIN case_file c ON c.id = d.subject_id WHERE d.subject_kind = 'case' AND d.state = 'running' AND d.professional_id <> c.owner_id"),
        ("an open step without its date: running, or standing still with the step",
            """
            SELECT s.id FROM chain_step s WHERE s.state IN ('open', 'in_progress', 'waiting', 'suspended')
              AND NOT EXISTS (SELECT 1 FROM deadline d WHERE d.subject_kind = 'step' AND d.subject_id = s.id AND d.professional_id = s.professional_id
                              AND d.due_at = s.due_at AND d.state = CASE WHEN s.state = 'suspended' THEN 'suspended' ELSE 'running' END)
            """),
        ("an open step of nobody who is here",
            "SELECT s.id FROM chain_step s JOIN professional p ON p.id = s.professional_id WHERE s.state IN ('open', 'in_progress', 'waiting', 'suspended') AND p.active = 0"),
        ("a step nobody accepted that another than the chain owner answers for",
            "SELECT s.id FROM chain_step s JOIN case_file c ON c.id = s.case_id WHERE s.state IN ('open', 'in_progress', 'waiting', 'suspended') AND s.accepted_at IS NULL AND s.professional_id <> c.owner_id"),
        ("a step with two open asks",
            "SELECT q.step_id FROM step_request q WHERE q.state = 'asked' GROUP BY q.step_id HAVING COUNT(*) > 1"),
        ("an open ask for a step that is over",
            "SELECT q.id FROM step_request q JOIN chain_step s ON s.id = q.step_id WHERE q.state = 'asked' AND s.state IN ('done', 'cancelled')"),
        ("an open ask without a running deadline",
            """
            SELECT q.id FROM step_request q WHERE q.state = 'asked'
              AND NOT EXISTS (SELECT 1 FROM deadline d WHERE d.subject_kind = 'step_ask' AND d.subject_id = q.id AND d.state = 'running' AND d.professional_id = q.to_id)
            """),
        ("a suspended deadline of something that does not stand still",
            """
            SELECT d.id FROM deadline d WHERE d.state = 'suspended'
              AND NOT EXISTS (SELECT 1 FROM chain_step s WHERE d.subject_kind = 'step' AND s.id = d.subject_id AND s.state = 'suspended')
            """),
        ("an open step of somebody who takes no part in the case",
            """
            SELECT s.id FROM chain_step s WHERE s.state IN ('open', 'in_progress', 'waiting', 'suspended')
              AND NOT EXISTS (SELECT 1 FROM case_participant cp WHERE cp.case_id = s.case_id AND cp.professional_id = s.professional_id AND cp.until IS NULL)
            """),
        ("a deadline that runs for nothing",
            """
            SELECT d.id FROM deadline d WHERE d.state = 'running'
              AND NOT EXISTS (SELECT 1 FROM handoff h WHERE d.subject_kind = 'handoff' AND h.id = d.subject_id AND h.state IN ('queued', 'offered', 'accepted', 'connected', 'wrapping'))
              AND NOT EXISTS (SELECT 1 FROM callback b WHERE d.subject_kind = 'callback' AND b.id = d.subject_id AND b.state IN ('scheduled', 'attempting', 'failed'))
              AND NOT EXISTS (SELECT 1 FROM promise q WHERE d.subject_kind = 'promise' AND q.id = d.subject_id AND q.state = 'open')
              AND NOT EXISTS (SELECT 1 FROM ownership_request r WHERE d.subject_kind = 'ownership' AND r.id = d.subject_id AND r.state = 'asked')
              AND NOT EXISTS (SELECT 1 FROM case_file c WHERE d.subject_kind = 'case' AND c.id = d.subject_id AND c.state = 'open')
              AND NOT EXISTS (SELECT 1 FROM chain_step s WHERE d.subject_kind = 'step' AND s.id = d.subject_id AND s.state IN ('open', 'in_progress', 'waiting'))
              AND NOT EXISTS (SELECT 1 FROM step_request a WHERE d.subject_kind = 'step_ask' AND a.id = d.subject_id AND a.state = 'asked')
            """),
        ("a running deadline that chases somebody who left",
            "SELECT d.id FROM deadline d JOIN professional p ON p.id = d.professional_id WHERE d.state = 'running' AND p.active = 0"),
        ("a case with another next date than its soonest deadline, but for the net under a handoff that rings",
            """
            SELECT c.id FROM case_file c WHERE COALESCE(c.next_due, c.opened_at) <>
              COALESCE((SELECT MIN(d.due_at) FROM deadline d WHERE d.case_id = c.id AND d.state = 'running'
                        AND NOT EXISTS (SELECT 1 FROM handoff h WHERE d.subject_kind = 'handoff' AND h.id = d.subject_id AND h.state IN ('queued', 'offered'))), c.opened_at)
            """),
        ("a reserved person without a pending offer",
            "SELECT p.professional_id FROM presence p WHERE p.state = 'reserved' AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.professional_id = p.professional_id AND o.state = 'pending')"),
        ("a pending offer at somebody who is not reserved",
            "SELECT o.id FROM offer o WHERE o.state = 'pending' AND NOT EXISTS (SELECT 1 FROM presence p WHERE p.professional_id = o.professional_id AND p.state = 'reserved')"),
        ("an engaged person without a live handoff",
            "SELECT p.professional_id FROM presence p WHERE p.state = 'engaged' AND NOT EXISTS (SELECT 1 FROM handoff h WHERE h.specialist_id = p.professional_id AND h.state IN ('accepted', 'connected'))"),
        ("a live handoff whose specialist is neither engaged nor lost",
            "SELECT h.id FROM handoff h WHERE h.state IN ('accepted', 'connected') AND NOT EXISTS (SELECT 1 FROM presence p WHERE p.professional_id = h.specialist_id AND p.state IN ('engaged', 'offline'))"),
        ("a person with two live handoffs",
            "SELECT h.specialist_id FROM handoff h WHERE h.state IN ('accepted', 'connected') GROUP BY h.specialist_id HAVING COUNT(*) > 1"),
        ("somebody who left and still shows as present",
            "SELECT p.professional_id FROM presence p JOIN professional w ON w.id = p.professional_id WHERE w.active = 0 AND p.state <> 'offline'"),
        ("a waiting handoff beside somebody who is free for it",
            """
            SELECT h.id FROM handoff h
            JOIN handoff_line hl ON hl.handoff_id = h.id AND hl.position >= h.route_position
            JOIN line_member m ON m.line_code = hl.line_code AND m.professional_id <> h.sender_id
            JOIN professional w ON w.id = m.professional_id AND w.active = 1
            JOIN presence p ON p.professional_id = m.professional_id AND p.state = 'available'
            WHERE h.state = 'queued' AND NOT EXISTS (
              SELECT 1 FROM absence a WHERE a.professional_id = m.professional_id AND a.from_at <= @now AND a.until_at > @now) AND NOT EXISTS (
              SELECT 1 FROM offer o WHERE o.handoff_id = h.id AND o.professional_id = m.professional_id
                AND ((o.round = h.round AND o.state IN ('declined', 'timed_out')) OR o.state = 'accepted'))
            """),
        ("a sender released before anybody accepted",
            "SELECT h.id FROM handoff h WHERE h.sender_released_at IS NOT NULL AND h.accepted_at IS NULL"),
        ("a consult that disclosed something",
            "SELECT d.id FROM disclosure d JOIN handoff h ON h.id = d.handoff_id WHERE h.mode = 'consult'"),
        ("an obligation of somebody who takes no part in the case",
            """
            SELECT q.id FROM promise q LEFT JOIN handoff h ON h.id = q.handoff_id WHERE q.state = 'open' AND COALESCE(h.mode, '-') <> 'consult'
              AND NOT EXISTS (SELECT 1 FROM case_participant cp WHERE cp.case_id = q.case_id AND cp.professional_id = q.professional_id AND cp.until IS NULL)
            """),
        ("an open callback of somebody who takes no part in the case",
            """
            SELECT b.id FROM callback b JOIN handoff h ON h.id = b.handoff_id WHERE b.state IN ('scheduled', 'failed') AND h.mode <> 'consult'
              AND NOT EXISTS (SELECT 1 FROM case_participant cp WHERE cp.case_id = b.case_id AND cp.professional_id = b.professional_id AND cp.until IS NULL)
            """),
        ("an open handoff whose sender takes no part in the case",
            """
            SELECT h.id FROM handoff h WHERE h.closed_at IS NULL
              AND NOT EXISTS (SELECT 1 FROM case_participant cp WHERE cp.case_id = h.case_id AND cp.professional_id = h.sender_id AND cp.until IS NULL)
            """),
        ("an obligation that stayed with somebody whose absence began and whose stand-in is here",
            """
            SELECT q.id FROM ownership_request q JOIN absence a ON a.professional_id = q.to_id AND a.started_at IS NOT NULL AND a.from_at <= @now AND a.until_at > @now
            JOIN professional s ON s.id = a.stand_in_id AND s.active = 1
            WHERE q.state = 'asked' AND q.asked_at < a.started_at AND NOT EXISTS (SELECT 1 FROM absence o WHERE o.professional_id = s.id AND o.from_at <= @now AND o.until_at > @now)
            """),
        ("a person with two absences at one moment",
            "SELECT a.professional_id FROM absence a WHERE a.from_at <= @now AND a.until_at > @now GROUP BY a.professional_id HAVING COUNT(*) > 1"),
        ("a reminder that reached somebody who was away",
            """
            SELECT e.id FROM escalation e JOIN absence a ON a.professional_id = e.to_id AND a.set_at < e.raised_at AND a.from_at <= e.raised_at AND a.until_at > e.raised_at
            WHERE e.raised_at = @now AND EXISTS (SELECT 1 FROM professional p JOIN professional s ON s.organisation_code = p.organisation_code AND s.supervisor = 1 AND s.active = 1
              WHERE p.id = e.to_id AND s.id <> p.id AND NOT EXISTS (SELECT 1 FROM absence o WHERE o.professional_id = s.id AND o.from_at <= @now AND o.until_at > @now))
            """),
        ("an acknowledged escalation that still climbs",
            "SELECT e.id FROM escalation e WHERE e.climb = 'waits' AND e.acknowledged_at IS NOT NULL"),
        ("one rung that reached one person twice",
            "SELECT e.deadline_id FROM escalation e GROUP BY e.deadline_id, e.step, e.to_id HAVING COUNT(*) > 1"),
    ];

    private static readonly string Sql = string.Join("\nUNION ALL\n", All.Select((i, n) => $"SELECT {n} AS n, x.broken FROM ({Named(i.Rows)}) x"));

    /// <summary>Every invariant that is broken now, with the id of a row; empty when all hold.</summary>
    public static async Task<List<string>> BrokenAsync(World world) =>
    [
        .. (await world.QueryAsync<Row>(Sql, new { now = world.Db.Now() })).ConvertAll(row => $"{All[row.N].What}: {row.Broken}"),
        .. await ReachAsync(world),
    ];

    // Who is reached is a rule of the domain, not a question in SQL: it is asked about everybody who holds a running date.
    private static async Task<List<string>> ReachAsync(World world)
    {
        var holders = await world.QueryAsync<long>("SELECT professional_id FROM deadline WHERE state = 'running' UNION SELECT owner_id FROM case_file WHERE state = 'open'");
        var here = (await world.QueryAsync<long>(
            "SELECT p.id FROM professional p WHERE p.active = 1 AND NOT EXISTS (SELECT 1 FROM absence a WHERE a.professional_id = p.id AND a.from_at <= @now AND a.until_at > @now)",
            new { now = world.Db.Now() })).ToHashSet();
        // Somebody could be here: each absence without a stand-in leaves another supervisor, but supervisors leave and stand-ins fall away.
        var manned = (await world.QueryAsync<string>("SELECT DISTINCT organisation_code FROM professional WHERE supervisor = 1 AND id IN @here", new { here })).ToHashSet(StringComparer.Ordinal);
        var broken = new List<string>();
        await world.Db.WriteAsync<int>(unit =>
        {
            broken.Clear();
            var reach = Reachable.Load(unit, holders);
            foreach (var holder in holders.Where(h => manned.Contains(reach.OrganisationOf(h)!)))
            {
                if (!here.Contains(reach.Person(holder)))
                {
                    broken.Add($"a running date that reaches nobody who is here: {holder}");
                }

                if (!here.Contains(reach.SupervisorOf(holder)))
                {
                    broken.Add($"a running date with nobody above it who is here: {holder}");
                }
            }

            return 0;
        });
        return broken;
    }

    // The first column of each question is its answer.
    private static string Named(string rows)
    {
        var from = rows.IndexOf(" FROM ", StringComparison.Ordinal);
        return $"{rows[..from]} AS broken{rows[from..]}";
    }

    private sealed class Row
    {
        public int N { get; init; }

        public long Broken { get; init; }
    }
}
