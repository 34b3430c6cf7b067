using System.Text.Json.Serialization;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Reports;

/// <summary>GET /reports: the figures of the viewer's organisation. View <c>Reports/Reports.cshtml</c>.</summary>
public sealed class ReportsView
{
    public string OrganisationName { get; init; } = "";

    public ReportChoices Choices { get; init; } = new();

    public IReadOnlyList<Report> Reports { get; init; } = [];

    [JsonIgnore]
    public IReadOnlyList<Option> Topics { get; init; } = [];

    [JsonIgnore]
    public IReadOnlyList<Option> Organisations { get; init; } = [];

    /// <summary>The months that can be chosen, newest first.</summary>
    [JsonIgnore]
    public IReadOnlyList<DateOnly> Months { get; init; } = [];
}

/// <summary>One report: rows of one kind with the same columns. Its plot shows the column <see cref="Plotted"/>.</summary>
public sealed class Report
{
    /// <summary><c>terms</c>, <c>wait</c>, <c>promises</c>, <c>chain</c>, <c>declines</c> (ours to others) or <c>declined</c> (others' to us).</summary>
    public string Code { get; init; } = "";

    /// <summary>What a row is: <c>month</c>, <c>quarter</c>, <c>topic</c> or <c>organisation</c>.</summary>
    public string By { get; init; } = "";

    public IReadOnlyList<ReportColumn> Columns { get; init; } = [];

    public IReadOnlyList<ReportRow> Rows { get; init; } = [];

    /// <summary>The column of the plot, and for a range the one where it ends.</summary>
    [JsonIgnore]
    public int Plotted { get; init; }

    [JsonIgnore]
    public int? PlottedTo { get; init; }

    /// <summary>Whether any row shows a figure.</summary>
    [JsonIgnore]
    public bool Shows => Rows.Any(r => r is { Hidden: false, Size: > 0 });
}

/// <param name="Code">Text key <c>report.column-{code}</c>, or <c>reason.{code}</c> for a reason of a refusal.</param>
/// <param name="Unit"><c>count</c>, <c>percent</c>, <c>seconds</c> or <c>number</c> (one decimal).</param>
public sealed record ReportColumn(string Code, string Unit);

public sealed class ReportRow
{
    /// <summary>2026-01, 2026-Q1, a topic or an organisation.</summary>
    public string Key { get; init; } = "";

    /// <summary>The key in words.</summary>
    public string Name { get; init; } = "";

    /// <summary>A group that is not shown, because it is under ten or would give another one away.</summary>
    public bool Hidden { get; init; }

    /// <summary>How many the figures are about; null when hidden.</summary>
    public int? Size { get; init; }

    /// <summary>One for each column; null when hidden or not known.</summary>
    public IReadOnlyList<double?> Values { get; init; } = [];
}
