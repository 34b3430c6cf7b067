using System.Globalization;
using Loket.Domain.Terms;

namespace Loket.Domain.Tests.Terms;

public class DutchCalendarTests
{
    [Theory]
    [InlineData("2026-01-01", "new-year")]
    [InlineData("2026-01-02", "equated")]
    [InlineData("2026-04-03", "good-friday")]
    [InlineData("2026-04-06", "easter-monday")]
    [InlineData("2026-04-27", "kings-day")]
    [InlineData("2026-05-05", "liberation-day")]
    [InlineData("2026-05-14", "ascension-day")]
    [InlineData("2026-05-15", "equated")]
    [InlineData("2026-05-25", "whit-monday")]
    [InlineData("2026-12-25", "christmas-day")]
    [InlineData("2026-12-26", "boxing-day")]
    [InlineData("2027-05-07", "equated")]
    [InlineData("2028-04-28", "equated")]
    [InlineData("2028-05-26", "equated")]
    [InlineData("2023-04-28", "equated")]
    [InlineData("2023-05-19", "equated")]
    [InlineData("2024-05-10", "equated")]
    [InlineData("2024-12-27", "equated")]
    [InlineData("2025-05-30", "equated")]
    public void A_holiday_is_no_working_day_and_has_a_name(string date, string key)
    {
        var holiday = Calendars.Dutch.HolidayOn(Day(date));

        Assert.Equal(key, holiday?.Key);
        Assert.NotEqual(holiday!.Dutch, holiday.English);
        Assert.False(Calendars.Dutch.IsWorkingDay(Day(date)));
    }

    [Fact]
    public void A_year_without_equated_days_has_nine_holidays() =>
        Assert.Equal(9, Enumerable.Range(0, 365).Count(d => Calendars.Dutch.HolidayOn(new DateOnly(2030, 1, 1).AddDays(d)) is not null));

    [Theory]
    [InlineData("2025-04-26", true)] // the 27th is a Sunday
    [InlineData("2025-04-27", false)]
    [InlineData("2026-04-26", false)]
    public void Kings_day_is_a_day_earlier_when_the_27th_is_a_sunday(string date, bool isKingsDay) =>
        Assert.Equal(isKingsDay, Calendars.Dutch.HolidayOn(Day(date)) == Holiday.KingsDay);

    [Theory]
    [InlineData(1818, "1818-03-22")] // the earliest possible
    [InlineData(1943, "1943-04-25")] // the latest possible
    [InlineData(1954, "1954-04-18")]
    [InlineData(1981, "1981-04-19")]
    [InlineData(2000, "2000-04-23")]
    [InlineData(2008, "2008-03-23")]
    [InlineData(2025, "2025-04-20")]
    [InlineData(2026, "2026-04-05")]
    [InlineData(2027, "2027-03-28")]
    [InlineData(2028, "2028-04-16")]
    [InlineData(2038, "2038-04-25")]
    [InlineData(2049, "2049-04-18")]
    public void Easter_falls_where_the_church_calendar_says(int year, string date) => Assert.Equal(Day(date), DutchCalendar.EasterSunday(year));

    [Fact]
    public void The_fifth_of_may_is_a_holiday_every_year() =>
        Assert.All(Enumerable.Range(2020, 30), year => Assert.NotNull(Calendars.Dutch.HolidayOn(new DateOnly(year, 5, 5))));

    [Fact]
    public void Equated_days_are_data()
    {
        Assert.True(new DutchCalendar([]).IsWorkingDay(Day("2026-05-15")));
        Assert.False(new DutchCalendar([Day("2026-05-15")]).IsWorkingDay(Day("2026-05-15")));
    }

    [Fact]
    public void A_bad_line_of_equated_days_is_named_by_its_number()
    {
        var read = DutchCalendar.FromCsv("date,source\n2026-05-15,x\n2026-13-01,x\n");

        Assert.Equal("equated-days-wrong", read.Refusal?.Code);
        Assert.Equal(["3", "2026-13-01"], read.Refusal!.Args);
    }

    [Fact]
    public void Working_days_are_counted_forwards_and_backwards()
    {
        Assert.Equal(Day("2026-04-07"), Calendars.Dutch.AddWorkingDays(Day("2026-04-02"), 1));
        Assert.Equal(Day("2026-04-02"), Calendars.Dutch.AddWorkingDays(Day("2026-04-07"), -1));
        Assert.Equal(3, Calendars.Dutch.WorkingDaysBetween(Day("2026-04-01"), Day("2026-04-08")));
    }

    private static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
