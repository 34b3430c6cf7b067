using Loket.Web.Api;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.People;

/// <summary>Colleagues over the interface: who is away, a spread of what somebody has open, and who leaves.</summary>
[Route("api/v1")]
public sealed class PeopleApi(AbsenceQuery away, Absences absences, SpreadQuery preview, Spread spread, Deactivate deactivate) : ApiController
{
    /// <summary>Absences of a colleague one leads, or of oneself without <paramref name="person"/>.</summary>
    [HttpGet("absences")]
    public async Task<ActionResult<AbsenceView>> Absences(long? person) => Found(await away.LoadAsync(Me, person, FormState.Empty), "professional-unknown");

    /// <summary>From, until and stand-in; never a reason. By the person, or who leads them.</summary>
    [HttpPost("professionals/{id:long}/absences")]
    public async Task<ActionResult<AbsenceSet>> Set(long id, AbsenceForm form) => Answer(await absences.SetAsync(Me, id, form, Key));

    [HttpPost("absences/{id:long}/end")]
    public async Task<ActionResult<AbsenceSet>> End(long id) => Answer(await absences.EndAsync(Me, id, Key));

    /// <summary>What a colleague has open and an even proposal; <paramref name="with"/> names who would take it, else the own team.</summary>
    [Authorize(Policy = Policies.Supervisor)]
    [HttpGet("professionals/{id:long}/spread")]
    public async Task<ActionResult<SpreadView>> Preview(long id, [FromQuery] long[] with) => Found(await preview.LoadAsync(Me, id, with, FormState.Empty), "professional-unknown");

    /// <summary>All rows, or none with <c>spread-stale</c>, which names the cases that changed.</summary>
    [Authorize(Policy = Policies.Supervisor)]
    [HttpPost("professionals/{id:long}/spread")]
    public async Task<ActionResult<SpreadDone>> Spread(long id, SpreadForm form) => Answer(await spread.RunAsync(Me, id, form, Key));

    /// <summary>A colleague leaves, by a supervisor or administrator of the organisation; what they owned and owed moves at once.</summary>
    [HttpPost("professionals/{id:long}/deactivate")]
    public async Task<ActionResult<Deactivated>> Deactivate(long id) => Answer(await deactivate.RunAsync(Me, id, Key));
}
