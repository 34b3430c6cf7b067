using Loket.Domain;
using Loket.Domain.Handoffs;
using Loket.Domain.Lines;
using Loket.Web.Data;
using Loket.Web.Features.Callbacks;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Presence;
using Loket.Web.Journal;
using Loket.Web.Live;

namespace Loket.Web.Features.Handoffs;

/// <summary>
/// Brings a queued handoff to a specialist: line after line, tier after tier, and when nobody can come, to a dated
/// callback. Runs inside the unit of whatever made it necessary (a request, a refusal, a timeout, somebody who became
/// free), so there is no moment in which a handoff waits for nobody.
/// </summary>
public sealed class Dispatch(PresenceStore presence, ScheduleCallback callbacks, ServiceDates dates)
{
    /// <summary>Offers the handoff to whoever is next, keeps it waiting for who may become free, or schedules the callback.</summary>
    public void OfferNext(Unit unit, long handoffId) => OfferNext(unit, StoredHandoff.Get(unit, handoffId));

    /// <summary>The same, of a handoff as it was just read.</summary>
    public void OfferNext(Unit unit, StoredHandoff handoff)
    {
        if (handoff.HandoffState != HandoffState.Queued)
        {
            return;
        }

        if (handoff.LiveUntil - unit.Now < Ring.ShortestOffer)
        {
            callbacks.Run(unit, handoff, HandoffPart.System);
            return;
        }

        var excluded = Excluded(unit, handoff);
        var (waits, lookAt) = (false, default(DateTime?));
        foreach (var stop in RingLines.Stops(unit, handoff).Where(s => s.IsOpen(unit.Now, dates.Calendar)))
        {
            var need = RingLines.NeedOf(handoff, stop);
            var members = RingLines.Members(unit, stop.LineCode, need);
            var plan = RingLines.Plan(unit, stop, members);
            var entered = stop.EnteredAt ?? Enter(unit, handoff, stop);
            if (Ring.Next(plan, members, excluded, need, unit.Now - entered) is { } decision)
            {
                Offer(unit, handoff, stop, plan, decision);
                return;
            }

            if (Ring.MayBecomeFree(plan, members, excluded, need, unit.Now - entered))
            {
                waits = true;
                lookAt = Earliest(entered + plan.End, lookAt);
            }
        }

        if (!waits)
        {
            callbacks.Run(unit, handoff, HandoffPart.System);
            return;
        }

        unit.Execute("UPDATE handoff SET look_at = @lookAt WHERE id = @Id", new { lookAt, handoff.Id });
    }

