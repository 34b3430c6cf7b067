using Loket.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Search;

/// <summary>The one box. What is asked is posted: it never stands in an address, a log or the browser's history.</summary>
public sealed class SearchController(WorkplaceSearch search) : PageController
{
    [HttpGet("/search")]
    public IActionResult Ask() => View("Search", new SearchView());

    [HttpPost("/search")]
    public async Task<IActionResult> Find(string? q, string? municipality)
    {
        var found = await search.FindAsync(Me, q, municipality);
        if (found.Refusal is { } no)
        {
            return Request.WantsFragment() ? PartialView("Results", new SearchView { Refusal = no }) : Refused(no, "Search", new SearchView { Refusal = no });
        }

        return Request.WantsFragment() ? PartialView("Results", found.Value) : View("Search", found.Value);
    }
}
