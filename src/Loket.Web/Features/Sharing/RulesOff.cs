using Loket.Web.Data;

namespace Loket.Web.Features.Sharing;

/// <summary>The sharing rules that one organisation switched off: it gives nothing by them.</summary>
public sealed class RulesOff
{
    private const string Sql = "SELECT rule_id FROM sharing_rule_off WHERE organisation_code = @organisation AND on_at IS NULL";
    private readonly HashSet<string> rules;

    private RulesOff(IEnumerable<string> rules) => this.rules = [.. rules];

    public bool Has(string rule) => rules.Contains(rule);

    public static RulesOff Of(Unit unit, string organisation) => new(unit.Query<string>(Sql, new { organisation }));

    public static async Task<RulesOff> OfAsync(Reader r, string organisation) => new(await r.QueryAsync<string>(Sql, new { organisation }));
}
