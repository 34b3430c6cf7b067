using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Retention;

/// <summary>What is to be destroyed, what is held, and what went.</summary>
[Authorize(Policy = Policies.Retention)]
public sealed class RetentionController(RetentionQuery retention, ApproveDestruction approve, LegalHolds holds) : PageController
{
    [HttpGet("/retention")]
    public async Task<IActionResult> Show() => View("Retention", await retention.LoadAsync(Me, FormState.Empty));

    [HttpPost("/retention/{id:long}/approve")]
    public async Task<IActionResult> Approve(long id) => await approve.RunAsync(Me, id, Key) is { Refusal: { } no } ? Problem(no) : SeeOther("/retention");

    [HttpPost("/retention")]
    public async Task<IActionResult> Place(HoldForm form) => await holds.PlaceAsync(Me, form, Key) is { Refusal: { } no }
        ? Refused(no, "Retention", await retention.LoadAsync(Me, Typed("hold", new FieldError(no.Code is "hold-case-unknown" or "hold-there" or "destruction-under-way" ? "number" : "reason", no))))
        : SeeOther("/retention");

    [HttpPost("/retention/holds/{id:long}/lift")]
    public async Task<IActionResult> Lift(long id) => await holds.LiftAsync(Me, id, Key) is { Refusal: { } no } ? Problem(no) : SeeOther("/retention");
}
