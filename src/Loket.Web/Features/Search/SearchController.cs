using Loket.Web.Features.Drafts;
using Loket.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Search;

/// <summary>The one box. What is asked is posted: it never stands in an address, a log or the browser's history.</summary>
public sealed class SearchController(WorkplaceSearch search, DraftStore drafts) : PageController
{
    private const string Last = "search";

    /// <summary>An empty box, or what this person asked last: the way back from what was found, also in another language.</summary>
    [HttpGet("/search")]
    public async Task<IActionResult> Ask(bool last)
    {
        var kept = last ? (await drafts.FindAsync(Me, Last))?.Fields : null;
        var found = kept is null ? null : (await search.FindAsync(Me, kept.GetValueOrDefault("q"), kept.GetValueOrDefault("municipality")));
        return View("Search", found is { IsOk: true } ? found.Value : new SearchView());
    }

    [HttpPost("/search")]
    public async Task<IActionResult> Find(string? q, string? municipality)
    {
        if (WorkplaceSearch.Check(q) is { } no)
        {
            var refused = new SearchView { Refusal = no };
            return Request.WantsFragment() ? PartialView("Results", refused) : Refused(no, "Search", refused);
        }

        if (Request.WantsFragment())
        {
            return PartialView("Results", (await search.FindAsync(Me, q, municipality)).Value);
        }

        await drafts.SaveAsync(Me, Last, new Dictionary<string, string> { ["q"] = q ?? "", ["municipality"] = municipality ?? "" });
        return SeeOther("/search?last=true");
    }
}
