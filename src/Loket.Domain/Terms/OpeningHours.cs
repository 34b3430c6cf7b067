namespace Loket.Domain.Terms;

/// <summary>
/// Opening hours of a line per weekday, wall-clock time in Amsterdam. Closed on every holiday. A day named as an
/// exception has its own hours, or is closed, whatever else it is.
/// </summary>
public sealed partial class OpeningHours
{
    private readonly (TimeOnly From, TimeOnly To)?[] week = new (TimeOnly, TimeOnly)?[7];
    private readonly SortedDictionary<DateOnly, (TimeOnly From, TimeOnly To)?> exceptions = [];

    /// <param name="days">Open days; a weekday that is not there is closed. At least one, each with From before To.</param>
    /// <param name="exceptions">Days with their own hours; null is closed.</param>
    public OpeningHours(
        IReadOnlyDictionary<DayOfWeek, (TimeOnly From, TimeOnly To)> days, IReadOnlyDictionary<DateOnly, (TimeOnly From, TimeOnly To)?>? exceptions = null)
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

        foreach (var (day, hours) in exceptions ?? new Dictionary<DateOnly, (TimeOnly, TimeOnly)?>())
        {
            this.exceptions[day] = hours is null || hours.Value.From < hours.Value.To
                ? hours
                : throw new ArgumentException($"{day:yyyy-MM-dd}: opens after it closes", nameof(exceptions));
        }
    }

    /// <summary>Monday to Friday, 08:30 to 17:00.</summary>
    public static OpeningHours Default { get; } = Weekdays(new TimeOnly(8, 30), new TimeOnly(17, 0));

    /// <summary>Days with hours of their own, in order; null is closed.</summary>
    public IReadOnlyDictionary<DateOnly, (TimeOnly From, TimeOnly To)?> Exceptions => exceptions;

    public static OpeningHours Weekdays(TimeOnly from, TimeOnly to) => new(
        Enumerable.Range((int)DayOfWeek.Monday, 5).ToDictionary(d => (DayOfWeek)d, _ => (from, to)));

    public (TimeOnly From, TimeOnly To)? On(DayOfWeek day) => week[(int)day];

    /// <summary>The opening of one day in UTC, or null when closed that day.</summary>
    public (DateTime From, DateTime To)? On(DateOnly date, DutchCalendar calendar)
    {
        var hours = exceptions.TryGetValue(date, out var own) ? own : calendar.HolidayOn(date) is null ? week[(int)date.DayOfWeek] : null;
        return hours is { } open ? (AmsterdamTime.ToUtc(date, open.From), AmsterdamTime.ToUtc(date, open.To)) : null;
    }

    /// <summary>Open from its first moment up to, not including, closing time.</summary>
    public bool IsOpenAt(DateTime utc, DutchCalendar calendar) =>
        On(AmsterdamTime.DateOf(utc), calendar) is { } window && window.From <= utc && utc < window.To;

    /// <summary>The first moment (UTC) from <paramref name="utc"/> on at which it is open: that moment itself when it is open now.</summary>
    public DateTime NextOpen(DateTime utc, DutchCalendar calendar) =>
        From(utc, calendar).First(w => w.To > utc) is var (from, _) && from > utc ? from : utc;

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
