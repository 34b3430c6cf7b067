using System.Globalization;
using System.Text.RegularExpressions;

namespace Loket.Web.Features.Directory;

/// <summary>The people of the demo. Their files are opened by <see cref="ReadDemo"/> only.</summary>
public static partial class ReferenceFiles
{
    public const string ProfessionalsFile = "demo/professionals.csv";
    public const string TeamsFile = "demo/teams.csv";
    public const string PersonsFile = "demo/persons.csv";

    /// <summary>Professionals, teams and fictitious citizens of <paramref name="folder"/>, checked against <paramref name="reference"/>.</summary>
    /// <exception cref="ReferenceErrors">A row is wrong.</exception>
    public static DemoSet ReadDemo(string folder, ReferenceSet reference)
    {
        var errors = new List<ReferenceError>();
        var teams = ReadTeams(folder, errors, reference);
        var professionals = ReadProfessionals(folder, errors, reference, ByCode(teams.Select(t => t.Team), t => t.Code));
        CheckSupervisors(teams, professionals);
        CheckDutySupervisors(professionals);
        var persons = ReadPersons(folder, errors, reference);
        return errors.Count == 0
            ? new([.. professionals.Select(p => p.Person)], [.. teams.Select(t => t.Team)], persons)
            : throw new ReferenceErrors(errors);
    }

    private static List<(TeamRow Team, ReferenceFilesRow Row)> ReadTeams(
        string folder, List<ReferenceError> errors, ReferenceSet reference)
    {
        var bodies = reference.Organisations.Select(o => o.Code).ToHashSet(StringComparer.Ordinal);
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = new List<(TeamRow, ReferenceFilesRow)>();
        foreach (var row in ReferenceFilesTable.Read(folder, TeamsFile, ["code", "organisation", "name", "supervisors"], errors))
        {
            var team = new TeamRow(
                row.Required("code", 60),
                row.Required("organisation", 20),
                row.Required("name", 120),
                [.. row.List("supervisors", 200).Select(id => row.Number("supervisors", id))]);
            row.Unique("code", team.Code, codes);
            if (!bodies.Contains(team.Organisation))
            {
                row.Error($"onbekende organisatie '{team.Organisation}'");
            }

            if (team.Supervisors.Count == 0)
            {
                row.Error("het team heeft geen teamleider");
            }

            rows.Add((team, row));
        }

        return rows;
    }

    private static List<(ProfessionalRow Person, ReferenceFilesRow Row)> ReadProfessionals(
        string folder, List<ReferenceError> errors, ReferenceSet reference, Dictionary<string, TeamRow> teams)
    {
        var bodies = reference.Organisations.Select(o => o.Code).ToHashSet(StringComparer.Ordinal);
        var lines = reference.Lines.ToDictionary(l => l.Code, StringComparer.Ordinal);
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = new List<(ProfessionalRow, ReferenceFilesRow)>();
        foreach (var row in ReferenceFilesTable.Read(
            folder,
            ProfessionalsFile,
            ["id", "organisation", "name", "roles", "team", "lines", "languages", "demo_colleague", "duty_supervisor"],
            errors))
        {
            var person = new ProfessionalRow(
                row.Number("id", row.Required("id", 18)),
                row.Required("organisation", 20),
                row.Required("name", 120),
                row.List("roles", 60),
                row.Required("team", 60),
                [.. row.List("lines", 400).Select(text => Membership(row, text))],
                row.List("languages", 60),
                row.Flag("demo_colleague"),
                row.Flag("duty_supervisor"));
            row.Unique("id", person.Id.ToString(CultureInfo.InvariantCulture), ids);
            if (!bodies.Contains(person.Organisation))
            {
                row.Error($"onbekende organisatie '{person.Organisation}'");
            }

            CheckTeam(row, person, teams);
            CheckRoles(row, person);
            CheckLines(row, person, lines);
            rows.Add((person, row));
        }

        return rows;
    }

    private static LineMembership Membership(ReferenceFilesRow row, string text)
    {
        var parts = text.Split(':');
        if (parts.Length == 1)
        {
            return new(parts[0], 1);
        }

        if (parts.Length != 2 || parts[1] is not [>= '1' and <= '9'])
        {
            row.Error($"lines '{text}' is geen lijn met een trede van 1 tot 9");
        }

        return new(parts[0], parts[1] is [>= '1' and <= '9'] ? parts[1][0] - '0' : 1);
    }

    private static void CheckTeam(ReferenceFilesRow row, ProfessionalRow person, Dictionary<string, TeamRow> teams)
    {
        if (!teams.TryGetValue(person.Team, out var team))
        {
            row.Error($"onbekend team '{person.Team}'");
        }
        else if (team.Organisation != person.Organisation)
        {
            row.Error($"team '{team.Code}' is van een andere organisatie");
        }
    }

    private static void CheckRoles(ReferenceFilesRow row, ProfessionalRow person)
    {
        string[] known = [ProfessionalRow.FrontOffice, ProfessionalRow.Specialist, ProfessionalRow.Supervisor, ProfessionalRow.LineManager, ProfessionalRow.OrganisationAdministrator, ProfessionalRow.NationalAdministrator, ProfessionalRow.InformationPoint];
        foreach (var role in person.Roles.Except(known, StringComparer.Ordinal))
        {
            row.Error($"onbekende rol '{role}'");
        }

        if (person.Roles.Count == 0)
        {
            row.Error("roles ontbreekt");
        }

        if (person.Roles.Count > 1 && person.Roles.Contains(ProfessionalRow.InformationPoint))
        {
            row.Error("een informatiepunt heeft geen andere rol");
        }

        if (person.DutySupervisor && !person.Roles.Contains(ProfessionalRow.Supervisor))
        {
            row.Error("wie dienst heeft als teamleider moet de rol supervisor hebben");
        }

        if (person.Lines.Count > 0 && !person.Roles.Contains(ProfessionalRow.Specialist))
        {
            row.Error("wie op een lijn zit moet de rol specialist hebben");
        }

        foreach (var language in person.Languages.Where(l => !LanguageCode().IsMatch(l)))
        {
            row.Error($"'{language}' is geen taalcode van twee letters");
        }
    }

    private static void CheckLines(ReferenceFilesRow row, ProfessionalRow person, Dictionary<string, LineRow> lines)
    {
        foreach (var membership in person.Lines)
        {
            if (!lines.TryGetValue(membership.Line, out var line))
            {
                row.Error($"onbekende lijn '{membership.Line}'");
            }
            else if (line.Organisation != person.Organisation)
            {
                row.Error($"lijn '{line.Code}' is van een andere organisatie");
            }
        }

        foreach (var twice in person.Lines.GroupBy(m => m.Line, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            row.Error($"lijn '{twice.Key}' staat er meer dan eens");
        }
    }

    [GeneratedRegex("^[a-z]{2}$")]
    private static partial Regex LanguageCode();
}
