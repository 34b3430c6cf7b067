namespace Loket.Domain.Terms;

/// <summary>
/// One step of the explanation why a date is what it is; the text is <c>term.{Code}</c>.
/// <list type="table">
/// <item><term>start</term><description>the term starts after Date</description></item>
/// <item><term>length</term><description>Detail = the term (P8W), Article = where it is set, Result = raw end</description></item>
/// <item><term>counted-back</term><description>as length, for a term that counts back</description></item>
/// <item><term>suspended</term><description>Date = first day that does not count, Days, Detail = kind, Result = new end</description></item>
/// <item><term>suspension-ignored</term><description>Date, Detail = kind: it began after the end or lies within another one</description></item>
/// <item><term>extended-to, extended-by</term><description>Date = notice, Detail = term if any, Result = new end</description></item>
/// <item><term>extension-ignored</term><description>Date = notice: too late, or not a later date</description></item>
/// <item><term>skip-saturday, skip-sunday, skip-holiday</term><description>Date = the free day, Detail = holiday key, Result = the next day</description></item>
/// <item><term>two-working-days</term><description>Date = end before, Result = end that gives two working days (art. 2)</description></item>
/// <item><term>not-moved</term><description>Date is a free day and stays; Detail = article-4, bylaw, service, backwards or named-date</description></item>
/// <item><term>due</term><description>Result = the due date</description></item>
/// </list>
/// </summary>
/// <param name="Code">Stable code.</param>
/// <param name="Date">The day the step is about.</param>
/// <param name="Result">The end of the term after this step.</param>
/// <param name="Article">The rule, as cited in Dutch law.</param>
/// <param name="Detail">A code, see above.</param>
/// <param name="Days">Days added.</param>
public sealed record TermStep(
    string Code, DateOnly Date, DateOnly Result, string? Article = null, string? Detail = null, int Days = 0);

/// <summary>A due date with its explanation. <paramref name="Due"/> is the last day that is still in time.</summary>
/// <param name="Start">The day the term was counted from; the first day of the term is the day after.</param>
/// <param name="RawEnd">Start plus length, before suspensions, extensions and shifts.</param>
public sealed record DueDate(
    DateOnly Start, Term Term, TermBasis Basis, DateOnly Due, DateOnly RawEnd, IReadOnlyList<TermStep> Steps)
{
    /// <summary>The first moment (UTC) that is too late: midnight in Amsterdam after the due date.</summary>
    public DateTime EndsAtUtc => AmsterdamTime.StartOfDay(Due.AddDays(1));

    /// <summary>Days left on a day; negative is days late.</summary>
    public int DaysLeft(DateOnly today) => Due.DayNumber - today.DayNumber;
}
