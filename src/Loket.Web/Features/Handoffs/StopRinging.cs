using Loket.Domain;
using Loket.Domain.Handoffs;
using Loket.Domain.Lines;
using Loket.Domain.Parties;
using Loket.Domain.Representation;
using Loket.Web.Data;
using Loket.Web.Features.Callbacks;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Presence;
using Loket.Web.Features.Representation;
using Loket.Web.Security;

namespace Loket.Web.Features.Handoffs;

/// <summary>What the sender can do while it rings: stop, say that the citizen left, try the next line, take the callback.</summary>
public sealed class StopRinging(Db db, Dispatch dispatch, PresenceStore presence, ScheduleCallback callbacks, Deadlines deadlines)
{
    public Task<Outcome<HandoffRequested>> WithdrawAsync(Actor actor, long handoffId, string? key) =>
        EndAsync(actor, handoffId, key, HandoffAction.Withdraw, "handoff_withdrawn");

    public Task<Outcome<HandoffRequested>> CitizenLeftAsync(Actor actor, long handoffId, string? key) =>
        EndAsync(actor, handoffId, key, HandoffAction.CitizenLeave, "handoff_citizen_left");

    /// <summary>Stops asking this line and goes on, at once, with the next one where somebody is free.</summary>
    public Task<Outcome<HandoffRequested>> NextLineAsync(Actor actor, long handoffId, string? key) =>
        db.WriteAsync<HandoffRequested>(Command.Of(actor.Id, "handoff-next-line", key, new { handoffId }), unit =>
        {
            var handoff = Visible(unit, actor, handoffId);
            var next = unit.Find<int?>(
                $"""
                SELECT hl.position FROM handoff_line hl
                WHERE hl.handoff_id = @Id AND hl.position > @RoutePosition AND EXISTS (
                    SELECT 1 FROM line_member m JOIN presence p ON p.professional_id = m.professional_id
                    WHERE m.line_code = hl.line_code AND p.state = 'available' AND m.is_on = 1 AND m.professional_id <> @SenderId)
                ORDER BY hl.position {unit.Dialect.First(1)}
                """,
                new { handoff.Id, handoff.RoutePosition, handoff.SenderId });
            if (next is null)
            {
                return new Refusal("handoff-last-line");
            }

            Dispatch.Change(unit, handoff, HandoffAction.NextLine, handoff.PartOf(actor.Id));
            var freed = dispatch.CancelOffers(unit, handoff);
            unit.Execute("UPDATE handoff SET route_position = @next WHERE id = @Id", new { next, handoff.Id });
            Dispatch.Journal(unit, handoff, "handoff_next_line", handoff.Id, actor, new { });
            dispatch.OfferNext(unit, handoffId);
            dispatch.OfferWaiting(unit, freed);
            return Answer(unit, handoff);
        });

    /// <summary>The sender prefers the dated callback over waiting.</summary>
    public Task<Outcome<HandoffRequested>> CallbackAsync(Actor actor, long handoffId, string? key, string? phone = null) =>
        db.WriteAsync<HandoffRequested>(Command.Of(actor.Id, "handoff-callback", key, new { handoffId, phone }), unit =>
        {
            if (PhoneText.Check(phone) is { } no)
            {
                return no;
            }

            var handoff = Visible(unit, actor, handoffId);
            OnBehalf.Require(unit, handoff.CaseId, ActOnBehalf.Callback);
            foreach (var fact in RequestHandoff.PhoneFact(unit, handoff.CaseId, actor, phone))
            {
                RequestHandoff.TakeAlong(unit, handoffId, fact);
            }

            callbacks.Run(unit, handoff, handoff.PartOf(actor.Id));
            dispatch.OfferWaiting(unit, dispatch.CancelOffers(unit, handoff));
            return Answer(unit, handoff);
        });

    /// <summary>The case a handoff belongs to; whether the person may see it is decided where it is shown.</summary>
    public Task<long?> CaseOfAsync(long handoffId) => db.ReadAsync(r => r.FindAsync<long?>("SELECT case_id FROM handoff WHERE id = @handoffId", new { handoffId }));

    private Task<Outcome<HandoffRequested>> EndAsync(Actor actor, long handoffId, string? key, HandoffAction action, string kind) =>
        db.WriteAsync<HandoffRequested>(Command.Of(actor.Id, kind, key, new { handoffId }), unit =>
        {
            var handoff = Visible(unit, actor, handoffId);
            var part = handoff.PartOf(actor.Id) is var p && p == HandoffPart.None ? ScheduleCallback.PartOf(unit, handoffId, actor.Id) : p;
            Dispatch.Change(unit, handoff, action, part);
            var freed = dispatch.CancelOffers(unit, handoff);
            unit.Execute("UPDATE handoff SET closed_at = @Now, live_until = NULL, wrap_until = NULL WHERE id = @handoffId", new { unit.Now, handoffId });
            Deadlines.End(unit, "handoff", handoffId, met: false);
            ScheduleCallback.WithdrawOf(unit, handoff);
            deadlines.StartAgain(unit, handoff.CaseId);
            Conversation.EndPart(unit, handoff);
            if (handoff.SpecialistId is { } specialist && PresenceStore.Get(unit, specialist).PresenceState == PresenceState.Engaged)
            {
                presence.Move(unit, specialist, PresenceAction.EndTalk, until: Conversation.WrapUntil(unit, handoff.LineCode));
            }

            var line = HandoffRules.IsRinging(handoff.HandoffState) ? RingLines.Current(unit, handoff) : null;
            Dispatch.Journal(unit, handoff, kind, handoffId, actor, new { line, notify = Talk.Everybody(unit, handoff) });
            dispatch.StopWhenDeserted(unit, handoff);
            dispatch.OfferWaiting(unit, freed);
            return Answer(unit, handoff);
        });

    private static StoredHandoff Visible(Unit unit, Actor actor, long handoffId)
    {
        var handoff = StoredHandoff.Get(unit, handoffId);
        // Who was consulted asks one more line without having the case.
        var asked = handoff.TalkId is not null && handoff.SenderId == actor.Id;
        return asked || CaseAccess.Find(unit, actor, handoff.CaseId) is not null ? handoff : throw new RefusedException(new Refusal("handoff-unknown"));
    }

    private static HandoffRequested Answer(Unit unit, StoredHandoff handoff) => new(
        handoff.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), handoff.CaseId.ToString(System.Globalization.CultureInfo.InvariantCulture),
        StoredHandoff.StateOf(unit, handoff.Id));
}
