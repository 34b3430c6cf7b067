using System.Globalization;
using Loket.Domain.Terms;

namespace Loket.Domain.Tests.Terms;

/// <summary>The table of dates in the domain description, row by row, and each rule by itself.</summary>
public class TermCalculatorTests
{
    private static readonly TermCalculator Calculator = new(Calendars.Dutch);

    [Theory]
    [InlineData("2026-02-05", "P8W", "2026-04-02", "2026-04-02")]
    [InlineData("2026-02-09", "P8W", "2026-04-06", "2026-04-07")] // Easter Monday
    [InlineData("2026-11-06", "P8W", "2027-01-01", "2027-01-04")] // New Year's Day, then a weekend
    [InlineData("2026-02-02", "P12W", "2026-04-27", "2026-04-28")] // King's Day
    [InlineData("2026-02-21", "P13W", "2026-05-23", "2026-05-23")] // Saturday, art. 4
    [InlineData("2026-04-02", "P3D", "2026-04-05", "2026-04-08")] // art. 1, then art. 2
    public void A_term_of_an_act_ends_on_the_day_of_the_table(string start, string term, string raw, string due)
    {
        var read = Due(start, term);

        Assert.Equal(Day(raw), read.RawEnd);
        Assert.Equal(Day(due), read.Due);
    }

    [Fact]
    public void A_suspension_of_eleven_days_moves_the_raw_end_and_not_the_shifted_one()
    {
        var suspension = Suspension.ForCompletion(Day("2026-03-11"), Day("2026-04-08"), Day("2026-03-23"))!;

        var read = Due("2026-02-09", "P8W", TermBasis.Act, suspension);

        Assert.Equal(11, suspension.Days);
        Assert.Equal(Day("2026-04-06"), read.RawEnd);
        Assert.Equal(Day("2026-04-17"), read.Due);
    }

    [Fact]
    public void The_steps_explain_a_date_from_start_to_shift()
    {
        var read = Calculator.Due(
            Day("2026-02-09"), Term.Weeks(8), TermBasis.Act, [new(SuspensionKind.Consent, Day("2026-03-01"), Day("2026-03-06"))], article: "Awb 4:13");

        Assert.Equal(
            [
                new TermStep("start", Day("2026-02-09"), Day("2026-02-09")),
                new TermStep("length", Day("2026-02-09"), Day("2026-04-06"), "Awb 4:13", "P8W"),
                new TermStep("suspended", Day("2026-03-01"), Day("2026-04-11"), "Awb 4:15 lid 2 onder a", "consent", 5),
                new TermStep("skip-saturday", Day("2026-04-11"), Day("2026-04-12"), "Algemene termijnenwet art. 1 lid 1", null, 1),
                new TermStep("skip-sunday", Day("2026-04-12"), Day("2026-04-13"), "Algemene termijnenwet art. 1 lid 1", null, 1),
                new TermStep("due", Day("2026-04-13"), Day("2026-04-13")),
            ],
            read.Steps);
    }

    [Fact]
    public void A_shift_over_a_holiday_names_the_holiday()
    {
        var step = Assert.Single(Due("2026-02-09", "P8W").Steps, s => s.Code == "skip-holiday");

        Assert.Equal("easter-monday", step.Detail);
        Assert.Equal(Day("2026-04-06"), step.Date);
    }

    [Fact]
    public void A_short_term_over_easter_explains_article_two()
    {
        var step = Assert.Single(Due("2026-04-02", "P3D").Steps, s => s.Code == "two-working-days");

        Assert.Equal(Day("2026-04-07"), step.Date);
        Assert.Equal(Day("2026-04-08"), step.Result);
        Assert.Equal("Algemene termijnenwet art. 2", step.Article);
    }

    [Fact]
    public void A_term_of_two_days_needs_no_two_working_days()
    {
        // Saturday to Monday: one working day, and that is enough below three days.
        Assert.Equal(Day("2026-01-12"), Due("2026-01-10", "P2D").Due);
    }

