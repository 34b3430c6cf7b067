using System.Globalization;
using Loket.Domain;
using Loket.Domain.Terms;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Terms;

/// <summary>GET /terms: the term calculator. View <c>Terms/Terms.cshtml</c>.</summary>
public sealed class TermsView
{
    /// <summary>What was filled in, by form field name, and what does not add up.</summary>
    public FormState Form { get; init; } = FormState.Empty;

    /// <summary>The chosen <see cref="CommonTerm"/>; <c>other</c> when the term is typed.</summary>
    public string Common { get; init; } = CommonTerm.Other;

    /// <summary>Suspensions as filled in; an empty row is one to fill in.</summary>
    public IReadOnlyList<TypedSuspension> Suspensions { get; init; } = [];

    /// <summary>The date and its sum; null when a field does not add up.</summary>
    public DueNotice? Due { get; init; }

    /// <summary>The decision is one for which a penalty can be owed, so the page says so.</summary>
    public bool CanCostPenalty { get; init; }

    /// <summary>The penalty so far; null when no notice of default was filled in.</summary>
    public Penalty? Penalty { get; init; }
}

/// <summary>A term that is often asked for, so that nobody has to know its length by heart. Text: <c>terms.common.{Code}</c>.</summary>
/// <param name="Article">Where it is set; null when the person has to look that up.</param>
/// <param name="IsDecision">A decision of which the citizen may expect a penalty when it is late (Awb 4:17, 7:14).</param>
public sealed record CommonTerm(string Code, string Length, string? Article, bool IsDecision = false)
{
    public const string Other = "other";

    public static readonly IReadOnlyList<CommonTerm> All =
    [
        new("decision", "P8W", "Awb 4:13", IsDecision: true),
        new("thirteen-weeks", "P13W", null),
        new("not-handled", "P4W", "Awb 4:5 lid 4"),
        new("objection", "P6W", "Awb 6:7"),
        new("objection-decision", "P6W", "Awb 7:10 lid 1", IsDecision: true),
        new("objection-committee", "P12W", "Awb 7:10 lid 1", IsDecision: true),
        new("default-notice", "P2W", "Awb 4:17 lid 3"),
        new("debts", "P4W", "Wgs art. 4 lid 1"),
        new("debts-urgent", "P3WD", "Wgs art. 4 lid 2"),
        new("three-days", "P3D", null),
    ];
}

/// <summary>A suspension as typed: the day of the invitation, and the day of completion or the end of the period given.</summary>
public sealed record TypedSuspension(string? Invited, string? Completed)
{
    public bool IsEmpty => string.IsNullOrWhiteSpace(Invited) && string.IsNullOrWhiteSpace(Completed);

    /// <summary>Reads <c>2026-03-11/2026-03-23</c>; what stands after a second slash makes the second day unreadable.</summary>
    public static TypedSuspension Of(string text) =>
        text.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? new(text[..slash], text[(slash + 1)..]) : new(text, null);
}

/// <summary>What somebody asks the calculator, as typed. Days are yyyy-MM-dd.</summary>
/// <param name="Notice">The day the body received the notice of default; empty when there is none.</param>
/// <param name="Decided">The day of the decision; empty when there is none yet.</param>
public sealed record TypedTerm(
    string? Start, string? Term, string? Basis, IReadOnlyList<TypedSuspension> Suspensions, string? Notice = null, string? Decided = null);

/// <summary>A question to the calculator of which every part is sound.</summary>
public sealed record TermQuestion(DateOnly Start, Term Term, TermBasis Basis, IReadOnlyList<Suspension> Suspensions, DateOnly? Notice, DateOnly? Decided)
{
    // From here on the calendar is right: King's Day replaced Queen's Day in 2014.
    private static readonly DateOnly First = new(2014, 1, 1);
    private static readonly DateOnly Last = new(2099, 12, 31);

    /// <summary>
    /// Reads what was typed. Errors carry the name of the field (<c>invited-0</c> and <c>completed-0</c> for the first
    /// suspension) and never repeat what was typed: it may be a number that belongs to somebody.
    /// </summary>
    public static (TermQuestion? Question, IReadOnlyList<FieldError> Errors) Read(TypedTerm typed)
    {
        var errors = new List<FieldError>();
        var start = Day("start", typed.Start, errors, required: true);
        var term = string.IsNullOrWhiteSpace(typed.Term) ? new Refusal("term-missing") : Term.Parse(typed.Term);
        if (term.Refusal is { } unreadable)
        {
            errors.Add(new("term", new Refusal(unreadable.Code)));
        }

        if (!Code.TryParse<TermBasis>(typed.Basis, out var basis))
        {
            errors.Add(new("basis", new Refusal("term-basis-wrong")));
        }

        var suspensions = Suspended(typed.Suspensions, errors, term is { IsOk: true, Value.Backwards: true });
        var notice = Day("notice", typed.Notice, errors);
        var decided = Day("decided", typed.Decided, errors);
        if (decided is not null && string.IsNullOrWhiteSpace(typed.Notice))
        {
            errors.Add(new("notice", new Refusal("term-notice-missing")));
        }

        return errors.Count > 0 ? (null, errors) : (new(start!.Value, term.Value, basis, suspensions, notice, decided), errors);
    }

