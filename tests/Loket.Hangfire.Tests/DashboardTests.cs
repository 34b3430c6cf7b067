using System.Net;
using System.Net.Http.Json;
using Loket.Web.Security;

namespace Loket.Hangfire.Tests;

public sealed class DashboardTests
{
    private static readonly string[] Pages = ["/jobs", "/jobs/recurring", "/jobs/jobs/scheduled"];

    [Fact]
    public async Task Nobody_of_the_demo_sees_the_dashboard()
    {
        await using var host = await Host.NewAsync();
        await host.StartAsync();
        foreach (var page in Pages)
        {
            using var anonymous = Client(host);
            Assert.Equal("/sign-in", await RefusedToAsync(anonymous, page));
            foreach (var role in (string[])[Policies.FrontOffice, Policies.Specialist, Policies.Supervisor])
            {
                using var client = await SignedInAsync(host, await host.SomebodyAsync(role));
                Assert.Equal("/not-yours", await RefusedToAsync(client, page));
            }
        }
    }

    [Fact]
    public async Task A_supervisor_cannot_start_a_job()
    {
        await using var host = await Host.NewAsync();
        await host.StartAsync();
        using var client = await SignedInAsync(host, await host.SomebodyAsync(Policies.Supervisor));

        using var answer = await client.PostAsync("/jobs/recurring/trigger", new FormUrlEncodedContent([new("jobs[]", "forget old drafts and keys")]));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/not-yours", answer.Headers.Location!.AbsolutePath);
    }

    [Fact]
    public async Task Who_is_named_as_operator_sees_the_schedule_in_the_dashboard()
    {
        // The first professional of the demo; no role of Loket is looked at.
        await using var host = await Host.NewAsync("--Jobs:Operators=1001, 1002");
        await host.StartAsync();
        using var client = await SignedInAsync(host, (await Actor.LoadAsync(host.Db, 1001))!);

        using var page = await client.GetAsync("/jobs/recurring");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("chase deadlines", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_of_Loket_are_served_by_this_host()
    {
        await using var host = await Host.NewAsync();
        await host.StartAsync();
        using var client = Client(host);

        foreach (var page in (string[])["/sign-in", "/openapi/v1.json", "/dist/loket.js"])
        {
            using var answer = await client.GetAsync(page);
            Assert.True(answer.IsSuccessStatusCode, $"{page}: {answer.StatusCode}");
        }
    }

    private static HttpClient Client(Host host) => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };

    private static async Task<HttpClient> SignedInAsync(Host host, Actor actor)
    {
        var client = Client(host);
        using var answer = await client.PostAsJsonAsync("/api/v1/demo/session", new { professionalId = actor.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        answer.EnsureSuccessStatusCode();
        return client;
    }

    private static async Task<string> RefusedToAsync(HttpClient client, string page)
    {
        using var answer = await client.GetAsync(page);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.IsAbsoluteUri ? answer.Headers.Location.AbsolutePath : answer.Headers.Location.OriginalString.Split('?')[0];
    }
}
