using Loket.Domain;
using Loket.Web.Features.Callbacks;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Presence;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Specialist;

/// <summary>The specialist's workplace: being there, answering offers, calling back.</summary>
public sealed class SpecialistController(SpecialistQuery workplace, OfferStripQuery strip, SetPresence presence, SwitchLine lines, ExtendWrapUp wrapUp, AnswerOffer offers, AttemptCallback callbacks) : PageController
{
    [Authorize(Policy = Policies.Specialist)]
    [HttpGet("/line")]
    public async Task<IActionResult> Line(bool gone) => View("Line", await workplace.LineAsync(Me, FormState.Empty, gone ? new Refusal("talk-gone") : null));

    [Authorize(Policy = Policies.Specialist)]
    [HttpGet("/line/offer")]
    public async Task<IActionResult> Offer() => PartialView("Offer", await workplace.OfferAsync(Me, FormState.Empty));

    /// <summary>The offer in short, for every other page.</summary>
    [Authorize(Policy = Policies.Specialist)]
    [HttpGet("/line/strip")]
    public async Task<IActionResult> Strip() => PartialView("_OfferStrip", await strip.LoadAsync(Me));

    [Authorize(Policy = Policies.Specialist)]
    [HttpPost("/presence")]
    public async Task<IActionResult> SetPresence(string? state) => await AnswerAsync(await presence.RunAsync(Me, state, Key), "/line");

    /// <summary>More time to wrap up.</summary>
    [Authorize(Policy = Policies.Specialist)]
    [HttpPost("/presence/more-time")]
    public async Task<IActionResult> MoreWrapUp() => await AnswerAsync(await wrapUp.RunAsync(Me, Key), "/line");

    [Authorize(Policy = Policies.Specialist)]
    [HttpPost("/line/switch")]
    public async Task<IActionResult> Switch(string? line, bool on) => await AnswerAsync(await lines.RunAsync(Me, line ?? "", on, Key), "/line");

    [Authorize(Policy = Policies.Specialist)]
    [HttpPost("/offers/{id:long}/accept")]
    public async Task<IActionResult> Accept(long id)
    {
        var accepted = await offers.AcceptAsync(Me, id, Key);
        return await AnswerAsync(accepted, accepted.IsOk ? $"/handoffs/{accepted.Value.HandoffId}" : "/line");
    }

    [Authorize(Policy = Policies.Specialist)]
    [HttpPost("/offers/{id:long}/decline")]
    public async Task<IActionResult> Decline(long id, string? reason, string? text, string? suggestedLine, string? missing)
    {
        var declined = await offers.DeclineAsync(Me, id, new DeclineForm(reason ?? "", reason == "missing_information" ? missing : text, suggestedLine), Key);
        if (declined.Refusal is { } no && no.Code.StartsWith("decline-", StringComparison.Ordinal))
        {
            var field = no.Code switch { "decline-line-missing" => "suggestedLine", "decline-information-missing" => "missing", "decline-text-missing" => "text", _ => "reason" };
            return Refused(no, "Line", await workplace.LineAsync(Me, Typed("decline", new FieldError(field, no))));
        }

        return await AnswerAsync(declined, "/line");
    }

    [Authorize(Policy = Policies.Specialist)]
    [HttpPost("/offers/{id:long}/more-time")]
    public async Task<IActionResult> MoreTime(long id) => await AnswerAsync(await offers.MoreTimeAsync(Me, id, Key), "/line");

    [HttpPost("/callbacks/{id:long}/attempts")]
    public async Task<IActionResult> Attempt(long id, AttemptForm form, string? returnUrl)
    {
        var attempted = await callbacks.RunAsync(Me, id, form, Key);
        if (attempted.Refusal is { } no)
        {
            // What is over has no card any more to say it at.
            return Me.Specialist && returnUrl is null or "/line" && no.Code is not ("callback-over" or "callback-unknown")
                ? Refused(no, "Line", await workplace.LineAsync(Me, Typed("attempt", new FieldError(CallbackRow.FieldOf(id), no)))) : Problem(no, returnUrl);
        }

        return Back(returnUrl, Me.Specialist ? "/line" : "/");
    }

    private async Task<IActionResult> AnswerAsync<T>(Outcome<T> outcome, string next) => outcome.Refusal is { } no
        ? Refused(no, "Line", await workplace.LineAsync(Me, FormState.Empty, no))
        : SeeOther(next);
}
