using Loket.Domain.Handoffs;
using Loket.Web.Data;

namespace Loket.Web.Features.Handoffs;

/// <summary>Everybody of a tier was asked at once and nobody answered: nobody is missed, the line's supervisors hear of it (DOMAIN 2).</summary>
public static class LineWarning
{
    /// <summary>Writes the warning when this was the last offer of the ring and none of them was answered.</summary>
    public static void AfterRingAll(Unit unit, StoredOffer offer)
    {
        if (offer.RingAll == 0)
        {
            return;
        }

        var ring = unit.Query<string>(
            "SELECT state FROM offer WHERE handoff_id = @HandoffId AND round = @Round AND line_code = @LineCode AND offered_at = @OfferedAt",
            new { offer.HandoffId, offer.Round, offer.LineCode, offer.OfferedAt });
        if (ring.TrueForAll(state => state == Domain.Code.Of(OfferState.TimedOut)))
        {
            unit.Execute(
                "INSERT INTO line_warning (id, line_code, at, asked) VALUES (@id, @LineCode, @Now, @Count)",
                new { id = unit.NewId(), offer.LineCode, unit.Now, ring.Count });
        }
    }
}
