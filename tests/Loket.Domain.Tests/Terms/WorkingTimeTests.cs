using Loket.Domain.Terms;
using static Loket.Domain.Tests.Terms.Calendars;

namespace Loket.Domain.Tests.Terms;

public class WorkingTimeTests
{
    private static readonly OpeningHours Always = new(
        Enum.GetValues<DayOfWeek>().ToDictionary(d => d, _ => (TimeOnly.MinValue, new TimeOnly(23, 0))));

    [Theory]
    [InlineData("2026-11-24 10:00", 120, "2026-11-24 12:00")]
    [InlineData("2026-11-24 15:00", 120, "2026-11-24 17:00")] // exactly closing time
    [InlineData("2026-11-24 16:00", 120, "2026-11-25 09:30")]
    [InlineData("2026-11-24 07:00", 120, "2026-11-24 10:30")]
    [InlineData("2026-11-24 20:00", 120, "2026-11-25 10:30")]
    [InlineData("2026-11-27 16:30", 120, "2026-11-30 10:00")] // over a weekend
    [InlineData("2026-04-02 16:30", 120, "2026-04-07 10:00")] // over Easter
    [InlineData("2026-11-24 08:30", 1020, "2026-11-25 17:00")]
    [InlineData("2026-11-24 12:00", 0, "2026-11-24 12:00")]
    [InlineData("2026-11-28 12:00", 0, "2026-11-30 08:30")]
    [InlineData("2026-03-27 16:00", 120, "2026-03-30 09:30")] // the clock goes forward on Sunday
    [InlineData("2026-10-23 16:00", 120, "2026-10-26 09:30")] // and back
    public void Opening_time_runs_only_while_open(string from, int minutes, string to) =>
        Assert.Equal(Amsterdam(to), WorkingTime.Add(Amsterdam(from), TimeSpan.FromMinutes(minutes), OpeningHours.Default, Dutch));

    [Fact]
    public void The_utc_moment_moves_an_hour_when_the_clock_changes()
    {
        Assert.Equal(Utc("2026-03-30 07:30"), WorkingTime.Add(Utc("2026-03-27 15:00"), TimeSpan.FromHours(2), OpeningHours.Default, Dutch));
        Assert.Equal(Utc("2026-10-26 08:30"), WorkingTime.Add(Utc("2026-10-23 14:00"), TimeSpan.FromHours(2), OpeningHours.Default, Dutch));
    }

    [Fact]
    public void A_line_that_is_open_at_night_counts_real_hours_over_the_clock_change()
    {
        // 29 March has no hour from 02:00, 25 October has it twice.
        Assert.Equal(Utc("2026-03-29 02:00"), WorkingTime.Add(Utc("2026-03-29 00:00"), TimeSpan.FromHours(2), Always, Dutch));
        Assert.Equal(Amsterdam("2026-03-29 04:00"), Utc("2026-03-29 02:00"));
        Assert.Equal(TimeSpan.FromHours(22), WorkingTime.Between(Amsterdam("2026-03-29 00:00"), Amsterdam("2026-03-29 23:30"), Always, Dutch));
        Assert.Equal(TimeSpan.FromHours(24), WorkingTime.Between(Amsterdam("2026-10-25 00:00"), Amsterdam("2026-10-25 23:30"), Always, Dutch));
    }

    [Theory]
    [InlineData("2026-11-24 10:00", 1, "2026-11-25 10:00")]
    [InlineData("2026-11-27 16:00", 1, "2026-11-30 16:00")]
    [InlineData("2026-11-28 11:00", 1, "2026-12-01 08:30")] // Saturday counts from Monday's opening
    [InlineData("2026-11-24 19:00", 1, "2026-11-26 08:30")]
    [InlineData("2026-11-24 06:00", 1, "2026-11-25 08:30")]
    [InlineData("2026-04-02 10:00", 1, "2026-04-07 10:00")]
    [InlineData("2026-03-27 10:00", 1, "2026-03-30 10:00")]
    [InlineData("2026-10-23 10:00", 1, "2026-10-26 10:00")]
    [InlineData("2026-11-24 10:00", 5, "2026-12-01 10:00")]
    [InlineData("2026-11-24 10:00", 0, "2026-11-24 10:00")]
    public void A_working_day_later_is_the_same_time_on_the_next_open_day(string from, int days, string to) =>
        Assert.Equal(Amsterdam(to), WorkingTime.AddDays(Amsterdam(from), days, OpeningHours.Default, Dutch));

