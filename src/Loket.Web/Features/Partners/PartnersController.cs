using Loket.Domain;
using Loket.Web.Api;
using Loket.Web.Features.Demo;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Loket.Web.Features.Partners;

/// <summary>The page a partner reaches by their link, the letter that goes instead, what the demo would have sent, and the register.</summary>
public sealed class PartnersController(AnswerLink links, LetterQuery letters, OutgoingQuery outgoing, PartnerRegisterQuery register, SavePartner save, DemoOptions demo) : PageController
{
    /// <summary>Asks for the code. Without it the page says nothing of what it is about.</summary>
    [AllowAnonymous]
    [EnableRateLimiting(LinkLimit.Name)]
    [HttpGet("/p/{token}")]
    public async Task<IActionResult> Link(string token) => Shown(new LinkView { Token = token, Refusal = await links.LookAsync(token) });

    [AllowAnonymous]
    [EnableRateLimiting(LinkLimit.Name)]
    [HttpPost("/p/{token}")]
    public async Task<IActionResult> Open(string token, string? code)
    {
        var opened = await links.OpenAsync(token, code);
        return opened switch
        {
            { Refusal: { } no } => Shown(new LinkView { Token = token, Refusal = no }),
            { Value.Question: { } question } => Shown(new LinkView { Token = token, Code = code, Question = question }),
            _ => Shown(new LinkView { Token = token, Refusal = Wrong(opened.Value.TriesLeft), Form = Typed("code", new FieldError("code", AnswerLink.WrongCode(opened.Value.TriesLeft))) }),
        };
    }

    [AllowAnonymous]
    [EnableRateLimiting(LinkLimit.Name)]
    [HttpPost("/p/{token}/answer")]
    public async Task<IActionResult> Answer(string token, string? code, string? answer, string? text)
    {
        var answered = await links.AnswerAsync(new PartnerAnswerForm(token, code, answer, text));
        if (answered is { IsOk: true, Value.Saved: true })
        {
            return Shown(new LinkView { Token = token, Done = true });
        }

        var no = answered.Refusal ?? AnswerLink.WrongCode(answered.Value.TriesLeft);
        var again = await links.OpenAsync(token, code);
        return Shown(again is { IsOk: true, Value.Question: { } question }
            ? new LinkView { Token = token, Code = code, Question = question, Form = Typed("answer", new FieldError(no.Code == "partner-answer-missing" ? "answer" : "text", no)) }
            : new LinkView { Token = token, Refusal = no });
    }

    [HttpGet("/partner-letters/{id:long}")]
    public async Task<IActionResult> Letter(long id) => await letters.LoadAsync(Me, id) switch
    {
        { Refusal: { } no } => Problem(no),
        var letter => View("Letter", letter.Value),
    };

    [HttpGet("/demo/outgoing")]
    public async Task<IActionResult> Outgoing() => demo.Enabled ? View("Outgoing", await outgoing.LoadAsync(Me)) : NotThere("partner-link-unknown");

    [Authorize(Policy = Policies.Supervisor)]
    [HttpGet("/partners")]
    public async Task<IActionResult> Register() => View("Register", await register.LoadAsync(null, FormState.Empty));

    [Authorize(Policy = Policies.Supervisor)]
    [HttpGet("/partners/{id:long}")]
    public async Task<IActionResult> Partner(long id) => await register.LoadAsync(id, FormState.Empty) is { } view ? View("Register", view) : NotThere("partner-unknown");

    [Authorize(Policy = Policies.Supervisor)]
    [HttpPost("/partners")]
    public async Task<IActionResult> Add(PartnerForm form) => await SavedAsync(null, await save.AddAsync(Me, form with { Active = true }, Key));

    [Authorize(Policy = Policies.Supervisor)]
    [HttpPost("/partners/{id:long}")]
    public async Task<IActionResult> Change(long id, PartnerForm form) =>
        await SavedAsync(id, await save.ChangeAsync(Me, id, form with { Active = Request.Form["active"] == "true" }, Key));

    private async Task<IActionResult> SavedAsync(long? id, Outcome<PartnerSaved> saved) => saved.Refusal is not { } no
        ? SeeOther($"/partners/{saved.Value.PartnerId}")
        : await register.LoadAsync(id, Typed("partner", new FieldError(FieldOf(no), no))) is { } view ? Refused(no, "Register", view) : NotThere(no.Code);

    private static string FieldOf(Refusal no) => no.Code switch
    {
        "partner-kind-missing" => "kind",
        "partner-email-wrong" or "partner-address-missing" => "email",
        "partner-sms-wrong" => "sms",
        "stale" => "",
        _ => "name",
    };

    private ViewResult Shown(LinkView view)
    {
        Response.Headers.CacheControl = "no-store";
        var no = view.Refusal ?? view.Form.Errors.Select(e => e.Refusal).FirstOrDefault();
        Response.StatusCode = no is null ? StatusCodes.Status200OK : Refusals.StatusOf(no);
        return View("Link", view);
    }

    // The last wrong code closes the link: then there is no form any more.
    private static Refusal? Wrong(int left) => left > 0 ? null : AnswerLink.WrongCode(left);
}
