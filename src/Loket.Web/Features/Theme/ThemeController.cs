using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Theme;

/// <summary>The colours of one's own organisation as a style sheet, and its logo. The addresses change with them, so a browser keeps them.</summary>
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

        Keep();
        return Content(sheet, "text/css");
    }

    [HttpGet("/theme/logo")]
    public IActionResult Sign()
    {
        if (themes.LogoOf(Me.OrganisationCode) is not { } logo)
        {
            return NotFound();
        }

        Keep();
        return File(logo.Bytes, logo.Type);
    }

    private void Keep() => Response.Headers.CacheControl = "private, max-age=31536000, immutable";
}