    [Fact]
    public void A_working_day_later_stays_within_a_shorter_day()
    {
        var hours = new OpeningHours(new Dictionary<DayOfWeek, (TimeOnly, TimeOnly)>
        {
            [DayOfWeek.Friday] = (new(8, 30), new(17, 0)),
            [DayOfWeek.Saturday] = (new(10, 0), new(13, 0)),
        });

        Assert.Equal(Amsterdam("2026-11-28 13:00"), WorkingTime.AddDays(Amsterdam("2026-11-27 16:00"), 1, hours, Dutch));
        Assert.Equal(Amsterdam("2026-11-28 10:00"), WorkingTime.AddDays(Amsterdam("2026-11-27 09:00"), 1, hours, Dutch));
    }

    [Fact]
    public void A_service_term_may_be_worded_in_any_unit()
    {
        var from = Amsterdam("2026-11-27 16:00"); // a Friday

        Assert.Equal(Amsterdam("2026-11-30 09:30"), WorkingTime.Due(from, Term.WorkingHours(2), OpeningHours.Default, Dutch));
        Assert.Equal(Amsterdam("2026-11-30 16:00"), WorkingTime.Due(from, Term.WorkingDays(1), OpeningHours.Default, Dutch));
        Assert.Equal(Amsterdam("2026-11-29 16:00"), WorkingTime.Due(from, Term.Hours(48), OpeningHours.Default, Dutch));
        Assert.Equal(Amsterdam("2026-11-29 00:00"), WorkingTime.Due(from, Term.Days(1), OpeningHours.Default, Dutch));
        Assert.Throws<ArgumentException>(() => WorkingTime.Due(from, new Term(1, TermUnit.Years, true), OpeningHours.Default, Dutch));
    }

    [Fact]
    public void Opening_hours_that_never_open_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new OpeningHours(new Dictionary<DayOfWeek, (TimeOnly, TimeOnly)>()));
        Assert.Throws<ArgumentException>(() => OpeningHours.Weekdays(new(17, 0), new(8, 30)));
    }

    [Theory]
    [InlineData("2026-11-24 08:29", false)]
    [InlineData("2026-11-24 08:30", true)]
    [InlineData("2026-11-24 16:59", true)]
    [InlineData("2026-11-24 17:00", false)]
    [InlineData("2026-11-28 12:00", false)]
    [InlineData("2026-12-25 12:00", false)]
    [InlineData("2026-03-30 08:30", true)]
    public void A_line_is_open_from_its_first_minute_to_closing_time(string at, bool open) =>
        Assert.Equal(open, OpeningHours.Default.IsOpenAt(Amsterdam(at), Dutch));

    [Fact]
    public void A_clock_time_that_happens_twice_is_the_first_and_one_that_never_happens_is_an_hour_later()
    {
        Assert.Equal(Utc("2026-10-25 00:30"), Amsterdam("2026-10-25 02:30"));
        Assert.Equal(Utc("2026-03-29 01:30"), Amsterdam("2026-03-29 02:30"));
        Assert.Equal(new DateTime(2026, 3, 29, 3, 30, 0), AmsterdamTime.ToLocal(Utc("2026-03-29 01:30")));
    }

    [Theory]
    [InlineData("2026-03-28 22:59", "2026-03-28")]
    [InlineData("2026-03-28 23:00", "2026-03-29")] // winter: one hour ahead
    [InlineData("2026-03-29 22:00", "2026-03-30")] // summer: two
    [InlineData("2026-10-24 21:59", "2026-10-24")]
    [InlineData("2026-10-24 22:00", "2026-10-25")]
    [InlineData("2026-10-25 22:30", "2026-10-25")]
    [InlineData("2026-10-25 23:00", "2026-10-26")]
    public void The_day_of_a_moment_is_the_day_in_amsterdam(string utc, string day) =>
        Assert.Equal(day, AmsterdamTime.DateOf(Utc(utc)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
}
