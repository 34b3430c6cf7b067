using Loket.Web.Security;
using Loket.Web.Tests.Server;
using Microsoft.IdentityModel.Tokens;

namespace Loket.Web.Tests.SignIn;

/// <summary>How long a sign-in lasts, and what ends it: on a clock that stands still, to the second.</summary>
public sealed class SignedInTests(SignOnApp app) : IClassFixture<SignOnApp>
{
    private static int people;

    private static string Somebody() => $"lasting-{Interlocked.Increment(ref people)}";

    [Fact]
    public async Task It_outlives_neither_its_idle_nor_its_longest_time()
    {
        using var idle = await InAsync(Somebody());
        app.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(200, (await idle.GetAsync("/cases")).Status);
        app.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(200, (await idle.GetAsync("/cases")).Status);
        app.Clock.Advance(TimeSpan.FromMinutes(60));
        Assert.Equal(401, (await idle.GetAsync("/api/v1/me")).Status);

        using var busy = await InAsync(Somebody());
        for (var worked = 0; worked < 19; worked++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(30));
            Assert.Equal(200, (await busy.GetAsync("/cases")).Status);
        }

        app.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(401, (await busy.GetAsync("/api/v1/me")).Status);
    }

    [Fact]
    public async Task An_open_page_that_fetches_by_itself_keeps_nobody_signed_in()
    {
        using var browser = await InAsync(Somebody());
        for (var minute = 0; minute < 6; minute++)
        {
            Assert.Equal(200, (await browser.FragmentAsync("/cases")).Status);
            app.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.NotEqual(200, (await browser.FragmentAsync("/cases")).Status);
    }

    [Fact]
    public async Task After_signing_out_the_cookie_is_worth_nothing_even_when_it_was_kept()
    {
        var subject = Somebody();
        using var browser = await InAsync(subject);
        var open = await app.CountAsync("SELECT COUNT(*) FROM signed_in WHERE ended_at IS NULL");
        Assert.Equal(303, (await browser.FormAsync("/sign-out", new Dictionary<string, string>())).Status);
        Assert.Equal(open - 1, await app.CountAsync("SELECT COUNT(*) FROM signed_in WHERE ended_at IS NULL"));
        Assert.Equal(401, (await browser.GetAsync("/api/v1/me")).Status);
    }

    [Fact]
    public async Task The_provider_ends_the_session_it_names_and_no_other_of_the_same_person()
    {
        var subject = Somebody();
        using var office = await InAsync(subject, "session-office");
        using var home = await InAsync(subject, "session-home");

        Assert.Equal(200, (await LogoutAsync(subject, sid: "session-office")).Status);

        Assert.Equal(401, (await office.GetAsync("/api/v1/me")).Status);
        Assert.Equal(200, (await home.GetAsync("/api/v1/me")).Status);
    }

    [Fact]
    public async Task Without_a_session_name_all_of_the_person_end_and_the_token_counts_once()
    {
        var subject = Somebody();
        using var office = await InAsync(subject, "one");
        using var home = await InAsync(subject, "two");
        var token = Logout(subject, sid: null);

        Assert.Equal(200, (await PostAsync(token)).Status);
        Assert.Equal(401, (await office.GetAsync("/api/v1/me")).Status);
        Assert.Equal(401, (await home.GetAsync("/api/v1/me")).Status);

        app.Clock.Advance(TimeSpan.FromSeconds(30));
        using var again = await InAsync(subject, "three");
        Assert.Equal(400, (await PostAsync(token)).Status);
        Assert.Equal(200, (await again.GetAsync("/api/v1/me")).Status);
    }

    public static TheoryData<string> Spoilt => new("stranger's key", "audience", "issuer", "old", "nonce", "no event", "no id", "nobody");

    [Theory]
    [MemberData(nameof(Spoilt))]
    public async Task A_spoilt_logout_token_signs_nobody_out(string how)
    {
        var subject = Somebody();
        using var browser = await InAsync(subject, "spoilt");
        var token = Logout(subject, "spoilt", claims =>
        {
            switch (how)
            {
                case "audience": claims["aud"] = "another"; break;
                case "issuer": claims["iss"] = "https://elsewhere.test"; break;
                case "old": claims["iat"] = EpochTime.GetIntDate(app.Clock.UtcNow.AddMinutes(-6)); break;
                case "nonce": claims["nonce"] = "a nonce"; break;
                case "no event": claims["events"] = new Dictionary<string, object>(); break;
                case "no id": claims["jti"] = null; break;
                case "nobody": claims["sub"] = claims["sid"] = null; break;
            }
        }, how == "stranger's key" ? app.Provider.Stranger : null);

        Assert.Equal(400, (await PostAsync(token)).Status);
        Assert.Equal(200, (await browser.GetAsync("/api/v1/me")).Status);
    }

    [Fact]
    public async Task What_the_database_holds_lets_nobody_in()
    {
        var signedIn = app.The<SignedIn>();
        using var browser = await InAsync(Somebody());
        Assert.Equal(0, await app.CountAsync("SELECT COUNT(*) FROM signed_in WHERE LENGTH(id) <> 44"));
        var id = await app.Db.ReadAsync(r => r.FindAsync<string>("SELECT id FROM signed_in WHERE ended_at IS NULL ORDER BY started_at DESC"));
        var forged = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity([new(SignedIn.SecretClaim, id!)], "forged"));
        Assert.Null(await signedIn.FindAsync(forged, acts: false));
    }

    private async Task<Session> InAsync(string subject, string? session = null)
    {
        var browser = app.Anyone();
        var claims = SignOnApp.Desk(subject);
        claims["sid"] = session;
        Assert.Equal("/cases", (await app.SignOnAsync(browser, claims)).Location);
        return browser;
    }

    private Task<Answer> LogoutAsync(string subject, string? sid) => PostAsync(Logout(subject, sid));

    private string Logout(string subject, string? sid, Action<Dictionary<string, object?>>? spoil = null, SecurityKey? key = null)
    {
        var claims = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["sub"] = subject,
            ["sid"] = sid,
            ["jti"] = Guid.NewGuid().ToString(),
            ["exp"] = null,
            ["events"] = new Dictionary<string, object> { ["http://schemas.openid.net/event/backchannel-logout"] = new Dictionary<string, object>() },
        };
        spoil?.Invoke(claims);
        return app.Provider.Token(app.Clock.UtcNow, claims, key);
    }

    private async Task<Answer> PostAsync(string token)
    {
        using var provider = app.Anyone();
        return await provider.SendAsync("POST", "/sign-on/logout", $"logout_token={token}", null, "application/x-www-form-urlencoded");
    }
}
