using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Specialist;

/// <summary>The pending offer in short: what a specialist must hear of on every page. Never an identity.</summary>
public sealed class OfferStrip
{
    public long Id { get; init; }

    /// <summary>The viewer's line it came in on: organisation and topic resolved.</summary>
    public string LineName { get; init; } = "";

    public string Topic { get; init; } = "";

    /// <summary>The masked line question.</summary>
    public string Question { get; init; } = "";

    public bool IsUrgent { get; init; }

    public DateTime OfferedAt { get; init; }

    public DateTime EndsAt { get; init; }
}

/// <summary>Reads the strip around every page: GET /line/strip, view <c>Specialist/_OfferStrip.cshtml</c>.</summary>
public sealed class OfferStripQuery(Db db, Say say)
{
    /// <summary>The offer this person must answer now, or null.</summary>
    public Task<OfferStrip?> LoadAsync(Actor actor) => db.ReadAsync(async r =>
    {
        var row = await r.FindAsync<Row>(
            """
            SELECT o.id, o.line_code, h.topic_code AS topic, h.line_question AS question, h.urgent, o.offered_at, o.expires_at
            FROM offer o JOIN handoff h ON h.id = o.handoff_id WHERE o.professional_id = @Id AND o.state = 'pending'
            """,
            new { actor.Id });
        return row is null ? null : new OfferStrip
        {
            Id = row.Id, LineName = (await LineNames.OfAsync(r, say, [row.LineCode]))[row.LineCode], Topic = row.Topic, Question = row.Question, IsUrgent = row.Urgent == 1,
            OfferedAt = row.OfferedAt, EndsAt = row.ExpiresAt,
        };
    });

    private sealed class Row
    {
        public long Id { get; init; }

        public string LineCode { get; init; } = "";

        public string Topic { get; init; } = "";

        public string Question { get; init; } = "";

        public int Urgent { get; init; }

        public DateTime OfferedAt { get; init; }

        public DateTime ExpiresAt { get; init; }
    }
}
