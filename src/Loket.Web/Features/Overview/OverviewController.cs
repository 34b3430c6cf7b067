using Loket.Web.Features.Shared;
using Loket.Web.Features.SignIn;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Overview;

/// <summary>The citizen's own overview, to read out, print or give along.</summary>
[Authorize(Policy = Policies.FrontOffice)]
public sealed class OverviewController(OverviewQuery overview) : PageController
{
    [FreshSignIn]
    [HttpGet("/cases/{id:long}/overview")]
    public async Task<IActionResult> Show(long id) => await overview.LoadAsync(Me, id) switch
    {
        { Refusal: { } no } => Problem(no),
        var found => View("Overview", found.Value),
    };
}
