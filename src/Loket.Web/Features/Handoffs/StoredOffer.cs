using Loket.Domain;
using Loket.Domain.Handoffs;
using Loket.Web.Data;

namespace Loket.Web.Features.Handoffs;

/// <summary>An offer as stored.</summary>
public sealed class StoredOffer
{
    public const string Columns = """
        o.id, o.handoff_id, o.round, o.line_code, o.professional_id, o.ring_all, o.why, o.why_count, o.state, o.offered_at,
        o.expires_at, o.extended, o.decided_at, o.decline_reason, o.decline_text, o.suggested_line, o.tier, o.why_language, o.why_topic, o.version
        """;

    public long Id { get; init; }

    public long HandoffId { get; init; }

    public int Round { get; init; }

    public string LineCode { get; init; } = "";

    public long ProfessionalId { get; init; }

    public int RingAll { get; init; }

    public string Why { get; init; } = "";

    public int WhyCount { get; init; }

    public string State { get; init; } = "";

    public DateTime OfferedAt { get; init; }

    public DateTime ExpiresAt { get; init; }

    public int Extended { get; init; }

    public DateTime? DecidedAt { get; init; }

    public string? DeclineReason { get; init; }

    public string? DeclineText { get; init; }

    public string? SuggestedLine { get; init; }

    public int Tier { get; init; }

    public string? WhyLanguage { get; init; }

    public string? WhyTopic { get; init; }

    public int Version { get; init; }

    public OfferState OfferState => Code.Parse<OfferState>(State);

    public static StoredOffer Get(Unit unit, long id) =>
        unit.Find<StoredOffer>($"SELECT {Columns} FROM offer o WHERE o.id = @id", new { id })
        ?? throw new RefusedException(new Refusal("offer-unknown"));

    public static List<StoredOffer> Pending(Unit unit, long handoffId) =>
        unit.Query<StoredOffer>($"SELECT {Columns} FROM offer o WHERE o.handoff_id = @handoffId AND o.state = 'pending' ORDER BY o.id", new { handoffId });
}
