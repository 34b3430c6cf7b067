using Loket.Domain;
using Loket.Web.Api;
using Loket.Web.Features.Drafts;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Shared;

/// <summary>
/// What every page controller shares: the person, the form's idempotency key, and how a "no" is shown: the same page
/// again, with what was typed, under the status of the reason.
/// </summary>
[Authorize]
[ServiceFilter<KeptDrafts>]
public abstract class PageController : Controller
{
    protected Actor Me => HttpContext.Actor();

    /// <summary>The hidden <c>key</c> that every form carries.</summary>
    protected string? Key => Request.HasFormContentType ? Request.Form["key"].ToString() : null;

    /// <summary>After a write: look at the page that shows it.</summary>
    protected static IActionResult SeeOther(string path) => new SeeOtherResult(path);

    /// <summary>Back to the page the form stood on, when that is a path of ours.</summary>
    protected IActionResult Back(string? returnUrl, string otherwise) => SeeOther(Url.IsLocalUrl(returnUrl) ? returnUrl! : otherwise);

    /// <summary>The page again, refused.</summary>
    protected ViewResult Refused(Refusal refusal, string view, object model)
    {
        Response.StatusCode = Refusals.StatusOf(refusal);
        return View(view, model);
    }

    protected ViewResult NotThere(string code) => Problem(new Refusal(code));

    /// <summary>A page of its own for a "no" that no page can show beside its form; <paramref name="back"/>: where that form stood, when that is a path of ours.</summary>
    protected ViewResult Problem(Refusal refusal, string? back = null)
    {
        Response.StatusCode = Refusals.StatusOf(refusal);
        return View("/Features/Shared/Error.cshtml", new ErrorView
        {
            Status = Response.StatusCode, Refusal = refusal, Back = Url.IsLocalUrl(back) ? back : null, Written = Request.HasFormContentType ? DraftStore.Sentences(Request.Form) : [],
        });
    }

    /// <summary>What was typed in this form, and why it was refused; numbers are kept for this answer only.</summary>
    protected FormState Typed(string form, params IEnumerable<FieldError> errors) => new()
    {
        Form = form,
        Values = Request.Form.Where(f => f.Key is not ("key" or "__RequestVerificationToken")).ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal),
        Errors = [.. errors],
    };

    private sealed class SeeOtherResult(string path) : ActionResult
    {
        public override void ExecuteResult(ActionContext context)
        {
            context.HttpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.HttpContext.Response.Headers.Location = path;
        }
    }
}
