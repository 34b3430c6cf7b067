using System.Security.Claims;
using Loket.Domain.Joining;
using Loket.Web.Data;

namespace Loket.Web.Features.Joining;

/// <summary>The rules of an organisation as stored, and the claims they are held against.</summary>
public static class StoredRules
{
    // What a provider calls the groups of a person; kept before any rule names it, so that the first rule has a preview.
    private static readonly string[] Usual = ["groups", "roles"];
    private const int MostClaims = 200;

    public static List<RoleRule> Load(Unit unit, string organisation) =>
        unit.Query<Row>("SELECT claim, value, role, team_code FROM role_rule WHERE organisation_code = @organisation ORDER BY id", new { organisation })
            .ConvertAll(r => new RoleRule(r.Claim, r.Value, r.Role, r.TeamCode));

    /// <summary>Keeps of this sign-on what rules look at, in place of what was kept before; nothing else of the token is stored.</summary>
    public static void KeepClaims(Unit unit, long professionalId, IReadOnlyList<RoleRule> rules, IEnumerable<Claim> claims)
    {
        var names = rules.Select(r => r.Claim).Concat(Usual).ToHashSet(StringComparer.Ordinal);
        unit.Execute("DELETE FROM professional_claim WHERE professional_id = @professionalId", new { professionalId });
        foreach (var (claim, value) in claims.Where(c => names.Contains(c.Type) && c.Value.Length <= 200 && c.Value == c.Value.Trim()).Select(c => (c.Type, c.Value)).Distinct().Take(MostClaims))
        {
            unit.Execute("INSERT INTO professional_claim (professional_id, claim, value) VALUES (@professionalId, @claim, @value)", new { professionalId, claim, value });
        }
    }

    private sealed class Row
    {
        public string Claim { get; init; } = "";

        public string Value { get; init; } = "";

        public string Role { get; init; } = "";

        public string? TeamCode { get; init; }
    }
}
