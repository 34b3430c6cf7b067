using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Journeys;

/// <summary>
/// Upkeep of life events: what there is, what a journey gives on a day and in a municipality, and what changed between
/// versions. Nothing about anybody is filled in here, so all of it stands in the address.
/// </summary>
[Authorize(Policy = Policies.Supervisor)]
public sealed class LifeEventsController(LifeEventsQuery events) : PageController
{
    [HttpGet("/upkeep/life-events")]
    public IActionResult List() => View("/Features/Journeys/LifeEvents.cshtml", events.List());

    [HttpGet("/upkeep/life-events/{id}")]
    public async Task<IActionResult> Show(string id, int? version, int? with, string? day, string? municipality, Dictionary<string, string?>? answers) =>
        await events.ShowAsync(id, version, with, day, municipality, answers) is { } view ? View("/Features/Journeys/LifeEvent.cshtml", view) : NotThere("life-event-not-there");
}
