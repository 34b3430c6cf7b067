using Loket.Domain;
using Loket.Domain.Handoffs;
using Loket.Domain.Lines;
using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Handoffs;

/// <summary>What a running handoff looks like for who asked: lines and reasons, a name only from acceptance on (DOMAIN 2).</summary>
public sealed class RingingQuery(Say say, DateTime now)
{
    public async Task<RingingView> LoadAsync(Reader r, Actor actor, StoredHandoff handoff)
    {
        var offers = await r.QueryAsync<StoredOffer>($"SELECT {StoredOffer.Columns} FROM offer o WHERE o.handoff_id = @Id AND o.round = @Round ORDER BY o.id", new { handoff.Id, handoff.Round });
        var stops = await r.QueryAsync<Stop>(
            """
            SELECT hl.position, hl.line_code, hl.reason, l.topic_code, o.display_name AS organisation,
                   (SELECT COUNT(*) FROM line_member m JOIN presence p ON p.professional_id = m.professional_id
                    WHERE m.line_code = l.code AND p.state = 'available' AND m.is_on = 1 AND m.professional_id <> @SenderId) AS there,
                   (SELECT COUNT(*) FROM line_member m JOIN presence p ON p.professional_id = m.professional_id
                    WHERE m.line_code = l.code AND p.state = 'available' AND m.is_on = 1 AND m.professional_id <> @SenderId
                      AND NOT EXISTS (SELECT 1 FROM offer x WHERE x.handoff_id = hl.handoff_id AND x.round = @Round AND x.professional_id = m.professional_id)) AS free
            FROM handoff_line hl JOIN line l ON l.code = hl.line_code JOIN organisation o ON o.code = l.organisation_code
            WHERE hl.handoff_id = @Id ORDER BY hl.position
            """,
            new { handoff.Id, handoff.Round, handoff.SenderId });
        var pending = offers.FindAll(o => o.State == "pending");
        var currentLine = handoff.LineCode ?? (pending.Count > 0 ? pending[0].LineCode : null);
        var current = stops.Find(s => s.LineCode == currentLine) ?? stops.Find(s => s.Position == handoff.RoutePosition);
        var later = stops.FindAll(s => s.Position > handoff.RoutePosition);
        var attempts = offers.FindAll(o => o.State is "declined" or "timed_out");
        var better = await LineNames.OfAsync(r, say, [.. attempts.Select(o => o.SuggestedLine).OfType<string>().Distinct()]);
        var why = pending.Count > 0 ? pending[0] : offers.Find(o => o.State == "accepted");
        return new RingingView
        {
            LineWhy = current is null ? null : LinesQuery.TierOf(Code.Parse<RouteReason>(current.Reason)),
            Why = why is null ? null : WhyAsked.Of(why),
            QueuePosition = handoff.State == "queued" && current is not null ? await AheadAsync(r, handoff, current.LineCode) + 1 : 0,
            ExpectedSeconds = current is null ? null : await UsualWait.OfAsync(r, current.LineCode, now),
            HandoffId = handoff.Id,
            Mode = handoff.Mode,
            State = handoff.State,
            IsYours = handoff.PartOf(actor.Id) == HandoffPart.Sender,
            Line = current is null ? null : new LineRow { Code = current.LineCode, OrganisationName = current.Organisation, Topic = current.TopicCode, State = "asked", Free = current.Free },
            Position = stops.IndexOf(current!) + 1,
            OfferedAt = pending.Count > 0 ? pending[0].OfferedAt : null,
            OfferEndsAt = pending.Count > 0 ? pending.Max(o => o.ExpiresAt) : null,
            SearchEndsAt = handoff.LiveUntil ?? handoff.QueuedAt,
            ColleaguesLeft = current?.Free ?? 0,
            Attempts = [.. await ReturnedAsync(r, actor, handoff, stops), .. attempts.Select(o => Attempt(o, stops, better))],
            NobodyLive = attempts.Count > 0 && !offers.Exists(o => o.State is "cancelled" or "accepted"),
            NextLineName = later.Find(s => s.Free > 0) is { } next ? Name(next) : null,
            NextLineCode = later.Find(s => s.There > 0)?.LineCode,
            Calls = (int)await r.ScalarAsync<long>("SELECT COALESCE(SUM(b.attempts), 0) FROM callback b WHERE b.handoff_id = @Id", new { handoff.Id }),
            AcceptedByName = handoff.SpecialistId is null ? null : await r.FindAsync<string>("SELECT name FROM professional WHERE id = @SpecialistId", new { handoff.SpecialistId }),
            AcceptedAt = handoff.AcceptedAt,
        };
    }

