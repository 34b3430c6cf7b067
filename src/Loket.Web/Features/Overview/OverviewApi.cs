using Loket.Web.Api;
using Loket.Web.Features.SignIn;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Overview;

/// <summary>The citizen's own overview as a file they can take along.</summary>
[Authorize(Policy = Policies.FrontOffice)]
[Route("api/v1/cases/{id:long}/overview")]
public sealed class OverviewApi(OverviewQuery overview) : ApiController
{
    [FreshSignIn]
    [HttpGet]
    public async Task<ActionResult<CitizenOverview>> Show(long id) => Answer(await overview.LoadAsync(Me, id));
}
