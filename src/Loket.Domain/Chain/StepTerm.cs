using Loket.Domain.Terms;

namespace Loket.Domain.Chain;

/// <summary>The term of a step as it runs: from a day, so long, set by whom, and the days it stood still.</summary>
public sealed record StepTerm(DateOnly Start, Term Term, TermBasis Basis, string? Article, IReadOnlyList<StepPause> Pauses)
{
    /// <summary>
    /// The date and why. What stands still on <paramref name="today"/> counts up to today: the earliest day it can end
    /// (Awb 4:15; the shift of art. 1 Algemene termijnenwet comes last).
    /// </summary>
    public DueDate Due(TermCalculator calculator, DateOnly today) => calculator.Due(
        Start, Term, Basis, [.. Pauses.Select(p => new Suspension(p.Kind, p.From, p.Until ?? (today > p.From ? today : p.From)))], article: Article);
}

/// <summary>Days that do not count: from <paramref name="From"/> up to, not including, <paramref name="Until"/>; null while it lasts.</summary>
public sealed record StepPause(SuspensionKind Kind, DateOnly From, DateOnly? Until)
{
    /// <summary>Nothing counts from here on: an invitation works from the day after it, anything else at once.</summary>
    public static StepPause Begin(SuspensionKind kind, DateOnly on) => new(kind, kind == SuspensionKind.Completion ? on.AddDays(1) : on, null);

    /// <summary>It ends on this day, which counts again; never before it began, and not after the period that was given.</summary>
    public StepPause End(DateOnly on)
    {
        var end = on < From ? From : on;
        return this with { Until = Until < end ? Until : end };
    }

    /// <summary>How many days it added up to; 0 while it lasts.</summary>
    public int Days => Until is { } until ? Math.Max(0, until.DayNumber - From.DayNumber) : 0;
}
