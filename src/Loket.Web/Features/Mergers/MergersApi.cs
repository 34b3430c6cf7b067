using Loket.Web.Api;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Mergers;

/// <summary>Mergers and splits over the interface.</summary>
[Authorize(Policy = Policies.NationalAdministrator)]
[Route("api/v1/mergers")]
public sealed class MergersApi(MergersQuery mergers, SaveMerger save, DecideMerger decide) : ApiController
{
    [HttpGet]
    public async Task<IReadOnlyList<MergerRow>> List() => (await mergers.ListAsync()).Mergers;

    /// <summary>One, with what it would do and what would be left with nobody.</summary>
    [HttpGet("{id:long}")]
    public async Task<ActionResult<MergerView>> Show(long id) => Found(await mergers.LoadAsync(id, FormState.Empty), "merger-unknown");

    [HttpPost]
    public async Task<ActionResult<MergerSaved>> Create(MergerForm form) => Answer(await save.RunAsync(Me, null, form, Key));

    [HttpPut("{id:long}")]
    public async Task<ActionResult<MergerSaved>> Save(long id, MergerForm form) => Answer(await save.RunAsync(Me, id, form, Key));

    [HttpPost("{id:long}/confirm")]
    public async Task<ActionResult<MergerSaved>> Confirm(long id) => Answer(await decide.ConfirmAsync(Me, id, Key));

    [HttpPost("{id:long}/reopen")]
    public async Task<ActionResult<MergerSaved>> Reopen(long id) => Answer(await decide.ReopenAsync(Me, id, Key));

    [HttpPost("{id:long}/withdraw")]
    public async Task<ActionResult<MergerSaved>> Withdraw(long id) => Answer(await decide.WithdrawAsync(Me, id, Key));
}
