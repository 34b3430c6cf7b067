using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Operations;

/// <summary>How Loket does, for who keeps it running.</summary>
[Authorize(Policy = Policies.Operations)]
public sealed class OperationsController(StatusQuery status) : PageController
{
    [HttpGet("/status")]
    public async Task<IActionResult> Show() => View("Status", await status.LoadAsync());
}
