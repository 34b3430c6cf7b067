using Loket.Domain.Lines;
using Loket.Domain.Terms;
using Loket.Web.Data;

namespace Loket.Web.Features.Rota;

/// <summary>A line of an organisation with the rota of its members, and on which days somebody answers for the organisation.</summary>
public sealed record LineRota(
    string Code, string Topic, string? Phone, OpeningHours? Hours, string? Overflow, int Least, bool IsLive, int Version, IReadOnlyList<RotaPerson> People,
    IReadOnlySet<string> DutyDays)
{
    /// <summary>How far ahead the rota is looked at, days.</summary>
    public const int Ahead = 7;

    private const string Lines = """
        SELECT l.code, l.topic_code, l.phone, l.hours, l.overflow_line, l.least_people, l.is_live, l.version FROM line l
        WHERE l.organisation_code = @organisation AND l.successor_code IS NULL ORDER BY l.topic_code, l.code
        """;

    private const string Members = """
        SELECT m.line_code, m.professional_id, p.name, m.rota FROM line l JOIN line_member m ON m.line_code = l.code
        JOIN professional p ON p.id = m.professional_id AND p.active = 1 WHERE l.organisation_code = @organisation ORDER BY p.name, p.id
        """;

    private const string Away = """
        SELECT a.professional_id, a.from_at, a.until_at FROM professional p JOIN absence a ON a.professional_id = p.id
        WHERE p.organisation_code = @organisation AND p.active = 1 AND a.until_at > @now AND a.until_at > a.from_at
        """;

    private const string Duty = "SELECT day FROM organisation_duty WHERE organisation_code = @organisation";

    /// <summary>All lines of the organisation.</summary>
    public static async Task<List<LineRota>> LoadAsync(Reader r, string organisation, DateTime now)
    {
        var args = new { organisation, now };
        return Of(await r.QueryAsync<LineRow>(Lines, args), await r.QueryAsync<MemberRow>(Members, args), await r.QueryAsync<AwayRow>(Away, args), await r.QueryAsync<string>(Duty, args));
    }

    public static List<LineRota> Load(Unit unit, string organisation)
    {
        var args = new { organisation, now = unit.Now };
        return Of(unit.Query<LineRow>(Lines, args), unit.Query<MemberRow>(Members, args), unit.Query<AwayRow>(Away, args), unit.Query<string>(Duty, args));
    }

    /// <summary>What the line has of what it needs to open.</summary>
    public Opening Opening(DateTime now, DutchCalendar calendar) => new(
        People.Count, Hours is not null, Overflow is not null, !string.IsNullOrEmpty(Phone),
        HasRota: Hours is not null && !Short(now, calendar, 1, whoeverIsAway: true).Any(),
        HasDuty: Hours is not null && OpeningHours.Days.All(d => Hours.On(d.Day) is null || DutyDays.Contains(d.Name)));

    /// <summary>Where the coming days are short of people.</summary>
    public IEnumerable<Shortage> Short(DateTime now, DutchCalendar calendar) => Hours is null ? [] : Short(now, calendar, Least, whoeverIsAway: false);

    /// <summary>
    /// Where it warns: an open line with a rota. A line without anybody on the rota has none yet: it is the checklist that says so.
    /// </summary>
    public IEnumerable<Shortage> Warned(DateTime now, DutchCalendar calendar) => !IsLive || People.All(p => p.Rota is null) ? [] : Short(now, calendar);

    private IEnumerable<Shortage> Short(DateTime now, DutchCalendar calendar, int least, bool whoeverIsAway)
    {
        var people = People.Select(p => new OnRota(p.Rota, whoeverIsAway ? [] : p.Away)).ToList();
        var today = AmsterdamTime.DateOf(now);
        return Enumerable.Range(0, Ahead).SelectMany(n => Staffing.On(today.AddDays(n), Hours!, people, least, calendar)).Where(s => s.Until > now);
    }

    private static List<LineRota> Of(List<LineRow> lines, List<MemberRow> members, List<AwayRow> away, List<string> duty)
    {
        var (gone, days) = (away.ToLookup(a => a.ProfessionalId, a => (a.FromAt, a.UntilAt)), duty.ToHashSet(StringComparer.Ordinal));
        var people = members.ToLookup(m => m.LineCode, m => new RotaPerson(m.ProfessionalId, m.Name, Parsed(m.Rota), [.. gone[m.ProfessionalId]]), StringComparer.Ordinal);
        return lines.ConvertAll(l => new LineRota(l.Code, l.TopicCode, l.Phone, Parsed(l.Hours), l.OverflowLine, l.LeastPeople, l.IsLive, l.Version, [.. people[l.Code]], days));
    }

    private static OpeningHours? Parsed(string? hours) => hours is null ? null : OpeningHours.Parse(hours).Value;

    private sealed class LineRow
    {
        public string Code { get; init; } = "";

        public string TopicCode { get; init; } = "";

        public string? Phone { get; init; }

        public string? Hours { get; init; }

        public string? OverflowLine { get; init; }

        public int LeastPeople { get; init; }

        public bool IsLive { get; init; }

        public int Version { get; init; }
    }

    private sealed class MemberRow
    {
        public string LineCode { get; init; } = "";

        public long ProfessionalId { get; init; }

        public string Name { get; init; } = "";

        public string? Rota { get; init; }
    }

    private sealed class AwayRow
    {
        public long ProfessionalId { get; init; }

        public DateTime FromAt { get; init; }

        public DateTime UntilAt { get; init; }
    }
}

/// <param name="Rota">When they are on this line; null: not on the rota.</param>
public sealed record RotaPerson(long Id, string Name, OpeningHours? Rota, IReadOnlyList<(DateTime From, DateTime Until)> Away);
