using Loket.Web.Features.Chain;
using Loket.Web.Features.Operations;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Chain;

/// <summary>What must hold after every step (DESIGN 4), each as a question for the rows that break it.</summary>
internal static class Invariants
{
    private static readonly (string What, string Rows)[] All =
    [
        .. VerifyState.MustHold,
        ("an owner in another team or organisation than the open case says",
            "SELECT c.id FROM case_file c JOIN professional p ON p.id = c.owner_id WHERE c.state = 'open' AND (p.organisation_code <> c.owner_organisation OR p.team_code <> c.owner_team)"),
        ("a first date that chases another than the owner",
            "SELECT d.id FROM deadline d JOIN case_file c ON c.id = d.subject_id WHERE d.subject_kind = 'case' AND d.state = 'running' AND d.professional_id <> c.owner_id"),
        ("an open step of nobody who is here",
            "SELECT s.id FROM chain_step s JOIN professional p ON p.id = s.professional_id WHERE s.state IN ('open', 'in_progress', 'waiting', 'suspended') AND p.active = 0"),
        ("a step nobody accepted that another than the chain owner answers for",
            "SELECT s.id FROM chain_step s JOIN case_file c ON c.id = s.case_id WHERE s.state IN ('open', 'in_progress', 'waiting', 'suspended') AND s.accepted_at IS NULL AND s.professional_id <> c.owner_id"),
        ("a step with two open asks",
            "SELECT q.step_id FROM step_request q WHERE q.state = 'asked' GROUP BY q.step_id HAVING COUNT(*) > 1"),
        ("an open ask for a step that is over",
            "SELECT q.id FROM step_request q JOIN chain_step s ON s.id = q.step_id WHERE q.state = 'asked' AND s.state IN ('done', 'cancelled')"),
        ("an open step of somebody who takes no part in the case",
            """
            SELECT s.id FROM chain_step s WHERE s.state IN ('open', 'in_progress', 'waiting', 'suspended')
              AND NOT EXISTS (SELECT 1 FROM case_participant cp WHERE cp.case_id = s.case_id AND cp.professional_id = s.professional_id AND cp.until IS NULL)
            """),
        ("a running deadline that chases somebody who left",
            "SELECT d.id FROM deadline d JOIN professional p ON p.id = d.professional_id WHERE d.state = 'running' AND p.active = 0"),
        ("a case with another next date than its soonest deadline, but for the net under a handoff that rings",
            """
            SELECT c.id FROM case_file c WHERE COALESCE(c.next_due, c.opened_at) <>
              COALESCE((SELECT MIN(d.due_at) FROM deadline d WHERE d.case_id = c.id AND d.state = 'running'
                        AND NOT EXISTS (SELECT 1 FROM handoff h WHERE d.subject_kind = 'handoff' AND h.id = d.subject_id AND h.state IN ('queued', 'offered'))), c.opened_at)
            """),
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
        // Who came back at this very moment, after the reminder, was not here for it.
        ("a reminder that reached somebody who was away",
            """
            SELECT e.id FROM escalation e JOIN absence a ON a.professional_id = e.to_id AND a.set_at < e.raised_at AND a.from_at <= e.raised_at AND a.until_at > e.raised_at
            WHERE e.raised_at = @now AND EXISTS (SELECT 1 FROM professional p JOIN professional s ON s.organisation_code = p.organisation_code AND s.supervisor = 1 AND s.active = 1
              WHERE p.id = e.to_id AND s.id <> p.id AND NOT EXISTS (SELECT 1 FROM absence o WHERE o.professional_id = s.id AND o.from_at <= @now AND o.until_at >= @now))
            """),
        ("an acknowledged escalation that still climbs",
            "SELECT e.id FROM escalation e WHERE e.climb = 'waits' AND e.acknowledged_at IS NOT NULL"),
    ];

    private static readonly string Sql = VerifyState.Together(All);

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

    private sealed class Row
    {
        public int N { get; init; }

        public long Broken { get; init; }
    }
}
