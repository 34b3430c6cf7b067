using Loket.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Journeys;

/// <summary>The journey of a life event on a case: seen whole first, then started.</summary>
public sealed class JourneysController(JourneyQuery journeys, StartJourney start, LifeEvents events) : PageController
{
    [HttpGet("/cases/{id:long}/journey")]
    public async Task<IActionResult> Show(long id) => await journeys.OfCaseAsync(Me, id, null) is { } view ? View("Journey", view) : NotThere("case-unknown");

    /// <summary>Shows the journey of what was filled in, or starts it. A form, not an address: the day somebody died stays out of every log.</summary>
    [HttpPost("/cases/{id:long}/journey")]
    public async Task<IActionResult> Fill(long id, JourneyForm form, bool begin)
    {
        var no = begin ? (await start.RunAsync(Me, id, form, Key)).Refusal : null;
        if (begin && no is null)
        {
            return SeeOther($"/cases/{id}?tab=steps");
        }

        return await journeys.OfCaseAsync(Me, id, form, no is null ? [] : [form.Read(events).Error ?? new FieldError("", no)]) switch
        {
            null => NotThere("case-unknown"),
            var view => no is null ? View("Journey", view) : Refused(no, "Journey", view),
        };
    }
}
