using Loket.Domain.Journeys;
using Loket.Domain.Proactive;
using Loket.Domain.Terms;

namespace Loket.Domain.Tests.Proactive;

public sealed class ProactiveRulesTests
{
    private static readonly Words Text = new("nl", "en");
    private static readonly Verified Checked = new("J. de Wit", new(2026, 1, 5));

    private static readonly PensionAges Ages = new("AOW art. 7a", [new(2024, 2027, 67, 0), new(2028, null, 67, 3)], Checked);
    private static readonly LegalTerms Law = new([
        new LegalTerm("read", null, TermBasis.Act, "Zvw art. 5", "2026-01-01", Verified: true), new LegalTerm("old", null, TermBasis.Act, "BW", "2017-05", Verified: false)]);

    private static ProactiveRule Rule(Finds finds, int from = -60, int until = 30, string law = "read") =>
        new("r", 1, Text, finds, from, until, law, new LegalBasis("AVG", "6", Text), Text, Text, Text);

    private static ProactiveDecision Decision(bool register = true, bool article = true, int? retention = 90) =>
        new("r", "gm0344", register ? new("https://register.example/1", "Wijzen op 18 worden") : null, article ? Checked : null, retention);

    [Fact]
    public void A_rule_runs_with_everything_and_is_refused_without_each()
    {
        static string[] WhyNot(ProactiveDecision? decision, ProactiveRule? rule = null, PensionAges? ages = null) =>
            [.. ProactiveRules.WhyNot(rule ?? Rule(new(Age: 18)), decision, Law, ages ?? Ages).Select(r => r.Code)];

        Assert.Empty(WhyNot(Decision()));
        Assert.Equal(["proactive-no-register"], WhyNot(Decision(register: false)));
        Assert.Equal(["proactive-no-article"], WhyNot(Decision(article: false)));
        Assert.Equal(["proactive-no-retention"], WhyNot(Decision(retention: null)));
        Assert.Equal(["proactive-retention-short"], WhyNot(Decision(retention: 89)));
        Assert.Equal(["proactive-no-register", "proactive-no-article", "proactive-no-retention"], WhyNot(null));
        Assert.Equal(["proactive-term-unchecked"], WhyNot(Decision(), Rule(new(Age: 18), law: "old")));
        Assert.Equal(["proactive-term-unchecked"], WhyNot(Decision(), Rule(new(Age: 18), law: "unknown")));
        Assert.Equal(["proactive-ages-unchecked"], WhyNot(Decision(), Rule(new(PensionAge: true)), Ages with { Verified = null }));
        Assert.Empty(WhyNot(Decision(), Rule(new(PensionAge: true))));
        Assert.Empty(WhyNot(Decision(), Rule(new(LifeEvent: "birth")), Ages with { Verified = null }));
    }

    [Theory]
    [InlineData("1959-06-15", "2026-06-15")] // 67
    [InlineData("1960-12-31", "2027-12-31")] // the last day of 67
    [InlineData("1961-01-01", "2028-04-01")] // 67 and 3 months
    [InlineData("1961-11-30", "2029-03-01")] // no 30 February: the whole month has passed on 1 March
    public void The_pension_age_goes_by_the_calendar_year_in_which_it_is_reached(string born, string day) =>
        Assert.Equal(DateOnly.Parse(day, null), Ages.Reached(DateOnly.Parse(born, null)));

    [Fact]
    public void A_year_before_the_table_has_no_pension_age() => Assert.Null(Ages.Reached(new DateOnly(1950, 1, 1)));

    [Fact]
    public void Exactly_those_are_found_whose_day_lies_in_the_window()
    {
        foreach (var (finds, born) in new[] { (new Finds(Age: 18), new DateOnly(2005, 1, 1)), (new Finds(PensionAge: true), new DateOnly(1957, 1, 1)) })
        {
            var rule = Rule(finds);
            for (var today = new DateOnly(2025, 11, 1); today <= new DateOnly(2026, 3, 15); today = today.AddDays(1))
            {
                var expected = Enumerable.Range(0, 2600).Select(born.AddDays)
                    .Where(b => ProactiveRules.DayOf(rule, b, Ages) is { } d && d.AddDays(-60) <= today && today <= d.AddDays(30));
                Assert.Equal(expected, ProactiveRules.BirthDates(rule, today, Ages));
            }
        }
    }

    [Fact]
    public void Who_was_born_on_29_february_turns_18_on_1_march()
    {
        var rule = Rule(new(Age: 18), from: 0, until: 0);

        Assert.Equal([new DateOnly(2008, 2, 29), new DateOnly(2008, 3, 1)], ProactiveRules.BirthDates(rule, new DateOnly(2026, 3, 1), Ages));
        Assert.Equal([new DateOnly(2008, 2, 28)], ProactiveRules.BirthDates(rule, new DateOnly(2026, 2, 28), Ages));
    }

    [Fact]
    public void A_rule_that_looks_at_a_life_event_looks_at_no_birth_date_and_at_the_days_of_its_window()
    {
        var rule = Rule(new(LifeEvent: "birth"), from: 14, until: 90);

        Assert.Empty(ProactiveRules.BirthDates(rule, new DateOnly(2026, 3, 1), Ages));
        Assert.Equal((new DateOnly(2026, 3, 1).AddDays(-90), new DateOnly(2026, 2, 15)), ProactiveRules.RecordedDays(rule, new DateOnly(2026, 3, 1)));
        Assert.Null(ProactiveRules.DayOf(rule, new DateOnly(2000, 1, 1), Ages));
    }

    [Fact]
    public void A_message_has_its_blanks_filled_in() => Assert.Equal(
        "Beste A. Bakker, op 1 maart. Gemeente Utrecht, 14 030",
        ProactiveRules.Fill("Beste {name}, op {day}. {organisation}, {phone}", "A. Bakker", "1 maart", "Gemeente Utrecht", "14 030"));
}
