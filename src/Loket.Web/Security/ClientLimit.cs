using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Loket.Domain;
using Loket.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Loket.Web.Security;

/// <summary>Reference knowledge is open to everyone, each client address <c>Reference:RequestsAMinute</c> times: 120 when not set.</summary>
public sealed class ReferenceLimit(IConfiguration configuration) : ClientLimit(configuration.GetValue("Reference:RequestsAMinute", 120))
{
    public const string Name = "reference";
}

/// <summary>A partner's link is open to who has it, each client address <c>Partners:RequestsAMinute</c> times: 30 when not set.</summary>
public sealed class LinkLimit(IConfiguration configuration) : ClientLimit(configuration.GetValue("Partners:RequestsAMinute", 30))
{
    public const string Name = "partner-link";
}

/// <summary>
/// Signing on, each client address <c>SignOn:RequestsAMinute</c> times: 300 when not set, since a whole town hall may share
/// one address. Locking out is the provider's; nobody can lock out somebody else here.
/// </summary>
public sealed class SignOnLimit(IConfiguration configuration) : ClientLimit(configuration.GetValue("SignOn:RequestsAMinute", 300))
{
    public const string Name = "sign-on";
}

/// <summary>
/// So many requests a minute from each client address. An IPv6 client is its /64 network, since it may choose any address
/// in it.
/// </summary>
public abstract class ClientLimit(int permits) : IRateLimiterPolicy<string>
{
    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected => RefuseAsync;

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) => RateLimitPartition.GetFixedWindowLimiter(
        Client(httpContext.Connection.RemoteIpAddress),
        _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 });

    private static string Client(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes(), 0, 8),
        _ => address.ToString(),
    };

    private static async ValueTask RefuseAsync(OnRejectedContext context, CancellationToken stop)
    {
        var http = context.HttpContext;
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? (int)Math.Ceiling(after.TotalSeconds) : 60;
        var refusal = new Refusal("too-many-requests", wait.ToString(CultureInfo.InvariantCulture));
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = refusal.Args[0];
        await http.Response.WriteAsJsonAsync(
            new ProblemDetails
            {
                Type = $"urn:loket:refusal:{refusal.Code}",
                Title = http.RequestServices.GetRequiredService<Say>().Refusal(refusal),
                Status = StatusCodes.Status429TooManyRequests,
                Extensions = { ["code"] = refusal.Code, ["args"] = refusal.Args },
            },
            options: null,
            "application/problem+json",
            stop);
    }
}
