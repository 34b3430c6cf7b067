using Loket.Domain;
using Loket.Domain.Handoffs;
using Loket.Domain.Lines;
using Loket.Web.Data;
using Loket.Web.Features.Handoffs;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Presence;

/// <summary>
/// A supervisor takes somebody of their team off the lines who left without saying so. What rings at them goes on to the
/// next and nobody is missed; a talk is never cut off.
/// </summary>
public sealed class SignOutColleague(Db db, PresenceStore presence, Dispatch dispatch, SetPresence own)
{
    public Task<Outcome<PresenceAnswer>> RunAsync(Actor actor, long professionalId, string? key) =>
        db.WriteAsync<PresenceAnswer>(Command.Of(actor.Id, "presence-sign-out", key, new { professionalId }), unit =>
        {
            if (unit.Scalar<long>(
                "SELECT COUNT(*) FROM team_supervisor s JOIN professional w ON w.team_code = s.team_code WHERE s.professional_id = @Id AND w.id = @professionalId AND w.active = 1",
                new { actor.Id, professionalId }) == 0)
            {
                return new Refusal("professional-unknown");
            }

            if (PresenceStore.DutiesOf(unit, professionalId).Talks > 0)
            {
                return new Refusal("colleague-in-talk");
            }

            foreach (var offer in unit.Query<StoredOffer>(
                $"SELECT {StoredOffer.Columns} FROM offer o WHERE o.professional_id = @professionalId AND o.state = 'pending'", new { professionalId }))
            {
                dispatch.EndOffer(unit, offer, OfferAction.Cancel);
                var handoff = StoredHandoff.Get(unit, offer.HandoffId);
                Dispatch.Journal(unit, handoff, "offer_cancelled", offer.Id, null, new { notify = Notify.Ids(professionalId, handoff.SenderId) });
                // Off the lines before the next is looked for, or it rings here again.
                presence.Move(unit, professionalId, PresenceAction.GoOffline);
                dispatch.MoveOn(unit, offer.HandoffId);
            }

            own.CloseWrapped(unit, professionalId);
            presence.Move(unit, professionalId, PresenceAction.GoOffline);
            return new PresenceAnswer(PresenceStore.Get(unit, professionalId).State);
        });
}
