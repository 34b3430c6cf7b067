using Loket.Domain;
using Loket.Domain.Handoffs;
using Loket.Domain.Lines;
using Loket.Web.Data;
using Loket.Web.Features.Callbacks;
using Loket.Web.Features.Presence;
using Loket.Web.Journal;
using Loket.Web.Live;

namespace Loket.Web.Features.Handoffs;

/// <summary>
/// Brings a queued handoff to a specialist: line after line, tier after tier, and when nobody can come, to a dated
/// callback. Runs inside the unit of whatever made it necessary (a request, a refusal, a timeout, somebody who became
/// free), so there is no moment in which a handoff waits for nobody.
/// </summary>
public sealed class Dispatch(PresenceStore presence, ScheduleCallback callbacks)
{
    // With less live time left than this, nobody can read a question and answer it.
    private static readonly TimeSpan ShortestOffer = TimeSpan.FromSeconds(5);

    /// <summary>Offers the handoff to whoever is next, keeps it waiting for who may become free, or schedules the callback.</summary>
    public void OfferNext(Unit unit, long handoffId)
    {
        var handoff = StoredHandoff.Get(unit, handoffId);
        if (handoff.HandoffState != HandoffState.Queued)
        {
            return;
        }

        if (handoff.LiveUntil - unit.Now < ShortestOffer)
        {
            callbacks.Run(unit, handoff, HandoffPart.System);
            return;
        }

        var excluded = Excluded(unit, handoff);
        var waits = false;
        foreach (var stop in Stops(unit, handoff))
        {
            var members = Members(unit, stop.LineCode);
            if (Ring.Next(Code.Parse<RingStrategy>(stop.Strategy), members, excluded) is { } decision
                && Offer(unit, handoff, stop, decision))
            {
                return;
            }

            waits |= Ring.MayBecomeFree(members, excluded);
        }

        if (!waits)
        {
            callbacks.Run(unit, handoff, HandoffPart.System);
        }
    }

    /// <summary>Somebody became free: the handoff that waits longest on one of their lines is offered.</summary>
    public void OfferWaiting(Unit unit, long professionalId)
    {
        // The first condition is that of the index of what rings.
        var waiting = unit.Query<long>(
            $"""
            SELECT h.id FROM handoff h
            WHERE h.state IN ('queued', 'offered') AND h.state = 'queued' AND h.id IN (
                SELECT hl.handoff_id FROM handoff_line hl JOIN line_member m ON m.line_code = hl.line_code
                WHERE m.professional_id = @professionalId AND hl.handoff_id = h.id AND hl.position >= h.route_position)
            ORDER BY h.queued_at, h.id {unit.Dialect.First(20)}
            """,
            new { professionalId });
        foreach (var handoff in waiting)
        {
            if (PresenceStore.Get(unit, professionalId).PresenceState != PresenceState.Available)
            {
                return;
            }

            OfferNext(unit, handoff);
        }
    }

    /// <summary>
    /// Ends a pending offer that was not accepted and moves the handoff on when it was the last one. The specialist's
    /// presence follows: missed when an offer was for this person alone and was not answered.
    /// </summary>
    public void EndOffer(Unit unit, StoredOffer offer, OfferAction action, Refusal? why = null)
    {
        var next = OfferRules.Next(offer.OfferState, action);
        if (!next.IsOk)
        {
            throw new RefusedException(why ?? next.Refusal!);
        }

        SetState(unit, offer, next.Value);
        var missed = action == OfferAction.TimeOut && offer.RingAll == 0;
        Free(unit, offer.ProfessionalId, missed ? PresenceAction.Miss : PresenceAction.Release);
    }

    /// <summary>When no offer of this handoff is pending any more, the next candidate is asked.</summary>
    public void MoveOn(Unit unit, long handoffId)
    {
        var handoff = StoredHandoff.Get(unit, handoffId);
        if (handoff.HandoffState == HandoffState.Offered && StoredOffer.Pending(unit, handoffId).Count == 0)
        {
            Change(unit, handoff, HandoffAction.NextCandidate, HandoffPart.System);
            OfferNext(unit, handoffId);
        }
    }

    /// <summary>Cancels what is pending, for whatever reason the handoff no longer rings here; gives who is free again.</summary>
    public List<long> CancelOffers(Unit unit, StoredHandoff handoff)
    {
        var pending = StoredOffer.Pending(unit, handoff.Id);
        foreach (var offer in pending)
        {
            EndOffer(unit, offer, OfferAction.Cancel);
            Journal(unit, handoff, "offer_cancelled", offer.Id, null, new { notify = Notify.Ids(offer.ProfessionalId, handoff.SenderId) });
        }

        return pending.ConvertAll(o => o.ProfessionalId);
    }

    /// <summary>Everyone who became free is offered what waits on their lines.</summary>
    public void OfferWaiting(Unit unit, List<long> people) => people.ForEach(person => OfferWaiting(unit, person));

