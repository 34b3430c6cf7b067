using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Loket.Web.Tests.SignIn;

/// <summary>
/// A provider that vouches for whatever a test wants, rightly and wrongly: it publishes one key, and its token endpoint
/// answers the id token that the test put there.
/// </summary>
public sealed class FakeProvider : IAsyncDisposable
{
    public const string Client = "loket";
    private readonly WebApplication app;
    private readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = "one" };

    private FakeProvider(WebApplication app) => this.app = app;

    public string Issuer => app.Urls.First();

    /// <summary>A key of somebody else that carries the same name.</summary>
    public SecurityKey Stranger { get; } = new RsaSecurityKey(RSA.Create(2048)) { KeyId = "one" };

    public SecurityKey Key => key;

    /// <summary>What the token endpoint answers next.</summary>
    public string IdToken { get; set; } = "";

    /// <summary>What Loket sent to the token endpoint last.</summary>
    public Dictionary<string, string> Asked { get; private set; } = [];

    public static async Task<FakeProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var provider = new FakeProvider(builder.Build());
        provider.Map();
        await provider.app.StartAsync();
        return provider;
    }

    /// <summary>A signed token for this client; <paramref name="claims"/> may spoil any of its own, and a null value leaves it out.</summary>
    public string Token(DateTime now, IReadOnlyDictionary<string, object?> claims, SecurityKey? signedBy = null)
    {
        var all = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["iss"] = Issuer,
            ["aud"] = Client,
            ["iat"] = EpochTime.GetIntDate(now),
            ["exp"] = EpochTime.GetIntDate(now.AddMinutes(5)),
        };
        foreach (var (name, value) in claims)
        {
            all[name] = value;
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            JsonSerializer.Serialize(all.Where(c => c.Value is not null).ToDictionary()), new SigningCredentials(signedBy ?? key, SecurityAlgorithms.RsaSha256));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Map()
    {
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = $"{Issuer}/authorize",
            ["token_endpoint"] = $"{Issuer}/token",
            ["jwks_uri"] = $"{Issuer}/keys",
        }));
        app.MapGet("/keys", () =>
        {
            var published = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(key.Rsa.ExportParameters(includePrivateParameters: false)) { KeyId = key.KeyId });
            return Results.Json(new { keys = new[] { new { kty = published.Kty, kid = published.Kid, n = published.N, e = published.E, use = "sig", alg = "RS256" } } });
        });
        app.MapPost("/token", async (HttpRequest request) =>
        {
            Asked = (await request.ReadFormAsync()).ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
            return Results.Json(new { access_token = "not kept", token_type = "Bearer", expires_in = 300, id_token = IdToken });
        });
    }
}
