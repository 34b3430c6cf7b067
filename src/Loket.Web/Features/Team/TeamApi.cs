using Loket.Web.Api;
using Loket.Web.Features.Presence;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Team;

/// <summary>Who of the supervisor's teams is there, over the interface.</summary>
[Authorize(Policy = Policies.Supervisor)]
[Route("api/v1")]
public sealed class TeamApi(TeamQuery team, SignOutColleague signOut) : ApiController
{
    [HttpGet("team")]
    public Task<TeamView> Show() => team.LoadAsync(Me);

    [HttpPost("professionals/{id:long}/sign-out")]
    public async Task<ActionResult<PresenceAnswer>> SignOut(long id) => Answer(await signOut.RunAsync(Me, id, Key));
}
