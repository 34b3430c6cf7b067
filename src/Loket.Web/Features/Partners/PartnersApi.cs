using Loket.Web.Api;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Loket.Web.Features.Partners;

/// <summary>Partners outside government over the interface: their register, asking them, and their answer by link and code.</summary>
[Route("api/v1")]
public sealed class PartnersApi(AskPartner ask, AnswerLink links, PartnerRegisterQuery register, SavePartner save) : ApiController
{
    public sealed record OpenForm(string? Token, string? Code);

    /// <summary>The register: every partner with the addresses in use, and who checked them when.</summary>
    [Authorize(Policy = Policies.Supervisor)]
    [HttpGet("partners")]
    public async Task<IReadOnlyList<RegisteredPartner>> Register() => (await register.LoadAsync(null, FormState.Empty))!.Partners;

    [Authorize(Policy = Policies.Supervisor)]
    [HttpPost("partners")]
    public async Task<ActionResult<PartnerSaved>> Add(PartnerForm form) => Answer(await save.AddAsync(Me, form, Key));

    /// <summary>What changed of the addresses is checked by the caller, today; the rest keeps its date.</summary>
    [Authorize(Policy = Policies.Supervisor)]
    [HttpPut("partners/{id:long}")]
    public async Task<ActionResult<PartnerSaved>> Change(long id, PartnerForm form) => Answer(await save.ChangeAsync(Me, id, form, Key));

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
