using Loket.Web.Api;
using Loket.Web.Features.Joining;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Questions;

/// <summary>Who owns what the information points of the municipality ask, on the page of its people.</summary>
[Authorize(Policy = Policies.OrganisationAdministrator)]
public sealed class IntakeController(IntakeOwner intake, PeopleQuery people) : PageController
{
    [HttpPost("/people/intake-owner")]
    public async Task<IActionResult> Name(long? professionalId) => await intake.NameAsync(Me, professionalId, Key) is { Refusal: { } no }
        ? Refused(no, "/Features/Joining/People.cshtml", await people.ListAsync(Me, Typed("intake", new FieldError("professionalId", no))))
        : SeeOther("/people#intake-title");
}

/// <summary>Who owns what the information points of the municipality ask, over the interface.</summary>
[Authorize(Policy = Policies.OrganisationAdministrator)]
[Route("api/v1/people/intake-owner")]
public sealed class IntakeApi(IntakeOwner intake) : ApiController
{
    /// <summary>Null takes the name away: then the duty supervisor owns it.</summary>
    public sealed record NameForm(long? ProfessionalId);

    [HttpPut]
    public async Task<ActionResult<IntakeOwnerNamed>> Name(NameForm form) => Answer(await intake.NameAsync(Me, form.ProfessionalId, Key));
}
