using Loket.Web.Api;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Sharing;

/// <summary>Disclosures after the handoff, over the interface.</summary>
[Route("api/v1/cases/{id:long}")]
public sealed class SharingApi(ShareFact share, AskFact ask, CorrectFact correct, TakeOutFact takeOut, FactNotices notices, Consents consents, ShareStep steps, Db db, Say say, SharingRules sharing) : ApiController
{
    public sealed record RefuseForm(long? Ask);

    public sealed record PutBackForm(long? Fact);

    public sealed record SeenForm(long? Notice);

    public sealed record RevokeForm(long? Consent);

    [HttpGet("sharing")]
    public async Task<ActionResult<SharingView>> Show(long id) => Found(
        await db.ReadAsync(async r => await CaseAccess.FindAsync(r, Me, id) is { } access
            ? await FactAsksQuery.LoadAsync(r, say, sharing, Me, access, await VisibleFacts.LoadAsync(r, Me, id), await RulesOff.OfAsync(r, Me.OrganisationCode))
            : null), "case-unknown");

    /// <summary>What the person's lines were told of corrected facts, of all cases.</summary>
    [HttpGet("/api/v1/me/fact-notices")]
    public Task<IReadOnlyList<FactNotice>> Notices() => db.ReadAsync(r => FactNotices.ToAsync(r, say, Me));

    [HttpPost("facts/correct")]
    public async Task<ActionResult<FactCorrected>> Correct(long id, CorrectFactForm form) => Answer(await correct.RunAsync(Me, id, form, Key));

    [HttpPost("facts/take-out")]
    public async Task<ActionResult<FactTakenOut>> TakeOut(long id, TakeOutForm form) => Answer(await takeOut.RunAsync(Me, id, form, Key));

    [HttpPost("facts/put-back")]
    public async Task<ActionResult<FactTakenOut>> PutBack(long id, PutBackForm form) => Answer(await takeOut.PutBackAsync(Me, id, form.Fact, Key));

    [HttpPost("facts/seen")]
    public async Task<ActionResult<NoticeSeen>> Seen(long id, SeenForm form) => Answer(await notices.SeenAsync(Me, id, form.Notice, Key));

    [HttpPost("consents")]
    public async Task<ActionResult<ConsentKept>> Consent(long id, ConsentForm form) => Answer(await consents.RecordAsync(Me, id, form, Key));

    [HttpPost("consents/revoke")]
    public async Task<ActionResult<ConsentKept>> Revoke(long id, RevokeForm form) => Answer(await consents.RevokeAsync(Me, id, form.Consent, Key));

    [HttpPost("steps/show")]
    public async Task<ActionResult<StepShared>> ShowStep(long id, ShareStepForm form) => Answer(await steps.GiveAsync(Me, id, form, Key));

    [HttpPost("steps/hide")]
    public async Task<ActionResult<StepShared>> HideStep(long id, ShareStepForm form) => Answer(await steps.WithdrawAsync(Me, id, form, Key));

    [HttpPost("facts/ask")]
    public async Task<ActionResult<FactAsked>> Ask(long id, AskFactForm form) => Answer(await ask.AskAsync(Me, id, form, Key));

    [HttpPost("facts/give")]
    public async Task<ActionResult<FactShared>> Give(long id, ShareFactForm form) => Answer(await share.GiveAsync(Me, id, form, Key));

    [HttpPost("facts/refuse")]
    public async Task<ActionResult<FactAsked>> Refuse(long id, RefuseForm form) => Answer(await ask.RefuseAsync(Me, id, form.Ask, Key));

    [HttpPost("facts/withdraw")]
    public async Task<ActionResult<FactShared>> Withdraw(long id, ShareFactForm form) => Answer(await share.WithdrawAsync(Me, id, form, Key));
}
