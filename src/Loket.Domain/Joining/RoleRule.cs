namespace Loket.Domain.Joining;

/// <summary>Who has <paramref name="Value"/> among <paramref name="Claim"/> at sign-on gets the role, and as a new colleague this team.</summary>
public sealed record RoleRule(string Claim, string Value, string Role, string? Team);

/// <summary>Claims of somebody at sign-on: name and value, compared letter by letter.</summary>
public static class RoleRules
{
    /// <summary>The rules that this person meets, in the order of the rules.</summary>
    public static IReadOnlyList<RoleRule> Met(IEnumerable<RoleRule> rules, IEnumerable<(string Claim, string Value)> claims)
    {
        var had = claims.ToHashSet();
        return [.. rules.Where(rule => had.Contains((rule.Claim, rule.Value)))];
    }

    /// <summary>The roles they give, in the order of <see cref="PersonRoles.All"/>.</summary>
    public static IReadOnlyList<string> Roles(IEnumerable<RoleRule> rules, IEnumerable<(string Claim, string Value)> claims)
    {
        var met = Met(rules, claims);
        return [.. PersonRoles.All.Where(role => met.Any(rule => rule.Role == role))];
    }
}
