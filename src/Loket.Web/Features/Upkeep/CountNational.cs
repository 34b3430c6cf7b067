using System.Globalization;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Jobs;

namespace Loket.Web.Features.Upkeep;

/// <summary>Counts once an hour who is connected, one row a day: bodies with a line that can ring, such lines, and who works with Loket. No case is read.</summary>
public sealed class CountNational(Db db) : IJob
{
    private const string Counts = """
        (SELECT COUNT(DISTINCT l.organisation_code) FROM line l WHERE l.is_live = 1 AND EXISTS (SELECT 1 FROM line_member m JOIN professional p ON p.id = m.professional_id AND p.active = 1 WHERE m.line_code = l.code)) AS bodies,
        (SELECT COUNT(*) FROM line l WHERE l.is_live = 1 AND EXISTS (SELECT 1 FROM line_member m JOIN professional p ON p.id = m.professional_id AND p.active = 1 WHERE m.line_code = l.code)) AS lines,
        (SELECT COUNT(*) FROM professional p WHERE p.active = 1) AS professionals
        """;

    public Task RunAsync(CancellationToken ct) => db.WriteAsync<int>(unit =>
    {
        var day = int.Parse(AmsterdamTime.DateOf(unit.Now).ToString("yyyyMMdd", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var now = unit.Find<NationalDay>($"SELECT @day AS day, {Counts}", new { day })!;
        return unit.Execute("UPDATE national_day SET bodies = @Bodies, lines = @Lines, professionals = @Professionals WHERE day = @Day", now) is var known && known > 0
            ? known
            : unit.Execute("INSERT INTO national_day (day, bodies, lines, professionals) VALUES (@Day, @Bodies, @Lines, @Professionals)", now);
    });
}

/// <summary>The last count of a day.</summary>
public sealed class NationalDay
{
    /// <summary>yyyymmdd, Amsterdam.</summary>
    public int Day { get; init; }

    public int Bodies { get; init; }

    public int Lines { get; init; }

    public int Professionals { get; init; }
}
