using Loket.Domain;
using Loket.Domain.Handoffs;
using Loket.Domain.Lines;
using Loket.Domain.Parties;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Forwarding;
using Loket.Web.Features.Presence;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Handoffs;

public sealed record OfferAnswered(string HandoffId, string CaseId, string State);

/// <summary>A refusal with its reason (DOMAIN 2); <paramref name="SuggestedLine"/> for "not competent".</summary>
public sealed record DeclineForm(string Reason, string? Text, string? SuggestedLine);

/// <summary>The specialist takes the offer, refuses it with a reason, or asks for more time.</summary>
public sealed class AnswerOffer(Db db, Dispatch dispatch, PresenceStore presence, Disclose disclose, Deadlines deadlines)
{
    /// <summary>
    /// Takes it. At most one wins: the offer, the handoff and the presence each move by their version in one transaction;
    /// siblings of the same ring become rescinded.
    /// </summary>
    public Task<Outcome<OfferAnswered>> AcceptAsync(Actor actor, long offerId, string? key) =>
        db.WriteAsync<OfferAnswered>(Command.Of(actor.Id, "offer-accept", key, new { offerId }), unit =>
        {
            var offer = Own(unit, actor, offerId);
            var next = OfferRules.Next(offer.OfferState, OfferAction.Accept);
            if (!next.IsOk)
            {
                return next.Refusal!;
            }

            // The handoff's row first: of all who accept at once the others wait here, with no row of their own held.
            var handoff = StoredHandoff.Get(unit, offer.HandoffId);
            var accepted = Dispatch.Next(handoff, HandoffAction.Accept, HandoffPart.Candidate);
            unit.ExecuteGuarded(
                """
                UPDATE handoff SET state = @state, specialist_id = @actor, line_code = @LineCode, accepted_at = @Now, live_until = NULL,
                       sender_released_at = @released, version = version + 1 WHERE id = @Id AND version = @Version
                """,
                new
                {
                    state = Code.Of(accepted), actor = actor.Id, offer.LineCode, unit.Now,
                    released = HandoffRules.SenderIsReleased(handoff.HandoffMode, accepted) ? unit.Now : (DateTime?)null, handoff.Id, handoff.Version,
                });
            Dispatch.SetState(unit, offer, next.Value);
            var siblings = StoredOffer.Pending(unit, handoff.Id);
            foreach (var sibling in siblings)
            {
                dispatch.EndOffer(unit, sibling, OfferAction.Rescind);
                Dispatch.Journal(unit, handoff, "offer_rescinded", sibling.Id, null, new { notify = Notify.Ids(sibling.ProfessionalId) });
            }

            var moved = presence.Move(unit, actor.Id, PresenceAction.Engage);
            if (!moved.IsOk)
            {
                return moved.Refusal!;
            }

            // A consult is answered without knowing who it is about: the specialist has the talk, not the case.
            if (handoff.HandoffMode != HandoffMode.Consult)
            {
                Participants.Join(unit, handoff.CaseId, actor, offer.LineCode, "specialist");
            }

            disclose.ToLine(unit, handoff, offer.LineCode);
            AskOneMoreLine.TellMessages(unit, handoff, offer.LineCode);
            Superseded.Withdraw(unit, handoff);
            Deadlines.End(unit, "case", handoff.CaseId, met: true);
            Deadlines.Move(unit, "handoff", handoff.Id, handoff.CaseId, actor.Id, deadlines.OneWorkingDay(unit.Now));
            RingLines.Count(unit, offer.LineCode, actor.Id, handled: 1);
            var seconds = (int)(unit.Now - offer.OfferedAt).TotalSeconds;
            var waited = (int)(unit.Now - handoff.QueuedAt).TotalSeconds;
            Dispatch.Journal(unit, handoff, "handoff_accepted", handoff.Id, actor, new { line = offer.LineCode, seconds, waited, handoff.Round, notify = Talk.Everybody(unit, handoff) });

            if (HandoffRules.ConnectsAtAcceptance(handoff.HandoffMode))
            {
                Connect(unit, handoff.Id, actor, null);
            }

            dispatch.OfferWaiting(unit, siblings.ConvertAll(s => s.ProfessionalId));
            if (PresenceStore.HasRoom(unit, actor.Id))
            {
                dispatch.OfferWaiting(unit, actor.Id);
            }

            return new OfferAnswered(Text(handoff.Id), Text(handoff.CaseId), StoredHandoff.StateOf(unit, handoff.Id));
        });

