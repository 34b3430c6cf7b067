using System.Text.RegularExpressions;

namespace Loket.Web.Features.Directory;

/// <summary>What holds between the demo's files, and the fictitious citizens.</summary>
public static partial class ReferenceFiles
{
    private static void CheckSupervisors(
        List<(TeamRow Team, ReferenceFilesRow Row)> teams, List<(ProfessionalRow Person, ReferenceFilesRow Row)> professionals)
    {
        var byId = professionals.Select(p => p.Person).DistinctBy(p => p.Id).ToDictionary(p => p.Id);
        foreach (var (team, row) in teams)
        {
            foreach (var id in team.Supervisors.Where(id => id != 0))
            {
                if (!byId.TryGetValue(id, out var person))
                {
                    row.Error($"onbekende teamleider '{id}'");
                }
                else if (!person.Roles.Contains(ProfessionalRow.Supervisor))
                {
                    row.Error($"'{id}' heeft niet de rol supervisor");
                }
                else if (person.Organisation != team.Organisation)
                {
                    row.Error($"teamleider '{id}' is van een andere organisatie");
                }
            }
        }
    }

    /// <summary>Each body has exactly one duty supervisor: who owns by office when an owner falls away (DESIGN 4.2).</summary>
    private static void CheckDutySupervisors(List<(ProfessionalRow Person, ReferenceFilesRow Row)> professionals)
    {
        foreach (var body in professionals.GroupBy(p => p.Person.Organisation, StringComparer.Ordinal))
        {
            var onDuty = body.Where(p => p.Person.DutySupervisor).ToList();
            if (onDuty.Count == 0)
            {
                body.First().Row.Error($"organisatie '{body.Key}' heeft geen teamleider met dienst");
            }

            foreach (var extra in onDuty.Skip(1))
            {
                extra.Row.Error($"organisatie '{body.Key}' heeft al een teamleider met dienst, op regel {onDuty[0].Row.Line}");
            }
        }
    }

    private static List<PersonRow> ReadPersons(string folder, List<ReferenceError> errors, ReferenceSet reference)
    {
        var municipalities = reference.Organisations
            .Where(o => o.Kind == "municipality").Select(o => o.Code).ToHashSet(StringComparer.Ordinal);
        var bsns = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = new List<PersonRow>();
        foreach (var row in ReferenceFilesTable.Read(
            folder,
            PersonsFile,
            ["bsn", "name", "birth_date", "street", "number", "postcode", "city", "municipality", "secrecy", "died"],
            errors))
        {
            row.Required("bsn", 9);
            var person = new PersonRow(
                row.Bsn("bsn") ?? "",
                row.Required("name", 420),
                row.PartialDate("birth_date"),
                row.Text("street", 100),
                row.Text("number", 20),
                row.Shape("postcode", 6, Postcode(), "is geen postcode (1234AB)"),
                row.Text("city", 100),
                row.Text("municipality", 20),
                row.OneOf("secrecy", "0", "1", "2", "3", "4", "5", "6", "7") is [var digit] ? digit - '0' : 0,
                row.PartialDate("died"));
            row.Unique("bsn", person.Bsn, bsns, personal: true);
            if (person.Municipality is not null && !municipalities.Contains(person.Municipality))
            {
                row.Error($"onbekende gemeente '{person.Municipality}'");
            }

            rows.Add(person);
        }

        return rows;
    }

    [GeneratedRegex("^[1-9][0-9]{3}[A-Z]{2}$")]
    private static partial Regex Postcode();
}
