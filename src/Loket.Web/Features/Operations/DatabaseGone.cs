using System.Globalization;
using System.Net;
using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Operations;

/// <summary>
/// While the database cannot be reached: 503, what that means for what the person just did, and when to come back. The
/// page is made here, because every other page asks the database who is looking.
/// </summary>
public sealed class DatabaseGone(Engine engine) : IExceptionHandler
{
    private const string RetryAfterSeconds = "5";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!engine.IsGone(exception))
        {
            return false;
        }

        // What was chosen is forgotten on the way up to here.
        if (httpContext.Features.Get<IRequestCultureFeature>()?.RequestCulture is { } chosen)
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (chosen.Culture, chosen.UICulture);
        }

        var say = httpContext.RequestServices.GetRequiredService<Say>();
        var response = httpContext.Response;
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = RetryAfterSeconds;
        // By now the path of the request is that of the page for errors.
        var path = httpContext.Features.Get<IExceptionHandlerPathFeature>()!.Path;
        if (new PathString(path).StartsWithSegments("/api"))
        {
            await response.WriteAsJsonAsync(
                new ProblemDetails { Type = "urn:loket:refusal:database-gone", Title = say.Text("refusal.database-gone"), Status = response.StatusCode, Extensions = { ["code"] = "database-gone" } },
                options: null, "application/problem+json", cancellationToken);
            return true;
        }

        response.ContentType = "text/html; charset=utf-8";
        await response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="{say.Language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Html("gone.title")} · Loket</title>
            <link rel="stylesheet" href="/dist/loket.css"></head>
            <body><main id="main" class="sheet error-page"><h1 class="nl-heading nl-heading--level-1">{Html("gone.title")}</h1>
            <p class="nl-paragraph">{Html("refusal.database-gone")}</p><p class="nl-paragraph">{Html("gone.back")}</p>
            <p class="nl-paragraph"><a class="nl-link" href="{WebUtility.HtmlEncode(Again(httpContext.Request, path))}">{Html("gone.again")}</a></p></main></body></html>
            """,
            cancellationToken);
        return true;

        string Html(string key) => WebUtility.HtmlEncode(say.Text(key));
    }

    /// <summary>Where trying again leads: the page that was asked for, or the one with the form that was sent. Never another site.</summary>
    internal static string Again(HttpRequest request, string path)
    {
        var page = HttpMethods.IsGet(request.Method) ? $"{new PathString(path).ToUriComponent()}{request.QueryString}"
            : Uri.TryCreate(request.Headers.Referer.ToString(), UriKind.Absolute, out var from) && from.Authority == request.Host.Value ? from.PathAndQuery
            : "/";
        return page.StartsWith("//", StringComparison.Ordinal) || page.StartsWith("/\\", StringComparison.Ordinal) ? "/" : page;
    }
}
