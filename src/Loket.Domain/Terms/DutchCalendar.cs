using System.Collections.Concurrent;
using System.Globalization;

namespace Loket.Domain.Terms;

/// <summary>
/// Saturdays, Sundays and public holidays (Algemene termijnenwet art. 3). Days equated by decree are data and come in
/// from outside. King's Day holds for 2014 and later. Safe to share between threads.
/// </summary>
public sealed class DutchCalendar
{
    private readonly ConcurrentDictionary<int, Holiday?[]> years = new();
    private readonly ILookup<int, DateOnly> equatedByYear;

    /// <param name="equatedDays">Days that a decree equates with a holiday (art. 3 lid 3).</param>
    public DutchCalendar(IEnumerable<DateOnly> equatedDays) => equatedByYear = equatedDays.ToLookup(d => d.Year);

    /// <summary>
    /// A calendar from lines <c>date,source</c> (header first; empty lines are skipped), as in
    /// <c>db/reference/equated-days.csv</c>. Refuses with <c>equated-days-wrong</c> and the number of the bad line.
    /// </summary>
    public static Outcome<DutchCalendar> FromCsv(string csv)
    {
        var days = new List<DateOnly>();
        var lines = csv.Split('\n');
        for (var i = 1; i < lines.Length; i++)
        {
            var date = lines[i].Split(',')[0].Trim();
            if (date.Length == 0)
            {
                continue;
            }

            if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return new Refusal("equated-days-wrong", (i + 1).ToString(CultureInfo.InvariantCulture), date);
            }

            days.Add(day);
        }

        return new DutchCalendar(days);
    }

    public Holiday? HolidayOn(DateOnly date) => years.GetOrAdd(date.Year, HolidaysOf)[date.DayOfYear];

    /// <summary>Not a Saturday, Sunday or holiday.</summary>
    public bool IsWorkingDay(DateOnly date) =>
        date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && HolidayOn(date) is null;

    /// <summary>The <paramref name="count"/>th working day after (or, when negative, before) a date.</summary>
    public DateOnly AddWorkingDays(DateOnly date, int count)
    {
        var direction = Math.Sign(count);
        for (var left = Math.Abs(count); left > 0;)
        {
            date = date.AddDays(direction);
            left -= IsWorkingDay(date) ? 1 : 0;
        }

        return date;
    }

    /// <summary>How many working days lie in [<paramref name="from"/>, <paramref name="until"/>).</summary>
    public int WorkingDaysBetween(DateOnly from, DateOnly until)
    {
        var count = 0;
        for (var day = from; day < until; day = day.AddDays(1))
        {
            count += IsWorkingDay(day) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Easter Sunday in the Gregorian calendar (the anonymous algorithm of Meeus, Jones and Butcher).</summary>
    public static DateOnly EasterSunday(int year)
    {
        var golden = year % 19;
        var (century, rest) = (year / 100, year % 100);
        var epact = ((19 * golden) + century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (rest / 4)) - epact - (rest % 4)) % 7;
        var late = (golden + (11 * epact) + (22 * weekday)) / 451;
        var number = epact + weekday - (7 * late) + 114;
        return new DateOnly(year, number / 31, (number % 31) + 1);
    }

    private Holiday?[] HolidaysOf(int year)
    {
        var table = new Holiday?[367];
        foreach (var day in equatedByYear[year])
        {
            table[day.DayOfYear] = Holiday.Equated;
        }

        var easter = EasterSunday(year);
        var kingsDay = new DateOnly(year, 4, 27);
        table[new DateOnly(year, 5, 5).DayOfYear] = Holiday.LiberationDay;
        table[(kingsDay.DayOfWeek == DayOfWeek.Sunday ? kingsDay.AddDays(-1) : kingsDay).DayOfYear] = Holiday.KingsDay;
        table[1] = Holiday.NewYear;
        table[easter.AddDays(-2).DayOfYear] = Holiday.GoodFriday;
        table[easter.AddDays(1).DayOfYear] = Holiday.EasterMonday;
        table[easter.AddDays(39).DayOfYear] = Holiday.AscensionDay;
        table[easter.AddDays(50).DayOfYear] = Holiday.WhitMonday;
        table[new DateOnly(year, 12, 25).DayOfYear] = Holiday.ChristmasDay;
        table[new DateOnly(year, 12, 26).DayOfYear] = Holiday.BoxingDay;
        return table;
    }
}
