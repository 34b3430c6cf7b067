using Loket.Domain.Journeys;

namespace Loket.Domain.Proactive;

/// <summary>When a rule may run, whom it finds, and what it then says. Pure: the cases are looked up elsewhere.</summary>
public static class ProactiveRules
{
    /// <summary>
    /// Every reason why a rule does not run for an organisation: <c>proactive-no-register</c>, <c>proactive-no-article</c>,
    /// <c>proactive-no-retention</c>, <c>proactive-retention-short</c> (argument: the fewest days), <c>proactive-term-unchecked</c>
    /// and <c>proactive-ages-unchecked</c>. Empty when it runs.
    /// </summary>
    public static IReadOnlyList<Refusal> WhyNot(ProactiveRule rule, ProactiveDecision? decision, LegalTerms law, PensionAges ages) => [.. Reasons(rule, decision, law, ages)];

    /// <summary>The day a birth date counts for, or null when this rule does not look at birth dates or knows no day.</summary>
    public static DateOnly? DayOf(ProactiveRule rule, DateOnly born, PensionAges ages) =>
        rule.Finds.PensionAge ? ages.Reached(born) : rule.Finds.Age is { } age ? Birthday.Reaching(age, born) : null;

    /// <summary>The birth dates of everybody whom the rule finds today; none for a rule that looks at life events.</summary>
    public static IReadOnlyList<DateOnly> BirthDates(ProactiveRule rule, DateOnly today, PensionAges ages)
    {
        if (rule.Finds is { PensionAge: false, Age: null })
        {
            return [];
        }

        var (fewest, most) = rule.Finds.Age is { } age ? (age * 12, age * 12) : (ages.FewestMonths, ages.MostMonths);
        // A birthday on 29 February, or on a day the last month lacks, moves by a day or three.
        var first = today.AddDays(-rule.Until).AddMonths(-most).AddDays(-3);
        var last = today.AddDays(-rule.From).AddMonths(-fewest).AddDays(3);
        return [.. Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays).Where(born => DayOf(rule, born, ages) is { } day && rule.Fits(day, today))];
    }

    /// <summary>The days, first and last, on which something recorded is told today.</summary>
    public static (DateOnly First, DateOnly Last) RecordedDays(ProactiveRule rule, DateOnly today) => (today.AddDays(-rule.Until), today.AddDays(-rule.From));

    /// <summary>A text with its blanks filled in: <c>{name}</c>, <c>{day}</c>, <c>{organisation}</c>, <c>{phone}</c>.</summary>
    public static string Fill(string text, string name, string day, string organisation, string phone) => text
        .Replace("{name}", name, StringComparison.Ordinal).Replace("{day}", day, StringComparison.Ordinal)
        .Replace("{organisation}", organisation, StringComparison.Ordinal).Replace("{phone}", phone, StringComparison.Ordinal);

    private static IEnumerable<Refusal> Reasons(ProactiveRule rule, ProactiveDecision? decision, LegalTerms law, PensionAges ages)
    {
        if (decision?.Register is null)
        {
            yield return new Refusal("proactive-no-register");
        }

        if (decision?.Article is null)
        {
            yield return new Refusal("proactive-no-article");
        }

        if (decision?.RetentionDays is not { } days)
        {
            yield return new Refusal("proactive-no-retention");
        }
        else if (days < rule.Window)
        {
            // A list destroyed while the rule still finds the same people would tell them twice.
            yield return new Refusal("proactive-retention-short", rule.Window.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        if (law.Find(rule.Law)?.Verified != true)
        {
            yield return new Refusal("proactive-term-unchecked");
        }

        if (rule.Finds.PensionAge && ages.Verified is null)
        {
            yield return new Refusal("proactive-ages-unchecked");
        }
    }
}
