using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Drafts;

/// <summary>Keeps a form while it is typed.</summary>
public sealed class DraftsController(DraftStore drafts) : PageController
{
    public sealed record Body(Dictionary<string, string> Fields);

    [OpenToInformationPoint]
    [HttpPost("/drafts/{form}")]
    public async Task<IActionResult> Save(string form, [FromBody] Body body) => await drafts.SaveAsync(Me, form, body.Fields) is { } saved && saved.IsOk
        ? Json(new { savedAt = saved.Value })
        : StatusCode(StatusCodes.Status413PayloadTooLarge);
}
