using Loket.Web.Features.SignIn;
using Microsoft.IdentityModel.Tokens;

namespace Loket.Web.Tests.SignIn;

/// <summary>Sign-on with OpenID Connect: who is let in, as whom, and what is refused.</summary>
public sealed class SignOnTests(SignOnApp app) : IClassFixture<SignOnApp>
{
    private static int people;

    private static string Somebody() => $"person-{Interlocked.Increment(ref people)}";

    [Fact]
    public async Task The_way_to_the_provider_carries_state_nonce_and_a_PKCE_challenge_and_the_code_is_exchanged_with_its_verifier()
    {
        using var browser = app.Anyone();
        var asked = await SignOnApp.ChallengeAsync(browser);
        Assert.Equal("code", asked["response_type"]);
        Assert.Equal(FakeProvider.Client, asked["client_id"]);
        Assert.Equal("S256", asked["code_challenge_method"]);
        Assert.Contains("openid", asked["scope"].Split(' '));
        Assert.NotEmpty(asked["state"]);
        Assert.NotEmpty(asked["nonce"]);

        using var other = app.Anyone();
        Assert.Equal("/cases", (await app.SignOnAsync(other, SignOnApp.Desk(Somebody()))).Location);
        Assert.NotEmpty(app.Provider.Asked["code_verifier"]);
    }

    [Fact]
    public async Task Who_has_a_role_by_the_rules_of_the_organisation_is_let_in_and_is_the_same_professional_next_time()
    {
        var subject = Somebody();
        using var browser = app.Anyone();
        await app.SignOnAsync(browser, SignOnApp.Desk(subject));
        Assert.Equal(200, (await browser.GetAsync("/cases")).Status);
        var me = (await browser.GetAsync("/api/v1/me")).Ok();
        Assert.Equal("Iris de Boer", me["name"]);

        using var another = app.Anyone();
        await app.SignOnAsync(another, SignOnApp.Desk(subject));
        Assert.Equal(me["id"], (await another.GetAsync("/api/v1/me")).Ok()["id"]);
    }

    [Fact]
    public async Task A_role_that_is_lost_at_home_is_lost_at_the_next_sign_on()
    {
        await app.RuleAsync("gm0344", "groups", "loket-teamleider", "supervisor");
        var subject = Somebody();
        using var browser = app.Anyone();
        await app.SignOnAsync(browser, SignOnApp.Desk(subject, "loket-balie", "loket-teamleider"));
        Assert.Equal(200, (await browser.GetAsync("/chain")).Status);

        await app.SignOnAsync(browser, SignOnApp.Desk(subject));
        Assert.NotEqual(200, (await browser.GetAsync("/chain")).Status);
        Assert.Equal(200, (await browser.GetAsync("/cases")).Status);
    }

    [Fact]
    public async Task An_information_point_is_named_by_hand_and_a_rule_that_gives_another_role_takes_its_place()
    {
        var subject = Somebody();
        using var browser = app.Anyone();
        await app.SignOnAsync(browser, SignOnApp.Desk(subject));
        await app.Db.WriteAsync<int>(unit => unit.Execute(
            "UPDATE professional SET front_office = 0, information_point = 1 WHERE id = (SELECT i.professional_id FROM professional_identity i WHERE i.subject = @subject)", new { subject }));

        Assert.Equal("/questions", (await app.SignOnAsync(browser, SignOnApp.Desk(subject, "no rule knows this"), "/sign-on?returnUrl=/questions")).Location);
        Assert.Equal(200, (await browser.GetAsync("/questions")).Status);
        Assert.Contains("/not-yours", (await browser.GetAsync("/cases")).Location);

        await app.SignOnAsync(browser, SignOnApp.Desk(subject));
        Assert.Equal(200, (await browser.GetAsync("/cases")).Status);
        Assert.Contains("/not-yours", (await browser.GetAsync("/questions")).Location);
    }

    [Theory]
    [InlineData("organisation_oin", null, "sign-on-no-organisation")]
    [InlineData("organisation_oin", "00000009999999999999", "sign-on-no-organisation")]
    [InlineData("groups", "somebody-elses", "sign-on-no-role")]
    [InlineData("organisation_oin", "00000001825783434000", "sign-on-no-role")]
    public async Task Who_has_no_organisation_or_no_role_here_is_told_so_and_nothing_of_them_is_kept(string claim, string? value, string why)
    {
        var before = await app.CountAsync("SELECT COUNT(*) FROM professional");
        using var browser = app.Anyone();
        var claims = SignOnApp.Desk(Somebody());
        claims[claim] = value;
        var end = await app.SignOnAsync(browser, claims);
        Assert.Equal($"/sign-in?refused={why}", end.Location);
        Assert.Contains("role=\"alert\"", (await browser.GetAsync(end.Location!)).Text);
        Assert.NotEqual(200, (await browser.GetAsync("/cases")).Status);
        Assert.Equal(before, await app.CountAsync("SELECT COUNT(*) FROM professional"));
    }

