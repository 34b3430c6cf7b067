using Loket.Domain.Handoffs;
using Loket.Domain.Reports;

namespace Loket.Web.Features.Reports;

/// <summary>The rows of <c>stat_day</c> of one group, summed over its days.</summary>
internal sealed class StatSum
{
    /// <summary>yyyymm</summary>
    public int Month { get; init; }

    public string Topic { get; init; } = "";

    public string Other { get; init; } = "";

    public string Kind { get; init; } = "";

    public int Bucket { get; init; }

    public long N { get; init; }
}

/// <summary>What a report is made of: the measure it reads, the figures of one group, and what its plot shows.</summary>
internal sealed record ReportKind(
    string Code, string Measure, IReadOnlyList<ReportColumn> Columns, Func<IReadOnlyList<StatSum>, long> Size, Func<IReadOnlyList<StatSum>, double?[]> Figures)
{
    private static readonly string[] Reasons = [.. Enum.GetValues<DeclineReason>().Select(r => Domain.Code.Of(r))];

    public static readonly IReadOnlyList<ReportKind> All =
    [
        new("terms", "term", Of("kept count", "late count", "kept-share percent"), Sum,
            s => [Sum(s, x => x.Bucket == 1), Sum(s, x => x.Bucket == 0), Share(s, x => x.Bucket == 1)]) { Plotted = 2 },
        new("wait", "wait", Of("live-share percent", "p50 seconds", "p90 seconds"), Sum, Wait) { Plotted = 1, PlottedTo = 2, KnowsOther = true },
        new("promises", "promise", Of("kept count", "late count", "withdrawn count", "kept-share percent"), Sum,
            s => [Sum(s, x => x.Kind == "kept"), Sum(s, x => x.Kind == "late"), Sum(s, x => x.Kind == "withdrawn"), Share(s, x => x.Kind == "kept")]) { Plotted = 3 },
        new("chain", "chain", Of("organisations number", "organisations-p90 number", "steps number", "steps-p90 number"), s => (long)Sum(s, x => x.Kind == "organisations"),
            s => [.. Length(s, "organisations"), .. Length(s, "steps")]) { Plotted = 0 },
        Declines("declines", "decline"),
        Declines("declined", "declined"),
    ];

    /// <summary>The column of the plot; for a range also where it ends.</summary>
    public int Plotted { get; init; }

    public int? PlottedTo { get; init; }

    /// <summary>It is about pairs of organisations, whatever rows were asked for.</summary>
    public bool OfPairs { get; init; }

    /// <summary>It can be told apart by the other organisation.</summary>
    public bool KnowsOther { get; init; }

    private static ReportKind Declines(string code, string measure) => new(
        code, measure, [.. Reasons.Select(r => new ReportColumn(r, "count"))], Sum, s => [.. Reasons.Select(r => (double?)Sum(s, x => x.Kind == r))])
    {
        Plotted = -1, OfPairs = true, KnowsOther = true,
    };

    // A percentile of a few who were answered is as telling as a small group.
    private static double?[] Wait(IReadOnlyList<StatSum> sums)
    {
        var live = sums.Where(s => s.Kind == "live").Select(s => (s.Bucket, s.N)).ToList();
        var enough = live.Sum(l => l.N) >= SmallGroups.Least;
        return [Share(sums, s => s.Kind == "live"), enough ? Spread.Percentile(live, 0.5) : null, enough ? Spread.Percentile(live, 0.9) : null];
    }

    private static double?[] Length(IReadOnlyList<StatSum> sums, string kind)
    {
        var lengths = sums.Where(s => s.Kind == kind).Select(s => (s.Bucket, s.N)).ToList();
        return [Spread.Mean(lengths), Spread.Percentile(lengths, 0.9)];
    }

    private static long Sum(IReadOnlyList<StatSum> sums) => sums.Sum(s => s.N);

    private static double Sum(IReadOnlyList<StatSum> sums, Func<StatSum, bool> which) => sums.Where(which).Sum(s => s.N);

    private static double? Share(IReadOnlyList<StatSum> sums, Func<StatSum, bool> which) => Sum(sums) is > 0 and var all ? 100 * Sum(sums, which) / all : null;

    private static ReportColumn[] Of(params string[] columns) => [.. columns.Select(c => c.Split(' ')).Select(c => new ReportColumn(c[0], c[1]))];
}
