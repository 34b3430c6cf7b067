using Loket.Domain;
using Loket.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Representation;

/// <summary>Who acts for the citizen of a case: recorded, revoked, over.</summary>
public sealed class RepresentationController(RepresentationQuery representation, Authorities authorities) : PageController
{
    [HttpGet("/cases/{id:long}/representation")]
    public async Task<IActionResult> Show(long id) => await representation.LoadAsync(Me, id, FormState.Empty) is { } view ? View("Representation", view) : NotThere("case-unknown");

    [HttpPost("/cases/{id:long}/representation")]
    public async Task<IActionResult> Record(long id, AuthorityForm form) => await AfterAsync(id, (await authorities.RecordAsync(Me, id, form, Key)).Refusal);

    [HttpPost("/cases/{id:long}/representation/revoke")]
    public async Task<IActionResult> Revoke(long id) => await AfterAsync(id, (await authorities.RevokeAsync(Me, id, Key)).Refusal);

    [HttpPost("/cases/{id:long}/representation/end")]
    public async Task<IActionResult> End(long id) => await AfterAsync(id, (await authorities.EndAsync(Me, id, Key)).Refusal);

    private async Task<IActionResult> AfterAsync(long id, Refusal? no) =>
        no is null ? SeeOther($"/cases/{id}/representation")
        : await representation.LoadAsync(Me, id, Typed("authority", new FieldError(FieldOf(no), no))) is { } view ? Refused(no, "Representation", view)
        : NotThere("case-unknown");

    /// <summary>The field that a refusal is about.</summary>
    internal static string FieldOf(Refusal no) => no.Code switch
    {
        "authority-kind-missing" or "authority-wrong-party" => "kind",
        "authority-name-missing" => "name",
        "authority-evidence-missing" or "authority-evidence-wrong" => "evidence",
        "authority-until-before-from" => "until",
        "authority-birth-unknown" => "born",
        _ => "",
    };
}