    /// <summary>The time of a line is over while the handoff waited for it.</summary>
    public void LookAgain(Unit unit, long handoffId)
    {
        unit.Execute("UPDATE handoff SET look_at = NULL WHERE id = @handoffId", new { handoffId });
        OfferNext(unit, handoffId);
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
            if (PresenceStore.Get(unit, professionalId).PresenceState is not (PresenceState.Available or PresenceState.Engaged))
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

    /// <summary>
    /// Somebody left a talk. When nobody is there any more, a line that never answered stops ringing; one that was there and
    /// gave the question back keeps it, as any question that is given back.
    /// </summary>
    public void StopWhenDeserted(Unit unit, StoredHandoff left)
    {
        var talk = Talk.Of(unit, left);
        foreach (var ringing in talk.IsDeserted ? talk.Ringing.Where(h => h.Round == 1 && h.Id != left.Id) : [])
        {
            Change(unit, ringing, HandoffAction.Withdraw, HandoffPart.System);
            var freed = CancelOffers(unit, ringing);
            unit.Execute("UPDATE handoff SET closed_at = @Now, live_until = NULL WHERE id = @Id", new { unit.Now, ringing.Id });
            Deadlines.End(unit, "handoff", ringing.Id, met: false);
            Journal(unit, ringing, "handoff_withdrawn", ringing.Id, null, new { notify = Talk.Everybody(unit, ringing) });
            OfferWaiting(unit, freed);
        }
    }

    /// <summary>Everyone who became free is offered what waits on their lines.</summary>
    public void OfferWaiting(Unit unit, List<long> people) => people.ForEach(person => OfferWaiting(unit, person));

    /// <summary>Moves the handoff by the rule and its version; gives the new state.</summary>
    public static HandoffState Change(Unit unit, StoredHandoff handoff, HandoffAction action, HandoffPart part)
    {
        var next = Next(handoff, action, part);
        unit.ExecuteGuarded(
            "UPDATE handoff SET state = @state, version = version + 1 WHERE id = @Id AND version = @Version",
            new { state = Code.Of(next), handoff.Id, handoff.Version });
        return next;
    }

    /// <summary>The state that the rule gives, or its refusal: for who writes it together with what belongs to it, by the version.</summary>
    public static HandoffState Next(StoredHandoff handoff, HandoffAction action, HandoffPart part)
    {
        var next = HandoffRules.Next(handoff.HandoffState, action, part);
        return next.IsOk ? next.Value : throw new RefusedException(next.Refusal!);
    }

    public static void SetState(Unit unit, StoredOffer offer, OfferState state) => unit.ExecuteGuarded(
        "UPDATE offer SET state = @state, decided_at = @Now, version = version + 1 WHERE id = @Id AND version = @Version",
        new { state = Code.Of(state), unit.Now, offer.Id, offer.Version });

    public static void Journal(Unit unit, StoredHandoff handoff, string kind, long subject, Security.Actor? actor, object payload) =>
        unit.Append(new Entry(handoff.CaseId, kind, subject, actor?.Id, actor?.OrganisationCode, payload));

    private void Offer(Unit unit, StoredHandoff handoff, RingStop stop, LinePlan plan, RingDecision decision)
    {
        unit.ExecuteGuarded(
            "UPDATE handoff SET state = @state, route_position = @Position, look_at = NULL, version = version + 1 WHERE id = @Id AND version = @Version",
            new { state = Code.Of(Next(handoff, HandoffAction.Offer, HandoffPart.System)), stop.Position, handoff.Id, handoff.Version });
        var longest = decision.LongestOffer is { } left && left.TotalSeconds < stop.OfferSeconds ? left : TimeSpan.FromSeconds(stop.OfferSeconds);
        foreach (var person in decision.People)
        {
            if (!presence.Move(unit, person, PresenceAction.Reserve, capacity: plan.Capacity).IsOk)
            {
                // Taken between the look and the move; the unit looks again.
                throw new ConflictException();
            }

            var id = unit.NewId();
            unit.Execute(
                """
                INSERT INTO offer (id, handoff_id, round, line_code, professional_id, ring_all, why, why_count, tier, why_language, why_topic, state, offered_at, expires_at, extended, version)
                VALUES (@id, @handoff, @Round, @LineCode, @person, @ringAll, @why, @FreeCount, @Tier, @Language, @Topic, 'pending', @Now, @expires, 0, 1)
                """,
                new
                {
                    id, handoff = handoff.Id, handoff.Round, stop.LineCode, person, ringAll = decision.Why == RingStrategy.RingAll ? 1 : 0,
                    why = Code.Of(decision.Why), decision.FreeCount, decision.Tier, decision.Language, decision.Topic, unit.Now,
                    expires = Earliest(unit.Now + longest, handoff.LiveUntil),
                });
            RingLines.Count(unit, stop.LineCode, person, asked: 1);
            Journal(unit, handoff, "offer_made", id, null, new { line = stop.LineCode, notify = Notify.Ids(person, handoff.SenderId) });
        }
    }

    private static DateTime Enter(Unit unit, StoredHandoff handoff, RingStop stop)
    {
        unit.Execute("UPDATE handoff_line SET entered_at = @Now WHERE handoff_id = @Id AND position = @Position", new { unit.Now, handoff.Id, stop.Position });
        return unit.Now;
    }

    private static DateTime? Earliest(DateTime? one, DateTime? other) => one is null || other < one ? other : one;

    private void Free(Unit unit, long professionalId, PresenceAction action)
    {
        if (PresenceStore.Get(unit, professionalId).PresenceState == PresenceState.Reserved)
        {
            presence.Move(unit, professionalId, action);
        }
    }

    /// <summary>Who is not asked again in this round: who refused, missed or gave it back, the sender, and who is in the talk already.</summary>
    private static HashSet<long> Excluded(Unit unit, StoredHandoff handoff) =>
    [
        handoff.SenderId,
        // Only a talk that began before can have people in it.
        .. handoff.TalkId is null && handoff.Round == 1 ? [] : Talk.Of(unit, handoff).People,
        .. unit.Query<long>(
            "SELECT professional_id FROM offer WHERE handoff_id = @Id AND (round = @Round OR state = 'accepted') AND state IN ('declined', 'timed_out', 'accepted')",
            new { handoff.Id, handoff.Round }),
    ];
}
