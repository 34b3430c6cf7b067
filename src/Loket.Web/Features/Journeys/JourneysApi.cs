using Loket.Web.Api;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Steps;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Journeys;

/// <summary>Life events and their journeys over the interface.</summary>
[Route("api/v1")]
public sealed class JourneysApi(JourneyQuery journeys, StartJourney start, LifeEventsQuery upkeep, LifeEvents events, Say say) : ApiController
{
    /// <summary>What a journey can start with; value = id, name in the language of the request.</summary>
    [HttpGet("life-events")]
    public IReadOnlyList<Option> List() => events.Options(say);

    /// <summary>One life event as upkeep sees it: the journey for a day and a municipality, and what changed from version <paramref name="with"/>.</summary>
    [Authorize(Policy = Policies.Supervisor)]
    [HttpGet("life-events/{id}")]
    public async Task<ActionResult<LifeEventView>> Show(string id, int? version, int? with, string? day, string? municipality, [FromQuery] Dictionary<string, string?>? answers) =>
        Found(await upkeep.ShowAsync(id, version, with, day, municipality, answers), "life-event-not-there");

    /// <summary>The whole journey as it would start now. Changes nothing; a POST because the day is about somebody.</summary>
    [HttpPost("cases/{id:long}/journey/preview")]
    public async Task<ActionResult<JourneyView>> Preview(long id, JourneyForm form) => Found(await journeys.OfCaseAsync(Me, id, form), "case-unknown");

    /// <summary>Creates the chosen steps.</summary>
    [HttpPost("cases/{id:long}/journey")]
    public async Task<ActionResult<StepsAdded>> Start(long id, JourneyForm form) => Answer(await start.RunAsync(Me, id, form, Key));
}
