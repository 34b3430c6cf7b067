using Loket.Domain;
using Loket.Domain.Parties;
using Loket.Web.Api;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Loket.Web.Features.Doors;

/// <summary>Routes for programs: reference knowledge, open to everyone and rate-limited.</summary>
[AllowAnonymous]
[EnableRateLimiting(ReferenceLimit.Name)]
[Route("api/v1/routes")]
public sealed class RoutesApi(RouteQuery routes, Say say) : ApiController
{
    private const int LongestCode = 60;

    /// <summary>A line in the order of asking.</summary>
    /// <param name="Connected">It can ring in Loket; otherwise only its phone number helps.</param>
    /// <param name="Reason">own_municipality, serves_municipality, municipality_general or national.</param>
    public sealed record Line(string Code, string Name, string Organisation, string? Phone, string? Website, bool Connected, string Reason, string Why);

    /// <summary>Where it ends when nobody answers.</summary>
    /// <param name="Kind">callback: the body calls back on a date. own_promise: call this number, and the asker's own organisation promises.</param>
    public sealed record End(string Kind, string Line, string Organisation, string? Phone, string? Website, string Why);

    public sealed record Answer(string Topic, string? Municipality, string? EndedMunicipality, IReadOnlyList<Line> Lines, End End);

    /// <summary>The ordered lines for a question, with the reason for each.</summary>
    /// <param name="topic">A code of /api/v1/topics.</param>
    /// <param name="municipality">0344 or gm0344; may be left out for a national topic. An ended code is followed to its successor.</param>
    /// <param name="lang">nl (default) or en.</param>
    [HttpGet]
    public async Task<ActionResult<Answer>> Find(string? topic, string? municipality, string? lang)
    {
        if (FreeText.Check(LongestCode, topic, municipality, lang) is { } no)
        {
            return Problem(no);
        }

        var found = await routes.LoadAsync(topic, municipality);
        return found.Refusal is { } refusal ? Problem(refusal)
            : found.Value.End is not { } end ? Problem(new Refusal("route-empty"))
            : new Answer(
                found.Value.Topic,
                found.Value.Municipality,
                found.Value.EndedMunicipality,
                [.. found.Value.Stops.Select(s => new Line(
                    s.Line, say.LineName(s.OrganisationName, s.Topic, null), s.Organisation, s.Phone, s.Website, s.Connected, s.Reason, say.Code("route-reason", s.Reason)))],
                new End(end.Kind, end.Line, end.Organisation, end.Phone, end.Website, say.Ending(end)));
    }
}

/// <summary>The words for where a route ends.</summary>
public static class RouteWords
{
    public static string Ending(this Say say, RouteView.Ending end) => say.Text(
        $"route-end.{end.Kind.Replace('_', '-')}{(end is { Kind: "own_promise", Phone: null } ? "-web" : "")}", end.OrganisationName, end.Phone ?? end.Website ?? "");
}
