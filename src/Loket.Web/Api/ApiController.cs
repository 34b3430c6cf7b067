using Loket.Domain;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Loket.Web.Api;

/// <summary>
/// What every controller of the interface shares: JSON in and out, problem+json for a "no", the idempotency key from the
/// header <c>Idempotency-Key</c>, and no calls from other sites' pages.
/// </summary>
[ApiController]
[Authorize]
[IgnoreAntiforgeryToken]
[SameSiteOnly]
[ProducesJson]
public abstract class ApiController : ControllerBase
{
    protected Actor Me => HttpContext.Actor();

    protected string? Key => Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key ? key : null;

    protected ActionResult<T> Answer<T>(Outcome<T> outcome) => outcome.Refusal is { } no ? Problem(no) : Ok(outcome.Value);

    /// <summary>A thing that may not exist for this person.</summary>
    protected ActionResult<T> Found<T>(T? value, string code) where T : class => value is null ? Problem(new Refusal(code)) : Ok(value);

    protected internal ActionResult Problem(Refusal refusal)
    {
        var say = HttpContext.RequestServices.GetRequiredService<Say>();
        return Problem(new ProblemDetails
        {
            Type = $"urn:loket:refusal:{refusal.Code}",
            Title = say.Refusal(refusal),
            Status = Refusals.StatusOf(refusal),
            Extensions = { ["code"] = refusal.Code, ["args"] = refusal.Args },
        });
    }

    // Not an ObjectResult: [Produces] would give that the content type of an answer.
    protected static ActionResult Problem(ProblemDetails problem) =>
        new JsonResult(problem) { StatusCode = problem.Status, ContentType = "application/problem+json" };
}

/// <summary>Answers are JSON; a "no" keeps its own type, problem+json, which the ordinary attribute would overwrite.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ProducesJsonAttribute() : ProducesAttribute("application/json")
{
    public override void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is not ObjectResult { Value: ProblemDetails })
        {
            base.OnResultExecuting(context);
        }
    }
}

/// <summary>Refuses a browser's call that another site's page made; programs send no such header.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SameSiteOnlyAttribute : Attribute, IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (context.HttpContext.Request.Headers["Sec-Fetch-Site"].ToString() == "cross-site")
        {
            context.Result = new StatusCodeResult(StatusCodes.Status403Forbidden);
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
