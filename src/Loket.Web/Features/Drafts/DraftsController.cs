using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Drafts;

/// <summary>Keeps a form while it is typed.</summary>
public sealed class DraftsController(DraftStore drafts) : PageController
{
    /// <param name="Form">The name its page gave it.</param>
    /// <param name="Fields">What was typed; nothing: the draft goes.</param>
    public sealed record Body(string Form, Dictionary<string, string> Fields);

    [OpenToInformationPoint]
    [HttpPost("/drafts")]
    public async Task<IActionResult> Save([FromBody] Body body) => await drafts.SaveAsync(Me, body.Form, body.Fields) is { } saved && saved.IsOk
        ? Json(new { savedAt = saved.Value })
        : StatusCode(StatusCodes.Status413PayloadTooLarge);
}
