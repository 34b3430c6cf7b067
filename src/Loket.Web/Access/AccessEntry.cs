using System.Globalization;
using System.Security.Cryptography;
using System.Text;

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

    /// <summary>An HMAC over the previous hash and all this says, under a key outside the database.</summary>
    public string HashAfter(byte[] key, string previous)
    {
        // Length before each part: no two different entries give the same text.
        var text = new StringBuilder();
        foreach (var part in (ReadOnlySpan<string>)[
            previous, Number(Node), Day, Number(N), Moment(BeganAt), Moment(At), ProfessionalId is { } p ? Number(p) : "", OrganisationCode ?? "",
            Number(CaseId), What, How, Why, ReasonDigest is not null ? "#" + ReasonDigest : Reason is null ? "" : "=" + Reason, TraceId, SpanId])
        {
            text.Append(part.Length).Append(':').Append(part);
        }

        return Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Moment(DateTime at) => at.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
}
