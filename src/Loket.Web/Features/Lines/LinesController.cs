using System.Text;
using Loket.Domain;
using Loket.Web.Features.Shared;
using Loket.Web.Features.SignIn;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Lines;

/// <summary>Line management: the lines of the own organisation, without any case.</summary>
[Authorize(Policy = Policies.LineManager)]
public sealed class LinesController(ManagedLinesQuery lines, SaveLine save, OpenLine open, ImportLines import, ExportLines export) : PageController
{
    [HttpGet("/lines")]
    public async Task<IActionResult> List(int? imported) => View("List", await lines.ListAsync(Me, null, imported));

    [HttpGet("/lines/{code}")]
    public async Task<IActionResult> Edit(string code, bool saved) => await lines.EditAsync(Me, code, FormState.Empty, saved) is { } view ? View("Edit", view) : NotThere("no-such-line");

    [HttpPost("/lines/{code}")]
    public async Task<IActionResult> Save(string code)
    {
        var reader = new LineFormReader(Request.Form, await lines.WordsAsync());
        var form = reader.Read();
        var errors = reader.Errors.Concat(LineChecks.Of(form.Settings).Where(e => reader.Errors.All(r => r.Field != e.Field))).Concat(LineChecks.Of(form.Members)).ToList();
        if (errors.Count == 0)
        {
            var saved = await save.RunAsync(Me, code, form, Key);
            if (saved.IsOk)
            {
                return SeeOther($"/lines/{code}?saved=true");
            }

            errors.Add(new FieldError(FieldOf(saved.Refusal!), saved.Refusal!));
        }

        var typed = Typed("line", errors);
        if (errors.Exists(e => e.Refusal.Code == "stale"))
        {
            typed = new FormState { Form = typed.Form, Values = typed.Values, Errors = typed.Errors, Stored = await lines.StoredAsync(Me, code, form.Settings) };
        }

        return await lines.EditAsync(Me, code, typed) is { } view ? Refused(errors[0].Refusal, "Edit", view) : NotThere("no-such-line");
    }

    /// <summary>From now on the line rings; refused until it has all it needs.</summary>
    [HttpPost("/lines/{code}/open")]
    public async Task<IActionResult> Open(string code) => (await open.RunAsync(Me, code, Key)).Refusal switch
    {
        null => SeeOther($"/lines/{code}?saved=true"),
        var no => await lines.EditAsync(Me, code, FormState.Empty, notOpened: no) is { } view ? Refused(no, "Edit", view) : NotThere("no-such-line"),
    };

    [FreshSignIn("/lines")]
    [HttpGet("/lines/export/lines.csv")]
    public async Task<IActionResult> ExportLines() => Csv(await export.LinesAsync(Me), "lines.csv");

    [FreshSignIn("/lines")]
    [HttpGet("/lines/export/members.csv")]
    public async Task<IActionResult> ExportMembers() => Csv(await export.MembersAsync(Me), "members.csv");

    /// <summary>Shows what a file would change.</summary>
    [HttpPost("/lines/import")]
    public async Task<IActionResult> Import(IFormFile? file)
    {
        if (file is null or { Length: 0 or > LineFile.LongestText })
        {
            return await AgainAsync(new ImportView { Errors = [new ImportError(0, "", new Refusal(file is { Length: > 0 } ? "import-too-long" : "import-file-missing"))] });
        }

        using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
        var view = await import.PreviewAsync(Me, await reader.ReadToEndAsync());
        return view.Errors.Count > 0 ? await AgainAsync(view) : View("List", await lines.ListAsync(Me, view));
    }

    /// <summary>Does what was shown.</summary>
    [HttpPost("/lines/import/confirm")]
    public async Task<IActionResult> Confirm(string? text)
    {
        var done = await import.RunAsync(Me, text ?? "", Key);
        return done.IsOk ? SeeOther($"/lines?imported={done.Value.Lines}") : await AgainAsync(await import.PreviewAsync(Me, text ?? ""));
    }

    // With the mark that tells spreadsheets it is UTF-8.
    private FileContentResult Csv(string text, string name) => File(Encoding.UTF8.GetBytes("\uFEFF" + text), "text/csv; charset=utf-8", name);

    private async Task<IActionResult> AgainAsync(ImportView view) => Refused(
        view.Errors.Count > 0 ? view.Errors[0].Refusal : new Refusal("import-errors", "1"), "List", await lines.ListAsync(Me, view));

    private static string FieldOf(Refusal refusal) => refusal.Code switch
    {
        "line-overflow" => "overflow",
        "line-area" => "area",
        "line-member-unknown" or "line-member-topic" => "members",
        _ => "",
    };
}