    [Fact]
    public async Task A_new_sign_on_on_the_same_browser_gets_a_secret_of_its_own_and_ends_the_one_before()
    {
        using var browser = app.Anyone();
        await app.SignOnAsync(browser, SignOnApp.Desk(Somebody()));
        var open = await app.CountAsync("SELECT COUNT(*) FROM signed_in WHERE ended_at IS NULL");
        await app.SignOnAsync(browser, SignOnApp.Desk(Somebody()));
        Assert.Equal(open, await app.CountAsync("SELECT COUNT(*) FROM signed_in WHERE ended_at IS NULL"));
        Assert.Equal(200, (await browser.GetAsync("/cases")).Status);
    }

    public static TheoryData<string> Spoilt => new("stranger's key", "changed", "no signature", "audience", "issuer", "expired", "not yet", "nonce", "no nonce", "symmetric");

    [Theory]
    [MemberData(nameof(Spoilt))]
    public async Task A_token_that_was_tampered_with_lets_nobody_in(string how)
    {
        using var browser = app.Anyone();
        var asked = await SignOnApp.ChallengeAsync(browser);
        var claims = SignOnApp.Desk(Somebody());
        claims["nonce"] = asked["nonce"];
        var now = app.Clock.UtcNow;
        SecurityKey? key = null;
        switch (how)
        {
            case "stranger's key": key = app.Provider.Stranger; break;
            case "audience": claims["aud"] = "another client"; break;
            case "issuer": claims["iss"] = "https://elsewhere.test"; break;
            case "expired": claims["exp"] = EpochTime.GetIntDate(now.AddMinutes(-2)); break;
            case "not yet": claims["nbf"] = EpochTime.GetIntDate(now.AddMinutes(3)); break;
            case "nonce": claims["nonce"] = ProviderTokens.NewNonce(); break;
            case "no nonce": claims["nonce"] = null; break;
        }

        var token = app.Provider.Token(now, claims, key);
        var parts = token.Split('.');
        app.Provider.IdToken = how switch
        {
            "changed" => $"{parts[0]}.{Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace("loket-balie", "loket-teaml"))}.{parts[2]}",
            "no signature" => $"{Base64UrlEncoder.Encode("{\"alg\":\"none\",\"typ\":\"JWT\"}")}.{parts[1]}.",
            "symmetric" => $"{Base64UrlEncoder.Encode("{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"one\"}")}.{parts[1]}.{parts[2]}",
            _ => token,
        };
        var end = await browser.GetAsync($"/sign-on/answer?code=abc&state={Uri.EscapeDataString(asked["state"])}");
        Assert.Equal("/sign-in?refused=sign-on-failed", end.Location);
        Assert.NotEqual(200, (await browser.GetAsync("/cases")).Status);
    }

    [Fact]
    public async Task An_answer_of_the_provider_counts_once_and_only_in_the_browser_that_asked()
    {
        using var browser = app.Anyone();
        using var thief = app.Anyone();
        var asked = await SignOnApp.ChallengeAsync(browser);
        var claims = SignOnApp.Desk(Somebody());
        claims["nonce"] = asked["nonce"];
        app.Provider.IdToken = app.Provider.Token(app.Clock.UtcNow, claims);
        var address = $"/sign-on/answer?code=abc&state={Uri.EscapeDataString(asked["state"])}";

        Assert.Equal("/sign-in?refused=sign-on-failed", (await thief.GetAsync(address)).Location);
        Assert.Equal("/cases", (await browser.GetAsync(address)).Location);
        Assert.Equal("/sign-in?refused=sign-on-failed", (await browser.GetAsync(address)).Location);
        // The token itself, put before the next question of the same browser: it answers another nonce.
        var next = await SignOnApp.ChallengeAsync(browser);
        Assert.Equal("/sign-in?refused=sign-on-failed", (await browser.GetAsync($"/sign-on/answer?code=abc&state={Uri.EscapeDataString(next["state"])}")).Location);
        Assert.Equal("/sign-in?refused=sign-on-failed", (await browser.GetAsync("/sign-on/answer?code=abc&state=made-up")).Location);
    }

    [Fact]
    public async Task Asked_to_show_again_who_they_are_only_a_fresh_answer_of_the_provider_counts()
    {
        var subject = Somebody();
        using var browser = app.Anyone();
        await app.SignOnAsync(browser, SignOnApp.Desk(subject));
        var asked = await SignOnApp.ChallengeAsync(browser, "/sign-on?again=true&returnUrl=/cases");
        Assert.Equal(("login", "0"), (asked["prompt"], asked["max_age"]));

        var stale = SignOnApp.Desk(subject);
        stale["auth_time"] = EpochTime.GetIntDate(app.Clock.UtcNow.AddMinutes(-30));
        Assert.Equal("/sign-in?refused=sign-on-failed", (await app.SignOnAsync(browser, stale, "/sign-on?again=true&returnUrl=/cases")).Location);
        var fresh = SignOnApp.Desk(subject);
        fresh["auth_time"] = EpochTime.GetIntDate(app.Clock.UtcNow);
        Assert.Equal("/cases", (await app.SignOnAsync(browser, fresh, "/sign-on?again=true&returnUrl=/cases")).Location);
    }

    [Fact]
    public async Task Outside_the_demo_nobody_can_choose_who_they_are()
    {
        using var browser = app.Anyone();
        Assert.Equal(404, (await browser.PostAsync("/api/v1/demo/session", new { professionalId = 1001 })).Status);
        Assert.DoesNotContain("professionalId", (await browser.GetAsync("/sign-in")).Text);
    }
}