    public Task<Outcome<OfferAnswered>> DeclineAsync(Actor actor, long offerId, DeclineForm form, string? key) =>
        db.WriteAsync<OfferAnswered>(Command.Of(actor.Id, "offer-decline", key, new { offerId, form }), unit =>
        {
            if (!Code.TryParse<DeclineReason>(form.Reason, out var reason))
            {
                return new Refusal("decline-reason-unknown");
            }

            var offer = Own(unit, actor, offerId);
            if (OfferRules.Next(offer.OfferState, OfferAction.Decline).Refusal is { } over)
            {
                return over;
            }

            if ((OfferRules.CheckDecline(reason, form.Text, form.SuggestedLine) ?? FreeText.Check(300, form.Text)) is { } missing)
            {
                return missing;
            }

            var handoff = StoredHandoff.Get(unit, offer.HandoffId);
            unit.Execute(
                "UPDATE offer SET decline_reason = @reason, decline_text = @text, suggested_line = @line WHERE id = @Id",
                new { reason = Code.Of(reason), text = form.Text, line = form.SuggestedLine, offer.Id });
            dispatch.EndOffer(unit, offer, OfferAction.Decline);
            // Other organisations see line and reason of a refusal, never who refused.
            Dispatch.Journal(unit, handoff, "offer_declined", offer.Id, null, new { line = offer.LineCode, reason = Code.Of(reason), notify = Notify.Ids(handoff.SenderId, actor.Id) });
            if (reason == DeclineReason.NotCompetent)
            {
                Reroute.Suggested(unit, handoff, offer.LineCode, form.SuggestedLine!);
                Forward.Refused(unit, actor, handoff, offer.LineCode, form.SuggestedLine!);
            }

            dispatch.MoveOn(unit, handoff.Id);
            dispatch.OfferWaiting(unit, actor.Id);
            return new OfferAnswered(Text(handoff.Id), Text(handoff.CaseId), Code.Of(OfferState.Declined));
        });

    /// <summary>Half a minute more, once an offer (WCAG 2.2.1); the live time of the handoff grows with it.</summary>
    public Task<Outcome<OfferAnswered>> MoreTimeAsync(Actor actor, long offerId, string? key) =>
        db.WriteAsync<OfferAnswered>(Command.Of(actor.Id, "offer-more-time", key, new { offerId }), unit =>
        {
            var offer = Own(unit, actor, offerId);
            if (OfferRules.Next(offer.OfferState, OfferAction.Extend, offer.Extended == 1).Refusal is { } no)
            {
                return no;
            }

            var handoff = StoredHandoff.Get(unit, offer.HandoffId);
            var expires = offer.ExpiresAt + OfferRules.MoreTime;
            unit.ExecuteGuarded(
                "UPDATE offer SET extended = 1, expires_at = @expires, version = version + 1 WHERE id = @Id AND version = @Version",
                new { expires, offer.Id, offer.Version });
            unit.Execute("UPDATE handoff SET live_until = @expires WHERE id = @Id AND live_until < @expires", new { expires, handoff.Id });
            Dispatch.Journal(unit, handoff, "offer_extended", offer.Id, null, new { notify = Notify.Ids(handoff.SenderId, actor.Id) });
            return new OfferAnswered(Text(handoff.Id), Text(handoff.CaseId), offer.State);
        });

    internal static void Connect(Unit unit, long handoffId, Actor actor, CitizenTaken? how, DateTime? appointmentAt = null)
    {
        var handoff = StoredHandoff.Get(unit, handoffId);
        var state = Dispatch.Next(handoff, HandoffAction.Connect, HandoffPart.Specialist);
        var released = handoff.SenderReleasedAt ?? (HandoffRules.SenderIsReleased(handoff.HandoffMode, state) ? unit.Now : null);
        unit.ExecuteGuarded(
            """
            UPDATE handoff SET state = @state, connected_at = @Now, citizen_taken = @how, appointment_at = @appointmentAt,
                   sender_released_at = @released, version = version + 1 WHERE id = @Id AND version = @Version
            """,
            new { state = Code.Of(state), unit.Now, appointmentAt, how = how is null ? null : Code.Of(how), released, handoff.Id, handoff.Version });
        Dispatch.Journal(unit, handoff, "handoff_connected", handoff.Id, actor, new { how = how is null ? null : Code.Of(how), notify = Talk.Everybody(unit, handoff) });
    }

    // Somebody else's offer does not exist for this person: no hint that the id is right.
    private static StoredOffer Own(Unit unit, Actor actor, long offerId)
    {
        var offer = StoredOffer.Get(unit, offerId);
        return offer.ProfessionalId == actor.Id ? offer : throw new RefusedException(new Refusal("offer-unknown"));
    }

    private static string Text(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
