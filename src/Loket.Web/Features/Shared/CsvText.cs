using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Loket.Web.Features.Shared;

/// <summary>
/// Text of a CSV file with a header line, comma or semicolon, UTF-8. Cells that a spreadsheet would run as a formula are
/// written with an apostrophe before them, which is taken off again when read.
/// </summary>
public sealed class CsvText
{
    /// <summary>Longer files are refused, characters.</summary>
    public const int Longest = 500_000;

    private static readonly CsvConfiguration Safe = new(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape, NewLine = "\r\n" };

    private CsvText(IReadOnlyList<string> header, IReadOnlyList<CsvRow> rows)
    {
        Header = header;
        Rows = rows;
    }

    public IReadOnlyList<string> Header { get; }

    public IReadOnlyList<CsvRow> Rows { get; }

    public static CsvText Read(string text)
    {
        var broken = false;
        using var parser = new CsvParser(new StringReader(text.TrimStart('\uFEFF')), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = true, DetectDelimiterValues = [",", ";"], BadDataFound = _ => broken = true,
        });
        var header = parser.Read() ? parser.Record! : [];
        var rows = new List<CsvRow>();
        while (true)
        {
            var row = parser.RawRow + 1;
            broken = false;
            if (!parser.Read())
            {
                return new CsvText(header, rows);
            }

            var cells = parser.Record!;
            rows.Add(new CsvRow(row, Array.ConvertAll(cells, Bare), !broken && cells.Length == header.Length));
        }
    }

    public static string Write(IEnumerable<string> header, IEnumerable<IEnumerable<string>> rows)
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

    public bool Has(IReadOnlyList<string> columns) => Header.SequenceEqual(columns, StringComparer.OrdinalIgnoreCase);

    private static string Bare(string cell) => cell.Length > 1 && cell[0] == '\'' && cell[1] is ('=' or '@' or '+' or '-' or '\t' or '\r') ? cell[1..] : cell;
}

/// <summary>A row with its place in the file (the header is 1); not whole when cells are missing, too many, or badly quoted.</summary>
public sealed record CsvRow(int Row, string[] Cells, bool IsWhole);
