using System.Globalization;

namespace Loket.Simulation;

/// <summary>What goes wrong on purpose.</summary>
public enum FaultKind
{
    None,

    /// <summary>The server is killed at random moments and started again.</summary>
    Kill,

    /// <summary>Calls and connections are cut at random moments.</summary>
    Drop,
}

/// <summary>The command line.</summary>
/// <param name="Server">The server program to start and stop; null when one runs already at <paramref name="Url"/>.</param>
public sealed record Options(Uri Url, int Professionals, TimeSpan Time, FaultKind Faults, string? Server, string? Json)
{
    public const string Usage =
        "--url http://localhost:5080 --professionals 60 --seconds 30 --faults none|kill|drop [--server Loket.Web.dll] [--json FILE]";

    /// <summary>The options, or null with what is wrong.</summary>
    public static Options? Parse(string[] args, out string error)
    {
        error = "";
        string? After(string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
        if (!Uri.TryCreate(After("--url") ?? "http://localhost:5080", UriKind.Absolute, out var url))
        {
            error = "--url is not an address";
        }

        if (!int.TryParse(After("--professionals") ?? "60", NumberStyles.None, CultureInfo.InvariantCulture, out var professionals) || professionals < 6)
        {
            error = "--professionals is a number from 6";
        }

        if (!int.TryParse(After("--seconds") ?? "30", NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds < 1)
        {
            error = "--seconds is a number from 1";
        }

        if (!Enum.TryParse<FaultKind>(After("--faults") ?? "none", ignoreCase: true, out var faults))
        {
            error = "--faults is none, kill or drop";
        }

        var server = After("--server");
        if (faults == FaultKind.Kill && server is null)
        {
            error = "--faults kill needs --server, the program to kill";
        }

        return error.Length > 0 ? null : new Options(url!, professionals, TimeSpan.FromSeconds(seconds), faults, server, After("--json"));
    }
}
