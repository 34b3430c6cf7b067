using System.Globalization;
using Loket.Domain.Journeys;
using Loket.Domain.Terms;
using Loket.Domain.Tests.Terms;
using static Loket.Domain.Tests.Journeys.Templates;

namespace Loket.Domain.Tests.Journeys;

/// <summary>How a template becomes dated steps.</summary>
public class JourneyTests
{
    private static readonly DateOnly Happened = Day("2026-04-02");
    private static readonly DateOnly Started = Day("2026-04-10");

    [Fact]
    public void A_term_of_the_law_counts_from_the_event_with_easter_and_article_two()
    {
        var step = Assert.Single(Expand(Event(Step("a", Legal("report")))));

        Assert.Equal(Day("2026-04-08"), step.Date.Day);
        Assert.Equal(DateKind.Legal, step.Date.Kind);
        Assert.Equal("BW art. 1:19e lid 7", step.Law!.Article);
        Assert.Contains(step.Date.Sum.Steps, s => s.Code == "two-working-days");
    }

    [Fact]
    public void A_term_that_was_not_read_again_gives_a_service_date_that_does_not_move()
    {
        var step = Assert.Single(Expand(Event(Step("a", Legal("wait"))), day: "2026-03-20"));

        // 14 days from 20 March is Good Friday: a legal date would move to 7 April.
        Assert.Equal(Day("2026-04-03"), step.Date.Day);
        Assert.Equal(DateKind.ToBeChecked, step.Date.Kind);
        Assert.Equal(TermBasis.Service, step.Date.Sum.Basis);
    }

    [Fact]
    public void A_term_without_a_length_leaves_the_date_to_the_target_and_keeps_its_article()
    {
        var step = Assert.Single(Expand(Event(Step("a", Legal("change"), Aim("P5WD")))));

        Assert.Equal(Day("2026-04-17"), step.Date.Day);
        Assert.Equal(DateKind.Service, step.Date.Kind);
        Assert.Equal("Awir art. 17", step.Law!.Article);
        Assert.Null(step.Target);
    }

    [Fact]
    public void The_sooner_of_target_and_law_leads()
    {
        var sooner = Assert.Single(Expand(Event(Step("a", Legal("decision"), Aim("P5D")))));
        var later = Assert.Single(Expand(Event(Step("a", Legal("report"), Aim("P5D")))));

        Assert.Equal((Day("2026-04-15"), DateKind.Service), (sooner.Leads.Day, sooner.Leads.Kind));
        Assert.Equal((Day("2026-04-08"), DateKind.Legal), (later.Leads.Day, later.Leads.Kind));
    }

    [Fact]
    public void A_term_that_counts_from_another_step_is_expected_and_no_more()
    {
        var steps = Expand(Event(Step("b", Legal("decision", "step:a"), needs: ["a"]), Step("a", Legal("report"))));

        Assert.Equal(["a", "b"], steps.Select(s => s.Step.Key));
        Assert.Equal((Day("2026-06-03"), DateKind.Expected), (steps[1].Date.Day, steps[1].Date.Kind));
    }

    [Fact]
    public void The_first_day_of_a_window_counts_back_and_stays_on_a_weekend()
    {
        var step = Assert.Single(Expand(Event(Step("a", Legal("report"), opens: Legal("window"))), day: "2026-04-04"));

        Assert.Equal(Day("2026-03-07"), step.Opens!.Day);
    }

    [Fact]
    public void A_target_that_has_passed_is_today_and_a_date_of_the_law_stays_where_it_is()
    {
        var target = Assert.Single(Expand(Event(Step("a", target: Aim("-P20D", "event")))));
        var law = Assert.Single(Expand(Event(Step("a", Legal("report"))), day: "2026-03-09"));

        Assert.Equal((Started, true), (target.Date.Day, target.Date.IsAtOnce));
        Assert.Equal((Day("2026-03-12"), false), (law.Date.Day, law.Date.IsAtOnce));
    }

    [Fact]
    public void The_end_of_the_year_of_the_event_is_a_start_too()
    {
        var step = Assert.Single(Expand(Event(Step("a", target: Aim("P1Y", "year-end")))));

        Assert.Equal(Day("2027-12-31"), step.Date.Day);
    }

    [Theory]
    [InlineData(true, "rented,both")]
    [InlineData(false, "owned,both")]
    public void An_answer_keeps_its_branch_only(bool rented, string expected)
    {
        var about = Event(Step("rented", when: ["rented"]), Step("owned", when: ["!rented"]), Step("both"));

        var steps = Expand(about, answers: new() { ["rented"] = rented });

        Assert.Equal(expected.Split(','), steps.Select(s => s.Step.Key));
        Assert.All(steps, s => Assert.True(s.Certain));
    }

    [Fact]
    public void Without_an_answer_both_branches_stay_and_are_uncertain()
    {
        var about = Event(Step("rented", when: ["rented"]), Step("owned", when: ["!rented"]), Step("both"));

        Assert.Equal([("rented", false), ("owned", false), ("both", true)], Expand(about).Select(s => (s.Step.Key, s.Certain)));
    }

    [Fact]
    public void A_step_does_not_wait_for_one_that_its_branch_left_out()
    {
        var about = Event(Step("a", when: ["rented"]), Step("b", needs: ["a"]), Step("c", needs: ["b"]));

        var steps = Expand(about, answers: new() { ["rented"] = false });

        Assert.Empty(steps[0].Needs);
        Assert.Equal(["b"], steps[1].Needs);
    }

    [Fact]
    public void The_soonest_comes_first_but_never_before_what_it_needs()
    {
        var about = Event(
            Step("late", target: Aim("P30D")), Step("soon", target: Aim("P1D")), Step("first", target: Aim("P9D")), Step("hasty", target: Aim("P2D"), needs: ["first"]));

        Assert.Equal(["soon", "first", "hasty", "late"], Expand(about).Select(s => s.Step.Key));
    }

    [Theory]
    [InlineData("2008-02-29", 18, "2026-03-01")] // a common year: ours
    [InlineData("2008-02-29", 20, "2028-02-29")] // a leap year
    [InlineData("2008-02-28", 18, "2026-02-28")]
    [InlineData("2008-03-01", 18, "2026-03-01")]
    [InlineData("2008-12-31", 18, "2026-12-31")]
    public void An_age_is_reached_when_whole_years_have_passed(string born, int age, string expected) =>
        Assert.Equal(Day(expected), Birthday.Reaching(age, Day(born)));

    private static IReadOnlyList<JourneyStep> Expand(LifeEvent about, string? day = null, Dictionary<string, bool>? answers = null)
    {
        Assert.Empty(LifeEventRules.Check(about, Known));
        return Journey.Expand(about, answers ?? [], day is null ? Happened : Day(day), Started, Law, new TermCalculator(Calendars.Dutch)).Steps;
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