    /// <summary>The penalty when there was a notice of default (Awb 4:17); it grows up to the day before the decision, or today.</summary>
    public Outcome<Penalty>? PenaltyOn(DueDate due, DateOnly today) =>
        Notice is { } notice ? Penalty.On(due, notice, Decided?.AddDays(-1) ?? today) : null;

    private static List<Suspension> Suspended(IReadOnlyList<TypedSuspension> typed, List<FieldError> errors, bool backwards)
    {
        var read = new List<Suspension>();
        for (var i = 0; i < typed.Count; i++)
        {
            if (typed[i].IsEmpty)
            {
                continue;
            }

            var (first, second) = (string.Create(CultureInfo.InvariantCulture, $"invited-{i}"), string.Create(CultureInfo.InvariantCulture, $"completed-{i}"));
            var invited = Day(first, typed[i].Invited, errors, required: true);
            var completed = string.IsNullOrWhiteSpace(typed[i].Completed) ? null : Day(second, typed[i].Completed, errors);
            if (string.IsNullOrWhiteSpace(typed[i].Completed))
            {
                // An invitation without a period suspends nothing, and one that still runs ends at the latest with its period.
                errors.Add(new(second, new Refusal("term-suspension-open")));
            }
            else if (backwards)
            {
                errors.Add(new(first, new Refusal("term-suspension-backwards")));
            }
            else if (completed < invited)
            {
                errors.Add(new(second, new Refusal("term-suspension-order")));
            }
            else if (invited is { } from && completed is { } until)
            {
                read.Add(Suspension.ForCompletion(from, until, until)!);
            }
        }

        return read;
    }

    private static DateOnly? Day(string field, string? text, List<FieldError> errors, bool required = false)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            if (required)
            {
                errors.Add(new(field, new Refusal("term-day-missing")));
            }

            return null;
        }

        if (!DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            errors.Add(new(field, new Refusal("term-day-unreadable")));
            return null;
        }

        if (day < First || day > Last)
        {
            errors.Add(new(field, new Refusal("term-day-outside", First.Year.ToString(CultureInfo.InvariantCulture), Last.Year.ToString(CultureInfo.InvariantCulture))));
            return null;
        }

        return day;
    }
}

/// <summary>A step of the sum in words. <paramref name="Kind"/> is that of <see cref="DateStep"/>, or <c>due</c>.</summary>
public sealed record TermLine(TermStep Step, string Kind, string Title, string Why)
{
    /// <summary>The plain reason with the article behind it.</summary>
    public string Explanation => Step.Article is null ? Why : $"{Why.TrimEnd('.')} ({Step.Article}).";

    /// <summary>The line as the pages draw it.</summary>
    public DateStep ToDateStep() => Kind == "suspension" && Step.Days > 0
        ? new(Kind, Title, Explanation, Step.Result, Step.Date, Step.Date.AddDays(Step.Days - 1))
        : new(Kind, Title, Explanation, Step.Result);
}

/// <summary>Says why a date is what it is, step by step, in the language of the request.</summary>
public sealed class TermWords(Say say, DutchCalendar calendar)
{
    public IEnumerable<TermLine> Lines(DueDate due) => due.Steps.Select(step => step.Code switch
    {
        "start" => Line(step, "start", "start", due.Term.Backwards ? Why("start-back") : Why("start", say.Dates.Full(step.Date.AddDays(1)))),
        "length" or "counted-back" => Line(step, "term", step.Code, Length(due), say.Amount(due.Term)),
        "suspended" => Line(step, "suspension", "suspended", Suspended(step), say.Plural("span.day", step.Days)),
        "suspension-ignored" => Line(step, "suspension", "suspension-ignored", Why(step.Date > step.Result ? "suspension-late" : "suspension-covered")),
        "skip-holiday" => Line(step, "shift", "skip", Why(step.Detail == Holiday.Equated.Key ? "skip-equated" : "skip-holiday"), Name(step.Date)),
        "skip-saturday" or "skip-sunday" => Line(step, "shift", "skip", Why("skip-weekend"), Name(step.Date)),
        "not-moved" => Line(step, "shift", "not-moved", Why($"not-moved-{step.Detail}"), Name(step.Date)),
        "two-working-days" => Line(step, "shift", "two-working-days", Why("two-working-days")),
        _ => Line(step, "due", "due", Why("due"), say.Dates.Full(step.Result)),
    });

    private TermLine Line(TermStep step, string kind, string key, string why, params object[] args) => new(step, kind, say.Text($"terms.step.{key}", args), why);

    private string Why(string key, params object[] args) => say.Text($"terms.why.{key}", args);

    private string Length(DueDate due) => due.Term.Unit is TermUnit.Hours or TermUnit.WorkingHours
        ? $"{Why(Code.Of(due.Basis))} {Why("hours")}"
        : Why(Code.Of(due.Basis));

    private string Suspended(TermStep step) => step.Days == 1
        ? Why("suspended-day", say.Dates.Full(step.Date))
        : Why("suspended", say.Dates.Full(step.Date), say.Dates.Full(step.Date.AddDays(step.Days - 1)));

    /// <summary>The day as it starts a sentence: "Tweede paasdag", "Zondag".</summary>
    private string Name(DateOnly day)
    {
        var name = calendar.HolidayOn(day) is { } holiday
            ? say.IsEnglish ? holiday.English : holiday.Dutch
            : day.ToString("dddd", CultureInfo.CurrentUICulture);
        return $"{char.ToUpperInvariant(name[0])}{name[1..]}";
    }
}
