using Loket.Web.Api;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Rota;

/// <summary>The rota over the interface.</summary>
[Authorize(Policy = Policies.RotaKeeper)]
[Route("api/v1/rota")]
public sealed class RotaApi(RotaQuery rota, SaveRota save, Duty duty) : ApiController
{
    public sealed record DutyForm(IReadOnlyList<DutyRow> Days);

    [HttpGet]
    public Task<RotaView> Show() => rota.LoadAsync(Me);

    /// <summary>Hours as codes: <c>mon-fri 08:30-17:00; 2026-12-24 closed</c>. A member who is not named stays as they are.</summary>
    [HttpPut("lines/{code}")]
    public async Task<ActionResult<RotaSaved>> SaveLine(string code, LineRotaForm form) => Answer(await save.RunAsync(Me, code, form, Key));

    /// <summary>All days with duty, in place of those there were.</summary>
    [HttpPut("duty")]
    public async Task<ActionResult<DutySaved>> SaveDuty(DutyForm form) => Answer(await duty.SaveAsync(Me, form.Days, null, Key));
}
