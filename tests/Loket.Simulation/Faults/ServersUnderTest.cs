using System.Data.Common;
using System.Diagnostics;
using System.Globalization;

namespace Loket.Simulation.Faults;

/// <summary>
/// The nodes of a run on one database, and what can be done to them: killed, cut from their database or from each other,
/// put back from a backup. Database and broker are reached over a cable of the simulation, so that it can be cut.
/// </summary>
public sealed class ServersUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly Options options;
    private readonly string folder = Directory.CreateTempSubdirectory("loket-simulation-").FullName;
    private readonly Dictionary<string, string> settings = new(StringComparer.Ordinal);
    private readonly TcpProxy? databaseCable;
    private readonly TcpProxy? brokerCable;
    private readonly List<NodeProcess> nodes;
    private string data;

    public ServersUnderTest(Options options)
    {
        this.options = options;
        data = Path.Combine(folder, "data");
        Directory.CreateDirectory(data);
        settings["Data__Path"] = data;
        settings["Keys__Path"] = Path.Combine(folder, "keys", "keys.json");
        settings["Retention__List"] = Path.Combine(folder, "destroyed-cases.txt");
        settings["Demo__Enabled"] = "true";
        settings["Demo__Colleagues"] = "false";
        settings["Logging__LogLevel__Default"] = "Warning";
        // Many short lives: what only pays after minutes is left out.
        settings["DOTNET_TieredPGO"] = "0";
        settings["DOTNET_TC_CallCountingDelayMs"] = "60000";
        if (options.SqlServer is { } connection)
        {
            (databaseCable, settings["Data__SqlServer"]) = Through(connection);
        }

        if (options.Broker is { } broker)
        {
            var address = new Uri(broker);
            brokerCable = new TcpProxy(address.Host, address.Port > 0 ? address.Port : 5672);
            brokerCable.Mend();
            settings["Live__Doorbell"] = "rabbitmq";
            settings["Live__Broker"] = new UriBuilder(address) { Host = "127.0.0.1", Port = brokerCable.Port }.ToString();
        }

        nodes = [.. options.Urls.Select(url => new NodeProcess(options.Server!, url, settings))];
    }

    public int Kills { get; private set; }

    /// <summary>What the nodes last printed, each line behind the port of its node.</summary>
    public IEnumerable<string> Said => nodes.SelectMany(node => node.Said);

    /// <summary>One after the other: the first makes the tables and the keys.</summary>
    public async Task StartAsync()
    {
        foreach (var node in nodes.Where(n => !n.Runs))
        {
            await node.StartAsync();
        }
    }

    /// <summary>Kills one node, now and then all of them, and starts what is down after a short while.</summary>
    public async Task KillOnceAsync()
    {
        var all = Random.Shared.Next(4) == 0;
        foreach (var node in all ? nodes : [nodes[Random.Shared.Next(nodes.Count)]])
        {
            await node.KillAsync();
            Kills++;
        }

        await Task.Delay(Random.Shared.Next(0, 500));
        await StartAsync();
    }

    /// <summary>Kills and starts at random moments until told to stop; everything runs when it returns.</summary>
    public async Task KillAtRandomAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Random.Shared.Next(1_500, 5_000), stop);
                await KillOnceAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    /// <summary>
    /// Takes the database away for the time of the options: how long until no node was ready, how much was
    /// <paramref name="acknowledged"/> from then until the return, and how long after it all were ready again.
    /// </summary>
    public async Task<(TimeSpan Red, int Falsely, TimeSpan Green)> WithoutDatabaseAsync(Func<int> acknowledged)
    {
        var (file, away) = (Path.Combine(data, "loket.db"), Path.Combine(folder, "away.db"));
        if (databaseCable is null)
        {
            File.Move(file, away);
        }
        else
        {
            databaseCable.Cut();
        }

        var cut = Stopwatch.GetTimestamp();
        var red = await UntilAsync(ready => !ready);
        var before = acknowledged();
        await Task.Delay(options.Outage - Stopwatch.GetElapsedTime(cut) is { Ticks: > 0 } rest ? rest : TimeSpan.Zero);
        var falsely = acknowledged() - before;
        if (databaseCable is null)
        {
            File.Move(away, file);
        }
        else
        {
            databaseCable.Mend();
        }

        return (red, falsely, await UntilAsync(ready => ready));
    }

    public async Task WithoutBrokerAsync()
    {
        brokerCable!.Cut();
        await Task.Delay(options.Outage);
        brokerCable.Mend();
    }

    /// <summary>
    /// A backup while everybody works, then one more with everybody standing still, the nodes
    /// lost with their disk, and both put back elsewhere: from now on the nodes work with the last. What the scripts said of both.
    /// </summary>
    public async Task<IReadOnlyList<string>> RestoreElsewhereAsync(Gate gate)
    {
        var said = new List<string> { $"under load: {await ScriptAsync("backup", Path.Combine(folder, "backup"))}" };
        await gate.CloseAsync();
        var backup = Path.Combine(folder, "last-backup");
        said.Add($"standing still: {await ScriptAsync("backup", backup)}");
        foreach (var node in nodes)
        {
            await node.KillAsync();
        }

        Directory.Delete(data, recursive: true);
        foreach (var (from, to) in new[] { (Path.Combine(folder, "backup"), Path.Combine(folder, "tried")), (backup, Path.Combine(folder, "elsewhere")) })
        {
            said.Add($"put back in {Path.GetFileName(to)}: {await ScriptAsync("restore", from, to)}");
        }

        settings["Data__Path"] = data = Path.Combine(folder, "elsewhere");
        await StartAsync();
        gate.Open();
        return said;
    }

    /// <summary>What the program's own commands find wrong, if anything, and what they printed.</summary>
    public async Task<IReadOnlyList<(bool Holds, string Said)>> VerifyAsync(params string[] commands) =>
        [.. (await Task.WhenAll(commands.Select(command => NodeProcess.CommandAsync(options.Server!, options.Urls[0], settings, command))))
            .Select(found => (found.Holds, found.Holds ? string.Join("; ", found.Said) : string.Join(Environment.NewLine, found.Said.TakeLast(10))))];

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        foreach (var cable in new[] { databaseCable, brokerCable }.OfType<TcpProxy>())
        {
            await cable.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task<TimeSpan> UntilAsync(Func<bool, bool> holds)
    {
        var since = Stopwatch.GetTimestamp();
        while (!(await Task.WhenAll(nodes.Select(n => n.IsReadyAsync()))).All(holds))
        {
            if (Stopwatch.GetElapsedTime(since) > Patience)
            {
                throw new InvalidOperationException("Readiness did not follow the database.");
            }

            await Task.Delay(Look);
        }

        return Stopwatch.GetElapsedTime(since);
    }

    private async Task<string> ScriptAsync(string name, params string[] arguments)
    {
        var began = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo("bash", [Path.Combine(options.Backup!, name), .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LOKET_PROGRAM"] = options.Server;
        foreach (var (setting, value) in settings)
        {
            start.Environment[setting] = value;
        }

        using var script = Process.Start(start)!;
        var (said, wrong) = (script.StandardOutput.ReadToEndAsync(), script.StandardError.ReadToEndAsync());
        await script.WaitForExitAsync();
        if (script.ExitCode != 0)
        {
            throw new InvalidOperationException($"{name} failed: {await said}{await wrong}");
        }

        var lines = (await said).Trim().Replace("\n", "; ", StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"{lines}, after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
    }

    private static (TcpProxy Cable, string Connection) Through(string connection)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = connection };
        var key = parts.ContainsKey("Server") ? "Server" : "Data Source";
        var address = parts[key].ToString()!.Replace("tcp:", "", StringComparison.Ordinal).Split(',');
        var cable = new TcpProxy(address[0], address.Length > 1 ? int.Parse(address[1], CultureInfo.InvariantCulture) : 1433);
        cable.Mend();
        parts[key] = string.Create(CultureInfo.InvariantCulture, $"tcp:127.0.0.1,{cable.Port}");
        parts["TrustServerCertificate"] = "true";
        return (cable, parts.ConnectionString);
    }
}
