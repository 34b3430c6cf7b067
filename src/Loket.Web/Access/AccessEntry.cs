using System.Security.Cryptography;
using Loket.Web.Journal;

namespace Loket.Web.Access;

/// <summary>
/// One reading: who was shown which case, on which screen (<see cref="What"/>), opened or in a list (<see cref="How"/>),
/// by which part in the case (<see cref="Why"/>), and the reason where one had to be given. Node, day and n are its place.
/// </summary>
public sealed class AccessEntry
{
    public int Node { get; set; }

    /// <summary>yyyy-MM-dd, UTC.</summary>
    public string Day { get; set; } = "";

    public int N { get; set; }

    /// <summary>When the request came in (UTC).</summary>
    public DateTime BeganAt { get; init; }

    /// <summary>When this was written down, just before the answer went out (UTC).</summary>
    public DateTime At { get; set; }

    /// <summary>Null for a partner outside government, who comes by a link.</summary>
    public long? ProfessionalId { get; init; }

    public string? OrganisationCode { get; init; }

    public long CaseId { get; init; }

    public string What { get; init; } = "";

    public string How { get; init; } = "";

    public string Why { get; init; } = "";

    public string? Reason { get; init; }

    /// <summary>Of the reason with its salt. It stays in the chain when the reason goes with its case; null in entries from before that was so.</summary>
    public string? ReasonDigest { get; set; }

    public string? ReasonSalt { get; set; }

    /// <summary>W3C trace context of the request: 32 and 16 hexadecimal digits.</summary>
    public string TraceId { get; init; } = "";

    public string SpanId { get; init; } = "";

    public string Hash { get; set; } = "";

    /// <summary>An HMAC over the previous hash and all this says, under a key outside the database (<see cref="JournalChain.Mac"/>).</summary>
    public string HashAfter(IncrementalHash mac, string previous)
    {
        var reason = ReasonDigest is not null ? "#" + ReasonDigest : Reason is null ? "" : "=" + Reason;
        var most = ChainText.Most(previous, Day, OrganisationCode, What, How, Why, reason, TraceId, SpanId);
        var text = new ChainText(most <= ChainText.OnStack ? stackalloc byte[ChainText.OnStack] : new byte[most]);
        text.Add(previous);
        text.Add(Node);
        text.Add(Day);
        text.Add(N);
        text.Add(BeganAt);
        text.Add(At);
        text.Add(ProfessionalId);
        text.Add(OrganisationCode);
        text.Add(CaseId);
        text.Add(What);
        text.Add(How);
        text.Add(Why);
        text.Add(reason);
        text.Add(TraceId);
        text.Add(SpanId);
        return text.Hash(mac);
    }
}