    // What waits for the same line and was there earlier.
    private static async Task<int> AheadAsync(Reader r, StoredHandoff handoff, string line) => (int)await r.ScalarAsync<long>(
        """
        SELECT COUNT(*) FROM handoff h
        WHERE h.state IN ('queued', 'offered') AND h.state = 'queued' AND h.id <> @Id AND h.queued_at <= @QueuedAt AND h.id IN (
            SELECT hl.handoff_id FROM handoff_line hl WHERE hl.line_code = @line AND hl.handoff_id = h.id AND hl.position >= h.route_position)
        """,
        new { handoff.Id, handoff.QueuedAt, line });

    // Why it rings once more: who had it gave it back, with a reason that stays with the organisation that asked.
    private async Task<List<AttemptRow>> ReturnedAsync(Reader r, Actor actor, StoredHandoff handoff, List<Stop> stops)
    {
        var row = handoff.Round == 1 ? null : await r.FindAsync<ReturnedRow>(
            $"""
            SELECT j.actor_id, v.value AS text, (SELECT MAX(o.line_code) FROM offer o WHERE o.handoff_id = @Id AND o.round = @before AND o.state = 'accepted') AS line_code
            FROM journal j LEFT JOIN personal_value v ON v.id = j.personal_id
            WHERE j.case_id = @CaseId AND j.kind = 'handoff_returned' AND j.subject_id = @Id ORDER BY j.n DESC {r.Dialect.First(1)}
            """,
            new { handoff.Id, handoff.CaseId, before = handoff.Round - 1 });
        return row?.LineCode is null ? [] :
        [
            new AttemptRow(
                stops.Find(s => s.LineCode == row.LineCode) is { } stop ? Name(stop) : row.LineCode, row.ActorId is null ? "lost" : "returned", null, null,
                actor.OrganisationCode == handoff.SenderOrganisation ? row.Text : null),
        ];
    }

    private AttemptRow Attempt(StoredOffer offer, List<Stop> stops, IReadOnlyDictionary<string, string> better) => new(
        stops.Find(s => s.LineCode == offer.LineCode) is { } stop ? Name(stop) : offer.LineCode,
        offer.State == "declined" ? "declined" : offer.RingAll == 1 ? "no_answer" : "missed",
        offer.DeclineReason,
        offer.DecidedAt is { } at ? (int)(at - offer.OfferedAt).TotalSeconds : null,
        offer.DeclineText,
        offer.SuggestedLine is { } suggested ? better.GetValueOrDefault(suggested) : null);

    private string Name(Stop stop) => say.LineName(stop.Organisation, stop.TopicCode, null);

    private sealed class ReturnedRow
    {
        public long? ActorId { get; init; }

        public string? Text { get; init; }

        public string? LineCode { get; init; }
    }

    private sealed class Stop
    {
        public int Position { get; init; }

        public string LineCode { get; init; } = "";

        public string Reason { get; init; } = "";

        public string TopicCode { get; init; } = "";

        public string Organisation { get; init; } = "";

        /// <summary>People free now, other than who asks.</summary>
        public int There { get; init; }

        /// <summary>Of those, who was not asked in this round.</summary>
        public int Free { get; init; }
    }
}
