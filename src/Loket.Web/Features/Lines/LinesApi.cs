using Loket.Web.Api;
using Loket.Web.Features.Shared;
using Loket.Web.Features.SignIn;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Lines;

/// <summary>Line management over the interface.</summary>
[Authorize(Policy = Policies.LineManager)]
[Route("api/v1/lines")]
public sealed class LinesApi(ManagedLinesQuery lines, SaveLine save, OpenLine open, ImportLines import, ExportLines export) : ApiController
{
    public sealed record ImportForm(string? Text);

    public sealed record Exported(string Text);

    [HttpGet]
    public async Task<IReadOnlyList<LineListRow>> List() => (await lines.ListAsync(Me)).Lines;

    [HttpGet("{code}")]
    public async Task<ActionResult<LineEditView>> Show(string code) => Found(await lines.EditAsync(Me, code, FormState.Empty), "no-such-line");

    [HttpPut("{code}")]
    public async Task<ActionResult<LineSaved>> Save(string code, SaveLineForm form) => Answer(await save.RunAsync(Me, code, form, Key));

    /// <summary>From now on the line rings; refused until it has all it needs.</summary>
    [HttpPost("{code}/open")]
    public async Task<ActionResult<LineOpened>> Open(string code) => Answer(await open.RunAsync(Me, code, Key));

    /// <summary>The file of lines as text.</summary>
    [FreshSignIn]
    [HttpGet("export/lines")]
    public async Task<Exported> ExportLines() => new(await export.LinesAsync(Me));

    /// <summary>The file of members as text.</summary>
    [FreshSignIn]
    [HttpGet("export/members")]
    public async Task<Exported> ExportMembers() => new(await export.MembersAsync(Me));

    /// <summary>What the file would change, and what is wrong with it by row; nothing is stored.</summary>
    [HttpPost("import/preview")]
    public Task<ImportView> Preview(ImportForm form) => import.PreviewAsync(Me, form.Text ?? "");

    [HttpPost("import")]
    public async Task<ActionResult<LinesImported>> Import(ImportForm form) => Answer(await import.RunAsync(Me, form.Text ?? "", Key));
}
