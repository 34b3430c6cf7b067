using Loket.Web.Api;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Loket.Web.Features.Partners;

/// <summary>Partners outside government over the interface: asking them, and their answer by link and code.</summary>
[Route("api/v1")]
public sealed class PartnersApi(AskPartner ask, AnswerLink links) : ApiController
{
    public sealed record OpenForm(string? Token, string? Code);

    [HttpPost("steps/{id:long}/ask-partner")]
    public async Task<ActionResult<PartnerAsked>> Ask(long id, AskPartnerForm form) => Answer(await ask.RunAsync(Me, id, form, Key));

    /// <summary>The question behind a link, for who has its code. No sign-in.</summary>
    [AllowAnonymous]
    [EnableRateLimiting(LinkLimit.Name)]
    [HttpPost("partner-links/open")]
    public async Task<ActionResult<PartnerQuestion>> Open(OpenForm form) => await links.OpenAsync(form.Token, form.Code) switch
    {
        { Refusal: { } no } => Problem(no),
        { Value.Question: { } question } => question,
        var wrong => Problem(AnswerLink.WrongCode(wrong.Value.TriesLeft)),
    };

    /// <summary>The partner's answer, with the same link and code. No sign-in.</summary>
    [AllowAnonymous]
    [EnableRateLimiting(LinkLimit.Name)]
    [HttpPost("partner-links/answer")]
    public async Task<ActionResult<LinkAnswered>> Answered(PartnerAnswerForm form) => await links.AnswerAsync(form) switch
    {
        { Refusal: { } no } => Problem(no),
        { Value.Saved: true } saved => saved.Value,
        var wrong => Problem(AnswerLink.WrongCode(wrong.Value.TriesLeft)),
    };
}
