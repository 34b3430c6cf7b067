namespace Loket.Domain.Terms;

/// <summary>Terms that run only while a line is open. All moments are UTC; each hour is a real hour, also across a clock change.</summary>
public static class WorkingTime
{
    /// <summary>
    /// The moment after that much opening time. An end that falls on closing time stays there; no time at all gives the
    /// moment itself, or the next opening when closed.
    /// </summary>
    public static DateTime Add(DateTime utc, TimeSpan workingTime, OpeningHours hours, DutchCalendar calendar)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workingTime, TimeSpan.Zero);
        var left = workingTime;
        foreach (var (from, to) in hours.From(utc, calendar))
        {
            var start = utc > from ? utc : from;
            if (start <= to && to - start >= left)
            {
                return start + left;
            }

            left -= start < to ? to - start : TimeSpan.Zero;
        }

        throw new InvalidOperationException("A line is open on at least one day");
    }

    /// <summary>
    /// The same clock time that many open days later, within the hours of that day. Outside opening hours the count
    /// starts at the next opening: Saturday plus one day is Tuesday at opening time.
    /// </summary>
    public static DateTime AddDays(DateTime utc, int workingDays, OpeningHours hours, DutchCalendar calendar)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workingDays);
        var start = Add(utc, TimeSpan.Zero, hours, calendar);
        var clock = AmsterdamTime.ToLocal(start).TimeOfDay;
        var (from, to) = hours.From(start, calendar).ElementAt(workingDays);
        var same = AmsterdamTime.ToUtc(AmsterdamTime.DateOf(from).ToDateTime(TimeOnly.FromTimeSpan(clock)));
        return same < from ? from : same > to ? to : same;
    }

    /// <summary>Opening time between two moments; zero when they are the wrong way round.</summary>
    public static TimeSpan Between(DateTime fromUtc, DateTime toUtc, OpeningHours hours, DutchCalendar calendar)
    {
        var total = TimeSpan.Zero;
        foreach (var (from, to) in hours.From(fromUtc, calendar))
        {
            if (from >= toUtc)
            {
                break;
            }

            var (start, end) = (fromUtc > from ? fromUtc : from, toUtc < to ? toUtc : to);
            total += end > start ? end - start : TimeSpan.Zero;
        }

        return total;
    }

    /// <summary>
    /// When a service term that starts at a moment is over: working hours and days by opening hours, hours by the clock,
    /// other terms at the end of their last day in Amsterdam.
    /// </summary>
    public static DateTime Due(DateTime utc, Term term, OpeningHours hours, DutchCalendar calendar) => term.Unit switch
    {
        _ when term.Backwards => throw new ArgumentException("A service term does not count back", nameof(term)),
        TermUnit.WorkingHours => Add(utc, TimeSpan.FromHours(term.Amount), hours, calendar),
        TermUnit.WorkingDays => AddDays(utc, term.Amount, hours, calendar),
        TermUnit.Hours => utc.AddHours(term.Amount),
        _ => new TermCalculator(calendar).Due(AmsterdamTime.DateOf(utc), term, TermBasis.Service).EndsAtUtc,
    };
}
