using Loket.Web.Features.Operations;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Handoffs;

/// <summary>What must hold of offers, presence and capacity after every step, each as a question for the rows that break it.</summary>
internal static class RingInvariants
{
    private static readonly (string What, string Rows)[] All =
    [
        ("two ringing offers at one person",
            "SELECT o.professional_id FROM offer o WHERE o.state = 'pending' GROUP BY o.professional_id HAVING COUNT(*) > 1"),
        ("an offer at somebody who is not reserved for it: offline, on a break, missed, wrapping up",
            "SELECT o.id FROM offer o WHERE o.state = 'pending' AND NOT EXISTS (SELECT 1 FROM presence p WHERE p.professional_id = o.professional_id AND p.state = 'reserved')"),
        ("somebody reserved for nothing",
            "SELECT p.professional_id FROM presence p WHERE p.state = 'reserved' AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.professional_id = p.professional_id AND o.state = 'pending')"),
        ("engaged without a talk",
            "SELECT p.professional_id FROM presence p WHERE p.state = 'engaged' AND NOT EXISTS (SELECT 1 FROM handoff h WHERE h.specialist_id = p.professional_id AND h.state IN ('accepted', 'connected'))"),
        ("a talk of somebody who is free, wraps up, or takes a break",
            "SELECT h.id FROM handoff h WHERE h.state IN ('accepted', 'connected') AND NOT EXISTS (SELECT 1 FROM presence p WHERE p.professional_id = h.specialist_id AND p.state IN ('engaged', 'reserved', 'offline'))"),
        ("an offered handoff that rings at nobody",
            "SELECT h.id FROM handoff h WHERE h.state = 'offered' AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.handoff_id = h.id AND o.state = 'pending')"),
        ("an offer of a handoff that does not ring",
            "SELECT o.id FROM offer o JOIN handoff h ON h.id = o.handoff_id WHERE o.state = 'pending' AND (h.state <> 'offered' OR h.round <> o.round)"),
        ("an offer that rings on after its live time",
            "SELECT o.id FROM offer o JOIN handoff h ON h.id = o.handoff_id WHERE o.state = 'pending' AND o.expires_at > h.live_until"),
        ("two acceptances in one round",
            "SELECT o.handoff_id FROM offer o WHERE o.state = 'accepted' GROUP BY o.handoff_id, o.round HAVING COUNT(*) > 1"),
        ("somebody asked again in the same round, or after giving it back",
            """
            SELECT n.id FROM offer n JOIN offer e ON e.handoff_id = n.handoff_id AND e.professional_id = n.professional_id AND e.id < n.id
            WHERE (e.round = n.round AND e.state IN ('declined', 'timed_out')) OR e.state = 'accepted'
            """),
        ("the sender asked their own question",
            "SELECT o.id FROM offer o JOIN handoff h ON h.id = o.handoff_id WHERE h.sender_id = o.professional_id"),
        ("a waiting handoff without an end",
            "SELECT h.id FROM handoff h WHERE h.state IN ('queued', 'offered') AND h.live_until IS NULL"),
        ("an open handoff without a running date",
            """
            SELECT h.id FROM handoff h WHERE h.state IN ('queued', 'offered', 'accepted', 'connected', 'wrapping')
              AND NOT EXISTS (SELECT 1 FROM deadline d WHERE d.subject_kind = 'handoff' AND d.subject_id = h.id AND d.state = 'running')
            """),
        ("a callback without a running date",
            """
            SELECT h.id FROM handoff h WHERE h.state = 'callback_scheduled' AND NOT EXISTS (
              SELECT 1 FROM callback b JOIN deadline d ON d.subject_kind = 'callback' AND d.subject_id = b.id AND d.state = 'running' WHERE b.handoff_id = h.id)
            """),
        ("a wrap-up that never ends",
            "SELECT h.id FROM handoff h WHERE h.state = 'wrapping' AND h.wrap_until IS NULL"),
        ("a waiting handoff beside somebody who is free for it",
            """
            SELECT h.id FROM handoff h
            JOIN handoff_line hl ON hl.handoff_id = h.id AND hl.position >= h.route_position
            JOIN line_member m ON m.line_code = hl.line_code AND m.is_on = 1 AND m.professional_id <> h.sender_id
            JOIN presence p ON p.professional_id = m.professional_id AND p.state = 'available'
            WHERE h.state = 'queued' AND NOT EXISTS (SELECT 1 FROM line_tier t WHERE t.line_code = hl.line_code) AND NOT EXISTS (
              SELECT 1 FROM offer o WHERE o.handoff_id = h.id AND o.professional_id = m.professional_id
                AND ((o.round = h.round AND o.state IN ('declined', 'timed_out')) OR o.state = 'accepted'))
            """),
        ("more than five people in one talk",
            """
            SELECT t.id FROM handoff t WHERE t.talk_id IS NULL AND 5 < (SELECT COUNT(DISTINCT h.specialist_id) FROM handoff h
              WHERE (h.id = t.id OR h.talk_id = t.id) AND h.state IN ('accepted', 'connected'))
              + CASE WHEN t.sender_released_at IS NULL AND t.state IN ('queued', 'offered', 'accepted', 'connected') THEN 1 ELSE 0 END
            """),
        ("a line that is asked into a talk where nobody is or waits",
            """
            SELECT j.id FROM handoff j JOIN handoff t ON t.id = j.talk_id
            WHERE j.state IN ('queued', 'offered') AND j.round = 1 AND t.state IN ('wrapping', 'closed', 'withdrawn', 'citizen_left')
              AND NOT EXISTS (SELECT 1 FROM handoff h WHERE (h.id = t.id OR h.talk_id = t.id) AND h.state IN ('accepted', 'connected'))
            """),
        ("somebody in a talk is asked into it once more",
            """
            SELECT o.id FROM offer o JOIN handoff j ON j.id = o.handoff_id JOIN handoff h ON (h.id = j.talk_id OR h.talk_id = j.talk_id) AND h.id <> j.id
            WHERE o.state = 'pending' AND j.talk_id IS NOT NULL AND h.specialist_id = o.professional_id AND h.state IN ('accepted', 'connected')
            """),
        ("a count for the strategies below nothing",
            "SELECT m.professional_id FROM line_member m WHERE m.asked < 0 OR m.handled > m.asked OR m.talk_seconds < 0"),
    ];

    private static readonly string Sql = VerifyState.Together(All);

    /// <summary>Every invariant that is broken now, with the id of a row; empty when all hold.</summary>
    public static async Task<List<string>> BrokenAsync(World world) =>
        (await world.QueryAsync<Row>(Sql)).ConvertAll(row => $"{All[row.N].What}: {row.Broken}");

    private sealed class Row
    {
        public int N { get; init; }

        public long Broken { get; init; }
    }
}
