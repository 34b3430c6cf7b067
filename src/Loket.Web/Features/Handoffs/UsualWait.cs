using Loket.Domain.Terms;
using Loket.Web.Data;

namespace Loket.Web.Features.Handoffs;

/// <summary>
/// What the wait on a line usually is at this hour of the day: the mean of what was accepted in that hour over four weeks.
/// A line with fewer than five is not in the answer: too little to say anything.
/// </summary>
public static class UsualWait
{
    public const int Fewest = 5;
    private const int Weeks = 4;

    public static async Task<IReadOnlyDictionary<string, int>> OfAsync(Reader reader, IReadOnlyCollection<string> lines, DateTime utc)
    {
        var rows = lines.Count == 0 ? [] : await reader.QueryAsync<Row>(
            """
            SELECT w.line_code, SUM(w.answered) AS answered, SUM(w.seconds) AS seconds FROM line_wait w
            WHERE w.line_code IN @lines AND w.on_hour = @hour AND w.on_day >= @since GROUP BY w.line_code
            """,
            new { lines, hour = Hour(utc), since = RingLines.Day(utc.AddDays(-7 * Weeks)) });
        return rows.Where(r => r.Answered >= Fewest).ToDictionary(r => r.LineCode, r => (int)(r.Seconds / r.Answered), StringComparer.Ordinal);
    }

    public static async Task<int?> OfAsync(Reader reader, string line, DateTime utc) =>
        (await OfAsync(reader, [line], utc)).TryGetValue(line, out var seconds) ? seconds : null;

    /// <summary>The hour of the day in Amsterdam.</summary>
    public static int Hour(DateTime utc) => AmsterdamTime.ToLocal(utc).Hour;

    private sealed class Row
    {
        public string LineCode { get; init; } = "";

        public long Answered { get; init; }

        public long Seconds { get; init; }
    }
}
