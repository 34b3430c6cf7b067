using Loket.Web.Api;
using Loket.Web.Features.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Reveal;

/// <summary>The number over the interface, for a reason.</summary>
[Route("api/v1/cases/{id:long}/bsn")]
public sealed class RevealApi(RevealBsn reveal) : ApiController
{
    public sealed record ReasonForm(string? Reason);

    [FreshSignIn]
    [HttpPost]
    public async Task<ActionResult<RevealView>> Show(long id, ReasonForm form) => Answer(await reveal.RunAsync(Me, id, form.Reason));
}
