using Loket.Web.Features.Desk;
using Loket.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Documents;

/// <summary>Documents of a case: kept by a form, taken out as a file to save.</summary>
public sealed class DocumentsController(KeepDocuments keep, DocumentQuery documents, DeskQuery desk) : PageController
{
    // In memory and never in a file of the machine: what is written down is sealed first.
    [RequestSizeLimit(DocumentOptions.LargestRequest)]
    [RequestFormLimits(MultipartBodyLengthLimit = DocumentOptions.LargestRequest, MemoryBufferThreshold = (int)DocumentOptions.LargestRequest)]
    [HttpPost("/cases/{id:long}/documents")]
    public async Task<IActionResult> Keep(long id, string? kind, List<IFormFile>? files)
    {
        var kept = await keep.RunAsync(Me, id, kind, await ReadAsync(files ?? []), Key);
        return kept.Refusal is not { } no ? SeeOther($"/cases/{id}")
            : await desk.CaseAsync(Me, id, null, Typed("document", new FieldError("files", no))) is { } view ? Refused(no, "/Features/Desk/Desk.cshtml", view)
            : NotThere("case-unknown");
    }

    [HttpGet("/documents/{id:long}")]
    public async Task<IActionResult> Show(long id) => await documents.LoadAsync(Me, id) switch
    {
        { Refusal: { } no } => Problem(no),
        var file => file.Value,
    };

    private static async Task<IReadOnlyList<SentFile>> ReadAsync(List<IFormFile> files)
    {
        var read = new List<SentFile>();
        foreach (var file in files)
        {
            var bytes = new byte[file.Length];
            await using var stream = file.OpenReadStream();
            await stream.ReadExactlyAsync(bytes);
            read.Add(new SentFile(file.FileName, bytes));
        }

        return read;
    }
}
