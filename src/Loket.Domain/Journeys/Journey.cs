using Loket.Domain.Terms;

namespace Loket.Domain.Journeys;

/// <summary>Why a step has the date it has.</summary>
public enum DateKind
{
    /// <summary>A term of an act or by-law, read in its current text.</summary>
    Legal,

    /// <summary>A day we aim at ourselves.</summary>
    Service,

    /// <summary>The length stands in a text that was not read again: a service date until somebody has.</summary>
    ToBeChecked,

    /// <summary>Counted from the date of a step before it: real once that step is done.</summary>
    Expected,
}

/// <summary>A date with its sum, and the legal term behind it if there is one.</summary>
/// <param name="Start">The day the journey starts. What we aim at ourselves cannot lie before it; a date of the law can.</param>
public sealed record StepDate(DateKind Kind, DueDate Sum, LegalTerm? Law, DateOnly Start)
{
    /// <summary>The day we would have aimed at has passed.</summary>
    public bool IsAtOnce => Kind == DateKind.Service && Sum.Due < Start;

    public DateOnly Day => IsAtOnce ? Start : Sum.Due;
}

/// <summary>One step of a journey, dated.</summary>
/// <param name="Certain">Every question it hangs on was answered; if not, it is shown and starts unchosen.</param>
/// <param name="Date">What the term of the law says, if the law has one with a length; else the target.</param>
/// <param name="Law">The term of the law, also where it names no number of days; null when the law sets none.</param>
/// <param name="Target">The service norm beside a date of the law.</param>
/// <param name="Opens">The first day on which it is possible; null when that does not matter.</param>
/// <param name="Needs">Steps of this journey that come first.</param>
public sealed record JourneyStep(EventStep Step, bool Certain, StepDate Date, LegalTerm? Law, StepDate? Target, StepDate? Opens, IReadOnlyList<string> Needs)
{
    /// <summary>The day to work towards: the target where it is sooner than the law.</summary>
    public StepDate Leads => Target is { } target && target.Day < Date.Day ? target : Date;
}

/// <summary>What a template becomes for one citizen: the whole journey, in the order in which it is done.</summary>
public sealed record Journey(LifeEvent Event, DateOnly Day, DateOnly Start, IReadOnlyList<JourneyStep> Steps)
{
    /// <summary>
    /// Expands a sound template (<see cref="LifeEventRules.Check"/>). A step whose branch was answered otherwise is left
    /// out; one whose branch was not answered stays, uncertain. No step stands before one it needs; among those that can
    /// be next, the soonest comes first.
    /// </summary>
    /// <param name="day">The day it happened.</param>
    /// <param name="start">The day the journey starts on the case: service norms count from it.</param>
    public static Journey Expand(
        LifeEvent about, IReadOnlyDictionary<string, bool> answers, DateOnly day, DateOnly start, LegalTerms law, TermCalculator calculator)
    {
        var dates = new Dates(law, calculator, day, start);
        var kept = about.Steps.Where(s => s.When.All(w => Holds(w, answers) != false)).ToList();
        var keys = kept.Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
        var planned = InNeedOrder(about.Steps)
            .Select(s => dates.Plan(s, s.When.All(w => Holds(w, answers) == true), [.. s.Needs.Where(keys.Contains)]))
            .ToDictionary(s => s.Step.Key, StringComparer.Ordinal);
        return new(about, day, start, Soonest(kept.ConvertAll(s => planned[s.Key])));
    }

    /// <summary>Whether a condition holds; null while its question is not answered.</summary>
    private static bool? Holds(string condition, IReadOnlyDictionary<string, bool> answers)
    {
        var no = condition.StartsWith('!');
        return answers.TryGetValue(condition.TrimStart('!'), out var yes) ? yes != no : null;
    }

    /// <summary>Steps after all they need, from which their dates may be counted; the template has no loops.</summary>
    private static List<EventStep> InNeedOrder(IReadOnlyList<EventStep> steps)
    {
        var ordered = new List<EventStep>();
        while (ordered.Count < steps.Count)
        {
            ordered.AddRange(steps.Except(ordered).Where(s => s.Needs.All(key => ordered.Exists(o => o.Key == key))).ToList());
        }

        return ordered;
    }

    private static List<JourneyStep> Soonest(List<JourneyStep> left)
    {
        var ordered = new List<JourneyStep>();
        while (left.Count > 0)
        {
            var next = left.Where(s => s.Needs.All(key => ordered.Exists(o => o.Step.Key == key))).MinBy(s => s.Leads.Day)!;
            ordered.Add(next);
            left.Remove(next);
        }

        return ordered;
    }

    /// <summary>Reckons the dates of steps; those of earlier steps are remembered for the later ones.</summary>
    private sealed class Dates(LegalTerms law, TermCalculator calculator, DateOnly day, DateOnly start)
    {
        private readonly Dictionary<string, DateOnly> known = new(StringComparer.Ordinal);

        public JourneyStep Plan(EventStep step, bool certain, IReadOnlyList<string> needs)
        {
            var term = Of(step.Term);
            var target = Of(step.Target);
            var planned = new JourneyStep(step, certain, term ?? target!, step.Term?.Law is { } id ? law.Find(id) : null, term is null ? null : target, Of(step.Opens, moves: false), needs);
            known[step.Key] = planned.Date.Day;
            return planned;
        }

        private StepDate? Of(TermRef? term, bool moves = true)
        {
            if (term is null)
            {
                return null;
            }

            var legal = term.Law is null ? null : law.Find(term.Law);
            var length = legal is null ? Term.Parse(term.Length).Value : legal.Length;
            if (length is null)
            {
                return null;
            }

            var kind = legal is null ? DateKind.Service
                : !legal.Verified ? DateKind.ToBeChecked
                : term.From.StartsWith("step:", StringComparison.Ordinal) ? DateKind.Expected
                : DateKind.Legal;
            // The first day of something does not move to a working day: nobody is late by it.
            var basis = kind is DateKind.Legal or DateKind.Expected && moves ? legal!.Basis : TermBasis.Service;
            return new(kind, calculator.Due(From(term.From), length, basis, article: legal?.Article), legal, start);
        }

        private DateOnly From(string from) => from switch
        {
            "event" => day,
            "start" => start,
            "year-end" => new DateOnly(day.Year, 12, 31),
            _ => known[from["step:".Length..]],
        };
    }
}
