using Loket.Web.Api;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Forwarding;

/// <summary>The duty to forward over the interface.</summary>
[Route("api/v1")]
public sealed class ForwardingApi(Forward forward) : ApiController
{
    public sealed record LineForm(string? Line);

    /// <summary>The question of this case is another body's.</summary>
    [HttpPost("cases/{id:long}/forward")]
    public async Task<ActionResult<Forwarded>> Case(long id, ForwardForm form) => Answer(await forward.CaseAsync(Me, id, form, Key));

    /// <summary>A step asked of us is another body's.</summary>
    [HttpPost("step-asks/{id:long}/forward")]
    public async Task<ActionResult<Forwarded>> Ask(long id, LineForm form) => Answer(await forward.AskAsync(Me, id, form.Line, Key));
}
