using System.Diagnostics;
using System.IO.Pipelines;
using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Loket.Web.Access;

/// <summary>
/// The one place every answer passes, page, fragment, letter, export and interface alike: what it shows of a case is
/// in the access log before its first byte goes out. When that cannot be written the request fails, and shows nothing.
/// </summary>
public sealed class LogReads(AccessLog log, Db db) : IAsyncActionFilter, IAsyncResultFilter
{
    public Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        context.HttpContext.Items[typeof(LogReads)] = db.Now();
        return next();
    }

    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (ModelOf(context.Result) is not { } model || CasesIn(model, context) is not { Count: > 0 } cases)
        {
            await next();
            return;
        }

        var logged = log.RecordAsync(context.HttpContext.Items[typeof(Actor)] as Actor, ShowingOf(context), cases);
        if (context.Result is not (ViewResult or PartialViewResult))
        {
            await logged;
            await next();
            return;
        }

        await HoldAsync(context, logged, next);
    }

    // A page is made while the log goes to disk, and held back until it is there.
    private static async Task HoldAsync(ResultExecutingContext context, Task logged, ResultExecutionDelegate next)
    {
        var held = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var response = context.HttpContext.Response;
        var body = response.Body;
        response.Body = held.Writer.AsStream();
        ResultExecutedContext made;
        try
        {
            made = await next();
        }
        finally
        {
            response.Body = body;
        }

        await logged;
        await held.Writer.CompleteAsync();
        if (made.Exception is null)
        {
            await held.Reader.CopyToAsync(body);
        }
    }

    private static object? ModelOf(IActionResult result) => result switch
    {
        ViewResult view => view.Model,
        PartialViewResult part => part.Model,
        ObjectResult answer => answer.Value,
        JsonResult answer => answer.Value,
        IAboutCase file => file,
        _ => null,
    };

    private static IReadOnlyList<ShownCase> CasesIn(object model, ResultExecutingContext context)
    {
        if (model is ProblemDetails or ErrorView)
        {
            return [];
        }

        var shown = ShownCases.In(model);
        return shown.Count == 0 && AskedFor(context) is { } id ? [new ShownCase(id, Opened: true)] : shown;
    }

    // Rows of the interface that name no case themselves are about the case of their address: GET /api/v1/cases/{id}/timeline.
    private static long? AskedFor(ResultExecutingContext context) =>
        context.Result is ObjectResult && HttpMethods.IsGet(context.HttpContext.Request.Method)
        && context.ActionDescriptor.AttributeRouteInfo?.Template?.Contains("cases/{id", StringComparison.Ordinal) == true
        && long.TryParse(context.RouteData.Values["id"] as string, out var id) ? id : null;

    private static Showing ShowingOf(ResultExecutingContext context)
    {
        var trace = Activity.Current is { IdFormat: ActivityIdFormat.W3C } here ? here.Context : new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), default);
        return new Showing(
            (DateTime)context.HttpContext.Items[typeof(LogReads)]!, ScreenOf(context.ActionDescriptor), trace.TraceId.ToHexString(), trace.SpanId.ToHexString());
    }

    /// <summary>The feature whose screen or interface answered: <c>desk</c>, <c>handoffs</c>, <c>chain</c>.</summary>
    public static string ScreenOf(Microsoft.AspNetCore.Mvc.Abstractions.ActionDescriptor action) =>
        ((ControllerActionDescriptor)action).ControllerTypeInfo.Namespace!.Split('.')[^1].ToLowerInvariant();
}
