using Loket.Web.Api;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Documents;

/// <summary>Documents over the interface; which a case has stands among its facts.</summary>
[Route("api/v1")]
public sealed class DocumentsApi(KeepDocuments keep, DocumentQuery documents) : ApiController
{
    /// <summary>The bytes of each file in base64.</summary>
    public sealed record DocumentsForm(string? Kind, IReadOnlyList<SentFile>? Files);

    [RequestSizeLimit(DocumentOptions.LargestRequest)]
    [HttpPost("cases/{id:long}/documents")]
    public async Task<ActionResult<DocumentsKept>> Keep(long id, DocumentsForm form) => Answer(await keep.RunAsync(Me, id, form.Kind, form.Files ?? [], Key));

    /// <summary>The bytes, as a file to save.</summary>
    [HttpGet("documents/{id:long}")]
    public async Task<ActionResult> Show(long id) => await documents.LoadAsync(Me, id) switch
    {
        { Refusal: { } no } => Problem(no),
        var file => file.Value,
    };
}
