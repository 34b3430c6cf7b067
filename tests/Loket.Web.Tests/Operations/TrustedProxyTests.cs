using System.Net;
using Loket.Web.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Loket.Web.Tests.Operations;

public sealed class TrustedProxyTests
{
    [Theory]
    [InlineData("10.1.2.3", "192.0.2.9", "192.0.2.9", "https")]
    [InlineData("10.9.0.4", "192.0.2.9, 10.1.2.3", "192.0.2.9", "https")]
    [InlineData("10.1.2.3", "192.0.2.9, 198.51.100.1", "198.51.100.1", "https")]
    [InlineData("198.51.100.1", "192.0.2.9", "198.51.100.1", "http")]
    [InlineData("127.0.0.1", "192.0.2.9", "127.0.0.1", "http")]
    public async Task Who_the_client_is_and_that_it_came_over_TLS_is_believed_of_named_proxies_only(string from, string forwarded, string client, string scheme)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(from);
        context.Request.Scheme = "http";
        context.Request.Headers["X-Forwarded-For"] = forwarded;
        context.Request.Headers["X-Forwarded-Proto"] = string.Join(", ", forwarded.Split(',').Select(_ => "https"));

        await new ForwardedHeadersMiddleware(_ => Task.CompletedTask, NullLoggerFactory.Instance, Options.Create(TrustedProxy.Options("10.1.2.3, 10.9.0.0/16"))).Invoke(context);

        Assert.Equal((client, scheme), (context.Connection.RemoteIpAddress.ToString(), context.Request.Scheme));
    }

    [Fact]
    public void A_proxy_that_is_no_address_is_refused_at_the_start() => Assert.ThrowsAny<FormatException>(() => TrustedProxy.Options("the proxy"));
}
