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
        await reveal.MayAsync(Me, id) is { Refusal: { } no } ? Problem(no) : View("Reveal", new RevealView { CaseId = id, Form = await drafts.FormAsync(Me, RevealView.DraftOf(id), "reveal") });

    [FreshSignIn]
    [HttpPost("/cases/{id:long}/bsn")]
    public async Task<IActionResult> Show(long id, string? reason)
    {
        var shown = await reveal.RunAsync(Me, id, reason);
        if (shown.Refusal is { } no)
        {
            return no.Code is "case-unknown" or "case-read-only" or "identity-first" or "reveal-no-number"
                ? Problem(no)
                : Refused(no, "Reveal", new RevealView { CaseId = id, Form = Typed("reveal", new FieldError("reason", no)) });
        }

        // Its page is the answer itself, so nothing leads elsewhere.
        await drafts.DropAsync(Me, RevealView.DraftOf(id));
        return View("Reveal", shown.Value);
    }
}
