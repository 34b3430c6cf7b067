using Loket.Web.Data;

namespace Loket.Web.Features.Operations;

/// <summary>What a look at the rows found: how much there is, and what must not be so.</summary>
public sealed record StateReport(long Cases, long Deadlines, IReadOnlyList<string> Faults)
{
    public bool Holds => Faults.Count == 0;
}

/// <summary>
/// What must hold of the rows at every moment (DESIGN 4): one owner, one acceptance, a running date for everything open,
/// nothing half-done, and an entry in the journal for what is there. Each is a question for the rows that break it; all are
/// asked in one statement, so that a running Loket cannot change anything in between.
/// </summary>
public sealed class VerifyState(Db db)
{
    /// <summary>What is wrong, and the rows of which it is so: the first column is the id that is named.</summary>
    public static IReadOnlyList<(string What, string Rows)> MustHold { get; } =
    [
        ("an open case without an active owner",
            "SELECT c.id FROM case_file c WHERE c.state = 'open' AND NOT EXISTS (SELECT 1 FROM professional p WHERE p.id = c.owner_id AND p.active = 1)"),
        ("an open case whose one owner does not take part as such",
            """
            SELECT c.id FROM case_file c WHERE c.state = 'open' AND (
              (SELECT COUNT(*) FROM case_participant cp WHERE cp.case_id = c.id AND cp.part = 'owner' AND cp.until IS NULL) <> 1
              OR NOT EXISTS (SELECT 1 FROM case_participant cp WHERE cp.case_id = c.id AND cp.part = 'owner' AND cp.until IS NULL AND cp.professional_id = c.owner_id))
            """),
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
        ("an open step without its date: running, or standing still with the step",
            """
            SELECT s.id FROM chain_step s WHERE s.state IN ('open', 'in_progress', 'waiting', 'suspended')
              AND NOT EXISTS (SELECT 1 FROM deadline d WHERE d.subject_kind = 'step' AND d.subject_id = s.id AND d.professional_id = s.professional_id
                              AND d.due_at = s.due_at AND d.state = CASE WHEN s.state = 'suspended' THEN 'suspended' ELSE 'running' END)
            """),
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
        ("a reserved person without a pending offer",
            "SELECT p.professional_id FROM presence p WHERE p.state = 'reserved' AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.professional_id = p.professional_id AND o.state = 'pending')"),
        ("a pending offer at somebody who is not reserved",
            "SELECT o.id FROM offer o WHERE o.state = 'pending' AND NOT EXISTS (SELECT 1 FROM presence p WHERE p.professional_id = o.professional_id AND p.state = 'reserved')"),
        ("an engaged person without a live handoff",
            "SELECT p.professional_id FROM presence p WHERE p.state = 'engaged' AND NOT EXISTS (SELECT 1 FROM handoff h WHERE h.specialist_id = p.professional_id AND h.state IN ('accepted', 'connected'))"),
        ("a live handoff whose specialist is neither engaged, reserved for another nor lost",
            "SELECT h.id FROM handoff h WHERE h.state IN ('accepted', 'connected') AND NOT EXISTS (SELECT 1 FROM presence p WHERE p.professional_id = h.specialist_id AND p.state IN ('engaged', 'reserved', 'offline'))"),
        ("a person with more live handoffs than any of their lines allows",
            """
            SELECT h.specialist_id FROM handoff h WHERE h.state IN ('accepted', 'connected') GROUP BY h.specialist_id
            HAVING COUNT(*) > (SELECT COALESCE(MAX(l.capacity), 1) FROM line_member m JOIN line l ON l.code = m.line_code WHERE m.professional_id = h.specialist_id)
            """),
        ("one rung that reached one person twice",
            "SELECT e.deadline_id FROM escalation e GROUP BY e.deadline_id, e.step, e.to_id HAVING COUNT(*) > 1"),
        ("a case without its entry in the journal",
            "SELECT c.id FROM case_file c WHERE NOT EXISTS (SELECT 1 FROM journal j WHERE j.case_id = c.id AND j.n = 1)"),
        ("a handoff without its entry in the journal",
            "SELECT h.id FROM handoff h WHERE NOT EXISTS (SELECT 1 FROM journal j WHERE j.case_id = h.case_id AND j.subject_id = h.id)"),
        ("a promise without its entry in the journal",
            "SELECT q.id FROM promise q WHERE NOT EXISTS (SELECT 1 FROM journal j WHERE j.case_id = q.case_id AND j.subject_id = q.id)"),
        ("a handoff with another number of acceptances in the journal than of accepted offers",
            """
            SELECT h.id FROM handoff h WHERE (SELECT COUNT(*) FROM offer o WHERE o.handoff_id = h.id AND o.state = 'accepted')
              <> (SELECT COUNT(*) FROM journal j WHERE j.case_id = h.case_id AND j.kind = 'handoff_accepted' AND j.subject_id = h.id)
            """),
    ];

    private static readonly string Sql = Together(MustHold);

    public async Task<StateReport> RunAsync() => await db.ReadAsync(async r => new StateReport(
        await r.ScalarAsync<long>("SELECT COUNT(*) FROM case_file"),
        await r.ScalarAsync<long>("SELECT COUNT(*) FROM deadline WHERE state = 'running'"),
        (await r.QueryAsync<Row>(Sql)).ConvertAll(row => $"{MustHold[row.N].What}: {row.Broken}")));

    /// <summary>One statement that answers, for each row that breaks a question, the number of the question and the row.</summary>
    public static string Together(IReadOnlyList<(string What, string Rows)> questions) =>
        string.Join("\nUNION ALL\n", questions.Select((question, n) => $"SELECT {n} AS n, x.broken FROM ({Named(question.Rows)}) x"));

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
