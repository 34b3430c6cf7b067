using Loket.Web.Api;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Chain;

/// <summary>The chain over the interface: the board, promises, ownership and escalations.</summary>
[Route("api/v1")]
public sealed class ChainApi(ChainQuery board, Promises promises, Ownership ownership, Escalations escalations, RaiseByHand raise) : ApiController
{
    public sealed record AskForm(long To);

    public sealed record RaiseForm(long Deadline);

    public sealed record ReasonForm(string? Reason);

    [Authorize(Policy = Policies.Supervisor)]
    [HttpGet("chain")]
    public Task<ChainRows> Board([FromQuery] BoardFilter filter) => board.RowsAsync(Me, filter, null);

    [Authorize(Policy = Policies.Supervisor)]
    [HttpGet("chain/{id:long}")]
    public async Task<ActionResult<ChainPanel>> Panel(long id) => Found(await board.PanelAsync(Me, id, FormState.Empty), "case-unknown");

    [HttpPost("cases/{id:long}/promises")]
    public async Task<ActionResult<PromiseMade>> Promise(long id, PromiseForm form) => Answer(await promises.MakeAsync(Me, id, form, Key));

    [HttpPost("promises/{id:long}/kept")]
    public async Task<ActionResult<PromiseMade>> Kept(long id) => Answer(await promises.KeepAsync(Me, id, Key));

    [HttpPost("promises/{id:long}/withdraw")]
    public async Task<ActionResult<PromiseMade>> WithdrawPromise(long id, ReasonForm form) => Answer(await promises.WithdrawAsync(Me, id, form.Reason, Key));

    /// <summary>Asks a person to own the chain: the owner, or a supervisor of the owner's team within the organisation.</summary>
    [HttpPost("cases/{id:long}/ownership")]
    public async Task<ActionResult<OwnershipAnswer>> Ask(long id, AskForm form) => Answer(await ownership.AskAsync(Me, id, form.To, Key));

    [HttpPost("ownership/{id:long}/accept")]
    public async Task<ActionResult<OwnershipAnswer>> Accept(long id) => Answer(await ownership.AcceptAsync(Me, id, Key));

    [HttpPost("ownership/{id:long}/refuse")]
    public async Task<ActionResult<OwnershipAnswer>> Refuse(long id, ReasonForm form) => Answer(await ownership.RefuseAsync(Me, id, form.Reason, Key));

    [HttpPost("ownership/{id:long}/withdraw")]
    public async Task<ActionResult<OwnershipAnswer>> Withdraw(long id) => Answer(await ownership.WithdrawAsync(Me, id, Key));

    /// <summary>Asks the supervisor of whoever has this running date (<c>dates</c> of the panel) to take it up.</summary>
    [Authorize(Policy = Policies.Supervisor)]
    [HttpPost("cases/{id:long}/escalate")]
    public async Task<ActionResult<RaisedByHand>> Escalate(long id, RaiseForm form) => Answer(await raise.ToSupervisorAsync(Me, id, form.Deadline, Key));

    /// <summary>Asks the duty supervisor of the partner organisation that has this running date.</summary>
    [Authorize(Policy = Policies.Supervisor)]
    [HttpPost("cases/{id:long}/ask-partner")]
    public async Task<ActionResult<RaisedByHand>> AskPartner(long id, RaiseForm form) => Answer(await raise.ToPartnerAsync(Me, id, form.Deadline, Key));

    [HttpPost("escalations/{id:long}/acknowledge")]
    public async Task<ActionResult<EscalationAcknowledged>> Acknowledge(long id) => Answer(await escalations.AcknowledgeAsync(Me, id, Key));
}
