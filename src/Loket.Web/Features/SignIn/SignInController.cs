using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Demo;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.SignIn;

/// <summary>Sign-in of the demo profile: choose who you are. Outside that profile it lists nobody and lets nobody in.</summary>
public sealed class SignInController(Db db, DemoOptions demo, SignInQuery people) : PageController
{
    [AllowAnonymous]
    [HttpGet("/sign-in")]
    public async Task<IActionResult> Show(string? returnUrl) => View("SignIn", await people.LoadAsync(returnUrl, null));

    [AllowAnonymous]
    [HttpPost("/sign-in")]
    public async Task<IActionResult> SignInAs(long professionalId, string? returnUrl)
    {
        if (!demo.Enabled)
        {
            return Refused(new Refusal("demo-only"), "SignIn", await people.LoadAsync(returnUrl, new Refusal("demo-only")));
        }

        if (await Actor.LoadAsync(db, professionalId) is not { } actor)
        {
            return Refused(new Refusal("not-in-demo"), "SignIn", await people.LoadAsync(returnUrl, new Refusal("not-in-demo")));
        }

        await HttpContext.SignInAsync(Policies.Principal(actor));
        return Back(returnUrl, "/");
    }

    [HttpPost("/sign-out")]
    public async Task<IActionResult> Leave()
    {
        await HttpContext.SignOutAsync();
        return SeeOther("/sign-in");
    }

    [AllowAnonymous]
    [HttpPost("/language")]
    public IActionResult Language(string? lang, string? returnUrl)
    {
        var culture = lang == "en" ? "en" : "nl";
        Response.Cookies.Append(
            CookieRequestCultureProvider.DefaultCookieName,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)),
            new CookieOptions { HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365) });
        return Back(returnUrl, "/");
    }
}
