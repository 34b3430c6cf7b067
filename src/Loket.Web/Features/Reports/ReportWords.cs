using System.Globalization;
using Loket.Domain;
using Loket.Domain.Handoffs;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Reports;

/// <summary>Figures of a report in words, in the language of the page.</summary>
public static class ReportWords
{
    public static string Column(Say say, ReportColumn column) =>
        Code.TryParse<DeclineReason>(column.Code, out _) ? say.Code("reason", column.Code) : say.Text($"report.column-{column.Code}");

    /// <summary>12, 85%, 40 sec, 2,4; a dash when it is not known.</summary>
    public static string Value(Say say, ReportColumn column, double? value) => value is not { } v ? "–" : column.Unit switch
    {
        "percent" => $"{Math.Round(v).ToString(CultureInfo.InvariantCulture)}%",
        "seconds" => v < 300 ? say.Plural("span.second", (int)v) : say.Span(TimeSpan.FromSeconds(v)),
        "number" => v.ToString("0.#", CultureInfo.CurrentUICulture),
        _ => v.ToString("0", CultureInfo.InvariantCulture),
    };
}
