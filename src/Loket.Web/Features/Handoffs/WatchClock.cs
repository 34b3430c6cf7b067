using Loket.Domain.Handoffs;
using Loket.Domain.Lines;
using Loket.Web.Data;
using Loket.Web.Features.Callbacks;
using Loket.Web.Features.Presence;
using Loket.Web.Live;

namespace Loket.Web.Features.Handoffs;

/// <summary>
/// What time alone brings about: an offer nobody answered, a live time that is over, a wrap-up that ended. Every moment
/// stands in the database, so any node may do it, and after a crash nothing is forgotten.
/// </summary>
public sealed class WatchClock(Db db, Dispatch dispatch, Conversation conversation, ScheduleCallback callbacks, PresenceStore presence, ILogger<WatchClock> log)
{
    private const int Batch = 100;

    public async Task RunAsync()
    {
        await EachAsync("SELECT id FROM offer WHERE state = 'pending' AND expires_at <= @Now ORDER BY expires_at, id", ExpireOffer);
        await EachAsync("SELECT id FROM handoff WHERE look_at IS NOT NULL AND look_at <= @Now ORDER BY look_at, id", dispatch.LookAgain);
        await EachAsync("SELECT id FROM handoff WHERE live_until IS NOT NULL AND live_until <= @Now ORDER BY live_until, id", EndLiveTime);
        await EachAsync("SELECT id FROM handoff WHERE wrap_until IS NOT NULL AND wrap_until <= @Now ORDER BY wrap_until, id", EndWrapUp);
        await EachAsync("SELECT professional_id FROM presence WHERE until IS NOT NULL AND until <= @Now ORDER BY until, professional_id", EndPause);
    }

    private void ExpireOffer(Unit unit, long id)
    {
        var offer = StoredOffer.Get(unit, id);
        if (offer.OfferState != OfferState.Pending || offer.ExpiresAt > unit.Now)
        {
            return;
        }

        dispatch.EndOffer(unit, offer, OfferAction.TimeOut);
        var handoff = StoredHandoff.Get(unit, offer.HandoffId);
        Dispatch.Journal(unit, handoff, "offer_missed", id, null, new { line = offer.LineCode, notify = Notify.Ids(offer.ProfessionalId, handoff.SenderId) });
        LineWarning.AfterRingAll(unit, offer);
        dispatch.MoveOn(unit, offer.HandoffId);
        // Who was asked together with others is not missed but free again.
        dispatch.OfferWaiting(unit, offer.ProfessionalId);
    }

    private void EndLiveTime(Unit unit, long id)
    {
        var handoff = StoredHandoff.Get(unit, id);
        if (!HandoffRules.IsRinging(handoff.HandoffState) || handoff.LiveUntil > unit.Now)
        {
            return;
        }

        callbacks.Run(unit, handoff, HandoffPart.System);
        dispatch.OfferWaiting(unit, dispatch.CancelOffers(unit, handoff));
    }

    private void EndWrapUp(Unit unit, long id)
    {
        var handoff = StoredHandoff.Get(unit, id);
        if (handoff.HandoffState == HandoffState.Wrapping)
        {
            conversation.Close(unit, handoff, HandoffPart.System);
        }
    }

    private void EndPause(Unit unit, long professionalId)
    {
        if (PresenceStore.Get(unit, professionalId).PresenceState == PresenceState.WrapUp)
        {
            presence.Move(unit, professionalId, PresenceAction.EndWrapUp);
            dispatch.OfferWaiting(unit, professionalId);
        }
    }

    private async Task EachAsync(string sql, Action<Unit, long> act)
    {
        var due = await db.ReadAsync(r => r.QueryAsync<long>($"{sql} {db.Dialect.First(Batch)}", new { Now = db.Now() }));
        foreach (var id in due)
        {
            try
            {
                await db.WriteAsync<bool>(unit =>
                {
                    act(unit, id);
                    return true;
                });
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // One bad row must not stop time for everybody else.
                log.LogError(fault, "What was due for {Id} could not be done; it is tried again", id);
            }
        }
    }
}
