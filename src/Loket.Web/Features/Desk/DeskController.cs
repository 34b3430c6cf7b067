using Loket.Domain;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Drafts;
using Loket.Web.Features.Identity;
using Loket.Web.Features.Search;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Desk;

/// <summary>The one screen of the desk: a new case, and everything about one case.</summary>
public sealed class DeskController(DeskQuery desk, OpenCase open, SaveCase save, CloseCase close, EstablishIdentity identity, AddNumber number, CorrectNumber rightNumber, Facts facts, DraftStore drafts, Suggest suggest) : PageController
{
    [Authorize(Policy = Policies.FrontOffice)]
    [HttpGet("/desk")]
    public async Task<IActionResult> New(string? topic, string? lifeEvent) =>
        View("Desk", await desk.NewAsync(Me, With(await drafts.FormAsync(Me, "case-new", "case"), topic, lifeEvent)));

    /// <summary>Where the words typed so far lead. They are asked by POST and kept nowhere.</summary>
    [Authorize(Policy = Policies.FrontOffice)]
    [HttpPost("/desk/suggestions")]
    public async Task<IActionResult> Suggestions()
    {
        var view = await desk.NewAsync(Me, Typed("case"));
        return Request.WantsFragment() ? PartialView("_Suggestions", view) : View("Desk", view);
    }

    /// <summary>The same page with a suggestion taken over: <c>topic/lifeEvent</c>.</summary>
    [Authorize(Policy = Policies.FrontOffice)]
    [HttpPost("/desk/choose")]
    public async Task<IActionResult> Choose(string? choice)
    {
        var chosen = (choice ?? "").Split('/');
        return View("Desk", await desk.NewAsync(Me, With(Typed("case"), chosen[0], chosen.ElementAtOrDefault(1))));
    }

    /// <param name="form">What the desk knows.</param>
    /// <param name="suggested">Suggestions stood beside it: only then a choice against them says something.</param>
    [Authorize(Policy = Policies.FrontOffice)]
    [HttpPost("/desk")]
    public async Task<IActionResult> Open(OpenCaseForm form, bool suggested)
    {
        var errors = OpenCase.Check(form).ToList();
        if (errors.Count > 0)
        {
            return Refused(errors[0].Refusal, "Desk", await desk.NewAsync(Me, Typed("case", errors)));
        }

        var opened = await open.RunAsync(Me, form, Key);
        if (opened.Refusal is { } no)
        {
            return Refused(no, "Desk", await desk.NewAsync(Me, Typed("case", new FieldError(FieldOf(no), no))));
        }

        if (suggested)
        {
            await suggest.RememberAsync(Me, form.Question, form.Topic!, Key);
        }

        return SeeOther($"/cases/{opened.Value.CaseId}");
    }

    [HttpGet("/cases/{id:long}")]
    public async Task<IActionResult> Show(long id, string? tab) =>
        await desk.CaseAsync(Me, id, tab, FormState.Empty, asked: await drafts.FormAsync(Me, $"ask-{id}", "ask")) is { } view ? View("Desk", view) : NotThere("case-unknown");

    /// <param name="id">The case.</param>
    /// <param name="form">Its fields.</param>
    /// <param name="mine">After a conflict: the version that was shown beside what was typed, and may be replaced.</param>
    /// <param name="move">The municipality to go on with, instead of the chosen one.</param>
    /// <param name="theirs">After a conflict: drop what was typed.</param>
    [HttpPost("/cases/{id:long}")]
    public async Task<IActionResult> Save(long id, SaveCaseForm form, int? mine, bool theirs, string? move)
    {
        if (theirs)
        {
            return SeeOther($"/cases/{id}");
        }

        form = form with { Version = mine ?? form.Version, Municipality = move ?? form.Municipality };
        var errors = SaveCase.Check(form).ToList();
        var no = errors.Count > 0 ? errors[0].Refusal : (await save.RunAsync(Me, id, form, Key)).Refusal;
        if (no is null)
        {
            return SeeOther($"/cases/{id}");
        }

        return await AgainAsync(id, no, Typed("case", errors.Count > 0 ? errors : [new FieldError(FieldOf(no), no)]));
    }

