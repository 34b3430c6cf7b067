using Loket.Web.Api;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Schemes;

/// <summary>The schemes for programs: the same cards, each fact with its status.</summary>
[Route("api/v1/schemes")]
public sealed class SchemesApi(SchemesQuery schemes, SchemeBook book, Snippets snippets) : ApiController
{
    public sealed record Snippet(string Text);

    /// <summary>All schemes, or those of a life event.</summary>
    [HttpGet]
    public IReadOnlyList<Scheme> List([FromQuery(Name = "event")] string? lifeEvent) => schemes.List(lifeEvent).Schemes;

    [HttpGet("{id}")]
    public ActionResult<Scheme> Show(string id) => Found(book.Find(id), "scheme-unknown");

    /// <summary>A few sentences about it with their source, in <c>nl</c> or <c>en</c>.</summary>
    [HttpGet("{id}/snippet")]
    public ActionResult<Snippet> ShowSnippet(string id, string lang = "nl") => Found(snippets.Find(id, lang == "en") is { } text ? new Snippet(text) : null, "scheme-unknown");
}
