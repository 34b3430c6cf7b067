using Loket.Web.Features.Drafts;
using Loket.Web.Features.Shared;
using Loket.Web.Features.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Reveal;

/// <summary>Asks why, then shows the number. By POST: no address and no history has it.</summary>
public sealed class RevealController(RevealBsn reveal, DraftStore drafts) : PageController
{
    [HttpGet("/cases/{id:long}/bsn")]
    public async Task<IActionResult> Ask(long id) =>
        await reveal.MayAsync(Me, id) is { Refusal: { } no } ? Problem(no) : View("Reveal", new RevealView { CaseId = id, Form = await FreshSignInAttribute.TypedAsync(drafts, Me, "reveal", Request) });

    [FreshSignIn]
    [HttpPost("/cases/{id:long}/bsn")]
    public async Task<IActionResult> Show(long id, string? reason) => await reveal.RunAsync(Me, id, reason) switch
    {
        { Refusal: { Code: "case-unknown" or "case-read-only" or "identity-first" or "reveal-no-number" } no } => Problem(no),
        { Refusal: { } no } => Refused(no, "Reveal", new RevealView { CaseId = id, Form = Typed("reveal", new FieldError("reason", no)) }),
        var shown => View("Reveal", shown.Value),
    };
}
