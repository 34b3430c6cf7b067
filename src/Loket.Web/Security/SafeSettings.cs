using Loket.Web.Features.Demo;
using Loket.Web.Features.SignIn;

namespace Loket.Web.Security;

/// <summary>Settings under which Loket must not run with real people; says for each what to set.</summary>
public static class SafeSettings
{
    /// <summary>What is unsafe; empty in the demo profile, which says on every page that all people are invented.</summary>
    public static IReadOnlyList<string> Faults(IConfiguration configuration, DemoOptions demo)
    {
        if (demo.Enabled)
        {
            return [];
        }

        var faults = new List<string>();
        if (!new SignOnSetting(configuration).IsSet)
        {
            faults.Add("Nobody could sign in: set SignOn__Authority, SignOn__ClientId and SignOn__ClientSecret to your OpenID Connect provider, or Demo__Enabled=true to try Loket with invented people.");
        }
        else if (string.IsNullOrEmpty(configuration["SignOn:ClientId"]) || string.IsNullOrEmpty(configuration["SignOn:ClientSecret"]))
        {
            faults.Add("Sign-on is half set: SignOn__ClientId and SignOn__ClientSecret are needed beside SignOn__Authority.");
        }

        return faults;
    }
}
