using System.Globalization;
using Loket.Domain;
using Loket.Domain.Terms;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Terms;

/// <summary>
/// The term calculator as a page. All that is filled in stands in the address, so a sum can be passed on; nothing is kept.
/// </summary>
[OpenToInformationPoint]
public sealed class TermsController(TermCalculator calculator, DutchCalendar calendar, Say say) : PageController
{
    private const string Form = "terms";

    /// <summary>Query as filled in: start, common, term, basis, invited and completed (repeated), notice, decided; add and drop change the rows.</summary>
    [HttpGet("/terms")]
    public IActionResult Show()
    {
        var rows = Rows();
        var common = CommonTerm.All.FirstOrDefault(c => c.Code == Field("common"));
        if (common is null && Field("common") is null && Field("term") is null)
        {
            common = CommonTerm.All[0];
        }

        var typed = new TypedTerm(
            Field("start") ?? (Request.Query.ContainsKey("start") ? "" : Dates.Machine(say.Dates.Today)),
            common?.Length ?? Field("term"),
            Field("basis") ?? "act",
            rows,
            Field("notice"),
            Field("decided"));
        var (question, errors) = TermQuestion.Read(typed);
        if (question is null)
        {
            return Refused(errors[0].Refusal, "Terms", View(typed, common, errors));
        }

        var article = question.Basis == TermBasis.Act ? common?.Article : null;
        var due = calculator.Due(question.Start, question.Term, question.Basis, question.Suspensions, article: article);
        var penalty = question.PenaltyOn(due, say.Dates.Today);
        if (penalty?.Refusal is { } early)
        {
            var named = new Refusal(early.Code, say.Dates.Long(due.Due));
            return Refused(named, "Terms", View(typed, common, [new("notice", named)], due));
        }

        return View("Terms", View(typed, common, [], due, penalty?.Value));
    }

    private string? Field(string name) => Request.Query[name].ToString() is { Length: > 0 } text ? text : null;

    /// <summary>The rows of suspensions: as filled in, less the one dropped, and an empty one when asked for.</summary>
    private List<TypedSuspension> Rows()
    {
        var (invited, completed) = (Request.Query["invited"], Request.Query["completed"]);
        var rows = Enumerable.Range(0, Math.Max(invited.Count, completed.Count))
            .Select(i => new TypedSuspension(invited.ElementAtOrDefault(i), completed.ElementAtOrDefault(i)))
            .Concat(Request.Query["suspensions"].SelectMany(s => (s ?? "").Split(',')).Select(TypedSuspension.Of))
            .ToList();
        if (int.TryParse(Field("drop"), CultureInfo.InvariantCulture, out var drop) && drop >= 0 && drop < rows.Count)
        {
            rows.RemoveAt(drop);
        }

        if (Field("add") is not null)
        {
            rows.Add(new(null, null));
        }

        return rows;
    }

    private TermsView View(TypedTerm typed, CommonTerm? common, IReadOnlyList<FieldError> errors, DueDate? due = null, Penalty? penalty = null) => new()
    {
        Form = new FormState
        {
            Form = Form,
            Errors = errors,
            Values = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["start"] = typed.Start ?? "",
                ["term"] = common is null ? typed.Term ?? "" : "",
                ["basis"] = typed.Basis ?? "",
                ["notice"] = typed.Notice ?? "",
                ["decided"] = typed.Decided ?? "",
            },
        },
        Common = common?.Code ?? CommonTerm.Other,
        Suspensions = typed.Suspensions,
        Due = due is null ? null : new DueNotice
        {
            Day = due.Due,
            Steps = [.. new TermWords(say, calendar).Lines(due).Where(l => l.Kind != "due").Select(l => Named(l, common).ToDateStep())],
        },
        CanCostPenalty = due is { Basis: TermBasis.Act } && common is { IsDecision: true },
        Penalty = penalty,
    };

    /// <summary>The start by its own name when the chosen term has one: "Aanvraag ontvangen".</summary>
    private TermLine Named(TermLine line, CommonTerm? common) =>
        line.Kind == "start" && common is not null ? line with { Title = say.Text($"terms.start-of.{common.Code}") } : line;
}
