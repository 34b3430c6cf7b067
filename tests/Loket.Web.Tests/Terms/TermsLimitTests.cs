using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Loket.Web.Tests.Terms;

/// <summary>Three questions a minute for each client address. Each test comes from addresses of its own.</summary>
public sealed class TermsLimitTests(BusyTermsApp app) : IClassFixture<BusyTermsApp>
{
    private const string Question = "/api/v1/terms/due?start=2026-02-09&term=P8W&basis=act&lang=en";

    [Fact]
    public async Task The_fourth_question_in_a_minute_is_refused_with_the_seconds_to_wait()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await AskAsync("192.0.2.1")).StatusCode);
        }

        var refused = await AskAsync("192.0.2.1");
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        var wait = (int)refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds;

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.InRange(wait, 1, 60);
        Assert.Equal($"You ask too often. Try again in {wait} seconds.", problem.GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("198.51.100.1", "198.51.100.2", HttpStatusCode.OK)]
    [InlineData("2001:db8:1:1::1", "2001:db8:1:2::1", HttpStatusCode.OK)]
    [InlineData("2001:db8:2:1::1", "2001:db8:2:1::2", HttpStatusCode.TooManyRequests)] // one network, one client
    [InlineData("203.0.113.9", "::ffff:203.0.113.9", HttpStatusCode.TooManyRequests)] // the same address written otherwise
    public async Task One_client_does_not_use_up_the_questions_of_another(string busy, string other, HttpStatusCode expected)
    {
        for (var i = 0; i < 4; i++)
        {
            await AskAsync(busy);
        }

        Assert.Equal(expected, (await AskAsync(other)).StatusCode);
    }

    [Fact]
    public async Task The_page_of_a_professional_has_no_limit()
    {
        using var professional = await app.SignedInAsync("supervisor");
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await professional.GetAsync("/terms")).StatusCode);
        }
    }

    private async Task<HttpResponseMessage> AskAsync(string from)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Question);
        request.Headers.Add(TermsApp.ClientAddress, from);
        return await app.Anyone().SendAsync(request);
    }
}
