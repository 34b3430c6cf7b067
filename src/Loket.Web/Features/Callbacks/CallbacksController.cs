using System.Globalization;
using Loket.Domain;
using Loket.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Callbacks;

/// <summary>One callback: its calls, another moment, how the citizen is reached, and the sheet for the citizen.</summary>
public sealed class CallbacksController(CallbackPageQuery callbacks, MoveCallback move, SetReach reach) : PageController
{
    private const string Page = "/Features/Callbacks/Callback.cshtml";

    [HttpGet("/callbacks/{id:long}")]
    public async Task<IActionResult> Show(long id) => await callbacks.LoadAsync(Me, id) is { } view ? View(Page, view) : NotThere("callback-unknown");

    /// <summary>To read out or print, in Dutch or with <c>?lang=en</c> in English.</summary>
    [HttpGet("/callbacks/{id:long}/citizen")]
    public async Task<IActionResult> Citizen(long id) => await callbacks.LoadAsync(Me, id) is { } view
        ? View("/Features/Callbacks/Citizen.cshtml", view)
        : NotThere("callback-unknown");

    [HttpPost("/callbacks/{id:long}/move")]
    public async Task<IActionResult> Move(long id, string? moment, string? reason, string? told, string? was)
    {
        var moved = await move.RunAsync(Me, id, new MoveForm(Moment(moment), reason, told, Moment(was)), Key);
        return moved.Refusal is { } no
            ? await AgainAsync(id, no, "move", no.Code switch { "callback-slot-taken" or "callback-moment-missing" or "callback-moved" => "moment", "callback-told-missing" => "told", _ => "reason" })
            : SeeOther($"/callbacks/{id}");
    }

    [HttpPost("/callbacks/{id:long}/reach")]
    public async Task<IActionResult> Reach(long id, ReachForm form) => await reach.RunAsync(Me, id, form, Key) is { Refusal: { } no }
        ? await AgainAsync(id, no, "reach", no.Code switch { "time-zone-unknown" => "timeZone", "channel-unknown" or "channel-needs-phone" or "channel-needs-email" => "channel", _ => "phone" })
        : SeeOther($"/callbacks/{id}");

    private static DateTime? Moment(string? text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;

    private async Task<IActionResult> AgainAsync(long id, Refusal no, string form, string field) =>
        await callbacks.LoadAsync(Me, id, Typed(form, new FieldError(field, no))) is { } view ? Refused(no, Page, view) : Problem(no);
}
