using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Loket.Web.Features.SignIn;

/// <summary>
/// Sign-on with OpenID Connect: the framework's authorization code flow with PKCE and state, and on top of it what makes
/// it OpenID Connect: discovery, a nonce, and a checked id token.
/// </summary>
public sealed class SignOnHandler(IOptionsMonitor<SignOnOptions> options, ProviderTokens tokens, ILoggerFactory logger, UrlEncoder encoder)
    : OAuthHandler<SignOnOptions>(options, logger, encoder)
{
    private const string Nonce = "nonce";

    /// <summary>Set on a challenge that asks the person to show again who they are.</summary>
    public const string Again = "again";

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await DiscoverAsync();
        properties.Items[Nonce] = ProviderTokens.NewNonce();
        await base.HandleChallengeAsync(properties);
    }

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        var url = QueryHelpers.AddQueryString(base.BuildChallengeUrl(properties, redirectUri), Nonce, properties.Items[Nonce]!);
        return properties.Items.ContainsKey(Again) ? QueryHelpers.AddQueryString(QueryHelpers.AddQueryString(url, "prompt", "login"), "max_age", "0") : url;
    }

    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        await DiscoverAsync();
        return await base.HandleRemoteAuthenticateAsync();
    }

    protected override async Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse answer)
    {
        var claims = await tokens.CheckIdTokenAsync(answer.Response!.RootElement, properties.Items[Nonce]!, properties.Items.ContainsKey(Again), Context.RequestAborted);
        identity.AddClaims(claims);
        // Nothing of the provider's answer is kept: neither token nor code.
        return new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme.Name);
    }

    private async Task DiscoverAsync()
    {
        var provider = await Options.Discovery.GetConfigurationAsync(Context.RequestAborted);
        Options.AuthorizationEndpoint = provider.AuthorizationEndpoint;
        Options.TokenEndpoint = provider.TokenEndpoint;
    }
}
