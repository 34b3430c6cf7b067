using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Demo;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Loket.Web.Features.SignIn;

/// <summary>The way in: with the provider of the own organisation, and in the demo profile by choosing who you are.</summary>
public sealed class SignInController(Db db, DemoOptions demo, SignInQuery people, Door door, SignOnSetting signOn) : PageController
{
    private static readonly HashSet<string> Reasons = ["sign-on-failed", "sign-on-left", "sign-on-no-organisation", "sign-on-moved", "sign-on-no-role"];

    [AllowAnonymous]
    [HttpGet("/sign-in")]
    public async Task<IActionResult> Show(string? returnUrl, string? refused) =>
        View("SignIn", await people.LoadAsync(returnUrl, refused is not null && Reasons.Contains(refused) ? new Refusal(refused) : null));

    /// <summary>To the provider and back. A link, not a form: a form may not lead to another site here.</summary>
    [AllowAnonymous]
    [EnableRateLimiting(SignOnLimit.Name)]
    [HttpGet("/sign-on")]
    public IActionResult ToProvider(string? returnUrl, bool again) => signOn.IsSet
        ? Challenge(Properties(returnUrl, again), SignOnOptions.Scheme)
        : SeeOther("/sign-in");

    private AuthenticationProperties Properties(string? returnUrl, bool again)
    {
        var properties = new AuthenticationProperties { RedirectUri = Url.IsLocalUrl(returnUrl) ? returnUrl : "/" };
        if (again)
        {
            properties.Items[SignOnHandler.Again] = "1";
        }

        return properties;
    }

    /// <summary>OpenID Connect Back-Channel Logout 1.0: the provider says that somebody has signed out there.</summary>
    [AllowAnonymous]
    [IgnoreAntiforgeryToken]
    [EnableRateLimiting(SignOnLimit.Name)]
    [HttpPost("/sign-on/logout")]
    public async Task<IActionResult> ProviderLogout([FromForm(Name = "logout_token")] string? token, [FromServices] ProviderTokens tokens, [FromServices] SignedIn signedIn)
    {
        Response.Headers.CacheControl = "no-store";
        if (!signOn.IsSet)
        {
            return NotFound();
        }

        try
        {
            var (session, id, madeAt, until) = await tokens.CheckLogoutTokenAsync(token ?? "", HttpContext.RequestAborted);
            return (await signedIn.EndOfProviderAsync(session, id, madeAt, until)).IsOk ? Ok() : BadRequest(new { error = "invalid_request" });
        }
        catch (TokenRefusedException)
        {
            return BadRequest(new { error = "invalid_request" });
        }
    }

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

        await door.LetInAsync(HttpContext, actor);
        return Back(returnUrl, "/");
    }

    [OpenToInformationPoint]
    [HttpPost("/sign-out")]
    public async Task<IActionResult> Leave()
    {
        await door.LetOutAsync(HttpContext);
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
