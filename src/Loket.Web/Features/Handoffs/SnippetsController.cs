using Loket.Web.Features.Drafts;
using Loket.Web.Features.Schemes;
using Loket.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Handoffs;

/// <summary>Sentences about a scheme for the message that is being written: chosen here, put in the box, sent by the person.</summary>
public sealed class SnippetsController(ConversationQuery talks, Snippets snippets, DraftStore drafts, Say say) : PageController
{
    private const string Page = "/Features/Handoffs/Snippets.cshtml";

    [HttpGet("/handoffs/{id:long}/snippets")]
    public async Task<IActionResult> List(long id)
    {
        if (!await talks.ExistsAsync(Me, id))
        {
            return NotThere("handoff-unknown");
        }

        var view = new SnippetsView(id, snippets.All());
        return Request.WantsFragment() ? PartialView(Page, view) : View(Page, view);
    }

    /// <summary>Without script: the sentences go behind what was typed, in the kept draft, which the talk's box opens with.</summary>
    [HttpPost("/handoffs/{id:long}/snippets")]
    public async Task<IActionResult> Insert(long id, string? scheme, string? other)
    {
        if (!await talks.ExistsAsync(Me, id) || snippets.Find(scheme ?? other ?? "", say.IsEnglish == scheme is not null) is not { } text)
        {
            return NotThere("scheme-unknown");
        }

        var typed = (await drafts.FindAsync(Me, $"message-{id}"))?.Fields.GetValueOrDefault("text")?.TrimEnd();
        await drafts.SaveAsync(Me, $"message-{id}", new Dictionary<string, string>(StringComparer.Ordinal) { ["text"] = string.IsNullOrEmpty(typed) ? text : $"{typed} {text}" });
        return SeeOther($"/handoffs/{id}");
    }
}

/// <summary>GET /handoffs/{id}/snippets. View <c>Handoffs/Snippets.cshtml</c>.</summary>
public sealed record SnippetsView(long HandoffId, IReadOnlyList<SnippetRow> Snippets);
