using Loket.Web.Api;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Upkeep;

/// <summary>The upkeep of what Loket knows, for programs of supervisors.</summary>
[Authorize(Policy = Policies.Supervisor)]
[Route("api/v1/upkeep")]
public sealed class UpkeepApi(UpkeepQuery upkeep) : ApiController
{
    [HttpGet]
    public Task<UpkeepView> Show() => upkeep.LoadAsync();
}
