namespace Loket.Domain.Terms;

/// <summary>Opening hours of a line per weekday, wall-clock time in Amsterdam. Closed on every holiday.</summary>
public sealed class OpeningHours
{
    private readonly (TimeOnly From, TimeOnly To)?[] week = new (TimeOnly, TimeOnly)?[7];

    /// <param name="days">Open days; a weekday that is not there is closed. At least one, each with From before To.</param>
    public OpeningHours(IReadOnlyDictionary<DayOfWeek, (TimeOnly From, TimeOnly To)> days)
    {
        foreach (var (day, (from, to)) in days)
        {
            if (from >= to)
            {
                throw new ArgumentException($"{day}: opens at {from:HH\\:mm} but closes at {to:HH\\:mm}", nameof(days));
            }

            week[(int)day] = (from, to);
        }

        if (days.Count == 0)
        {
            throw new ArgumentException("A line is open on at least one day", nameof(days));
        }
    }

    /// <summary>Monday to Friday, 08:30 to 17:00.</summary>
    public static OpeningHours Default { get; } = Weekdays(new TimeOnly(8, 30), new TimeOnly(17, 0));

    public static OpeningHours Weekdays(TimeOnly from, TimeOnly to) => new(
        Enumerable.Range((int)DayOfWeek.Monday, 5).ToDictionary(d => (DayOfWeek)d, _ => (from, to)));

    public (TimeOnly From, TimeOnly To)? On(DayOfWeek day) => week[(int)day];

    /// <summary>The opening of one day in UTC, or null when closed that day.</summary>
    public (DateTime From, DateTime To)? On(DateOnly date, DutchCalendar calendar) =>
        week[(int)date.DayOfWeek] is { } hours && calendar.HolidayOn(date) is null
            ? (AmsterdamTime.ToUtc(date, hours.From), AmsterdamTime.ToUtc(date, hours.To))
            : null;

    /// <summary>Open from its first moment up to, not including, closing time.</summary>
    public bool IsOpenAt(DateTime utc, DutchCalendar calendar) =>
        On(AmsterdamTime.DateOf(utc), calendar) is { } window && window.From <= utc && utc < window.To;

    /// <summary>The openings from the day of a moment onwards, in UTC, without end.</summary>
    internal IEnumerable<(DateTime From, DateTime To)> From(DateTime utc, DutchCalendar calendar)
    {
        for (var day = AmsterdamTime.DateOf(utc); ; day = day.AddDays(1))
        {
            if (On(day, calendar) is { } window && window.To > window.From)
            {
                yield return window;
            }
        }
    }
}
