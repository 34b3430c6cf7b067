using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Home;

/// <summary>Where a person starts, and what they see when something is not there.</summary>
public sealed class HomeController : PageController
{
    [OpenToInformationPoint]
    [HttpGet("/")]
    public IActionResult Start() => Redirect(Me.InformationPoint ? "/questions" : Me.FrontOffice ? "/desk" : Me.Specialist ? "/line" : Me.Supervisor ? "/chain" : Me.LineManager ? "/lines" : Me.OrganisationAdministrator ? "/people" : Me.NationalAdministrator ? "/mergers" : "/schemes");

    [AllowAnonymous]
    [Route("/error")]
    [IgnoreAntiforgeryToken]
    public IActionResult Error(int status = 500)
    {
        if (Request.Path.StartsWithSegments("/api") || HttpContext.Features.Get<Microsoft.AspNetCore.Diagnostics.IStatusCodeReExecuteFeature>()?.OriginalPath.StartsWith("/api", StringComparison.Ordinal) == true
            || HttpContext.Features.Get<Microsoft.AspNetCore.Diagnostics.IExceptionHandlerPathFeature>()?.Path.StartsWith("/api", StringComparison.Ordinal) == true)
        {
            return Problem(statusCode: status);
        }

        Response.StatusCode = status;
        return View("/Features/Shared/Error.cshtml", new ErrorView { Status = status, TraceId = HttpContext.TraceIdentifier });
    }

    /// <summary>The accessibility statement, under the headings of the European model (Uitvoeringsbesluit (EU) 2018/1523).</summary>
    [AllowAnonymous]
    [HttpGet("/accessibility")]
    public IActionResult Accessibility() => View("Accessibility");

    [AllowAnonymous]
    [HttpGet("/not-yours")]
    public IActionResult NotYours()
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return View("/Features/Shared/Error.cshtml", new ErrorView { Status = StatusCodes.Status403Forbidden });
    }
}
