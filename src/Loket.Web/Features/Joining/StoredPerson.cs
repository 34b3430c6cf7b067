using Loket.Domain.Joining;
using Loket.Web.Data;

namespace Loket.Web.Features.Joining;

/// <summary>A colleague as the administrator of the organisation knows them: nothing of any case.</summary>
public sealed record StoredPerson(
    long Id, string Name, string? Subject, string Team, int Version, IReadOnlyList<string> Roles, IReadOnlyList<string> Leads, IReadOnlyList<string> Languages,
    IReadOnlyList<string> Topics, IReadOnlyList<string> Lines)
{
    private const string One = """
        SELECT p.id, p.name, p.team_code, p.version, p.front_office, p.specialist, p.supervisor, p.line_manager, p.organisation_administrator, p.privacy_officer, p.information_point,
               (SELECT MIN(i.subject) FROM professional_identity i WHERE i.professional_id = p.id) AS subject
        FROM professional p WHERE p.id = @id AND p.organisation_code = @organisation AND p.active = 1
        """;

    private const string Teams = "SELECT team_code FROM team_supervisor WHERE professional_id = @id ORDER BY team_code";

    private const string Skills = "SELECT kind, code FROM professional_skill WHERE professional_id = @id ORDER BY kind, code";

    private const string OnLines = "SELECT line_code FROM line_member WHERE professional_id = @id ORDER BY line_code";

    /// <summary>The active colleague of the organisation with this id, or null.</summary>
    public static StoredPerson? Load(Unit unit, string organisation, long id)
    {
        var args = new { id, organisation };
        return unit.Find<Row>(One, args) is { } row ? Of(row, unit.Query<string>(Teams, args), unit.Query<SkillRow>(Skills, args), unit.Query<string>(OnLines, args)) : null;
    }

    public static async Task<StoredPerson?> LoadAsync(Reader r, string organisation, long id)
    {
        var args = new { id, organisation };
        return await r.FindAsync<Row>(One, args) is { } row
            ? Of(row, await r.QueryAsync<string>(Teams, args), await r.QueryAsync<SkillRow>(Skills, args), await r.QueryAsync<string>(OnLines, args))
            : null;
    }

    private static StoredPerson Of(Row row, List<string> leads, List<SkillRow> skills, List<string> lines) => new(
        row.Id, row.Name, row.Subject, row.TeamCode, row.Version, row.Roles, leads,
        [.. skills.Where(s => s.Kind == "language").Select(s => s.Code)], [.. skills.Where(s => s.Kind == "topic").Select(s => s.Code)], lines);

    private sealed class Row : RoleColumns
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string? Subject { get; init; }

        public string TeamCode { get; init; } = "";

        public int Version { get; init; }
    }

    private sealed class SkillRow
    {
        public string Kind { get; init; } = "";

        public string Code { get; init; } = "";
    }
}

/// <summary>The roles of a row of <c>professional</c>.</summary>
public abstract class RoleColumns
{
    public bool FrontOffice { get; init; }

    public bool Specialist { get; init; }

    public bool Supervisor { get; init; }

    public bool LineManager { get; init; }

    public bool OrganisationAdministrator { get; init; }

    public bool PrivacyOfficer { get; init; }

    public bool InformationPoint { get; init; }

    /// <summary>Their codes, in the order of <see cref="PersonRoles.All"/>.</summary>
    public IReadOnlyList<string> Roles => [.. PersonRoles.All.Zip([FrontOffice, Specialist, Supervisor, LineManager, OrganisationAdministrator, PrivacyOfficer, InformationPoint]).Where(r => r.Second).Select(r => r.First)];
}
