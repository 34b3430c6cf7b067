using Loket.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Cases;

/// <summary>The list of cases.</summary>
public sealed class CasesController(CasesQuery cases) : PageController
{
    [HttpGet("/cases")]
    public async Task<IActionResult> List(string? tab, string? state, string? after) => View("Cases", await cases.LoadAsync(Me, tab, state, after));
}
