using Loket.Web.Features.Presence;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Team;

/// <summary>The supervisor's view of who is there.</summary>
[Authorize(Policy = Policies.Supervisor)]
public sealed class TeamController(TeamQuery team, SignOutColleague signOut) : PageController
{
    [HttpGet("/team")]
    public async Task<IActionResult> Show() => View("Team", await team.LoadAsync(Me));

    [HttpPost("/professionals/{id:long}/sign-out")]
    public async Task<IActionResult> SignOut(long id) => (await signOut.RunAsync(Me, id, Key)).Refusal is { } no
        ? Refused(no, "Team", await team.LoadAsync(Me, no))
        : SeeOther("/team");
}
