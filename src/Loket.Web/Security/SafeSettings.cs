using Loket.Web.Features.Demo;
using Loket.Web.Features.SignIn;
using Loket.Web.Features.Theme;
using Loket.Web.Live;

namespace Loket.Web.Security;

/// <summary>Settings under which Loket must not run with real people; says for each what to set.</summary>
public static class SafeSettings
{
    /// <summary>What is wrong or unsafe; nothing is unsafe in the demo profile, which says on every page that all people are invented.</summary>
    public static IReadOnlyList<string> Faults(IConfiguration configuration, DemoOptions demo)
    {
        var faults = Themes.Faults(configuration).ToList();
        if (BrokerDoorbell.Fault(configuration) is { } doorbell)
        {
            faults.Add(doorbell);
        }

        if (demo.Enabled)
        {
            return faults;
        }

        if (!new SignOnSetting(configuration).IsSet)
        {
            faults.Add("Nobody could sign in: set SignOn__Authority, SignOn__ClientId and SignOn__ClientSecret to your OpenID Connect provider, or Demo__Enabled=true to try Loket with invented people.");
        }
        else if (string.IsNullOrEmpty(configuration["SignOn:ClientId"]) || string.IsNullOrEmpty(configuration["SignOn:ClientSecret"]))
        {
            faults.Add("Sign-on is half set: SignOn__ClientId and SignOn__ClientSecret are needed beside SignOn__Authority.");
        }

        if (configuration["Keys:Path"] is not { Length: > 0 })
        {
            faults.Add("The keys would lie beside the data they seal: set Keys__Path to a file apart from the data folder and its backups, the same for every node.");
        }

        if (!Uri.TryCreate(configuration["Outgoing:BaseUrl"], UriKind.Absolute, out var here) || here.Scheme != Uri.UriSchemeHttps)
        {
            faults.Add("Links to partners would lead nowhere: set Outgoing__BaseUrl to the https address under which partners outside government reach Loket.");
        }

        if (!TrustedProxy.IsSet(configuration) && Addresses(configuration).Any(a => a.StartsWith("http:", StringComparison.OrdinalIgnoreCase)))
        {
            faults.Add("People would reach Loket over plain HTTP: set Urls to https addresses with a certificate, or Proxy__Trusted to the addresses of the proxy that ends TLS in front of it.");
        }

        return faults;
    }

    // As the server takes them: its own section before the list.
    private static IEnumerable<string> Addresses(IConfiguration configuration)
    {
        var own = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? "").ToList();
        return own.Count > 0 ? own : (configuration["Urls"] ?? "http://localhost").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
