using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Upkeep;

/// <summary>The upkeep of what Loket knows, for supervisors.</summary>
[Authorize(Policy = Policies.Supervisor)]
public sealed class UpkeepController(UpkeepQuery upkeep) : PageController
{
    [HttpGet("/upkeep")]
    public async Task<IActionResult> Show() => View("Upkeep", await upkeep.LoadAsync());
}
