using Loket.Web.Api;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Callbacks;

/// <summary>Callbacks over the interface; an attempt is <c>POST callbacks/{id}/attempts</c>.</summary>
[Route("api/v1/callbacks/{id:long}")]
public sealed class CallbacksApi(CallbackPageQuery callbacks, MoveCallback move, SetReach reach) : ApiController
{
    [HttpGet("")]
    public async Task<ActionResult<CallbackView>> Show(long id) => Found(await callbacks.LoadAsync(Me, id), "callback-unknown");

    /// <summary>To one of the <c>moments</c>, with the reason and how the citizen was told.</summary>
    [HttpPost("move")]
    public async Task<ActionResult<CallbackMoved>> Move(long id, MoveForm form) => Answer(await move.RunAsync(Me, id, form, Key));

    [HttpPut("reach")]
    public async Task<ActionResult<ReachSet>> Reach(long id, ReachForm form) => Answer(await reach.RunAsync(Me, id, form, Key));
}
