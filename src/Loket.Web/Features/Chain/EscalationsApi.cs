using Loket.Web.Api;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Chain;

/// <summary>The escalation log and the ladder over the interface.</summary>
[Route("api/v1")]
public sealed class EscalationsApi(EscalationLogQuery log, LadderQuery ladder, LadderSettings settings) : ApiController
{
    /// <summary>What was raised at the people of one's teams, newest first, page by page with <c>next</c>.</summary>
    [Authorize(Policy = Policies.Supervisor)]
    [HttpGet("escalations")]
    public Task<EscalationLog> Log(string? before) => log.OfTeamsAsync(Me, before);

    [HttpGet("cases/{id:long}/escalations")]
    public async Task<ActionResult<EscalationLog>> OfCase(long id) => Found(await log.OfCaseAsync(Me, id), "case-unknown");

    [Authorize(Policy = Policies.Supervisor)]
    [HttpGet("ladder")]
    public Task<LadderView> Ladder() => ladder.LoadAsync(Me, FormState.Empty);

    /// <summary>By the duty supervisor; running dates of the organisation follow at once.</summary>
    [Authorize(Policy = Policies.Supervisor)]
    [HttpPut("ladder")]
    public async Task<ActionResult<LadderSaved>> Save(LadderForm form) => Answer(await settings.SaveAsync(Me, form, Key));
}
