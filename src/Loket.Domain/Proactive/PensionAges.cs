using Loket.Domain.Journeys;

namespace Loket.Domain.Proactive;

/// <summary>An age of the state pension, for who reaches it in these calendar years; without a last year it goes on.</summary>
public sealed record PensionAge(int FromYear, int? UntilYear, int Years, int Months);

/// <summary>The state pension age by calendar year (AOW art. 7a). <paramref name="Verified"/> is null while the table is to be checked.</summary>
public sealed record PensionAges(string Law, IReadOnlyList<PensionAge> Rows, Verified? Verified)
{
    public int FewestMonths => Rows.Min(Months);

    public int MostMonths => Rows.Max(Months);

    /// <summary>The day on which somebody reaches it; null when the table does not say.</summary>
    public DateOnly? Reached(DateOnly born) => Rows
        .Select(row => (Row: row, Day: Birthday.Reaching(row.Years, born, row.Months)))
        .Where(x => x.Day.Year >= x.Row.FromYear && (x.Row.UntilYear is not { } last || x.Day.Year <= last))
        .Select(x => (DateOnly?)x.Day).FirstOrDefault();

    private static int Months(PensionAge row) => (row.Years * 12) + row.Months;
}