    [HttpPost("/cases/{id:long}/close")]
    public async Task<IActionResult> Close(long id) => await EndAsync(id, await close.CloseAsync(Me, id, Key));

    [HttpPost("/cases/{id:long}/reopen")]
    public async Task<IActionResult> Reopen(long id) => await EndAsync(id, await close.ReopenAsync(Me, id, Key));

    [HttpPost("/cases/{id:long}/identity")]
    public async Task<IActionResult> Identity(long id, string? method) =>
        await identity.RunAsync(Me, id, method, Key, HttpContext.RequestAborted) is { Refusal: { } no } ? await AgainAsync(id, no, Typed("identity", new FieldError("method", no))) : SeeOther($"/cases/{id}");

    [HttpPost("/cases/{id:long}/number")]
    public async Task<IActionResult> Number(long id, NumberForm form)
    {
        var errors = AddNumber.Check(form).ToList();
        var no = errors.Count > 0 ? errors[0].Refusal : (await number.RunAsync(Me, id, form, Key, HttpContext.RequestAborted)).Refusal;
        return no is null ? SeeOther($"/cases/{id}") : await AgainAsync(id, no, Typed("number", errors.Count > 0 ? errors : [new FieldError("", no)]));
    }

    [HttpPost("/cases/{id:long}/number/correct")]
    public async Task<IActionResult> CorrectNumber(long id, string? bsn) =>
        await rightNumber.RunAsync(Me, id, bsn, Key) is { Refusal: { } no } ? await AgainAsync(id, no, Typed("number", new FieldError("bsn", no))) : SeeOther($"/cases/{id}");

    [HttpPost("/cases/{id:long}/facts")]
    public async Task<IActionResult> AddFact(long id, FactForm form)
    {
        var errors = Facts.Check(form).ToList();
        var no = errors.Count > 0 ? errors[0].Refusal : (await facts.AddAsync(Me, id, form, Key)).Refusal;
        return no is null ? SeeOther($"/cases/{id}") : await AgainAsync(id, no, Typed("fact", errors.Count > 0 ? errors : [new FieldError(FieldOf(no), no)]));
    }

    private async Task<IActionResult> EndAsync(long id, Outcome<CaseSaved> ended) =>
        ended.Refusal is { } no ? await AgainAsync(id, no, Typed("end", new FieldError("", no))) : SeeOther($"/cases/{id}");

    private async Task<IActionResult> AgainAsync(long id, Refusal no, FormState form) =>
        await desk.CaseAsync(Me, id, null, form) is { } view ? Refused(no, "Desk", view) : NotThere("case-unknown");

    private static FormState With(FormState form, string? topic, string? lifeEvent)
    {
        if (string.IsNullOrEmpty(topic) && string.IsNullOrEmpty(lifeEvent))
        {
            return form;
        }

        var values = new Dictionary<string, string>(form.Values, StringComparer.Ordinal);
        if (!string.IsNullOrEmpty(topic))
        {
            values["topic"] = topic;
        }

        if (!string.IsNullOrEmpty(lifeEvent))
        {
            values["lifeEvent"] = lifeEvent;
        }

        return new FormState { Form = "case", Values = values, DraftSavedAt = form.DraftSavedAt };
    }

    private static string FieldOf(Refusal no) => no.Code switch
    {
        "topic-unknown" => "topic",
        "life-event-unknown" => "lifeEvent",
        "fact-known" => "again",
        "fact-until-past" => "until",
        "municipality-unknown" or "municipality-missing" => "municipality",
        _ when no.Code.StartsWith("authority-", StringComparison.Ordinal) => $"onBehalf.{Representation.RepresentationController.FieldOf(no)}",
        _ => "",
    };
}
