using Loket.Web.Features.Operations;
using Microsoft.AspNetCore.Http;

namespace Loket.Web.Tests.Operations;

/// <summary>Where the bare page leads that is shown while the database is gone.</summary>
public sealed class AgainTests
{
    [Theory]
    [InlineData("GET", "/cases/1", "?tab=steps", null, "/cases/1?tab=steps")]
    [InlineData("GET", "//elders.test/x", "", null, "/")]
    [InlineData("GET", "/\\elders.test/x", "", null, "/%5Celders.test/x")]
    [InlineData("POST", "/cases/1/facts", "", "https://loket.test/cases/1?tab=question", "/cases/1?tab=question")]
    [InlineData("POST", "/cases/1/facts", "", "https://elders.test/cases/1", "/")]
    [InlineData("POST", "/cases/1/facts", "", "https://loket.test//elders.test", "/")]
    [InlineData("POST", "/cases/1/facts", "", null, "/")]
    public void Trying_again_leads_to_the_page_that_was_asked_for_or_the_form_and_never_to_another_site(string method, string path, string query, string? from, string expected)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Host, request.QueryString) = (method, new HostString("loket.test"), new QueryString(query));
        request.Headers.Referer = from;
        Assert.Equal(expected, DatabaseGone.Again(request, path));
    }
}
