using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Operations;

/// <summary>For whoever keeps Loket running: a process that lives, a node that can take work. Open, and silent about why not.</summary>
[AllowAnonymous]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class HealthController(Readiness readiness) : ControllerBase
{
    [HttpGet("/health/live")]
    public IActionResult Live() => Content("live");

    [HttpGet("/health/ready")]
    public IActionResult Ready() => readiness.Now.IsReady ? Content("ready") : new ContentResult { Content = "not ready", ContentType = "text/plain", StatusCode = StatusCodes.Status503ServiceUnavailable };
}
