using Loket.Web.Api;
using Loket.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Representation;

/// <summary>Who acts for the citizen of a case, over the interface.</summary>
[Route("api/v1/cases/{id:long}/representation")]
public sealed class RepresentationApi(RepresentationQuery representation, Authorities authorities) : ApiController
{
    [HttpGet]
    public async Task<ActionResult<RepresentationView>> Show(long id) => Found(await representation.LoadAsync(Me, id, FormState.Empty), "case-unknown");

    [HttpPost]
    public async Task<ActionResult<AuthorityKept>> Record(long id, AuthorityForm form) => Answer(await authorities.RecordAsync(Me, id, form, Key));

    [HttpPost("revoke")]
    public async Task<ActionResult<AuthorityKept>> Revoke(long id) => Answer(await authorities.RevokeAsync(Me, id, Key));

    [HttpPost("end")]
    public async Task<ActionResult<AuthorityKept>> End(long id) => Answer(await authorities.EndAsync(Me, id, Key));
}
