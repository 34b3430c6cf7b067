using Loket.Domain;
using Loket.Domain.Chain;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Terms;

namespace Loket.Web.Features.Steps;

/// <summary>The date of a step: from its term when that runs, else the day that was agreed, else a first sign of life.</summary>
public sealed class StepDates(TermCalculator calculator, ServiceDates service)
{
    private static readonly TimeOnly CloseOfBusiness = new(17, 0);

    /// <summary>The last moment (UTC) of the last day of a term: a legal day lasts until midnight.</summary>
    public DateTime Due(StepTerm term, DateTime now) => term.Due(calculator, AmsterdamTime.DateOf(now)).EndsAtUtc.AddMilliseconds(-1);

    /// <summary>A day somebody agreed on, at the close of business.</summary>
    public static DateTime Agreed(DateOnly day) => AmsterdamTime.ToUtc(day, CloseOfBusiness);

    /// <summary>The same for a day that somebody agrees on now; refuses one that is over.</summary>
    public static DateTime Ahead(DateTime now, DateOnly day) => day < AmsterdamTime.DateOf(now) ? throw new RefusedException(new Refusal("step-day-past")) : Agreed(day);

    /// <summary>The same clock time in Amsterdam so many days later.</summary>
    public static DateTime Later(DateTime due, int days) => AmsterdamTime.ToUtc(AmsterdamTime.ToLocal(due).AddDays(days));

    /// <summary>First sign of life, one working day (DOMAIN 3).</summary>
    public DateTime FirstSign(DateTime now) => service.OneWorkingDay(now);

    /// <summary>Why the date is what it is, as the pages draw it; a date without a term was agreed and has no sum.</summary>
    public DueNotice Explain(Say say, string title, StepTerm? term, DateTime dueAt, bool articleVerified)
    {
        if (term is null)
        {
            return new DueNotice { What = title, Day = AmsterdamTime.DateOf(dueAt), Reason = say.Text("step.due-agreed") };
        }

        var due = term.Due(calculator, say.Dates.Today);
        return new DueNotice
        {
            What = title,
            Day = due.Due,
            Reason = say.Text(term.Article is null || articleVerified ? "step.due-term" : "step.due-unverified", say.Amount(term.Term)),
            Article = term.Article,
            Steps = [.. new TermWords(say, service.Calendar).Lines(due).Where(l => l.Kind != "due").Select(l => l.ToDateStep())],
        };
    }
}
