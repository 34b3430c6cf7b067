using Loket.Web.Api;
using Loket.Web.Data;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Identity;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Cases;

/// <summary>Cases over the interface: open, read, change, add what is known.</summary>
[Route("api/v1/cases")]
public sealed class CasesApi(OpenCase open, SaveCase save, CloseCase close, EstablishIdentity identity, AddNumber number, CorrectNumber rightNumber, Facts facts, CasesQuery cases, DeskQuery desk, TimelineQuery timeline, Db db) : ApiController
{
    public sealed record IdentityForm(string? Method);

    [HttpGet]
    public Task<CasesView> List(string? tab, string? state, string? after) => cases.LoadAsync(Me, tab, state, after);

    [Authorize(Policy = Policies.FrontOffice)]
    [HttpPost]
    public async Task<ActionResult<CaseOpened>> Open(OpenCaseForm form) => Answer(await open.RunAsync(Me, form, Key));

    [HttpGet("{id:long}")]
    public async Task<ActionResult<DeskCase>> Show(long id) => Found((await desk.CaseAsync(Me, id, null, FormState.Empty))?.Case, "case-unknown");

    [HttpPut("{id:long}")]
    public async Task<ActionResult<CaseSaved>> Save(long id, SaveCaseForm form) => Answer(await save.RunAsync(Me, id, form, Key));

    [HttpPost("{id:long}/close")]
    public async Task<ActionResult<CaseSaved>> Close(long id) => Answer(await close.CloseAsync(Me, id, Key));

    [HttpPost("{id:long}/reopen")]
    public async Task<ActionResult<CaseSaved>> Reopen(long id) => Answer(await close.ReopenAsync(Me, id, Key));

    [HttpPost("{id:long}/identity")]
    public async Task<ActionResult<CaseSaved>> Identity(long id, IdentityForm form) => Answer(await identity.RunAsync(Me, id, form.Method, Key, HttpContext.RequestAborted));

    /// <summary>The number of a party that had none; a number that is there stays.</summary>
    [HttpPost("{id:long}/number")]
    public async Task<ActionResult<CaseSaved>> Number(long id, NumberForm form) => Answer(await number.RunAsync(Me, id, form, Key, HttpContext.RequestAborted));

    /// <summary>A BSN that turned out wrong: what the register said goes, and how the citizen is known is asked anew.</summary>
    [HttpPost("{id:long}/number/correct")]
    public async Task<ActionResult<CaseSaved>> CorrectNumber(long id, NumberForm form) => Answer(await rightNumber.RunAsync(Me, id, form.Bsn, Key));

    [HttpPost("{id:long}/facts")]
    public async Task<ActionResult<FactAdded>> AddFact(long id, FactForm form) => Answer(await facts.AddAsync(Me, id, form, Key));

    [HttpGet("{id:long}/timeline")]
    public async Task<ActionResult<IReadOnlyList<TimelineRow>>> Timeline(long id) => Found(
        await db.ReadAsync(async r => await CaseAccess.FindAsync(r, Me, id) is { } access ? await timeline.LoadAsync(r, Me, id, await CaseScope.LoadAsync(r, Me, access)) : null), "case-unknown");
}
