using Loket.Web.Access;
using Loket.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Loket.Web.Features.Representation;

/// <summary>
/// Puts on every page that is about one case in whose name is acted there, whichever feature made the page; asked of the page
/// itself, like the access log does. Where the viewer has no right to the case, as before an offer is accepted, it says nothing.
/// </summary>
public sealed class ShowOnBehalf(RepresentationQuery representation) : IAsyncResultFilter
{
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (context is { Controller: Controller controller, Result: ViewResult { Model: { } model } } && context.HttpContext.Items[typeof(Actor)] is Actor actor
            && await CaseOfAsync(context, model) is { } caseId)
        {
            (await representation.BannerAsync(actor, caseId))?.PutInto(controller.ViewData);
        }

        await next();
    }

    // Of the page's own words, or of its address: a page that still asks something shows nothing of the case yet.
    private async Task<long?> CaseOfAsync(ResultExecutingContext context, object model)
    {
        if (context.ActionDescriptor.AttributeRouteInfo?.Template is not { } template || !long.TryParse(context.RouteData.Values["id"] as string, out var id))
        {
            return null;
        }

        return ShownCases.In(model).Where(shown => shown.Opened).Select(shown => shown.CaseId).ToList() is [var caseId] ? caseId
            : template.StartsWith("cases/{id", StringComparison.Ordinal) ? id
            : template.StartsWith("handoffs/{id", StringComparison.Ordinal) ? await representation.CaseOfHandoffAsync(id)
            : template.StartsWith("callbacks/{id", StringComparison.Ordinal) ? await representation.CaseOfCallbackAsync(id)
            : null;
    }
}
