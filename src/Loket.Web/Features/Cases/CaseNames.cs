using Loket.Web.Security;

namespace Loket.Web.Features.Cases;

/// <summary>SQL that lists share: <c>c</c> is the case, <c>p</c> its party, <c>@Id</c> and <c>@OrganisationCode</c> the viewer.</summary>
public static class CaseNames
{
    /// <summary>The title; null when the case is called by its topic.</summary>
    public const string AnyTitle = "(SELECT ct.value FROM personal_value ct WHERE ct.id = c.title_id)";

    /// <summary>The viewer's organisation opened the case or owns its chain.</summary>
    private const string OfUs = $"""
        (c.organisation_code = @OrganisationCode OR c.owner_organisation = @OrganisationCode OR c.organisation_code IN {Actor.PastCodes} OR c.owner_organisation IN {Actor.PastCodes})
        """;

    /// <summary>The title, for who opened or owns the case; for a line that has a part in it the case is called by its topic.</summary>
    public const string Title = $"CASE WHEN {OfUs} THEN {AnyTitle} END";

    /// <summary>The citizen's own words, for the organisation that opened the case.</summary>
    public const string Question = "(SELECT cq.value FROM personal_value cq WHERE cq.id = c.question_id)";

    /// <summary>
    /// The party's name where the viewer may know it: in their own organisation's case, or the very name that was disclosed to
    /// one of their lines.
    /// </summary>
    public const string PartyName = $"""
        CASE WHEN c.organisation_code = @OrganisationCode OR c.organisation_code IN {Actor.PastCodes} THEN (SELECT pn.value FROM personal_value pn WHERE pn.id = p.name_id) ELSE (
            SELECT MAX(dn.value) FROM disclosure d JOIN fact f ON f.id = d.fact_id JOIN personal_value dn ON dn.id = f.personal_id
            JOIN line_member m ON m.line_code = d.line_code
            WHERE d.case_id = c.id AND d.until IS NULL AND f.kind = 'name' AND m.professional_id = @Id) END
        """;

    /// <summary>
    /// Whether a text kept apart (<c>v</c>) may be read: it is of the viewer's organisation, the viewer's organisation opened
    /// or owns the chain, or it was said to somebody of the viewer's organisation in a handoff of this case.
    /// </summary>
    public const string MayReadText = $"""
        (v.organisation_code = @OrganisationCode OR c.organisation_code = @OrganisationCode OR c.owner_organisation = @OrganisationCode
         OR v.organisation_code IN {Actor.PastCodes} OR c.organisation_code IN {Actor.PastCodes} OR c.owner_organisation IN {Actor.PastCodes}
         OR EXISTS (SELECT 1 FROM handoff t WHERE t.case_id = c.id AND t.specialist_id = @Id AND t.sender_organisation = v.organisation_code))
        """;

    /// <summary>The organisation that holds the soonest date, when that is somebody else than the viewer; for who opened or owns the case.</summary>
    public const string WaitsFor = $"""
        CASE WHEN {OfUs} THEN (SELECT MIN(o.display_name) FROM deadline d JOIN professional w ON w.id = d.professional_id JOIN organisation o ON o.code = w.organisation_code
         WHERE d.case_id = c.id AND d.state = 'running' AND d.due_at = c.next_due AND d.professional_id <> @Id) END
        """;
}
