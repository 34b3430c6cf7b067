using System.Globalization;
using Loket.Domain;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Lines;

/// <summary>
/// Lines and members as CSV (<see cref="CsvText"/>).
/// </summary>
public static class LineFile
{
    public const int LongestText = CsvText.Longest;
    private static readonly string[] Members = ["line", "person", "name", "tier", "place", "weight", "languages", "topics"];

    public static readonly IReadOnlyList<string> LineColumns = ["code", .. LineText.Fields];

    public static string WriteLines(IEnumerable<StoredLine> lines) =>
        CsvText.Write(LineColumns, lines.Select(l => (IEnumerable<string>)[l.Code, .. LineText.Of(l.Settings)]));

    public static string WriteMembers(IEnumerable<StoredLine> lines, IReadOnlyDictionary<long, string> names) => CsvText.Write(Members, lines.SelectMany(l => l.Members.Select(m => (IEnumerable<string>)
    [
        l.Code, Number(m.ProfessionalId), names.GetValueOrDefault(m.ProfessionalId, ""), Number(m.Tier), Number(m.Place), Number(m.Weight),
        string.Join('|', m.Languages), string.Join('|', m.Topics),
    ])));

    /// <summary>
    /// Reads either file, told apart by the header. A file of members names all members of the lines in it: who is not
    /// named any more leaves that line. Errors carry the row of the file.
    /// </summary>
    public static LineFileRows Read(string text)
    {
        var rows = new LineFileRows();
        if (text.Length > LongestText)
        {
            rows.Errors.Add(new ImportError(0, "", new Refusal("import-too-long")));
            return rows;
        }

        var file = CsvText.Read(text);
        var (lines, members) = (file.Has(LineColumns), file.Has(Members));
        if (!lines && !members)
        {
            rows.Errors.Add(new ImportError(1, "", new Refusal("import-header", string.Join(", ", LineColumns), string.Join(", ", Members))));
            return rows;
        }

        foreach (var (row, cells, isWhole) in file.Rows)
        {
            if (!isWhole)
            {
                rows.Errors.Add(new ImportError(row, "", new Refusal("import-row", Number(cells.Length), Number(file.Header.Count))));
                continue;
            }

            void Wrong(string field, Refusal no) => rows.Errors.Add(new ImportError(row, field, no));
            if (lines && LineText.Read(cells[1..], Wrong) is { } settings)
            {
                rows.Lines.Add((row, cells[0].Trim(), settings));
            }
            else if (members && Member(cells, Wrong) is { } member)
            {
                rows.Members.Add((row, cells[0].Trim(), member));
            }
        }

        return rows;
    }

    private static LineMember? Member(string[] cells, Action<string, Refusal> wrong)
    {
        var numbers = new List<long>();
        foreach (var column in new[] { 1, 3, 4, 5 })
        {
            if (!long.TryParse(cells[column].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) || (column > 1 && value > 999))
            {
                wrong(Members[column], new Refusal("line-whole-number"));
                return null;
            }

            numbers.Add(value);
        }

        return new LineMember(numbers[0], (int)numbers[1], (int)numbers[2], (int)numbers[3], [.. LineText.List(cells[6]).Order(StringComparer.Ordinal)], [.. LineText.List(cells[7]).Order(StringComparer.Ordinal)]);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a file holds, each with the row it came from.</summary>
public sealed class LineFileRows
{
    public List<(int Row, string Line, LineSettings Settings)> Lines { get; } = [];

    public List<(int Row, string Line, LineMember Member)> Members { get; } = [];

    public List<ImportError> Errors { get; } = [];
}
