using Loket.Domain;
using Loket.Domain.Terms;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Chain;

/// <summary>The chain: the supervisor's board, promises, and asking and answering who owns it.</summary>
public sealed class ChainController(ChainQuery board, DeskQuery desk, Promises promises, Ownership ownership, Escalations escalations, RaiseByHand raise) : PageController
{
    [Authorize(Policy = Policies.Supervisor)]
    [HttpGet("/chain")]
    public async Task<IActionResult> Board([FromQuery] BoardFilter filter, [FromQuery(Name = "case")] long? selected) =>
        View("Chain", await board.LoadAsync(Me, filter, selected, FormState.Empty));

    [Authorize(Policy = Policies.Supervisor)]
    [HttpGet("/chain/rows")]
    public async Task<IActionResult> Rows([FromQuery] BoardFilter filter, [FromQuery(Name = "case")] long? selected) =>
        PartialView("Rows", await board.RowsAsync(Me, filter, selected));

    [Authorize(Policy = Policies.Supervisor)]
    [HttpGet("/chain/{id:long}/panel")]
    public async Task<IActionResult> Panel(long id) => await board.PanelAsync(Me, id, FormState.Empty) is { } panel
        ? Request.WantsFragment() ? PartialView("Panel", panel) : View("Panel", panel)
        : NotThere("case-unknown");

    [Authorize(Policy = Policies.Supervisor)]
    [HttpPost("/cases/{id:long}/reassign")]
    public async Task<IActionResult> Reassign(long id, long? to)
    {
        var asked = to is { } person ? await ownership.AskAsync(Me, id, person, Key) : new Refusal("ownership-person-missing");
        return asked.Refusal is { } no
            ? Refused(no, "Chain", await board.LoadAsync(Me, BoardFilter.None, id, Typed("reassign", new FieldError("to", no))))
            : SeeOther($"/chain?case={id}");
    }

    [Authorize(Policy = Policies.Supervisor)]
    [HttpPost("/cases/{id:long}/escalate")]
    public async Task<IActionResult> Escalate(long id, long? deadline) => await RaisedAsync(id, "escalate", await raise.ToSupervisorAsync(Me, id, deadline ?? 0, Key));

    [Authorize(Policy = Policies.Supervisor)]
    [HttpPost("/cases/{id:long}/ask-partner")]
    public async Task<IActionResult> AskPartner(long id, long? deadline) => await RaisedAsync(id, "partner", await raise.ToPartnerAsync(Me, id, deadline ?? 0, Key));

    [HttpPost("/escalations/{id:long}/acknowledge")]
    public async Task<IActionResult> Acknowledge(long id, string? returnUrl) => await escalations.AcknowledgeAsync(Me, id, Key) is { Refusal: { } no }
        ? Me.Supervisor ? Refused(no, "Chain", await board.LoadAsync(Me, BoardFilter.None, null, FormState.Empty, no)) : Problem(no)
        : Back(returnUrl, Me.Supervisor ? "/chain" : "/");

    [HttpPost("/cases/{id:long}/promises")]
    public async Task<IActionResult> Promise(long id, string? text, DateOnly? dueDate, TimeOnly? dueTime, long? handoffId, string? returnUrl)
    {
        var due = dueDate is { } day ? AmsterdamTime.ToUtc(day, dueTime ?? new TimeOnly(17, 0)) : (DateTime?)null;
        var made = await promises.MakeAsync(Me, id, new PromiseForm(text, due, handoffId), Key);
        if (made.Refusal is { } no)
        {
            var field = no.Code.StartsWith("promise-date", StringComparison.Ordinal) ? "dueDate" : "text";
            return await AgainAsync(id, no, Typed("promise", new FieldError(field, no)), handoffId);
        }

        return Back(returnUrl, $"/cases/{id}?tab=steps");
    }

    [HttpPost("/promises/{id:long}/kept")]
    public async Task<IActionResult> Kept(long id, string? returnUrl) => await promises.KeepAsync(Me, id, Key) is { Refusal: { } no } ? Problem(no, returnUrl) : Back(returnUrl, "/");

    [HttpPost("/promises/{id:long}/withdraw")]
    public async Task<IActionResult> WithdrawPromise(long id, string? reason, string? returnUrl) =>
        await promises.WithdrawAsync(Me, id, reason, Key) is { Refusal: { } no } ? Problem(no, returnUrl) : Back(returnUrl, "/");

    [HttpPost("/cases/{id:long}/ownership")]
    public async Task<IActionResult> Ask(long id, long? to, long? handoffId, string? returnUrl)
    {
        var asked = to is { } person ? await ownership.AskAsync(Me, id, person, Key) : new Refusal("ownership-person-missing");
        return asked.Refusal is { } no
            ? await AgainAsync(id, no, Typed("ownership", new FieldError("to", no)), handoffId)
            : Back(returnUrl, handoffId is null ? $"/cases/{id}?tab=steps" : $"/handoffs/{handoffId}");
    }

    [HttpPost("/ownership/{id:long}/accept")]
    public async Task<IActionResult> AcceptOwnership(long id, string? returnUrl) => Answer(await ownership.AcceptAsync(Me, id, Key), returnUrl);

    [HttpPost("/ownership/{id:long}/refuse")]
    public async Task<IActionResult> RefuseOwnership(long id, string? reason, string? returnUrl) => Answer(await ownership.RefuseAsync(Me, id, reason, Key), returnUrl);

    [HttpPost("/ownership/{id:long}/withdraw")]
    public async Task<IActionResult> WithdrawOwnership(long id, string? returnUrl) => Answer(await ownership.WithdrawAsync(Me, id, Key), returnUrl);

    private async Task<IActionResult> RaisedAsync(long caseId, string form, Outcome<RaisedByHand> raised) => raised.Refusal is { } no
        ? Refused(no, "Chain", await board.LoadAsync(Me, BoardFilter.None, caseId, Typed(form, new FieldError(form == "escalate" ? "deadline" : "", no))))
        : SeeOther($"/chain?case={caseId}");

    private IActionResult Answer(Outcome<OwnershipAnswer> outcome, string? returnUrl) =>
        outcome.Refusal is { } no ? Problem(no, returnUrl) : Back(returnUrl, $"/cases/{outcome.Value.CaseId}");

    private async Task<IActionResult> AgainAsync(long caseId, Refusal no, FormState form, long? handoffId)
    {
        if (handoffId is { } id && await HttpContext.RequestServices.GetRequiredService<Handoffs.ConversationQuery>().LoadAsync(Me, id, form) is { } talk)
        {
            return Refused(no, "/Features/Handoffs/Conversation.cshtml", talk);
        }

        return await desk.CaseAsync(Me, caseId, "steps", form) is { } view ? Refused(no, "/Features/Desk/Desk.cshtml", view) : NotThere("case-unknown");
    }
}
