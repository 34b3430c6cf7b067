using Loket.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Loket.Web.Features.Drafts;

/// <summary>Around every page: with what was half typed in its forms, and without it once a form did its work.</summary>
public sealed class KeptDrafts(DraftStore drafts) : IAsyncResultFilter
{
    /// <summary>The hidden field by which a form says under which name it is kept.</summary>
    public const string Field = "draft";

    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (http.FindActor() is not { } actor)
        {
            await next();
            return;
        }

        if (context.Result is ViewResult || (context.Result is PartialViewResult && HttpMethods.IsGet(http.Request.Method)))
        {
            http.Items[typeof(OpenDrafts)] = await drafts.OfAsync(actor);
        }

        await next();

        // "No" and a page that asks on come back with what was typed; what leads elsewhere is done.
        if (http.Response.StatusCode == StatusCodes.Status303SeeOther && SentBy(http.Request) is { } form)
        {
            await drafts.DropAsync(actor, form);
        }
    }

    /// <summary>The name under which the form that was sent is kept; null for a form that is not kept, and when none was sent.</summary>
    public static string? SentBy(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.HasFormContentType && request.Form[Field].ToString() is { Length: > 0 } form ? form : null;
}
