using System.Text.Json.Serialization;
using Loket.Domain;
using Loket.Domain.Terms;
using Loket.Web.Api;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Loket.Web.Features.Terms;

/// <summary>The term calculator for programs: reference knowledge, open to everyone and rate-limited.</summary>
[AllowAnonymous]
[Route("api/v1/terms")]
[EnableRateLimiting(ReferenceLimit.Name)]
public sealed class TermsApi(TermCalculator calculator, DutchCalendar calendar, Say say) : ApiController
{
    /// <summary>One step of the sum, in order. Codes are listed on <see cref="TermStep"/>.</summary>
    /// <param name="Date">The day the step is about.</param>
    /// <param name="Result">The end of the term after this step.</param>
    /// <param name="Article">The rule, as cited in Dutch law; null when the caller has to know it.</param>
    public sealed record Step(string Code, DateOnly Date, DateOnly Result, string? Article, string Text);

    /// <summary>The penalty for deciding late (Awb 4:17).</summary>
    /// <param name="FirstDay">First day that costs.</param>
    /// <param name="LastDay">After this day it no longer grows.</param>
    /// <param name="Days">Days that cost so far.</param>
    public sealed record PenaltySoFar(DateOnly FirstDay, DateOnly LastDay, int Days, int Euros);

    /// <summary>The last day that is still in time, the end before suspensions and shifts, and every step between.</summary>
    public sealed record TermAnswer(
        DateOnly Due,
        DateOnly RawEnd,
        IReadOnlyList<Step> Explanation,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PenaltySoFar? Penalty);

    /// <summary>When a term ends and why.</summary>
    /// <param name="start">The day the term is counted from, yyyy-MM-dd; the next day is its first.</param>
    /// <param name="term">P8W, P3D, P3M, P1Y, PT48H, P3WD for working days, -P2W to count back.</param>
    /// <param name="basis">Who set the term: act, bylaw or service.</param>
    /// <param name="suspensions">Day of the invitation / day of completion, repeated or with commas.</param>
    /// <param name="notice">The day a notice of default was received; the answer then holds the penalty.</param>
    /// <param name="decided">The day of the decision that ended it; without it the penalty is that of today.</param>
    /// <param name="lang">nl (default) or en.</param>
    [HttpGet("due")]
    public ActionResult<TermAnswer> Due(
        string? start, string? term, string? basis, [FromQuery] string?[]? suspensions, string? notice, string? decided, string? lang)
    {
        var typed = (suspensions ?? []).SelectMany(s => (s ?? "").Split(',')).Select(TypedSuspension.Of).ToList();
        var (question, errors) = TermQuestion.Read(new(start, term, basis, typed, notice, decided));
        if (lang is not (null or "nl" or "en"))
        {
            errors = [.. errors, new("lang", new Refusal("term-language-wrong"))];
        }

        if (question is null || errors.Count > 0)
        {
            return BadQuestion(errors);
        }

        var due = calculator.Due(question.Start, question.Term, question.Basis, question.Suspensions);
        var penalty = question.PenaltyOn(due, say.Dates.Today);
        if (penalty?.Refusal is { } early)
        {
            return BadQuestion([new("notice", early)]);
        }

        var lines = new TermWords(say, calendar).Lines(due);
        return new TermAnswer(
            due.Due, due.RawEnd, [.. lines.Select(l => new Step(l.Step.Code, l.Step.Date, l.Step.Result, l.Step.Article, $"{l.Title}. {l.Why}"))], SoFar(penalty?.Value));
    }

    private static PenaltySoFar? SoFar(Penalty? p) => p is null ? null : new(p.FirstDay, p.LastDay, p.Days, (int)(p.Cents / 100));

    /// <summary>400 with every parameter that does not add up, in plain words.</summary>
    private ActionResult BadQuestion(IEnumerable<FieldError> errors)
    {
        var named = errors.Select(e => (Parameter: Parameter(e.Field), e.Refusal.Code, Text: say.Refusal(e.Refusal))).Distinct().ToList();
        return Problem(new ProblemDetails
        {
            Type = "urn:loket:refusal:term-question",
            Title = say.Text("terms.bad-question", string.Join(", ", named.Select(n => n.Parameter).Distinct(StringComparer.Ordinal))),
            Detail = string.Join(' ', named.Select(n => n.Text)),
            Status = StatusCodes.Status400BadRequest,
            Extensions = { ["errors"] = named.ConvertAll(n => new { parameter = n.Parameter, code = n.Code, text = n.Text }) },
        });
    }

    private static string Parameter(string field) =>
        field.StartsWith("invited-", StringComparison.Ordinal) || field.StartsWith("completed-", StringComparison.Ordinal) ? "suspensions" : field;
}
