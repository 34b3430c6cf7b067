using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Loket.Web.Features.Directory;

/// <summary>
/// Reads one CSV file (UTF-8, comma, header line) into rows that know their line. A file that is missing, is not
/// UTF-8, has another header or a broken row gives errors and no row for it.
/// </summary>
internal static class ReferenceFilesTable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    public static IReadOnlyList<ReferenceFilesRow> Read(
        string folder, string file, IReadOnlyList<string> columns, List<ReferenceError> errors)
    {
        try
        {
            using var reader = new StreamReader(Path.Combine(folder, file), Utf8, detectEncodingFromByteOrderMarks: false);
            return Read(reader, file, columns, errors);
        }
        catch (IOException e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            errors.Add(new(file, 1, "het bestand ontbreekt"));
        }
        catch (DecoderFallbackException)
        {
            errors.Add(new(file, 1, "het bestand is geen geldige UTF-8"));
        }

        return [];
    }

    /// <summary>The same out of a text; <paramref name="file"/> is what errors call it.</summary>
    public static IReadOnlyList<ReferenceFilesRow> Read(TextReader reader, string file, IReadOnlyList<string> columns, List<ReferenceError> errors)
    {
        var rows = new List<ReferenceFilesRow>();
        var broken = false;
        using var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            IgnoreBlankLines = false,
            BadDataFound = _ => broken = true,
        });
        if (!parser.Read() || !parser.Record!.SequenceEqual(columns, StringComparer.Ordinal))
        {
            errors.Add(new(file, 1, $"de kopregel klopt niet, verwacht: {string.Join(',', columns)}"));
            return rows;
        }

        while (true)
        {
            var line = parser.RawRow + 1;
            broken = false;
            if (!parser.Read())
            {
                break;
            }

            var cells = parser.Record!;
            if (broken)
            {
                errors.Add(new(file, line, "een aanhalingsteken staat op de verkeerde plaats"));
            }
            else if (cells.Length != columns.Count)
            {
                errors.Add(new(file, line, $"de regel heeft {cells.Length} velden, het moeten er {columns.Count} zijn"));
            }
            else
            {
                rows.Add(new(file, line, columns, cells, errors));
            }
        }

        return rows;
    }
}
