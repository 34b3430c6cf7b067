using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Theme;

/// <summary>The colours of one's own organisation as a style sheet. The address changes with them, so a browser keeps it.</summary>
[OpenToInformationPoint]
public sealed class ThemeController(Themes themes) : PageController
{
    [HttpGet("/theme.css")]
    public IActionResult Sheet()
    {
        if (themes.SheetOf(Me.OrganisationCode) is not { } sheet)
        {
            return NotFound();
        }

        Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return Content(sheet, "text/css");
    }
}
