using System.Globalization;
using Loket.Domain;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.People;

/// <summary>Who is away, and spreading what a colleague has open.</summary>
public sealed class PeopleController(AbsenceQuery away, Absences absences, SpreadQuery preview, Spread spread) : PageController
{
    [HttpGet("/absence")]
    public Task<IActionResult> Absence(long? person) => PageAsync(person, FormState.Empty, null);

    [HttpPost("/people/{id:long}/absence")]
    public async Task<IActionResult> SetAbsence(long id, DateOnly? from, DateOnly? until, long? standIn)
    {
        var set = await absences.SetAsync(Me, id, new AbsenceForm(from, until, standIn), Key);
        return set.Refusal is { } no ? await PageAsync(id, Typed("absence", new FieldError(FieldOf(no), no)), no) : SeeOther(Address(id));
    }

    [HttpPost("/absences/{id:long}/end")]
    public async Task<IActionResult> EndAbsence(long id, string? returnUrl) =>
        await absences.EndAsync(Me, id, Key) is { Refusal: { } no } ? Problem(no) : Back(returnUrl, "/absence");

    [Authorize(Policy = Policies.Supervisor)]
    [HttpGet("/people/{id:long}/spread")]
    public async Task<IActionResult> Preview(long id, [FromQuery(Name = "with")] long[] with) =>
        await preview.LoadAsync(Me, id, with, FormState.Empty) is { } view ? View("Spread", view) : NotThere("professional-unknown");

    [Authorize(Policy = Policies.Supervisor)]
    [HttpPost("/people/{id:long}/spread")]
    public async Task<IActionResult> Spread(long id)
    {
        var done = await spread.RunAsync(Me, id, new SpreadForm([.. Rows()]), Key);
        return done.Refusal is not { } no ? SeeOther(Address(id))
            : await preview.LoadAsync(Me, id, null, Typed("spread", new FieldError("", no))) is { } view ? Refused(no, "Spread", view) : NotThere(no.Code);
    }

    private async Task<IActionResult> PageAsync(long? person, FormState form, Refusal? no) => await away.LoadAsync(Me, person, form) is not { } view
        ? NotThere("professional-unknown")
        : no is null ? View("Absence", view) : Refused(no, "Absence", view);

    private string Address(long person) => person == Me.Id ? "/absence" : string.Create(CultureInfo.InvariantCulture, $"/absence?person={person}");

    private static string FieldOf(Refusal no) => no.Code switch
    {
        "absence-from-missing" or "absence-from-past" or "absence-overlaps" => "from",
        "absence-until-before-from" or "absence-too-long" => "until",
        _ => "standIn",
    };

    // d-{deadline} and c-{case}; an empty choice leaves the row where it is.
    private IEnumerable<SpreadRow> Rows()
    {
        foreach (var (name, value) in Request.Form)
        {
            if (name.Length > 2 && name[1] == '-' && long.TryParse(name[2..], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var to))
            {
                yield return name[0] == 'c' ? new SpreadRow(null, id, to) : new SpreadRow(id, null, to);
            }
        }
    }
}
