using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Schemes;

/// <summary>What a scheme is, for whom, by whom, and what to look out for.</summary>
[OpenToInformationPoint]
public sealed class SchemesController(SchemesQuery schemes) : PageController
{
    [HttpGet("/schemes")]
    public IActionResult List([FromQuery(Name = "event")] string? lifeEvent) => View("Schemes", schemes.List(lifeEvent));

    [HttpGet("/schemes/{id}")]
    public async Task<IActionResult> Show(string id) => await schemes.FindAsync(id) is { } view ? View("Scheme", view) : NotThere("scheme-unknown");
}
