using System.Globalization;
using System.Text;
using Loket.Domain;
using Loket.Web.Features.Lines;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Joining;

/// <summary>People from a file, and taking that back.</summary>
[Authorize(Policy = Policies.OrganisationAdministrator)]
[Route("people/imports")]
public sealed class ImportsController(PeopleQuery people, ImportPeople import, UndoImport undo) : PageController
{
    private const string Page = "/Features/Joining/People.cshtml";

    // With the mark that tells spreadsheets it is UTF-8.
    [HttpGet("template.csv")]
    public IActionResult Template() => File(Encoding.UTF8.GetBytes("\uFEFF" + PeopleFile.Template), "text/csv; charset=utf-8", "people.csv");

    /// <summary>Shows what a file would do.</summary>
    [HttpPost("preview")]
    public async Task<IActionResult> Preview(IFormFile? file)
    {
        if (file is null or { Length: 0 or > CsvText.Longest })
        {
            return await AgainAsync(new PeopleImportView { Errors = [new ImportError(0, "", new Refusal(file is { Length: > 0 } ? "import-too-long" : "import-file-missing"))] });
        }

        using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
        var view = await import.PreviewAsync(Me, await reader.ReadToEndAsync());
        return view.Errors.Count > 0 ? await AgainAsync(view) : View(Page, await people.ListAsync(Me, import: view));
    }

    /// <summary>Does what was shown.</summary>
    [HttpPost("")]
    public async Task<IActionResult> Confirm(string? text)
    {
        var done = await import.RunAsync(Me, text ?? "", Key);
        return done.IsOk ? SeeOther($"/people?imported={done.Value.People.ToString(CultureInfo.InvariantCulture)}")
            : await AgainAsync(await import.PreviewAsync(Me, text ?? ""));
    }

    /// <summary>Who would go and who would stay if the import were taken back.</summary>
    [HttpGet("{id:long}")]
    public async Task<IActionResult> Undo(long id) => await undo.PreviewAsync(Me, id) is { } view ? View("/Features/Joining/Undo.cshtml", view) : NotThere("people-import-unknown");

    [HttpPost("{id:long}/undo")]
    public async Task<IActionResult> TakeBack(long id) => await undo.RunAsync(Me, id, Key) is { Refusal: { } no } ? Problem(no) : SeeOther($"/people/imports/{id.ToString(CultureInfo.InvariantCulture)}");

    private async Task<IActionResult> AgainAsync(PeopleImportView view) =>
        Refused(view.Errors.Count > 0 ? view.Errors[0].Refusal : new Refusal("import-errors", "1"), Page, await people.ListAsync(Me, import: view));
}
