using Loket.Web.Api;
using Loket.Web.Features.Directory;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Upkeep;

/// <summary>What the national administrator keeps, over the interface.</summary>
[Authorize(Policy = Policies.NationalAdministrator)]
[Route("api/v1/upkeep")]
public sealed class ReferenceApi(TakeOrganisations organisations, LawQuery law, NationalQuery national) : ApiController
{
    /// <summary><c>Seen</c> is that of the preview.</summary>
    public sealed record OrganisationsForm(string? Text, string? Seen = null);

    /// <summary><c>Digest</c> is that of the term as it was read.</summary>
    public sealed record LawForm(string? Term, string? Digest);

    [HttpPost("organisations/preview")]
    public Task<OrganisationsDiff> Preview(OrganisationsForm form) => organisations.PreviewAsync(form.Text ?? "");

    [HttpPost("organisations")]
    public async Task<ActionResult<OrganisationsTaken>> Take(OrganisationsForm form) => Answer(await organisations.RunAsync(Me, form.Text ?? "", form.Seen, Key));

    /// <summary>Connected bodies, lines that can ring and professionals, a row a day, oldest first.</summary>
    [HttpGet("national")]
    public async Task<IReadOnlyList<NationalDay>> National() => (await national.LoadAsync()).Days;

    [HttpGet("law")]
    public async Task<IReadOnlyList<LawTerm>> Law() => (await law.LoadAsync()).Terms;

    [HttpPost("law")]
    public async Task<ActionResult<LawConfirmed>> Confirm(LawForm form) => Answer(await law.ConfirmAsync(Me, form.Term, form.Digest, Key));
}
