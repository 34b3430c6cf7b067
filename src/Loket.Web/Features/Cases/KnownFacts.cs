using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.Cases;

/// <summary>What this person can know already: of what they see, the facts that have not run out.</summary>
public static class KnownFacts
{
    /// <summary>Whether the same is known: any of a kind that is only once true, else the same words under that kind.</summary>
    public static bool Has(Unit unit, Actor actor, long caseId, FactKinds kinds, string kind, FactForm form) => OfKind(unit, actor, caseId, kind)
        .Exists(f => !kinds.IsMany(kind) || Same(f.Value, form.Value) || (f.Label.Length > 0 && Same(f.Label, form.Label)));

    /// <summary>Whether anything of this kind is known.</summary>
    public static bool Has(Unit unit, Actor actor, long caseId, string? kind) => OfKind(unit, actor, caseId, kind ?? "").Count > 0;

    private static List<Row> OfKind(Unit unit, Actor actor, long caseId, string kind) => unit.Query<Row>(
        $"""
        SELECT f.label, v.value FROM fact f JOIN personal_value v ON v.id = f.personal_id
        WHERE f.case_id = @caseId AND f.kind = @kind AND v.value IS NOT NULL AND (f.valid_until IS NULL OR f.valid_until >= @today) AND {VisibleFacts.May}
        """,
        new { caseId, kind, today = FactKinds.Today(unit.Now), actor.Id, actor.OrganisationCode });

    private static bool Same(string one, string? other) => string.Equals(one.Trim(), other?.Trim(), StringComparison.OrdinalIgnoreCase);

    private sealed class Row
    {
        public string Label { get; init; } = "";

        public string Value { get; init; } = "";
    }
}
