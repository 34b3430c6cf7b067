using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Loket.Web.Features.Keepers;

/// <summary>A product that a body carries out, who of it answers for what is said here, and who read that as it stands.</summary>
public sealed class KeptProduct
{
    /// <summary>
    /// SQL: a product <c>p</c> with its keeper at <c>@OrganisationCode</c>. A body carries what names it, and a municipality,
    /// province or water board (<c>@Kind</c>) what all of them do.
    /// </summary>
    internal const string Select = """
        SELECT p.code, p.name, p.uri, p.topic_code AS topic, p.legal_basis, p.carrier, p.organisation_code, w.id AS keeper_id, w.name AS keeper
        FROM product p LEFT JOIN product_keeper k ON k.organisation_code = @OrganisationCode AND k.product_code = p.code
        LEFT JOIN professional w ON w.id = k.professional_id AND w.active = 1 AND w.organisation_code = @OrganisationCode
        """;

    internal const string Carried = "(p.organisation_code = @OrganisationCode OR (p.carrier = @OrganisationKind AND p.carrier IN ('municipality', 'province', 'water_board')))";

    public string Code { get; init; } = "";

    public string Name { get; init; } = "";

    [JsonIgnore]
    public string Uri { get; init; } = "";

    /// <summary>Topic code; null when no line of it is known.</summary>
    public string? Topic { get; init; }

    /// <summary>Articles, separated by <c>|</c>.</summary>
    public string? LegalBasis { get; init; }

    public string? Carrier { get; init; }

    [JsonIgnore]
    public string? OrganisationCode { get; init; }

    [JsonIgnore]
    public long? KeeperId { get; init; }

    /// <summary>Who answers for it; null when nobody was named, or who was has left.</summary>
    public string? Keeper { get; init; }

    public string? ConfirmedBy { get; internal set; }

    public DateTime? ConfirmedAt { get; internal set; }

    /// <summary>Of all that is said of it: what is confirmed is what was seen.</summary>
    public string Digest => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Code, Name, Uri, Topic, LegalBasis, Carrier, OrganisationCode))));
}
