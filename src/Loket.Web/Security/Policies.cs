using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;

namespace Loket.Web.Security;

/// <summary>
/// Who may enter which room. Everything asks for a signed-in professional unless it says otherwise; what a person may
/// see of one case is decided in <c>Features/Cases/CaseAccess</c>.
/// </summary>
public static class Policies
{
    public const string FrontOffice = "front_office";
    public const string Specialist = "specialist";
    public const string Supervisor = "supervisor";

    /// <summary>Decides about the lines of the own organisation; by itself without any case (DOMAIN 1).</summary>
    public const string LineManager = "line_manager";

    /// <summary>People, roles, rota of the own organisation, without any case (DOMAIN 1).</summary>
    public const string OrganisationAdministrator = "organisation_administrator";

    /// <summary>Organisations, mergers, legal facts, without any case (DOMAIN 1).</summary>
    public const string NationalAdministrator = "national_administrator";

    /// <summary>Access log, break-glass review, destruction, requests (DOMAIN 1).</summary>
    public const string PrivacyOfficer = "privacy_officer";

    /// <summary>A library or volunteer: may ask what is marked <see cref="OpenToInformationPointAttribute"/>, and nothing else.</summary>
    public const string InformationPoint = "information_point";

    /// <summary>
    /// Sees the lists of people whom proactive rules found in the own organisation, and sends to them. The
    /// organisation's supervisors, the least who see cases beside their own: a privacy officer sees none.
    /// </summary>
    public const string Proactive = "proactive";

    /// <summary>Approves destruction and holds cases of the own organisation; sees of them the number and the dates alone.</summary>
    public const string Retention = "retention";

    /// <summary>Decides by which sharing rules the own organisation gives facts; sees of cases the number and the owner alone.</summary>
    public const string SharingKeeper = "sharing_keeper";

    /// <summary>How Loket does, for who keeps it running; nothing of persons or cases. In the demo, where nobody administers, the supervisors.</summary>
    public const string Operations = "operations";

    /// <summary>Works in cases (<see cref="Actor.WorksCases"/>).</summary>
    public const string CaseWork = "case_work";

    /// <summary>Who is on which line when: the line manager and the administrator of the organisation.</summary>
    public const string RotaKeeper = "rota_keeper";

    public static void AddLoketSecurity(this IServiceCollection services, bool demo)
    {
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
        {
            options.Cookie.Name = "loket";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.LoginPath = "/sign-in";
            options.AccessDeniedPath = "/not-yours";
            // How long it lasts is decided at the server (SignedIn), for every browser alike.
            options.ExpireTimeSpan = TimeSpan.FromDays(1);
            options.Events.OnRedirectToLogin = context => Redirect(context, StatusCodes.Status401Unauthorized);
            options.Events.OnRedirectToAccessDenied = context => Redirect(context, StatusCodes.Status403Forbidden);
            options.Events.OnValidatePrincipal = RefreshAsync;
        });
        services.AddAuthorization(options =>
        {
            options.DefaultPolicy = options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(OpenToInformationPointAttribute.Allows).Build();
            foreach (var role in (string[])[FrontOffice, Specialist, Supervisor, LineManager, OrganisationAdministrator, NationalAdministrator, PrivacyOfficer, InformationPoint])
            {
                options.AddPolicy(role, policy => policy.RequireAuthenticatedUser().RequireRole(role));
            }

            options.AddPolicy(Operations, policy => policy.RequireAuthenticatedUser().RequireRole(demo ? [NationalAdministrator, Supervisor] : [NationalAdministrator]));
            options.AddPolicy(Retention, policy => policy.RequireAuthenticatedUser().RequireRole(PrivacyOfficer, Supervisor));
            options.AddPolicy(SharingKeeper, policy => policy.RequireAuthenticatedUser().RequireRole(PrivacyOfficer, OrganisationAdministrator));
            options.AddPolicy(Proactive, policy => policy.RequireAuthenticatedUser().RequireRole(Supervisor));
            options.AddPolicy(CaseWork, policy => policy.RequireAuthenticatedUser().RequireRole(FrontOffice, Specialist, Supervisor));
            options.AddPolicy(RotaKeeper, policy => policy.RequireAuthenticatedUser().RequireRole(LineManager, OrganisationAdministrator));
        });
    }

    /// <summary>The person as the cookie carries them; <paramref name="secret"/> is that of <see cref="SignedIn"/>.</summary>
    public static ClaimsPrincipal Principal(Actor actor, string secret)
    {
        var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, actor.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)), new(SignedIn.SecretClaim, secret) };
        claims.AddRange(Roles(actor).Select(role => new Claim(ClaimTypes.Role, role)));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme));
    }

    public static IEnumerable<string> Roles(Actor actor)
    {
        if (actor.FrontOffice)
        {
            yield return FrontOffice;
        }

        if (actor.Specialist)
        {
            yield return Specialist;
        }

        if (actor.Supervisor)
        {
            yield return Supervisor;
        }

        if (actor.LineManager)
        {
            yield return LineManager;
        }

        if (actor.OrganisationAdministrator)
        {
            yield return OrganisationAdministrator;
        }

        if (actor.NationalAdministrator)
        {
            yield return NationalAdministrator;
        }

        if (actor.PrivacyOfficer)
        {
            yield return PrivacyOfficer;
        }

        if (actor.InformationPoint)
        {
            yield return InformationPoint;
        }
    }

    // Each request asks the database who this is now: a colleague who left has no session from that moment on. What a
    // page fetches by itself is no act of the person: an open page keeps nobody signed in.
    private static async Task RefreshAsync(CookieValidatePrincipalContext context)
    {
        var request = context.HttpContext.Request;
        if (request.Path.StartsWithSegments("/health"))
        {
            // Answered without the database, whoever asks.
            context.RejectPrincipal();
            return;
        }

        var byItself = request.Path.StartsWithSegments("/hubs") || (HttpMethods.IsGet(request.Method) && request.Headers.ContainsKey("X-Loket-Fragment"));
        var actor = await context.HttpContext.RequestServices.GetRequiredService<SignedIn>().FindAsync(context.Principal, acts: !byItself);
        if (actor is null)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync();
            return;
        }

        context.HttpContext.Items[typeof(Actor)] = actor;
        context.ReplacePrincipal(Principal(actor, context.Principal!.FindFirstValue(SignedIn.SecretClaim)!));
    }

    private static Task Redirect(RedirectContext<CookieAuthenticationOptions> context, int apiStatus)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments("/api") || path.StartsWithSegments("/hubs"))
        {
            context.Response.StatusCode = apiStatus;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }

    /// <summary>The actor of this request; null when nobody is signed in, or none was asked.</summary>
    public static Actor? FindActor(this HttpContext context) => (Actor?)context.Items[typeof(Actor)];

    /// <summary>The actor of this request. Only behind authorisation, where there always is one.</summary>
    public static Actor Actor(this HttpContext context) =>
        context.FindActor() ?? throw new InvalidOperationException("No signed-in professional.");
}
