using Loket.Domain;
using Loket.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Sharing;

/// <summary>After the handoff: ask for a fact, give it, refuse it, take it back; put it right, take it out of the case; what the citizen consents to.</summary>
public sealed class SharingController(ShareFact share, AskFact ask, CorrectFact correct, TakeOutFact takeOut, FactNotices notices, Consents consents, ShareStep steps) : PageController
{
    [HttpPost("/cases/{id:long}/facts/correct")]
    public async Task<IActionResult> Correct(long id, CorrectFactForm form, string? returnUrl) => After((await correct.RunAsync(Me, id, form, Key)).Refusal, id, returnUrl);

    [HttpPost("/cases/{id:long}/facts/take-out")]
    public async Task<IActionResult> TakeOut(long id, TakeOutForm form, string? returnUrl) => After((await takeOut.RunAsync(Me, id, form, Key)).Refusal, id, returnUrl);

    [HttpPost("/cases/{id:long}/facts/put-back")]
    public async Task<IActionResult> PutBack(long id, long? fact, string? returnUrl) => After((await takeOut.PutBackAsync(Me, id, fact, Key)).Refusal, id, returnUrl);

    [HttpPost("/cases/{id:long}/facts/seen")]
    public async Task<IActionResult> Seen(long id, long? notice, string? returnUrl) => After((await notices.SeenAsync(Me, id, notice, Key)).Refusal, id, returnUrl);

    [HttpPost("/cases/{id:long}/facts/ask")]
    public async Task<IActionResult> Ask(long id, AskFactForm form, string? returnUrl) => After((await ask.AskAsync(Me, id, form, Key)).Refusal, id, returnUrl);

    [HttpPost("/cases/{id:long}/facts/give")]
    public async Task<IActionResult> Give(long id, ShareFactForm form, string? returnUrl) => After((await share.GiveAsync(Me, id, form, Key)).Refusal, id, returnUrl);

    [HttpPost("/cases/{id:long}/facts/refuse")]
    public async Task<IActionResult> Refuse(long id, [Bind(Prefix = "ask")] long? asked, string? returnUrl) => After((await ask.RefuseAsync(Me, id, asked, Key)).Refusal, id, returnUrl);

    [HttpPost("/cases/{id:long}/facts/withdraw")]
    public async Task<IActionResult> Withdraw(long id, ShareFactForm form, string? returnUrl) => After((await share.WithdrawAsync(Me, id, form, Key)).Refusal, id, returnUrl);

    [HttpPost("/cases/{id:long}/consents")]
    public async Task<IActionResult> Consent(long id, ConsentForm form, string? returnUrl) => After((await consents.RecordAsync(Me, id, form, Key)).Refusal, id, returnUrl);

    [HttpPost("/cases/{id:long}/consents/revoke")]
    public async Task<IActionResult> Revoke(long id, long? consent, string? returnUrl) => After((await consents.RevokeAsync(Me, id, consent, Key)).Refusal, id, returnUrl);

    [HttpPost("/cases/{id:long}/steps/show")]
    public async Task<IActionResult> ShowStep(long id, ShareStepForm form) => After((await steps.GiveAsync(Me, id, form, Key)).Refusal, id, $"/cases/{id}?tab=steps");

    [HttpPost("/cases/{id:long}/steps/hide")]
    public async Task<IActionResult> HideStep(long id, ShareStepForm form) => After((await steps.WithdrawAsync(Me, id, form, Key)).Refusal, id, $"/cases/{id}?tab=steps");

    private IActionResult After(Refusal? no, long id, string? returnUrl) => no is null ? Back(returnUrl, $"/cases/{id}") : Problem(no, returnUrl ?? $"/cases/{id}");
}
