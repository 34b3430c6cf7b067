using Loket.Web.Features.Drafts;
using Loket.Web.Features.Shared;
using Loket.Web.Features.SignIn;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Glass;

/// <summary>Looking into a case without a part in it, and judging that afterwards.</summary>
[Authorize(Policy = Policies.CaseWork)]
public sealed class GlassController(GlassQuery glass, BreakGlass breaks, JudgeGlass judge, DraftStore drafts) : PageController
{
    [HttpGet("/glass")]
    public async Task<IActionResult> Show() => View("Glass", await glass.LoadAsync(Me, await drafts.FormAsync(Me, "/glass", "break")));

    [FreshSignIn]
    [HttpPost("/glass")]
    public async Task<IActionResult> Break(GlassForm form)
    {
        var broken = await breaks.RunAsync(Me, form, Key);
        return broken.Refusal is { } no
            ? Refused(no, "Glass", await glass.LoadAsync(Me, Typed("break", new FieldError(no.Code is "glass-case-unknown" or "glass-not-needed" ? "number" : "reason", no))))
            : SeeOther($"/cases/{broken.Value.CaseId}");
    }

    [Authorize(Policy = Policies.Supervisor)]
    [HttpPost("/glass/{id:long}/judge")]
    public async Task<IActionResult> Judge(long id, JudgeForm form)
    {
        var judged = await judge.RunAsync(Me, id, form, Key);
        return judged.Refusal switch
        {
            null => SeeOther("/glass"),
            { Code: "glass-unknown" } no => Problem(no),
            { } no => Refused(no, "Glass", await glass.LoadAsync(Me, Typed($"judge-{id}", new FieldError(no.Code == "glass-judgement-missing" ? "justified" : "remark", no)))),
        };
    }
}
