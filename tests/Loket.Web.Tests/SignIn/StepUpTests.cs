using System.Globalization;
using Loket.Web.Features.SignIn;
using Loket.Web.Tests.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.IdentityModel.Tokens;
using Xunit.Abstractions;

namespace Loket.Web.Tests.SignIn;

/// <summary>What is worth a second look asks who somebody is anew; what they typed and where they were is kept.</summary>
public sealed class StepUpTests(SignOnApp app, ITestOutputHelper output) : IClassFixture<SignOnApp>
{
    private const string Reason = "De inwoner staat aan een andere balie";
    private static readonly Dictionary<string, string> Typed = new() { ["number"] = "Z-2026-000001", ["reason"] = Reason };
    private static readonly Dictionary<string, string> Form = new(Typed) { ["draft"] = "/glass" };

    private static string Body(string page) => page[page.IndexOf("<main", StringComparison.Ordinal)..page.IndexOf("</main>", StringComparison.Ordinal)];

    private static Dictionary<string, object?> Proved(string subject, DateTime at)
    {
        var claims = SignOnApp.Desk(subject);
        claims["auth_time"] = EpochTime.GetIntDate(at);
        return claims;
    }

    [Fact]
    public async Task A_sign_in_of_a_while_ago_is_asked_again_and_then_what_was_typed_is_there()
    {
        using var browser = app.Anyone();
        // The provider did not say when: then it was not a short while ago.
        await app.SignOnAsync(browser, SignOnApp.Desk("step-up-1"));
        Assert.Equal("step-up", (await browser.PostAsync("/api/v1/glass", Typed)).Code);
        var asked = await browser.FormAsync("/glass", Form);
        Assert.Equal(403, asked.Status);
        Assert.Contains("/sign-on?returnUrl=%2Fglass&amp;again=True", asked.Text, StringComparison.Ordinal);
        // Who does not want to is where they were: what is asked for itself would only ask again.
        Assert.Contains("href=\"/glass\"", Body(asked.Text), StringComparison.Ordinal);
        Assert.Contains("href=\"/cases/1\"", Body((await browser.GetAsync("/cases/1/overview")).Text), StringComparison.Ordinal);

        var end = await app.SignOnAsync(browser, Proved("step-up-1", app.Clock.UtcNow), "/sign-on?returnUrl=%2Fglass&again=True");
        Assert.Equal("/glass", end.Location);
        Assert.Contains(Reason, (await browser.GetAsync("/glass")).Text, StringComparison.Ordinal);
        Assert.Equal("glass-case-unknown", (await browser.PostAsync("/api/v1/glass", Typed)).Code);
        Assert.Equal(404, (await browser.FormAsync("/glass", Form)).Status);
        // There is no such case: what was typed waits for the right number.
        Assert.Contains(Reason, (await browser.GetAsync("/glass")).Text, StringComparison.Ordinal);

        app.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("step-up", (await browser.PostAsync("/api/v1/glass", Typed)).Code);
        // Of what was typed by one, another who signs on in the same browser sees nothing.
        await browser.FormAsync("/glass", Form);
        await app.SignOnAsync(browser, Proved("step-up-2", app.Clock.UtcNow), "/sign-on?returnUrl=%2Fglass&again=True");
        Assert.DoesNotContain(Reason, (await browser.GetAsync("/glass")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_is_asked_again_and_leads_back_to_its_page_with_the_same_choices()
    {
        await app.RuleAsync("gm0344", "groups", "loket-cijfers", "supervisor");
        using var browser = app.Anyone();
        var claims = SignOnApp.Desk("step-up-3", "loket-cijfers");
        await app.SignOnAsync(browser, claims);
        var asked = await browser.GetAsync("/reports/wait.csv?from=2026-01-01");
        Assert.Equal(403, asked.Status);
        Assert.Contains("returnUrl=%2Freports%3Ffrom%3D2026-01-01", asked.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await browser.GetAsync("/reports")).Status);

        claims["auth_time"] = EpochTime.GetIntDate(app.Clock.UtcNow);
        await app.SignOnAsync(browser, claims);
        Assert.Equal("text/csv", (await browser.GetAsync("/reports/wait.csv?from=2026-01-01")).Type);
    }

    [Fact]
    public void The_number_the_glass_and_every_export_ask_for_it()
    {
        var marked = app.The<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<FreshSignInAttribute>() is not null)
            .SelectMany(Guards.Names).Order(StringComparer.Ordinal).ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{marked.Count} addresses ask for a fresh sign-in: {string.Join(", ", marked)}"));
        Assert.Equal(
            [
                "GET /api/v1/cases/{id:long}/overview", "GET /api/v1/lines/export/lines", "GET /api/v1/lines/export/members", "GET /api/v1/reports", "GET /api/v1/reports/{report}",
                "GET /cases/{id:long}/overview", "GET /lines/export/lines.csv", "GET /lines/export/members.csv", "GET /reports/{report}.csv", "GET /reports/{report}.json",
                "POST /api/v1/cases/{id:long}/bsn", "POST /api/v1/glass", "POST /cases/{id:long}/bsn", "POST /glass",
            ],
            marked);
    }
}
