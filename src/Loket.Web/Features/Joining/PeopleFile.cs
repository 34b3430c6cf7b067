using System.Globalization;
using Loket.Domain;
using Loket.Domain.Lines;
using Loket.Web.Features.Lines;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Joining;

/// <summary>A person of a file: the team by its name, lines by code; skills are languages and topics together.</summary>
public sealed record FilePerson(
    int Row, string Name, string Subject, string Team, IReadOnlyList<string> Roles, IReadOnlyList<string> Lines, IReadOnlyList<string> Languages, IReadOnlyList<string> Topics);

/// <summary>People as CSV (<see cref="CsvText"/>): several values in one cell are parted by <c>|</c>.</summary>
public static class PeopleFile
{
    public const int MostPeople = 500;
    public static readonly IReadOnlyList<string> Columns = ["name", "subject", "team", "roles", "lines", "skills"];

    /// <summary>An empty file to begin with.</summary>
    public static string Template => CsvText.Write(Columns, []);

    /// <summary>Errors carry the row of the file; what needs the database is asked by <see cref="ImportPeople"/>.</summary>
    public static (List<FilePerson> People, List<ImportError> Errors) Read(string text)
    {
        var (people, errors) = (new List<FilePerson>(), new List<ImportError>());
        if (text.Length > CsvText.Longest)
        {
            return (people, [new ImportError(0, "", new Refusal("import-too-long"))]);
        }

        var file = CsvText.Read(text);
        if (!file.Has(Columns))
        {
            return (people, [new ImportError(1, "", new Refusal("people-header", string.Join(", ", Columns)))]);
        }

        if (file.Rows.Count > MostPeople)
        {
            return (people, [new ImportError(0, "", new Refusal("people-too-many", Number(MostPeople)))]);
        }

        foreach (var (row, cells, isWhole) in file.Rows)
        {
            if (!isWhole)
            {
                errors.Add(new ImportError(row, "", new Refusal("import-row", Number(cells.Length), Number(Columns.Count))));
                continue;
            }

            // Everybody speaks Dutch, so it is no skill.
            var skills = LineText.List(cells[5]).Where(s => s != "nl").ToList();
            people.Add(new FilePerson(
                row, cells[0].Trim(), cells[1].Trim(), cells[2].Trim(), LineText.List(cells[3]), LineText.List(cells[4]),
                [.. skills.Where(Languages.All.Contains)], [.. skills.Where(s => !Languages.All.Contains(s))]));
        }

        if (people.Count + errors.Count == 0)
        {
            errors.Add(new ImportError(0, "", new Refusal("people-empty")));
        }

        return (people, errors);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
