using System.Globalization;
using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Security;

namespace Loket.Web.Features.Desk;

/// <summary>
/// The citizen or business as one person may see them: made from the facts that person sees, so that nothing undisclosed
/// comes along with a heading.
/// </summary>
public static class PartyQuery
{
    public static async Task<PartyView> LoadAsync(Reader reader, Actor actor, long caseId, IReadOnlyList<VisibleFact> facts)
    {
        var row = (await reader.FindAsync<Row>(
            $"""
            SELECT p.kind, (SELECT n.value FROM personal_value n WHERE n.id = p.name_id) AS name, p.number_kind, p.number_tail, p.register_state, p.secret, c.identity_method, c.municipality_code, o.short_name AS municipality,
                   (SELECT MAX(j.at) FROM journal j WHERE j.case_id = c.id AND j.kind = 'identity_established'
                    AND j.n > (SELECT COALESCE(MAX(k.n), 0) FROM journal k WHERE k.case_id = c.id AND k.kind = 'number_corrected')) AS identity_at,
                   CASE WHEN c.organisation_code = @OrganisationCode OR c.organisation_code IN {Actor.PastCodes} THEN 1 ELSE 0 END AS own
            FROM case_file c JOIN party p ON p.id = c.party_id LEFT JOIN organisation o ON o.code = c.municipality_code WHERE c.id = @caseId
            """,
            new { caseId, actor.OrganisationCode }))!;
        var own = row.Own == 1;
        string? Fact(string kind) => facts.FirstOrDefault(f => f.Kind == kind)?.Value;
        return new PartyView
        {
            ToldName = own ? VisibleFacts.NameToldOtherwise(facts) : null,
            Kind = row.Kind,
            Name = (own ? row.Name : null) ?? Fact("name"),
            HasNumber = own && row.NumberKind is not null,
            BsnTail = row.NumberKind == "bsn" && (own || Fact("bsn") is not null) ? row.NumberTail : null,
            Kvk = Fact("kvk"),
            Rsin = row.NumberKind == "rsin" && own ? row.NumberTail : null,
            BirthDate = DateOnly.TryParseExact(Fact("birth_date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var birth) ? birth : null,
            Address = Fact("address"),
            Residence = row.Municipality,
            IsSecret = row.Secret == 1 && (own || Fact("address") is not null),
            RegisterRefusal = own && row is { NumberKind: "bsn", RegisterState: not "found" } && row.IdentityMethod != "not_established" ? new Refusal($"register-{row.RegisterState ?? "down"}") : null,
            IdentityMethod = own && row.IdentityAt is not null ? row.IdentityMethod : null,
            IdentityAt = row.IdentityAt,
        };
    }

    private sealed class Row
    {
        public string Kind { get; init; } = "";

        public string? Name { get; init; }

        public string? NumberKind { get; init; }

        public string? NumberTail { get; init; }

        public int Own { get; init; }

        public string IdentityMethod { get; init; } = "";

        public string? RegisterState { get; init; }

        public int Secret { get; init; }

        public string? Municipality { get; init; }

        public DateTime? IdentityAt { get; init; }
    }
}
