using Loket.Domain;
using Loket.Web.Api;
using Loket.Web.Data;
using Loket.Web.Features.Drafts;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Loket.Web.Features.SignIn;

/// <summary>
/// For what is worth a second look: who signed on at a provider longer ago than <see cref="SignedInTimes.Fresh"/> shows there
/// again who they are, and comes back to where they were with what was typed. Over the interface: <c>step-up</c>, 403.
/// </summary>
/// <param name="page">Where they come back to, when that is not the address of the form itself.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FreshSignInAttribute(string? page = null) : Attribute, IAsyncActionFilter
{
    /// <summary>Where they come back to.</summary>
    public string? Page { get; } = page;

    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var (http, request) = (context.HttpContext, context.HttpContext.Request);
        var (services, actor) = (http.RequestServices, http.Actor());
        var drafts = services.GetRequiredService<DraftStore>();
        var isForm = request.HasFormContentType && context.Controller is PageController;
        if (services.GetRequiredService<SignedInTimes>().IsFresh(actor, services.GetRequiredService<Db>().Now()))
        {
            await next();
            return;
        }

        if (context.Controller is ApiController api)
        {
            context.Result = api.Problem(new Refusal("step-up"));
            return;
        }

        var draft = isForm ? request.Form[KeptDrafts.Field].ToString() : "";
        if (draft.Length > 0)
        {
            await drafts.SaveAsync(actor, draft, request.Form.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal));
        }

        context.Result = new ViewResult
        {
            ViewName = "/Features/SignIn/StepUp.cshtml", StatusCode = StatusCodes.Status403Forbidden,
            ViewData = new ViewDataDictionary<StepUpView>(services.GetRequiredService<IModelMetadataProvider>(), context.ModelState)
            {
                Model = new StepUpView($"{Page ?? request.Path}{request.QueryString}", Before(request), draft.Length > 0),
            },
        };
    }

    // What was asked for is itself behind this look; where it was asked from is not.
    private string Before(HttpRequest request) =>
        Page ?? (request.Path.StartsWithSegments("/cases", StringComparison.Ordinal) && request.RouteValues["id"] is { } id ? $"/cases/{id}" : request.Path);
}

/// <summary>Says that they have to show again who they are. View <c>SignIn/StepUp.cshtml</c>.</summary>
/// <param name="ReturnUrl">Where they come back to.</param>
/// <param name="StopUrl">Where they are again when they do not want to.</param>
/// <param name="IsKept">Something was typed, and is kept.</param>
public sealed record StepUpView(string ReturnUrl, string StopUrl, bool IsKept);
