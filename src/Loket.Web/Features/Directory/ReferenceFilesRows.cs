namespace Loket.Web.Features.Directory;

/// <summary>
/// A public body. <paramref name="Code"/> is its TOOI code; <paramref name="Kind"/> is municipality, province,
/// water_board, national or regional. <paramref name="MunicipalityCode"/> is set for municipalities only.
/// </summary>
public sealed record OrganisationRow(
    string Code, string Name, string ShortName, string Kind, string? Oin, string? Kvk, string? Rsin, string? Province,
    string? Phone, string? Website, string? MunicipalityCode);

/// <summary>
/// What a question is about. <paramref name="Layer"/> is municipal or national; <paramref name="Synonyms"/> are the
/// words professionals type, Dutch and English; <paramref name="Position"/> is the order of the file, from 1.
/// </summary>
public sealed record TopicRow(
    string Code, string NameNl, string NameEn, string Layer, IReadOnlyList<string> Synonyms, int Position);

/// <summary>
/// A professional line. <paramref name="Kind"/> is municipal, regional, general or national;
/// <paramref name="Phone"/> is the last resort.
/// </summary>
public sealed record LineRow(
    string Code, string Organisation, string Topic, string Kind, string NameNl, string NameEn, string? Phone);

/// <summary>
/// A line serves a municipality other than its own. <paramref name="Certainty"/>: certain (the register names the
/// task) or likely.
/// </summary>
public sealed record ServiceAreaRow(string Line, string Municipality, string Certainty);

/// <summary>
/// A municipality that no longer exists: old cases name it. <paramref name="ValidUntil"/> is its last day (yyyy-MM-dd);
/// <paramref name="Successor"/> does its work since.
/// </summary>
public sealed record FormerMunicipalityRow(string Code, string Name, string ShortName, string ValidUntil, string Successor);

/// <summary>
/// A product of the Uniforme Productnamenlijst with the layers that offer it, for whom, and its legal basis.
/// <paramref name="Carrier"/> is who carries it out (null: not found yet): <c>body</c> with <paramref name="Organisation"/>,
/// a layer, or a kind of body outside Loket. <paramref name="Topic"/> leads to the line.
/// </summary>
public sealed record ProductRow(
    string Code, string Name, string Uri, bool National, bool Provincial, bool WaterBoard, bool Municipal, bool Citizen, bool Business,
    IReadOnlyList<string> Sdg, IReadOnlyList<string> LegalBasis, string? Carrier, string? Organisation, string? Topic);

/// <summary>The reference data as a whole: read without a single error, or not at all.</summary>
public sealed record ReferenceSet(
    IReadOnlyList<OrganisationRow> Organisations,
    IReadOnlyList<TopicRow> Topics,
    IReadOnlyList<LineRow> Lines,
    IReadOnlyList<ServiceAreaRow> ServiceAreas,
    IReadOnlyList<FormerMunicipalityRow> FormerMunicipalities,
    IReadOnlyList<ProductRow> Products);

/// <summary>A place on a line; tier 1 is asked first.</summary>
public sealed record LineMembership(string Line, int Tier);

/// <summary>
/// An invented professional. <paramref name="Languages"/> are ISO 639-1 codes;
/// <paramref name="DemoColleague"/>: the demo's virtual colleagues may play this person.
/// </summary>
public sealed record ProfessionalRow(
    long Id, string Organisation, string Name, IReadOnlyList<string> Roles, string Team,
    IReadOnlyList<LineMembership> Lines, IReadOnlyList<string> Languages, bool DemoColleague, bool DutySupervisor)
{
    public const string FrontOffice = "front_office";
    public const string Specialist = "specialist";
    public const string Supervisor = "supervisor";
    public const string LineManager = "line_manager";
    public const string OrganisationAdministrator = "organisation_administrator";
    public const string NationalAdministrator = "national_administrator";
    public const string InformationPoint = "information_point";
}

/// <summary>A team and who supervises it; the first supervisor leads.</summary>
public sealed record TeamRow(string Code, string Organisation, string Name, IReadOnlyList<long> Supervisors);

/// <summary>
/// A fictitious citizen of the RvIG test set. Dates are <c>1985-12-01</c>, incomplete (<c>1985-12</c>, <c>1985</c>) or
/// null, as in the BRP. <paramref name="Municipality"/> is null for who is no resident of a municipality of today.
/// <paramref name="Secrecy"/> is the indication of the BRP, 0 to 7.
/// </summary>
public sealed record PersonRow(
    string Bsn, string Name, string? BirthDate, string? Street, string? Number, string? Postcode, string? City,
    string? Municipality, int Secrecy, string? Died);

/// <summary>The people of the demo: read without a single error, or not at all.</summary>
public sealed record DemoSet(
    IReadOnlyList<ProfessionalRow> Professionals, IReadOnlyList<TeamRow> Teams, IReadOnlyList<PersonRow> Persons);
