using System.Globalization;
using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using System.Text.Json;
using Loket.Web.Security;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Loket.Web.Features.SignIn;

/// <summary>A token of the provider that was not accepted; says which check failed, never what stood in it.</summary>
public sealed class TokenRefusedException(string check) : Exception($"The provider's token was refused: {check}.");

/// <summary>
/// The checks of OpenID Connect Core 3.1.3.7 (id token) and Back-Channel Logout 2.6 (logout token): signature by a key the
/// provider publishes, issuer, audience, time, nonce.
/// </summary>
public sealed class ProviderTokens(IOptionsMonitor<SignOnOptions> options, TimeProvider clock)
{
    private const string LogoutEvent = "http://schemas.openid.net/event/backchannel-logout";
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LogoutLife = TimeSpan.FromMinutes(5);
    private static readonly OpenIdConnectProtocolValidator Protocol = new() { RequireTimeStampInNonce = false, RequireState = false, RequireStateValidation = false };

    private SignOnOptions Options => options.Get(SignOnOptions.Scheme);

    public static string NewNonce() => Protocol.GenerateNonce();

    /// <summary>The claims of a valid id token. <paramref name="again"/>: only when the person showed just now who they are.</summary>
    public async Task<IReadOnlyList<Claim>> CheckIdTokenAsync(JsonElement answer, string nonce, bool again, CancellationToken ct)
    {
        var message = new OpenIdConnectMessage(answer.GetRawText());
        var token = await CheckAsync(message.IdToken, ct);
        try
        {
            Protocol.ValidateTokenResponse(new OpenIdConnectProtocolValidationContext
            {
                ClientId = Options.ClientId, Nonce = nonce, ProtocolMessage = message, ValidatedIdToken = new JwtSecurityToken(message.IdToken),
            });
        }
        catch (OpenIdConnectProtocolException fault)
        {
            throw new TokenRefusedException(fault.GetType().Name);
        }

        if (again && !(token.TryGetPayloadValue<long>("auth_time", out var at) && DateTimeOffset.FromUnixTimeSeconds(at) > clock.GetUtcNow() - Skew))
        {
            throw new TokenRefusedException("auth_time");
        }

        return [.. token.Claims];
    }

    /// <summary>When the person proved who they are (<c>auth_time</c>, UTC); null when the provider does not say.</summary>
    public static DateTime? ProvedAt(ClaimsPrincipal user) =>
        long.TryParse(user.FindFirstValue("auth_time"), NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(at).UtcDateTime
            : null;

    /// <summary>Whom a valid logout token signs out, with its own id, when it was made at the latest and until when it could be used again.</summary>
    public async Task<(ProviderSession Session, string TokenId, DateTime MadeAt, DateTime Until)> CheckLogoutTokenAsync(string raw, CancellationToken ct)
    {
        var token = await CheckAsync(raw, ct, mayLackExpiry: true);
        var now = clock.GetUtcNow().UtcDateTime;
        var isLogout = token.TryGetPayloadValue<JsonElement>("events", out var events) && events.ValueKind == JsonValueKind.Object && events.TryGetProperty(LogoutEvent, out _);
        token.TryGetPayloadValue<string>("sid", out var sid);
        if (!isLogout || token.TryGetPayloadValue<string>("nonce", out _) || string.IsNullOrEmpty(token.Id) || (sid is null && string.IsNullOrEmpty(token.Subject)))
        {
            throw new TokenRefusedException("logout claims");
        }

        if (token.IssuedAt < now - LogoutLife || token.IssuedAt > now + Skew)
        {
            throw new TokenRefusedException("iat");
        }

        return (new ProviderSession(token.Issuer, token.Subject ?? "", sid), token.Id, token.IssuedAt + Skew, token.IssuedAt + LogoutLife + Skew);
    }

    private async Task<JsonWebToken> CheckAsync(string? raw, CancellationToken ct, bool mayLackExpiry = false)
    {
        if (string.IsNullOrEmpty(raw))
        {
            throw new TokenRefusedException("no token");
        }

        var result = await ValidateAsync(raw, mayLackExpiry, ct);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            Options.Discovery.RequestRefresh();
            result = await ValidateAsync(raw, mayLackExpiry, ct);
        }

        return result.IsValid ? (JsonWebToken)result.SecurityToken : throw new TokenRefusedException(result.Exception.GetType().Name);
    }

    private async Task<TokenValidationResult> ValidateAsync(string raw, bool mayLackExpiry, CancellationToken ct)
    {
        var provider = await Options.Discovery.GetConfigurationAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        return await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(raw, new TokenValidationParameters
        {
            ValidIssuer = provider.Issuer,
            ValidAudience = Options.ClientId,
            IssuerSigningKeys = provider.SigningKeys,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256],
            RequireSignedTokens = true,
            RequireExpirationTime = !mayLackExpiry,
            // The one clock of Loket, so that a session and a token never disagree about now.
            LifetimeValidator = (from, until, _, _) => (from is null || from <= now + Skew) && (until is null ? mayLackExpiry : until > now - Skew),
        });
    }
}