    /// <summary>Moves the handoff by the rule and its version; gives the new state.</summary>
    public static HandoffState Change(Unit unit, StoredHandoff handoff, HandoffAction action, HandoffPart part)
    {
        var next = HandoffRules.Next(handoff.HandoffState, action, part);
        if (!next.IsOk)
        {
            throw new RefusedException(next.Refusal!);
        }

        unit.ExecuteGuarded(
            "UPDATE handoff SET state = @state, version = version + 1 WHERE id = @Id AND version = @Version",
            new { state = Code.Of(next.Value), handoff.Id, handoff.Version });
        return next.Value;
    }

    public static void SetState(Unit unit, StoredOffer offer, OfferState state) => unit.ExecuteGuarded(
        "UPDATE offer SET state = @state, decided_at = @Now, version = version + 1 WHERE id = @Id AND version = @Version",
        new { state = Code.Of(state), unit.Now, offer.Id, offer.Version });

    public static void Journal(Unit unit, StoredHandoff handoff, string kind, long subject, Security.Actor? actor, object payload) =>
        unit.Append(new Entry(handoff.CaseId, kind, subject, actor?.Id, actor?.OrganisationCode, payload));

    private bool Offer(Unit unit, StoredHandoff handoff, Stop stop, RingDecision decision)
    {
        var offered = Change(unit, handoff, HandoffAction.Offer, HandoffPart.System);
        unit.Execute(
            "UPDATE handoff SET route_position = @Position WHERE id = @Id AND state = @state",
            new { stop.Position, handoff.Id, state = Code.Of(offered) });
        foreach (var person in decision.People)
        {
            if (!presence.Move(unit, person, PresenceAction.Reserve).IsOk)
            {
                // Taken between the look and the move; the unit looks again.
                throw new ConflictException();
            }

            var id = unit.NewId();
            unit.Execute(
                """
                INSERT INTO offer (id, handoff_id, round, line_code, professional_id, ring_all, why, why_count, state, offered_at, expires_at, extended, version)
                VALUES (@id, @handoff, @Round, @LineCode, @person, @ringAll, @why, @FreeCount, 'pending', @Now, @expires, 0, 1)
                """,
                new
                {
                    id, handoff = handoff.Id, handoff.Round, stop.LineCode, person, ringAll = decision.Why == RingStrategy.RingAll ? 1 : 0,
                    why = Code.Of(decision.Why), decision.FreeCount, unit.Now, expires = Earliest(unit.Now.AddSeconds(stop.OfferSeconds), handoff.LiveUntil),
                });
            Journal(unit, handoff, "offer_made", id, null, new { line = stop.LineCode, notify = Notify.Ids(person, handoff.SenderId) });
        }

        return true;
    }

    private static DateTime Earliest(DateTime expires, DateTime? liveUntil) => liveUntil < expires ? liveUntil.Value : expires;

    private void Free(Unit unit, long professionalId, PresenceAction action)
    {
        if (PresenceStore.Get(unit, professionalId).PresenceState == PresenceState.Reserved)
        {
            presence.Move(unit, professionalId, action);
        }
    }

    /// <summary>Who is not asked again in this round: who refused, missed or gave it back, and the sender.</summary>
    private static HashSet<long> Excluded(Unit unit, StoredHandoff handoff) =>
    [
        handoff.SenderId,
        .. unit.Query<long>(
            "SELECT professional_id FROM offer WHERE handoff_id = @Id AND (round = @Round OR state = 'accepted') AND state IN ('declined', 'timed_out', 'accepted')",
            new { handoff.Id, handoff.Round }),
    ];

    private static List<Stop> Stops(Unit unit, StoredHandoff handoff) => unit.Query<Stop>(
        """
        SELECT hl.position, hl.line_code, l.strategy, l.offer_seconds
        FROM handoff_line hl JOIN line l ON l.code = hl.line_code
        WHERE hl.handoff_id = @Id AND hl.position >= @RoutePosition ORDER BY hl.position
        """,
        new { handoff.Id, handoff.RoutePosition });

    private static List<Member> Members(Unit unit, string line) => unit.Query<MemberRow>(
        """
        SELECT m.professional_id, m.tier, p.state, p.idle_since
        FROM line_member m
        JOIN professional w ON w.id = m.professional_id AND w.active = 1
        JOIN presence p ON p.professional_id = m.professional_id
        WHERE m.line_code = @line
        """,
        new { line }).ConvertAll(m => new Member(m.ProfessionalId, m.Tier, Code.Parse<PresenceState>(m.State), m.IdleSince));

    private sealed class Stop
    {
        public int Position { get; init; }

        public string LineCode { get; init; } = "";

        public string Strategy { get; init; } = "";

        public int OfferSeconds { get; init; }
    }

    private sealed class MemberRow
    {
        public long ProfessionalId { get; init; }

        public int Tier { get; init; }

        public string State { get; init; } = "";

        public DateTime IdleSince { get; init; }
    }
}