    [Theory]
    [InlineData("P90D", "2026-04-25", "2026-04-28")] // Saturday, Sunday, King's Day
    [InlineData("P91D", "2026-04-25", "2026-04-25")]
    [InlineData("P12W", "2026-04-25", "2026-04-28")]
    [InlineData("P13W", "2026-04-25", "2026-04-25")]
    [InlineData("P3M", "2026-04-25", "2026-04-28")]
    [InlineData("P4M", "2026-04-25", "2026-04-25")]
    [InlineData("P1Y", "2026-04-25", "2026-04-25")]
    [InlineData("PT48H", "2026-04-25", "2026-04-25")]
    public void Article_four_is_about_how_the_term_is_worded(string term, string raw, string due)
    {
        var read = Term.Parse(term).Value;
        var start = read.Unit switch
        {
            TermUnit.Days => Day(raw).AddDays(-read.Amount),
            TermUnit.Weeks => Day(raw).AddDays(-7 * read.Amount),
            TermUnit.Hours => Day(raw).AddDays(-read.Amount / 24),
            TermUnit.Years => Day(raw).AddYears(-read.Amount),
            _ => Day(raw).AddMonths(-read.Amount),
        };

        var result = Calculator.Due(start, read, TermBasis.Act);

        Assert.Equal(Day(raw), result.RawEnd);
        Assert.Equal(Day(due), result.Due);
        Assert.Equal(raw == due, result.Steps.Any(s => s is { Code: "not-moved", Detail: "article-4" }));
    }

    [Theory]
    [InlineData(TermBasis.Bylaw, "bylaw")]
    [InlineData(TermBasis.Service, "service")]
    public void A_term_outside_the_act_stays_on_a_holiday_and_says_why(TermBasis basis, string reason)
    {
        var read = Due("2026-02-09", "P8W", basis);

        Assert.Equal(Day("2026-04-06"), read.Due);
        Assert.Equal(reason, Assert.Single(read.Steps, s => s.Code == "not-moved").Detail);
    }

    [Theory]
    [InlineData("2026-04-20", "-P14D", "2026-04-06")] // Easter Monday stays
    [InlineData("2027-06-01", "-P1Y", "2026-06-01")]
    [InlineData("2026-04-08", "-P2WD", "2026-04-02")] // over Easter and Good Friday
    public void A_term_that_counts_back_is_never_moved(string start, string term, string due)
    {
        Assert.Equal(Day(due), Due(start, term).Due);
    }

    [Theory]
    [InlineData("2026-11-20", "WD1", "2026-11-23")]
    [InlineData("2026-04-02", "P6WD", "2026-04-14")] // Good Friday, weekend, Easter Monday, weekend
    [InlineData("2026-12-24", "WD1", "2026-12-28")]
    public void Working_days_skip_weekends_and_holidays(string start, string term, string due)
    {
        Assert.Equal(Day(due), Due(start, term).Due);
    }

    [Fact]
    public void A_suspension_of_working_days_gives_back_working_days()
    {
        // Tue, Wed and Thu; Wed up to Fri stand still: two working days more.
        var read = Due("2026-11-16", "WD3", TermBasis.Act, new Suspension(SuspensionKind.Consent, Day("2026-11-18"), Day("2026-11-20")));

        Assert.Equal(Day("2026-11-23"), read.Due);
    }

    [Fact]
    public void Months_end_on_the_last_day_of_a_shorter_month()
    {
        Assert.Equal(Day("2027-02-28"), Due("2026-11-30", "P3M").RawEnd);
        Assert.Equal(Day("2027-03-01"), Due("2026-11-30", "P3M").Due);
    }

    [Fact]
    public void Overlapping_suspensions_count_each_day_once()
    {
        Suspension[] two =
        [
            new(SuspensionKind.Completion, Day("2026-03-10"), Day("2026-03-20")),
            new(SuspensionKind.ForceMajeure, Day("2026-03-15"), Day("2026-03-25")),
        ];

        // 15 days on raw Monday 6 April.
        Assert.Equal(Day("2026-04-21"), Due("2026-02-09", "P8W", TermBasis.Act, two).Due);
    }

    [Fact]
    public void Repeated_suspensions_add_up_and_a_later_one_counts_in_the_moved_term()
    {
        Suspension[] two =
        [
            new(SuspensionKind.Completion, Day("2026-03-10"), Day("2026-03-20")),
            new(SuspensionKind.Completion, Day("2026-04-10"), Day("2026-04-15")),
        ];

        Assert.Equal(Day("2026-04-21"), Due("2026-02-09", "P8W", TermBasis.Act, two).Due);
    }

    [Fact]
    public void A_suspension_after_the_end_changes_nothing_and_is_named()
    {
        var read = Due("2026-02-05", "P8W", TermBasis.Act, new Suspension(SuspensionKind.Consent, Day("2026-04-03"), Day("2026-04-20")));

        Assert.Equal(Day("2026-04-02"), read.Due);
        Assert.Contains(read.Steps, s => s is { Code: "suspension-ignored", Detail: "consent" });
    }

