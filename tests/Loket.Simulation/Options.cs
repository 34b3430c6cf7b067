using System.Globalization;

namespace Loket.Simulation;

/// <summary>What goes wrong on purpose.</summary>
public enum FaultKind
{
    None,

    /// <summary>A node is killed at random moments and started again.</summary>
    Kill,

    /// <summary>Calls and connections are cut at random moments.</summary>
    Drop,

    /// <summary>The database is gone for a while in the middle.</summary>
    Db,

    /// <summary>The broker between the nodes is gone for a while in the middle.</summary>
    Broker,
}

/// <summary>The command line.</summary>
public sealed record Options
{
    public const string Usage =
        """
        --url http://localhost:5080 [--url …]      the nodes; every call goes to the next of them
        --professionals 60 --seconds 30            how many people, and for how long
        --faults none|kill|drop|db|broker          what goes wrong; kill, db and broker need --server
        --server Loket.Web.dll                     the program to start, one for each --url; without it the nodes run already
        --sqlserver CONNECTION                     its database, made and empty; without it the embedded one
        --broker amqp://guest:guest@127.0.0.1      its doorbell between nodes
        --outage 10                                for how many seconds the database or the broker is gone
        --loops 0                                  with kill: so many times load, kill, start, check everything; instead of --seconds
        --backup ops                               in the middle: a backup under load, put back elsewhere, and on with that
        --json FILE                                the figures for programs
        """;

    private static readonly Dictionary<string, string> Defaults = new(StringComparer.Ordinal)
    {
        ["--professionals"] = "60", ["--seconds"] = "30", ["--faults"] = "none", ["--outage"] = "10", ["--loops"] = "0",
    };

    public IReadOnlyList<Uri> Urls { get; init; } = [];

    public int Professionals { get; init; } = 60;

    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(30);

    public FaultKind Faults { get; init; }

    /// <summary>The server program to start and stop; null when nodes run already at <see cref="Urls"/>.</summary>
    public string? Server { get; init; }

    public string? SqlServer { get; init; }

    public string? Broker { get; init; }

    public TimeSpan Outage { get; init; } = TimeSpan.FromSeconds(10);

    public int Loops { get; init; }

    /// <summary>The folder with the scripts backup and restore, when a backup is part of the run.</summary>
    public string? Backup { get; init; }

    public string? Json { get; init; }

    /// <summary>The options, or null with what is wrong.</summary>
    public static Options? Parse(string[] args, out string error)
    {
        try
        {
            error = "";
            var given = args.Chunk(2).Select(pair => pair is [var name, var value] ? (name, value) : throw new FormatException($"{pair[0]} has no value")).ToLookup(p => p.name, p => p.value);
            string? Text(string name) => given[name].LastOrDefault() ?? Defaults.GetValueOrDefault(name);
            int Number(string name, int from) =>
                int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= from ? n : throw new FormatException($"{name} is a number from {from}");

            var options = new Options
            {
                Urls = [.. given["--url"].DefaultIfEmpty("http://localhost:5080").Select(text => Uri.TryCreate(text, UriKind.Absolute, out var url) ? url : throw new FormatException("--url is not an address"))],
                Professionals = Number("--professionals", 6),
                Time = TimeSpan.FromSeconds(Number("--seconds", 1)),
                Faults = Enum.TryParse<FaultKind>(Text("--faults"), ignoreCase: true, out var faults) ? faults : throw new FormatException("--faults is none, kill, drop, db or broker"),
                Server = Text("--server"),
                SqlServer = Text("--sqlserver"),
                Broker = Text("--broker"),
                Outage = TimeSpan.FromSeconds(Number("--outage", 1)),
                Loops = Number("--loops", 0),
                Backup = Text("--backup"),
                Json = Text("--json"),
            };
            return options switch
            {
                { Server: null, Faults: FaultKind.Kill or FaultKind.Db or FaultKind.Broker } => throw new FormatException("this fault needs --server, the program it happens to"),
                { Faults: FaultKind.Broker, Broker: null } => throw new FormatException("--faults broker needs --broker"),
                { Loops: > 0, Faults: not FaultKind.Kill } => throw new FormatException("--loops needs --faults kill"),
                { Backup: not null, Server: null } or { Backup: not null, SqlServer: not null } => throw new FormatException("--backup needs --server on the embedded database"),
                _ => options,
            };
        }
        catch (FormatException wrong)
        {
            error = wrong.Message;
            return null;
        }
    }
}
