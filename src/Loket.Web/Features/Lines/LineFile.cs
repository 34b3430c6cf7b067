using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Loket.Domain;

namespace Loket.Web.Features.Lines;

/// <summary>
/// Lines and members as CSV: header line, comma, UTF-8. Cells that a spreadsheet would run as a formula are written with
/// an apostrophe before them, which is taken off again when read.
/// </summary>
public static class LineFile
{
    public const int LongestText = 500_000;
    private static readonly string[] Members = ["line", "person", "name", "tier", "place", "weight", "languages", "topics"];
    private static readonly CsvConfiguration Safe = new(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape, NewLine = "\r\n" };

    public static readonly IReadOnlyList<string> LineColumns = ["code", .. LineText.Fields];

    public static string WriteLines(IEnumerable<StoredLine> lines) =>
        Write(LineColumns, lines.Select(l => (IEnumerable<string>)[l.Code, .. LineText.Of(l.Settings)]));

    public static string WriteMembers(IEnumerable<StoredLine> lines, IReadOnlyDictionary<long, string> names) => Write(Members, lines.SelectMany(l => l.Members.Select(m => (IEnumerable<string>)
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

        var broken = false;
        using var parser = new CsvParser(new StringReader(text.TrimStart('\uFEFF')), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = true, DetectDelimiterValues = [",", ";"], BadDataFound = _ => broken = true,
        });
        var header = parser.Read() ? parser.Record! : [];
        var (lines, members) = (header.SequenceEqual(LineColumns, StringComparer.OrdinalIgnoreCase), header.SequenceEqual(Members, StringComparer.OrdinalIgnoreCase));
        if (!lines && !members)
        {
            rows.Errors.Add(new ImportError(1, "", new Refusal("import-header", string.Join(", ", LineColumns), string.Join(", ", Members))));
            return rows;
        }

        while (true)
        {
            var row = parser.RawRow + 1;
            broken = false;
            if (!parser.Read())
            {
                return rows;
            }

            var cells = parser.Record!;
            if (broken || cells.Length != header.Length)
            {
                rows.Errors.Add(new ImportError(row, "", new Refusal("import-row", Number(cells.Length), Number(header.Length))));
                continue;
            }

            cells = Array.ConvertAll(cells, Bare);
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

    private static string Write(IEnumerable<string> header, IEnumerable<IEnumerable<string>> rows)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = new CsvWriter(text, Safe))
        {
            foreach (var row in rows.Prepend(header))
            {
                foreach (var cell in row)
                {
                    csv.WriteField(cell);
                }

                csv.NextRecord();
            }
        }

        return text.ToString();
    }

    private static string Bare(string cell) => cell.Length > 1 && cell[0] == '\'' && cell[1] is ('=' or '@' or '+' or '-' or '\t' or '\r') ? cell[1..] : cell;

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a file holds, each with the row it came from.</summary>
public sealed class LineFileRows
{
    public List<(int Row, string Line, LineSettings Settings)> Lines { get; } = [];

    public List<(int Row, string Line, LineMember Member)> Members { get; } = [];

    public List<ImportError> Errors { get; } = [];
}
