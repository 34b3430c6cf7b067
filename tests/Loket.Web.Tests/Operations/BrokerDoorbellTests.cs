using System.Diagnostics;
using Loket.Simulation.Faults;
using Loket.Web.Tests.Hub;
using Loket.Web.Tests.Server;
using Loket.Web.Tests.Support;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Operations;

/// <summary>Two nodes with a broker between them, that is cut and comes back.</summary>
[Collection(ServerCollection.Name)]
public sealed class BrokerDoorbellTests(ITestOutputHelper output)
{
    private const int Times = 20;
    private const int Utrecht = 1001;
    private const int Supervisor = 1007;

    [BrokerFact]
    public async Task News_of_the_other_node_comes_at_once_without_the_broker_a_little_later_and_with_it_again_at_once()
    {
        using var data = new TempFolder();
        var broker = BrokerFactAttribute.Broker!;
        await using var cable = new TcpProxy(broker.Host, broker.Port > 0 ? broker.Port : 5672);
        cable.Mend();
        (string, string)[] settings = [("Live__Doorbell", "rabbitmq"), ("Live__Broker", new UriBuilder(broker) { Host = "127.0.0.1", Port = cable.Port }.ToString())];
        await using var one = await ServerProcess.StartAsync(data.Path, settings);
        await using var two = await ServerProcess.StartAsync(data.Path, settings);
        using var desk = await Session.At(one.Address).SignInAsync(Utrecht);
        using var sameDesk = await Session.At(two.Address).SignInAsync(Utrecht);
        using var supervisor = await Session.At(two.Address).SignInAsync(Supervisor);
        await using var line = await LiveClient.EnterAsync(two.Address, sameDesk);

        await BrokerAsync(supervisor, connected: true);
        var with = await DelayAsync(desk, line);
        cable.Cut();
        await BrokerAsync(supervisor, connected: false);
        Assert.Equal(200, (await supervisor.GetAsync("/health/ready")).Status);
        Assert.Contains("komt tot een kwart seconde later", (await supervisor.GetAsync("/status")).Ok().Text, StringComparison.Ordinal);
        var without = await DelayAsync(desk, line);
        cable.Mend();
        await BrokerAsync(supervisor, connected: true);
        var again = await DelayAsync(desk, line);

        output.WriteLine($"from the call at one node to the hint at the other, median of {Times}: with the broker {with:0.0} ms, without {without:0.0} ms, with it again {again:0.0} ms");
        Assert.True(with < without && again < without, $"{with} {without} {again}");
    }

    private static Task BrokerAsync(Session supervisor, bool connected) => Until.TrueAsync(
        async () => (await supervisor.GetAsync("/api/v1/status")).Ok().Json.GetProperty("broker").GetBoolean() == connected, $"a broker that is {(connected ? "there" : "gone")}");

    // Every case that was opened is heard of, whatever the broker does.
    private static async Task<double> DelayAsync(Session desk, LiveClient line)
    {
        var delays = new List<double>();
        for (var time = 0; time < Times; time++)
        {
            var began = Stopwatch.GetTimestamp();
            var id = await desk.OpenCaseAsync();
            await line.HintedOfAsync(id);
            delays.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        delays.Sort();
        return delays[Times / 2];
    }
}
