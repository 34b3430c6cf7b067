using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Loket.Web.Features.Reports;

/// <summary>Which part of the figures is asked for; all of it stands in the address.</summary>
public sealed record ReportChoices
{
    public static readonly IReadOnlyList<string> Rows = ["month", "quarter", "topic", "organisation"];

    /// <summary>The furthest back that can be chosen, in months.</summary>
    public const int Furthest = 60;

    /// <summary>What a row is: <c>month</c>, <c>quarter</c>, <c>topic</c> or <c>organisation</c>.</summary>
    public string? By { get; init; }

    /// <summary>The first month, as 2026-01; by quarter it begins with the quarter.</summary>
    public string? From { get; init; }

    /// <summary>The last month, as 2026-12.</summary>
    public string? To { get; init; }

    public string? Topic { get; init; }

    /// <summary>The other organisation in it, where a report knows one.</summary>
    public string? Organisation { get; init; }

    /// <summary>The chosen months in order, within what can be chosen; the last twelve when nothing was chosen.</summary>
    public ReportChoices Cleaned(DateOnly today)
    {
        var last = new DateOnly(today.Year, today.Month, 1);
        var to = Month(To) ?? last;
        var from = Month(From) ?? to.AddMonths(-11);
        (from, to) = from <= to ? (from, to) : (to, from);
        return this with
        {
            By = By is not null && Rows.Contains(By) ? By : Rows[0],
            From = Text(from < last.AddMonths(1 - Furthest) ? last.AddMonths(1 - Furthest) : from > last ? last : from),
            To = Text(to > last ? last : to < last.AddMonths(1 - Furthest) ? last.AddMonths(1 - Furthest) : to),
            Topic = Blank(Topic), Organisation = Blank(Organisation),
        };
    }

    internal DateOnly FirstMonth => Month(From)!.Value;

    internal DateOnly LastMonth => Month(To)!.Value;

    public string Link(string path) => QueryHelpers.AddQueryString(path, Parts());

    /// <summary>The choices as they are kept with who read the report.</summary>
    public override string ToString() => QueryHelpers.AddQueryString("", Parts()).TrimStart('?');

    private IEnumerable<KeyValuePair<string, string?>> Parts() =>
        new (string Name, string? Value)[] { ("by", By), ("from", From), ("to", To), ("topic", Topic), ("organisation", Organisation) }
            .Where(p => p.Value is not null).Select(p => KeyValuePair.Create(p.Name, p.Value));

    public static string Text(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static DateOnly? Month(string? text) =>
        DateOnly.TryParseExact($"{text}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month : null;

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) || text.Length > 40 ? null : text;
}
