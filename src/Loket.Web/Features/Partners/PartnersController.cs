using Loket.Domain;
using Loket.Web.Api;
using Loket.Web.Features.Demo;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Loket.Web.Features.Partners;

/// <summary>The page a partner reaches by their link, the letter that goes instead, and what the demo would have sent.</summary>
public sealed class PartnersController(AnswerLink links, LetterQuery letters, OutgoingQuery outgoing, DemoOptions demo) : PageController
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
    public async Task<IActionResult> Letter(long id) => await letters.LoadAsync(Me, id) is { } letter ? View("Letter", letter) : NotThere("partner-link-unknown");

    [HttpGet("/demo/outgoing")]
    public async Task<IActionResult> Outgoing() => demo.Enabled ? View("Outgoing", await outgoing.LoadAsync(Me)) : NotThere("partner-link-unknown");

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
