using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Reports;

/// <summary>
/// A report as CSV (RFC 4180, UTF-8 with a mark for spreadsheets). A cell that a spreadsheet would take for a formula gets an
/// apostrophe in front.
/// </summary>
public sealed class ReportCsv(Say say)
{
    private static readonly CsvConfiguration Safe = new(CultureInfo.InvariantCulture)
    {
        InjectionOptions = InjectionOptions.Escape,
        InjectionCharacters = ['=', '@', '+', '-', '\t', '\r'],
        InjectionEscapeCharacter = '\'',
    };

    public byte[] Write(Report report)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = new CsvWriter(text, Safe))
        {
            foreach (var head in report.Columns.Select(c => ReportWords.Column(say, c)).Prepend(say.Text("report.size")).Prepend(say.Text($"report.by-{report.By}")))
            {
                csv.WriteField(head);
            }

            csv.NextRecord();
            foreach (var row in report.Rows)
            {
                csv.WriteField(row.Name);
                csv.WriteField(row.Hidden ? say.Text("report.hidden") : Number(row.Size));
                foreach (var value in row.Values)
                {
                    csv.WriteField(Number(value));
                }

                csv.NextRecord();
            }
        }

        return [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static string Number(double? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";
}
