using System.Globalization;
using Loket.Domain;
using Loket.Web.Features.People;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Joining;

/// <summary>The people of the own organisation, without any case: add, change, leave.</summary>
[Authorize(Policy = Policies.OrganisationAdministrator)]
public sealed class JoiningController(PeopleQuery people, SavePerson save, Teams teams, Deactivate deactivate) : PageController
{
    [HttpGet("/people")]
    public async Task<IActionResult> People(int? imported) => View("People", await people.ListAsync(Me, imported: imported));

    [HttpPost("/people")]
    public async Task<IActionResult> Add()
    {
        var form = await ReadAsync();
        var errors = form.Errors().ToList();
        var added = errors.Count > 0 ? errors[0].Refusal : await save.AddAsync(Me, form, Key);
        return added.IsOk ? SeeOther($"/people/{added.Value.ProfessionalId}?saved=true")
            : Refused(added.Refusal!, "People", await people.ListAsync(Me, Typed("person", errors.Count > 0 ? errors : [new FieldError(FieldOf(added.Refusal!), added.Refusal!)])));
    }

    [HttpPost("/people/teams")]
    public async Task<IActionResult> AddTeam(string? name) => await teams.AddAsync(Me, name, Key) is { Refusal: { } no }
        ? Refused(no, "People", await people.ListAsync(Me, Typed("team", new FieldError("name", no))))
        : SeeOther("/people");

    [HttpGet("/people/{id:long}")]
    public async Task<IActionResult> Person(long id, bool saved) => await people.PersonAsync(Me, id, saved: saved) is { } view ? View("Person", view) : NotThere("professional-unknown");

    [HttpPost("/people/{id:long}")]
    public async Task<IActionResult> Change(long id)
    {
        var form = await ReadAsync();
        var errors = form.Errors().ToList();
        var done = errors.Count > 0 ? errors[0].Refusal : await save.ChangeAsync(Me, id, form, Key);
        return done.IsOk ? SeeOther($"/people/{id.ToString(CultureInfo.InvariantCulture)}?saved=true")
            : await AgainAsync(id, done.Refusal!, Typed("person", errors.Count > 0 ? errors : [new FieldError(FieldOf(done.Refusal!), done.Refusal!)]));
    }

    /// <summary>The colleague leaves: what they have open goes to the duty supervisor, their sign-ins end.</summary>
    [HttpPost("/people/{id:long}/leave")]
    public async Task<IActionResult> Leave(long id) => await deactivate.RunAsync(Me, id, Key) is { Refusal: { } no }
        ? await AgainAsync(id, no, Typed("leave", new FieldError("", no)))
        : SeeOther("/people");

    private async Task<IActionResult> AgainAsync(long id, Refusal no, FormState form) =>
        await people.PersonAsync(Me, id, form) is { } view ? Refused(no, "Person", view) : NotThere("professional-unknown");

    private async Task<PersonForm> ReadAsync()
    {
        var (form, words) = (Request.Form, await people.WordsAsync());
        return new PersonForm(
            int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0, form["name"].ToString(),
            form["subject"].ToString().Trim() is { Length: > 0 } subject ? subject : null, form["team"].ToString(),
            Chosen("roles"), Chosen("leads"), words.Spoken(form["languages"]), words.Topics(form["topics"]));
    }

    private List<string> Chosen(string name) => [.. Request.Form[name].OfType<string>().Where(v => v.Length > 0).Distinct(StringComparer.Ordinal)];

    private static string FieldOf(Refusal refusal) => refusal.Code switch
    {
        "person-subject-missing" or "person-subject-taken" => "subject",
        "team-unknown" => "team",
        "team-without-supervisor" => "leads",
        "line-member-topic" => "topics",
        "stale" => "",
        _ => "roles",
    };
}
