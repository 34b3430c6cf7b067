using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Loket.Web.Security;

/// <summary>
/// The proxies in front of Loket, by name: <c>Proxy:Trusted</c>, addresses or networks with commas. Only of these is
/// believed who the client is and that it came over TLS; nobody is trusted by default, this machine neither.
/// </summary>
public static class TrustedProxy
{
    public static bool IsSet(IConfiguration configuration) => configuration["Proxy:Trusted"] is { Length: > 0 };

    public static void UseTrustedProxy(this WebApplication app)
    {
        if (IsSet(app.Configuration))
        {
            app.UseForwardedHeaders(Options(app.Configuration["Proxy:Trusted"]!));
        }
    }

    /// <summary>Throws <see cref="FormatException"/> at what is no address or network.</summary>
    internal static ForwardedHeadersOptions Options(string trusted)
    {
        // Back through any number of proxies, as long as each is named.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var name in trusted.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (name.Contains('/'))
            {
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(name));
            }
            else
            {
                options.KnownProxies.Add(IPAddress.Parse(name));
            }
        }

        return options;
    }
}
