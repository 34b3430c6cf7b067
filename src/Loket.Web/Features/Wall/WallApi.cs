using Loket.Web.Api;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Wall;

/// <summary>The lines of the supervisor's organisation and those it asked today, now.</summary>
[Authorize(Policy = Policies.Supervisor)]
[Route("api/v1/wall")]
public sealed class WallApi(WallQuery wall) : ApiController
{
    [HttpGet("")]
    public Task<WallView> Show() => wall.LoadAsync(Me);
}
