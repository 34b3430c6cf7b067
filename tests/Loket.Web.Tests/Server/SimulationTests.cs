using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Loket.Simulation;
using Loket.Web.Tests.Support;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Server;

/// <summary>The simulation, shortened; <c>ops/kill-loops</c> runs its long form.</summary>
[Collection(ServerCollection.Name)]
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Few = 3;

    [Theory]
    [InlineData(1), InlineData(2)]
    public async Task Killed_again_and_again_under_load_nothing_acknowledged_is_lost_and_nothing_is_half_done(int nodes)
    {
        var options = new Options { Urls = FreeAddresses(nodes), Professionals = 12, Faults = FaultKind.Kill, Loops = Few, Server = ServerProcess.Program };

        var summary = await new Run(options, output.WriteLine).GoAsync();

        Assert.Empty(summary.Violations);
        Assert.True(summary.Kills >= Few);
        Assert.True(summary.Counts.GetValueOrDefault("answers lost, call repeated") > 0, "No kill came between a call and its answer.");
    }

    [Theory, OnSqlServer]
    public async Task Two_nodes_on_a_server_lose_it_for_a_while_and_nothing_is_acknowledged_meanwhile(TestEngine engine)
    {
        Assert.Equal(TestEngine.SqlServer, engine);
        var options = new Options
        {
            Urls = FreeAddresses(2), Professionals = 12, Faults = FaultKind.Db, Time = TimeSpan.FromSeconds(12), Outage = TimeSpan.FromSeconds(3),
            Server = ServerProcess.Program, SqlServer = await SqlServerDatabases.CreateAsync(),
        };

        var summary = await new Run(options, output.WriteLine).GoAsync();

        Assert.Empty(summary.Violations);
        Assert.True(summary.Counts["acknowledged"] > 0);
    }

    internal static List<Uri> FreeAddresses(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var free = listeners.ConvertAll(listener => new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}")));
        listeners.ForEach(listener => listener.Stop());
        return free;
    }
}
