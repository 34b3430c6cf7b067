using Loket.Web.Api;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Retention;

/// <summary>Retention over the interface.</summary>
[Authorize(Policy = Policies.Retention)]
[Route("api/v1/retention")]
public sealed class RetentionApi(RetentionQuery retention, ApproveDestruction approve, LegalHolds holds) : ApiController
{
    [HttpGet]
    public Task<RetentionView> Show() => retention.LoadAsync(Me, FormState.Empty);

    [HttpPost("{id:long}/approve")]
    public async Task<ActionResult<DestructionApproved>> Approve(long id) => Answer(await approve.RunAsync(Me, id, Key));

    [HttpPost("holds")]
    public async Task<ActionResult<HoldKept>> Place(HoldForm form) => Answer(await holds.PlaceAsync(Me, form, Key));

    [HttpPost("holds/{id:long}/lift")]
    public async Task<ActionResult<HoldKept>> Lift(long id) => Answer(await holds.LiftAsync(Me, id, Key));
}
