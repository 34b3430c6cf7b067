namespace Loket.Domain.Terms;

/// <summary>
/// When a term ends and why: Algemene termijnenwet art. 1, 2 and 4 and Awb 4:13 to 4:15. The start day itself does not
/// count. A term in hours of which only the day is known is counted in whole days, rounded down so that nobody is late;
/// with a moment, use <see cref="WorkingTime.Due"/>.
/// </summary>
public sealed class TermCalculator(DutchCalendar calendar)
{
    private const string Article1 = "Algemene termijnenwet art. 1 lid 1";
    private const string Article2 = "Algemene termijnenwet art. 2";
    private const string Article4 = "Algemene termijnenwet art. 4";

    /// <summary>
    /// The last day of a term. Suspensions (in any order; overlapping days count once) are added to the raw end by their
    /// real length, extensions take their place in time, and the shift of art. 1 comes last. What began after the term
    /// had ended changes nothing and is named in the steps.
    /// </summary>
    /// <param name="article">Where the term itself is set, for the explanation.</param>
    public DueDate Due(
        DateOnly start,
        Term term,
        TermBasis basis,
        IReadOnlyList<Suspension>? suspensions = null,
        IReadOnlyList<Extension>? extensions = null,
        string? article = null)
    {
        var rawEnd = Add(start, term);
        var run = new Run(start, rawEnd, term, basis);
        run.Steps.Add(new("start", start, start));
        run.Steps.Add(new(term.Backwards ? "counted-back" : "length", start, rawEnd, article, term.ToString()));
        if (!term.Backwards)
        {
            foreach (var change in InTime(suspensions, extensions))
            {
                change(run);
            }
        }

        var due = Shifted(run, run.Steps);
        run.Steps.Add(new("due", due, due));
        return new(start, term, basis, due, rawEnd, run.Steps);
    }

    private IEnumerable<Action<Run>> InTime(IReadOnlyList<Suspension>? suspensions, IReadOnlyList<Extension>? extensions)
    {
        var changes = (suspensions ?? [])
            .Select(s => (On: s.From, First: 0, s.Until, Change: (Action<Run>)(run => Suspend(run, s))))
            .Concat((extensions ?? []).Select(e => (On: e.NoticeOn, First: 1, Until: e.NoticeOn, Change: (Action<Run>)(run => Extend(run, e)))));
        return changes.OrderBy(c => c.On).ThenBy(c => c.First).ThenBy(c => c.Until).Select(c => c.Change);
    }

    private void Suspend(Run run, Suspension suspension)
    {
        var from = suspension.From < run.Uncovered ? run.Uncovered : suspension.From;
        var days = suspension.Until.DayNumber - from.DayNumber;
        var kind = Code.Of(suspension.Kind);
        if (days <= 0 || from > Shifted(run, steps: null))
        {
            run.Steps.Add(new("suspension-ignored", suspension.From, run.End, suspension.Article, kind));
            return;
        }

        run.End = run.Term.Unit == TermUnit.WorkingDays
            ? calendar.AddWorkingDays(run.End, calendar.WorkingDaysBetween(from, suspension.Until))
            : run.End.AddDays(days);
        run.Uncovered = suspension.Until;
        run.Suspended.Add((from, suspension.Until));
        run.Steps.Add(new("suspended", from, run.End, suspension.Article, kind, days));
    }

    private void Extend(Run run, Extension extension)
    {
        var late = extension.NoticeOn > Shifted(run, steps: null);
        if (late || extension.LaterDate <= run.End)
        {
            run.Steps.Add(new("extension-ignored", extension.NoticeOn, run.End, extension.Article));
            return;
        }

        if (extension.LaterDate is { } named)
        {
            // The body chose this date knowing what stood still until the notice; only later suspensions add to it.
            (run.End, run.HasNamedDate) = (named, true);
            run.Steps.Add(new("extended-to", extension.NoticeOn, named, extension.Article));
        }
        else if (extension.Term is { } more)
        {
            (run.End, run.Term, run.HasNamedDate) = (Add(run.End, more), more, false);
            run.Steps.Add(new("extended-by", extension.NoticeOn, run.End, extension.Article, more.ToString()));
        }
    }

    /// <summary>The end after the Algemene termijnenwet; explains itself in <paramref name="steps"/> when given.</summary>
    private DateOnly Shifted(Run run, List<TermStep>? steps)
    {
        var end = run.End;
        if (run.StaysBecause is { } reason)
        {
            if (!calendar.IsWorkingDay(end))
            {
                steps?.Add(new("not-moved", end, end, reason == "article-4" ? Article4 : null, reason));
            }

            return end;
        }

        for (; !calendar.IsWorkingDay(end); end = end.AddDays(1))
        {
            steps?.Add(Skip(end));
        }

        return run.Term.IsAtLeastThreeDays ? HoldTwoWorkingDays(run, end, steps) : end;
    }

    private TermStep Skip(DateOnly day)
    {
        var holiday = calendar.HolidayOn(day);
        var code = (day.DayOfWeek, holiday) switch
        {
            (_, not null) => "skip-holiday",
            (DayOfWeek.Saturday, _) => "skip-saturday",
            _ => "skip-sunday",
        };
        return new(code, day, day.AddDays(1), Article1, holiday?.Key, 1);
    }

    private DateOnly HoldTwoWorkingDays(Run run, DateOnly end, List<TermStep>? steps)
    {
        var working = 0;
        var day = run.Start;
        while (working < 2)
        {
            day = day.AddDays(1);
            working += calendar.IsWorkingDay(day) && !run.Suspended.Exists(s => s.From <= day && day < s.Until) ? 1 : 0;
        }

        if (day <= end)
        {
            return end;
        }

        steps?.Add(new("two-working-days", end, day, Article2, null, day.DayNumber - end.DayNumber));
        return day;
    }

    private DateOnly Add(DateOnly start, Term term)
    {
        var amount = term.Backwards ? -term.Amount : term.Amount;
        return term.Unit switch
        {
            TermUnit.Days => start.AddDays(amount),
            TermUnit.Weeks => start.AddDays(amount * 7),
            TermUnit.Months => start.AddMonths(amount),
            TermUnit.Years => start.AddYears(amount),
            TermUnit.WorkingDays => calendar.AddWorkingDays(start, amount),
            _ => start.AddDays(amount / 24),
        };
    }

    /// <summary>A term on its way from raw end to due date.</summary>
    private sealed class Run(DateOnly start, DateOnly end, Term term, TermBasis basis)
    {
        public DateOnly Start => start;

        public DateOnly End { get; set; } = end;

        /// <summary>The length last given: the term, or the adjournment that followed it.</summary>
        public Term Term { get; set; } = term;

        public bool HasNamedDate { get; set; }

        private bool IsBackwards { get; } = term.Backwards;

        /// <summary>The first day that no suspension has taken yet; the start day never counts.</summary>
        public DateOnly Uncovered { get; set; } = start.AddDays(1);

        public List<(DateOnly From, DateOnly Until)> Suspended { get; } = [];

        public List<TermStep> Steps { get; } = new(6);

        /// <summary>Why the Algemene termijnenwet leaves the end where it is, or null.</summary>
        public string? StaysBecause => this switch
        {
            { IsBackwards: true } => "backwards",
            _ when basis != TermBasis.Act => Code.Of(basis),
            { HasNamedDate: true } => "named-date",
            _ when Term.IsExemptByArticle4 => "article-4",
            _ => null,
        };
    }
}
