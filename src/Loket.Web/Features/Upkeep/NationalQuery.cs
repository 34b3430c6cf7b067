using System.Globalization;
using Loket.Web.Data;

namespace Loket.Web.Features.Upkeep;

/// <summary>The national picture: who is connected, over time, out of one row a day.</summary>
public sealed class NationalQuery(Db db)
{
    private const int Longest = 400;

    public Task<NationalView> LoadAsync() => db.ReadAsync(async r => new NationalView
    {
        Days = [.. (await r.QueryAsync<NationalDay>($"SELECT day, bodies, lines, professionals FROM national_day ORDER BY day DESC {r.Dialect.First(Longest)}")).OrderBy(d => d.Day)],
    });
}

/// <summary>GET /national. View <c>Upkeep/National.cshtml</c>.</summary>
public sealed class NationalView
{
    /// <summary>Oldest first.</summary>
    public IReadOnlyList<NationalDay> Days { get; init; } = [];

    public static DateOnly On(NationalDay day) => DateOnly.ParseExact(day.Day.ToString(CultureInfo.InvariantCulture), "yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>The points of a line in a box of 100 by 100, time to the right and figures upwards; one day stands in the middle.</summary>
    public string Points(Func<NationalDay, int> figure)
    {
        var (first, most) = (On(Days[0]).DayNumber, Math.Max(1, Days.Max(figure)));
        var span = On(Days[^1]).DayNumber - first;
        return string.Join(' ', Days.Select(d => string.Create(
            CultureInfo.InvariantCulture, $"{(span == 0 ? 50 : 100d * (On(d).DayNumber - first) / span):0.##},{100 - (100d * figure(d) / most):0.##}")));
    }
}
