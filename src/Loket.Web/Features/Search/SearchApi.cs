using Loket.Domain;
using Loket.Domain.Parties;
using Loket.Web.Api;
using Loket.Web.Features.Directory;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Loket.Web.Features.Search;

/// <summary>Search for programs. The reference data are open to everyone; what also finds cases is for who signed in.</summary>
[Route("api/v1/search")]
public sealed class SearchApi(SearchReference reference, WorkplaceSearch workplace, Say say) : ApiController
{
    private const int Most = 20;

    /// <summary>The body that answers for it.</summary>
    /// <param name="ToBeChecked">Who carries a product is our own reading, which nobody has confirmed yet.</param>
    public sealed record Body(string Code, string Name, bool ToBeChecked);

    /// <summary>Why it was found.</summary>
    /// <param name="Code">name, short, synonym, place or text.</param>
    public sealed record Because(string Code, string Text);

    /// <summary>One answer.</summary>
    /// <param name="Kind">scheme, life_event, topic, product, organisation or line.</param>
    /// <param name="ResponsibleBody">Null when the citizen's municipality decides it.</param>
    /// <param name="Line">The line that answers for it, when that is known.</param>
    /// <param name="Score">From 0 to 1.</param>
    public sealed record Result(string Kind, string Name, string Identifier, Body? ResponsibleBody, string? Topic, string? Line, double Score, Because Why);

    public sealed record Answer(IReadOnlyList<Result> Results);

    public sealed record CaseResult(long Id, string Number, string Title, string State);

    public sealed record WorkplaceAnswer(IReadOnlyList<CaseResult> Cases, IReadOnlyList<Result> Results);

    public sealed record WorkplaceQuestion(string? Q, string? Municipality = null);

    /// <summary>Finds in the reference data only. Nothing of the question is kept.</summary>
    /// <param name="q">Words as people say them, at most 200 characters. A citizen's number is refused.</param>
    /// <param name="lang">nl (default) or en.</param>
    /// <param name="municipality">0344 or gm0344: names its lines.</param>
    [AllowAnonymous]
    [EnableRateLimiting(ReferenceLimit.Name)]
    [HttpGet]
    public ActionResult<Answer> Find(string? q, string? lang, string? municipality) =>
        FreeText.Check(WorkplaceSearch.LongestQuestion, q, lang, municipality) is { } no ? Problem(no)
        : lang is not (null or "nl" or "en") ? Problem(new Refusal("term-language-wrong"))
        : new Answer([.. reference.Find(q ?? "", lang == "en", Municipality.Code(municipality), Most).Select(Shown)]);

    /// <summary>Finds in the reference data and in the cases of who asks: by number, and by words of their titles.</summary>
    [Authorize]
    [HttpPost("workplace")]
    public async Task<ActionResult<WorkplaceAnswer>> Workplace(WorkplaceQuestion question)
    {
        var found = await workplace.FindAsync(Me, question.Q, question.Municipality);
        return found.Refusal is { } no ? Problem(no) : new WorkplaceAnswer(
            [.. found.Value.Cases.Select(c => new CaseResult(c.Id, c.Number, say.Title(c.Title, c.Topic), c.State))], [.. found.Value.Hits.Select(Shown)]);
    }

    private Result Shown(SearchHit hit) => new(
        hit.Kind, hit.Name, hit.Code, hit.BodyCode is null ? null : new Body(hit.BodyCode, hit.BodyName!, hit.Kind == "product"), hit.Topic, hit.Line, hit.Score, new Because(hit.Why.Code, say.Why(hit)));
}
