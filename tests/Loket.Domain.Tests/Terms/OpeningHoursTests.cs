using FsCheck;
using FsCheck.Fluent;
using Loket.Domain.Terms;

namespace Loket.Domain.Tests.Terms;

/// <summary>A line's own hours: exceptions before holidays before the week, and the text they are stored as.</summary>
public sealed class OpeningHoursTests
{
    private const string Week = "mon-thu 08:30-17:00; fri 08:30-12:30; 2026-04-27 10:00-12:00; 2026-12-24 08:30-15:00; 2026-12-28 closed";

    // Amsterdam time: open, or when it opens.
    [Theory]
    [InlineData("2026-02-10 10:00", "open")]
    [InlineData("2026-02-10 08:29", "2026-02-10 08:30")]
    [InlineData("2026-02-10 17:00", "2026-02-11 08:30")]
    [InlineData("2026-02-13 12:30", "2026-02-16 08:30")]
    [InlineData("2026-04-27 10:00", "open")]
    [InlineData("2026-04-27 12:00", "2026-04-28 08:30")]
    [InlineData("2026-12-24 15:00", "2026-12-29 08:30")]
    [InlineData("2026-12-25 10:00", "2026-12-29 08:30")]
    [InlineData("2026-12-28 10:00", "2026-12-29 08:30")]
    public void An_exception_goes_before_a_holiday_and_a_holiday_before_the_week(string at, string expected)
    {
        var hours = OpeningHours.Parse(Week).Value;
        var utc = AmsterdamTime.ToUtc(DateTime.Parse(at, System.Globalization.CultureInfo.InvariantCulture));

        var opens = hours.NextOpen(utc, Calendars.Dutch);

        Assert.Equal(hours.IsOpenAt(utc, Calendars.Dutch), opens == utc);
        Assert.Equal(expected, opens == utc ? "open" : AmsterdamTime.ToLocal(opens).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("", "hours-never")]
    [InlineData("2026-12-24 08:30-12:00", "hours-never")]
    [InlineData("mon closed", "hours-never")]
    [InlineData("mon 08:30", "hours-unreadable")]
    [InlineData("mon 17:00-08:30", "hours-unreadable")]
    [InlineData("mon 08:30-25:00", "hours-unreadable")]
    [InlineData("maandag 08:30-17:00", "hours-unreadable")]
    [InlineData("fri-mon 08:30-17:00", "hours-unreadable")]
    [InlineData("mon 08:30-17:00; 2026-13-01 closed", "hours-unreadable")]
    [InlineData("mon-fri 08:30-17:00; wed 09:00-12:00", "hours-twice")]
    [InlineData("mon 08:30-17:00; 2026-12-24 closed; 2026-12-24 09:00-12:00", "hours-twice")]
    public void A_text_that_is_no_opening_says_what_is_wrong(string text, string code) => Assert.Equal(code, OpeningHours.Parse(text).Refusal?.Code);

    [Fact]
    public void Any_hours_are_read_back_as_they_were_written()
    {
        var time = Gen.Choose(0, 1438);
        var window = from a in time from length in Gen.Choose(1, 1439) select (TimeOnly.MinValue.AddMinutes(a), TimeOnly.MinValue.AddMinutes(Math.Min(1439, a + length)));
        var gen =
            from open in Gen.ArrayOf(Gen.Choose(0, 2), 7)
            from windows in Gen.ArrayOf(window, 7)
            from days in Gen.ArrayOf(Gen.Choose(0, 700), 4)
            select (open, windows, days);
        Prop.ForAll(gen.ToArbitrary(), g =>
        {
            var week = Enumerable.Range(0, 7).Where(d => g.open[d] > 0 || d == 1).ToDictionary(d => (DayOfWeek)d, d => g.windows[d]);
            var exceptions = g.days.Distinct().ToDictionary(d => new DateOnly(2026, 1, 1).AddDays(d), d => d % 3 == 0 ? default((TimeOnly, TimeOnly)?) : g.windows[d % 7]);
            var hours = new OpeningHours(week, exceptions);

            var again = OpeningHours.Parse(hours.ToString()).Value;

            Assert.Equal(hours.ToString(), again.ToString());
            Assert.All(Enum.GetValues<DayOfWeek>(), day => Assert.Equal(hours.On(day), again.On(day)));
            Assert.Equal(hours.Exceptions, again.Exceptions);
        }).QuickCheckThrowOnFailure();
    }
}
