using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.Sharing;

/// <summary>A fact of a case that the own organisation recorded, or a body whose work it goes on with, and that still says something.</summary>
internal sealed class OwnFact
{
    public long Id { get; init; }

    public string Kind { get; init; } = "";

    public string Label { get; init; } = "";

    public long PersonalId { get; init; }

    public string Value { get; init; } = "";

    public string Source { get; init; } = "";

    public long RecordedBy { get; init; }

    public DateTime RecordedAt { get; init; }

    public int Version { get; init; }

    public static OwnFact? Find(Unit unit, Actor actor, long caseId, long? fact) => unit.Find<OwnFact>(
        $"""
        SELECT f.id, f.kind, f.label, f.personal_id, v.value, f.source, f.recorded_by, f.recorded_at, f.version FROM fact f JOIN personal_value v ON v.id = f.personal_id
        WHERE f.id = @fact AND f.case_id = @caseId AND v.value IS NOT NULL AND (f.recorded_organisation = @OrganisationCode OR f.recorded_organisation IN {Actor.PastCodes})
        """,
        new { fact, caseId, actor.OrganisationCode });
}
