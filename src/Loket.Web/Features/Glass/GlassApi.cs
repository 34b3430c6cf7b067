using Loket.Web.Api;
using Loket.Web.Features.Shared;
using Loket.Web.Features.SignIn;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Glass;

/// <summary>The broken glass over the interface.</summary>
[Route("api/v1/glass")]
[Authorize(Policy = Policies.CaseWork)]
public sealed class GlassApi(GlassQuery glass, BreakGlass breaks, JudgeGlass judge) : ApiController
{
    [HttpGet]
    public Task<GlassView> Show() => glass.LoadAsync(Me, FormState.Empty);

    [FreshSignIn]
    [HttpPost]
    public async Task<ActionResult<GlassBroken>> Break(GlassForm form) => Answer(await breaks.RunAsync(Me, form, Key));

    [Authorize(Policy = Policies.Supervisor)]
    [HttpPost("{id:long}/judge")]
    public async Task<ActionResult<GlassJudged>> Judge(long id, JudgeForm form) => Answer(await judge.RunAsync(Me, id, form, Key));
}
