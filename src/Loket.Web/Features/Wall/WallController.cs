using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Wall;

/// <summary>The lines as they stand now, for supervisors; <c>?screen=big</c> for the one on the wall.</summary>
[Authorize(Policy = Policies.Supervisor)]
public sealed class WallController(WallQuery wall) : PageController
{
    [HttpGet("/wall")]
    public async Task<IActionResult> Show([FromQuery] string? screen) => View(screen == "big" ? "Big" : "Wall", await wall.LoadAsync(Me));
}
