using System.Security.Claims;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Loket.Web.Features.SignIn;

/// <summary>Puts sign-on with the provider of section <c>SignOn</c> beside the cookie; without <c>SignOn:Authority</c> there is none.</summary>
public static class SignOn
{
    public static void AddSignOn(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<Arrive>();
        services.AddSingleton<ProviderTokens>();
        if (!new SignOnSetting(configuration).IsSet)
        {
            return;
        }

        services.AddAuthentication().AddOAuth<SignOnOptions, SignOnHandler>(SignOnOptions.Scheme, options => Apply(options, configuration));
        services.AddOptions<SignOnOptions>(SignOnOptions.Scheme).Configure<IHttpClientFactory>((options, http) => options.Discovery = new ConfigurationManager<OpenIdConnectConfiguration>(
            $"{options.Authority.TrimEnd('/')}/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(http.CreateClient()) { RequireHttps = !IsThisMachine(options.Authority) }));
    }

    private static void Apply(SignOnOptions options, IConfiguration configuration)
    {
        // The provider says later where its own pages are; until then its address stands in.
        options.AuthorizationEndpoint = options.TokenEndpoint = configuration[$"{SignOnOptions.Section}:Authority"]!;
        options.CallbackPath = "/sign-on/answer";
        options.UsePkce = true;
        options.CorrelationCookie.Name = "loket-sign-on.";
        options.Scope.Clear();
        configuration.GetSection(SignOnOptions.Section).Bind(options);
        foreach (var scope in (string[])["openid", "profile"])
        {
            if (!options.Scope.Contains(scope))
            {
                options.Scope.Add(scope);
            }
        }

        options.Events.OnTicketReceived = ArriveAsync;
        options.Events.OnRemoteFailure = FailedAsync;
    }

    /// <summary>Only on one machine, for trying and for tests, may the provider be without TLS.</summary>
    private static bool IsThisMachine(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback;

    private static async Task ArriveAsync(TicketReceivedContext context)
    {
        context.HandleResponse();
        var services = context.HttpContext.RequestServices;
        var options = (SignOnOptions)context.Options;
        var user = context.Principal!;
        var subject = user.FindFirstValue("sub")!;
        var issuer = user.FindFirstValue("iss")!;
        var arrived = await services.GetRequiredService<Arrive>().RunAsync(new Arrival(
            issuer,
            subject,
            user.FindFirstValue("name") ?? user.FindFirstValue("preferred_username") ?? "",
            user.FindFirstValue(options.OrganisationClaim) ?? "",
            options.NationalAdministrators.Contains(subject, StringComparer.Ordinal),
            [.. user.Claims]));
        if (arrived.Refusal is { } no)
        {
            context.Response.Redirect($"/sign-in{QueryString.Create("refused", no.Code)}");
            return;
        }

        // The browser that had somebody signed in gets a sign-in of its own: the old one is ended.
        var before = await context.HttpContext.AuthenticateAsync();
        context.HttpContext.User = before.Principal ?? new ClaimsPrincipal();
        await services.GetRequiredService<Door>().LetInAsync(context.HttpContext, arrived.Value, new ProviderSession(issuer, subject, user.FindFirstValue("sid"), ProviderTokens.ProvedAt(user)));
        context.Response.Redirect(context.ReturnUri ?? "/");
    }

    private static Task FailedAsync(RemoteFailureContext context)
    {
        // The reason is for the log only: what a stranger could learn from it is not shown. No token, no code, no address.
        context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Loket.SignOn")
            .LogWarning("Sign-on failed: {Reason}", context.Failure is TokenRefusedException refused ? refused.Message : context.Failure?.GetType().Name);
        context.HandleResponse();
        context.Response.Redirect("/sign-in?refused=sign-on-failed");
        return Task.CompletedTask;
    }
}
