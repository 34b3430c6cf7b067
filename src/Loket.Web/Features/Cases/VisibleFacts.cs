using System.Globalization;
using Loket.Domain.Parties;
using Loket.Web.Data;
using Loket.Web.Features.Documents;
using Loket.Web.Features.Identity;
using Loket.Web.Features.Sharing;
using Loket.Web.Security;

namespace Loket.Web.Features.Cases;

/// <summary>A fact as one person may see it.</summary>
public sealed class VisibleFact
{
    public long Id { get; init; }

    public string Kind { get; init; } = "";

    public string Label { get; init; } = "";

    public string Value { get; init; } = "";

    public string Source { get; init; } = "";

    /// <summary>An address under a secrecy indication: never on paper, never ticked by itself.</summary>
    public bool IsSecret { get; init; }

    public int Own { get; init; }

    /// <summary>The viewer's organisation recorded it, or a body whose work it goes on with.</summary>
    public bool IsOwn => Own == 1;

    public string RecordedByName { get; init; } = "";

    public DateTime RecordedAt { get; init; }

    public long? DocumentId { get; init; }

    public string DocumentType { get; init; } = "";

    public long DocumentSize { get; init; }

    public string DocumentState { get; init; } = "";

    /// <summary>The file, when the fact is a document; what it is called is the value.</summary>
    public DocumentLink? Document => DocumentId is { } id ? new DocumentLink(id, Value, DocumentType, DocumentSize, DocumentState) : null;

    /// <summary>The last day it counts as known (yyyy-MM-dd); null does not run out.</summary>
    public string? ValidUntil { get; init; }

    public DateOnly? LastDay => ValidUntil is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    /// <summary>Goes up with every correction.</summary>
    public int Version { get; init; }

    /// <summary>Why it was asked although it was known; for the own organisation.</summary>
    public string? Again { get; init; }

    /// <summary>The register has it under another name than was told here: perhaps it is somebody else's.</summary>
    public bool IsDoubted { get; set; }

    /// <summary>Whether it goes along when nobody chose.</summary>
    public bool StartsAlong(SharingRule? rule, DateOnly today) => rule?.StartsTicked(Kind) == true && !IsSecret && !IsDoubted && !HasRunOut(today);

    /// <summary>Its last day is over.</summary>
    public bool HasRunOut(DateOnly today) => LastDay < today;
}

/// <summary>
/// The only way to read facts: those of the person's own organisation, and, while the disclosure holds, those disclosed
/// to a line they work on or for which they work this case (a supervisor who took over a callback).
/// </summary>
public static class VisibleFacts
{
    /// <summary>SQL: whether the person <c>@Id</c> of <c>@OrganisationCode</c> may see the fact <c>f</c>.</summary>
    internal const string May = $"""
        (f.recorded_organisation = @OrganisationCode OR f.recorded_organisation IN {Actor.PastCodes} OR EXISTS (
              SELECT 1 FROM disclosure d WHERE d.fact_id = f.id AND d.until IS NULL AND (
                EXISTS (SELECT 1 FROM line_member m WHERE m.line_code = d.line_code AND m.professional_id = @Id)
                OR EXISTS (SELECT 1 FROM case_participant cp WHERE cp.case_id = d.case_id AND cp.line_code = d.line_code
                           AND cp.professional_id = @Id AND cp.until IS NULL))))
        """;

    public static async Task<List<VisibleFact>> LoadAsync(Reader reader, Actor actor, long caseId)
    {
        var facts = await reader.QueryAsync<VisibleFact>(
            $"""
            SELECT f.id, f.kind, f.label, v.value, f.source, w.name AS recorded_by_name, f.recorded_at, f.valid_until, f.version, h.id AS document_id, h.type AS document_type, h.size AS document_size, h.state AS document_state,
                   CASE WHEN f.kind = 'address' THEN p.secret ELSE 0 END AS is_secret,
                   CASE WHEN f.recorded_organisation = @OrganisationCode OR f.recorded_organisation IN {Actor.PastCodes} THEN 1 ELSE 0 END AS own,
                   CASE WHEN f.recorded_organisation = @OrganisationCode OR f.recorded_organisation IN {Actor.PastCodes} THEN (SELECT g.value FROM personal_value g WHERE g.id = f.again_id) END AS again
            FROM fact f JOIN case_file c ON c.id = f.case_id JOIN party p ON p.id = c.party_id JOIN personal_value v ON v.id = f.personal_id JOIN professional w ON w.id = f.recorded_by
            LEFT JOIN document h ON h.fact_id = f.id
            WHERE f.case_id = @caseId AND v.value IS NOT NULL AND {May}
            ORDER BY f.id
            """,
            new { caseId, actor.OrganisationCode, actor.Id });
        var registered = NameToldOtherwise(facts) is null ? [] : facts.FindAll(f => f.Source == IPersonRegister.Source);
        registered.ForEach(f => f.IsDoubted = true);
        return facts;
    }

    /// <summary>The name that was told, when the register has one that shares no part with it.</summary>
    public static string? NameToldOtherwise(IReadOnlyList<VisibleFact> facts) =>
        facts.FirstOrDefault(f => f is { Kind: "name", Source: IPersonRegister.Source })?.Value is { } registered
            ? facts.FirstOrDefault(f => f.Kind == "name" && f.Source != IPersonRegister.Source && !Names.MayBeOne(f.Value, registered))?.Value : null;

    /// <summary>How many facts of the case this person does not see: the count and nothing else.</summary>
    public static async Task<int> HiddenAsync(Reader reader, long caseId, int visible) =>
        (int)await reader.ScalarAsync<long>("SELECT COUNT(*) FROM fact f JOIN personal_value v ON v.id = f.personal_id AND v.value IS NOT NULL WHERE f.case_id = @caseId", new { caseId }) - visible;
}