    [Fact]
    public void A_suspension_on_the_day_that_article_one_adds_still_counts()
    {
        // Raw end Easter Monday, due Tuesday 7 April; five days from that Tuesday on.
        var read = Due("2026-02-09", "P8W", TermBasis.Act, new Suspension(SuspensionKind.Consent, Day("2026-04-07"), Day("2026-04-12")));

        Assert.Equal(Day("2026-04-13"), read.Due); // raw 6 + 5 = Saturday 11
    }

    [Fact]
    public void An_invitation_without_a_period_does_not_suspend()
    {
        Assert.Null(Suspension.ForCompletion(Day("2026-03-11"), null, Day("2026-03-23")));
    }

    [Fact]
    public void An_unused_period_suspends_until_it_ends()
    {
        var suspension = Suspension.ForCompletion(Day("2026-03-11"), Day("2026-03-25"), null)!;

        Assert.Equal((Day("2026-03-12"), Day("2026-03-25")), (suspension.From, suspension.Until));
        Assert.Equal(suspension, Suspension.ForCompletion(Day("2026-03-11"), Day("2026-03-25"), Day("2026-04-20")));
    }

    [Fact]
    public void A_notice_in_time_puts_the_end_on_the_named_date()
    {
        var read = Calculator.Due(
            Day("2026-02-09"), Term.Weeks(8), TermBasis.Act, null, [Extension.ToDate(Day("2026-04-07"), Day("2026-05-02"))]);

        Assert.Equal(Day("2026-05-02"), read.Due); // a Saturday, but a date the body chose itself
        Assert.Contains(read.Steps, s => s is { Code: "extended-to", Article: "Awb 4:14" });
    }

    [Fact]
    public void An_adjournment_adds_its_term_to_the_raw_end_and_is_moved_itself()
    {
        // 6 weeks: raw Monday 6 April (Easter Monday); 6 weeks more: Monday 18 May.
        var plain = Calculator.Due(Day("2026-02-23"), Term.Weeks(6), TermBasis.Act);
        var longer = Calculator.Due(
            Day("2026-02-23"), Term.Weeks(6), TermBasis.Act, null, [Extension.By(Day("2026-04-07"), Term.Weeks(7), "Awb 7:10 lid 3")]);

        Assert.Equal(Day("2026-04-07"), plain.Due);
        Assert.Equal(Day("2026-05-26"), longer.Due); // 25 May is Whit Monday
    }

    [Fact]
    public void A_notice_after_the_term_or_without_a_later_date_extends_nothing()
    {
        var late = Extension.ToDate(Day("2026-04-08"), Day("2026-05-06"));
        var earlier = Extension.ToDate(Day("2026-03-01"), Day("2026-04-01"));
        var read = Calculator.Due(Day("2026-02-09"), Term.Weeks(8), TermBasis.Act, null, [late, earlier]);
        var plain = Calculator.Due(Day("2026-02-09"), Term.Weeks(8), TermBasis.Act);

        Assert.Equal(Day("2026-04-07"), read.Due);
        Assert.Equal(2, read.Steps.Count(s => s.Code == "extension-ignored"));
        Assert.Equal("extension-notice-late", late.Within(plain).Refusal?.Code);
        Assert.Equal("extension-not-later", earlier.Within(plain).Refusal?.Code);
        Assert.True(Extension.ToDate(Day("2026-04-07"), Day("2026-04-08")).Within(plain).IsOk);
    }

    [Fact]
    public void A_due_date_ends_at_midnight_in_amsterdam()
    {
        Assert.Equal(new DateTime(2026, 4, 7, 22, 0, 0, DateTimeKind.Utc), Due("2026-02-09", "P8W").EndsAtUtc);
        Assert.Equal(-2, Due("2026-02-09", "P8W").DaysLeft(Day("2026-04-09")));
    }

    [Fact]
    public void A_thousand_due_dates_take_far_less_than_a_millisecond_each()
    {
        var suspensions = new Suspension[] { new(SuspensionKind.Consent, Day("2026-03-01"), Day("2026-03-06")) };
        _ = Calculator.Due(Day("2026-02-09"), Term.Weeks(8), TermBasis.Act, suspensions);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (var i = 0; i < 1000; i++)
        {
            _ = Calculator.Due(Day("2026-02-09").AddDays(i), Term.Weeks(8), TermBasis.Act, suspensions);
        }

        Assert.True(watch.ElapsedMilliseconds < 500, $"1,000 took {watch.ElapsedMilliseconds} ms");
    }

    private static DueDate Due(string start, string term, TermBasis basis = TermBasis.Act, params Suspension[] suspensions) =>
        Calculator.Due(Day(start), Term.Parse(term).Value, basis, suspensions);

    private static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
