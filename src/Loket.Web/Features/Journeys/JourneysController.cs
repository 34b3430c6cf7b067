using Loket.Domain;
using Loket.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Journeys;

/// <summary>The journey of a life event on a case: seen whole first, then started.</summary>
public sealed class JourneysController(JourneyQuery journeys, StartJourney start, LifeEvents events) : PageController
{
    [HttpGet("/cases/{id:long}/journey")]
    public async Task<IActionResult> Show(long id) => await journeys.OfCaseAsync(Me, id, null) is { } view ? View("Journey", view) : NotThere("case-unknown");

    /// <summary>A form, not an address: the day somebody died stays out of every log.</summary>
    [HttpPost("/cases/{id:long}/journey/preview")]
    public async Task<IActionResult> Preview(long id, JourneyForm form) =>
        await journeys.OfCaseAsync(Me, id, form) is { } view ? View("Journey", view) : NotThere("case-unknown");

    [HttpPost("/cases/{id:long}/journey")]
    public async Task<IActionResult> Start(long id, JourneyForm form)
    {
        var started = await start.RunAsync(Me, id, form, Key);
        if (started.Refusal is not { } no)
        {
            return SeeOther($"/cases/{id}?tab=steps");
        }

        return await journeys.OfCaseAsync(Me, id, form, form.Read(events).Error is null ? [new FieldError("", no)] : []) is { } view ? Refused(no, "Journey", view) : NotThere("case-unknown");
    }
}
