using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Loket.Simulation.Faults;
using Loket.Web.Tests.Server;
using Loket.Web.Tests.Support;
using Microsoft.Data.SqlClient;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Operations;

/// <summary>
/// The database goes away under load and comes back: the file is moved, the cable is cut. For three seconds, or as many as
/// LOKET_OUTAGE_SECONDS says.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed class DatabaseGoneTests(ITestOutputHelper output)
{
    private const int Utrecht = 1001;
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(
        int.TryParse(Environment.GetEnvironmentVariable("LOKET_OUTAGE_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 3);

    [Theory, OnSqlite, OnSqlServer]
    public async Task Nothing_is_acknowledged_readiness_is_red_and_it_recovers_without_a_restart(TestEngine engine)
    {
        using var data = new TempFolder();
        await using var cable = Cable();
        cable?.Mend();
        (string, string)[] settings = engine == TestEngine.SqlServer ? [("Data__SqlServer", await ThroughAsync(cable!))] : [];
        await using var server = await ServerProcess.StartAsync(data.Path, settings);
        using var desk = await Session.At(server.Address).SignInAsync(Utrecht);
        using var english = await Session.At(server.Address).SignInAsync(Utrecht);
        await english.FormAsync("/language", new Dictionary<string, string>(StringComparer.Ordinal) { ["lang"] = "en" });
        await Until.TrueAsync(async () => await StatusAsync(desk, "/health/ready") == 200, "a node that is ready");

        var acknowledged = new ConcurrentQueue<string>();
        var refused = new ConcurrentQueue<Answer>();
        using var enough = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 4).Select(_ => WriteAsync(server.Address, acknowledged, refused, enough.Token)).ToArray();
        await Until.TrueAsync(() => acknowledged.Count >= 20, "twenty acknowledged cases");
        var began = Stopwatch.GetTimestamp();
        Cut(engine, data, cable);

        await Until.TrueAsync(async () => await StatusAsync(desk, "/health/ready") == 503, "readiness to be red");
        var red = Stopwatch.GetElapsedTime(began);
        var before = acknowledged.Count;
        await Until.TrueAsync(() => refused.Count >= 4, "every writer to be refused");
        Assert.Equal(200, await StatusAsync(desk, "/health/live"));
        var page = await desk.GetAsync("/desk");
        Assert.Equal(503, page.Status);
        Assert.Contains("niet bewaard", page.Text, StringComparison.Ordinal);
        Assert.Contains("href=\"/desk\">Probeer opnieuw</a>", page.Text, StringComparison.Ordinal);
        Assert.Contains("href=\"/desk?topic=debts\">Try again</a>", (await english.GetAsync("/desk?topic=debts")).Text, StringComparison.Ordinal);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (Stopwatch.GetElapsedTime(began) < Outage)
        {
            await timer.WaitForNextTickAsync();
        }

        Assert.Equal(before, acknowledged.Count);
        Mend(engine, data, cable);
        var back = Stopwatch.GetTimestamp();
        await Until.TrueAsync(async () => await StatusAsync(desk, "/health/ready") == 200, "readiness to be green again");
        var green = Stopwatch.GetElapsedTime(back);
        await Until.TrueAsync(() => acknowledged.Count >= before + 20, "twenty more acknowledged cases");
        await enough.CancelAsync();
        await Task.WhenAll(writers);

        Assert.All(refused, answer => Assert.Equal((503, "database-gone"), (answer.Status, answer.Code)));
        foreach (var id in acknowledged)
        {
            (await desk.GetAsync($"/api/v1/cases/{id}")).Ok();
        }

        output.WriteLine($"{engine}: gone {Outage.TotalSeconds} s; red after {red.TotalSeconds:0.0} s, green {green.TotalSeconds:0.0} s after its return; {acknowledged.Count} acknowledged and there, {refused.Count} refused with 503");
    }

    private static TcpProxy? Cable() => SqlServerDatabases.Server is not { } server ? null
        : new SqlConnectionStringBuilder(server).DataSource.Replace("tcp:", "", StringComparison.Ordinal).Split(',') is [var host, var port]
            ? new TcpProxy(host, int.Parse(port, CultureInfo.InvariantCulture)) : new TcpProxy(new SqlConnectionStringBuilder(server).DataSource, 1433);

    private static async Task<string> ThroughAsync(TcpProxy cable) => new SqlConnectionStringBuilder(await SqlServerDatabases.BorrowAsync())
    {
        DataSource = string.Create(CultureInfo.InvariantCulture, $"tcp:127.0.0.1,{cable.Port}"), TrustServerCertificate = true,
    }.ToString();

    private static void Cut(TestEngine engine, TempFolder data, TcpProxy? cable)
    {
        if (engine == TestEngine.SqlServer)
        {
            cable!.Cut();
        }
        else
        {
            File.Move(data.In("loket.db"), data.In("elsewhere.db"));
        }
    }

    private static void Mend(TestEngine engine, TempFolder data, TcpProxy? cable)
    {
        if (engine == TestEngine.SqlServer)
        {
            cable!.Mend();
        }
        else
        {
            Assert.False(File.Exists(data.In("loket.db")), "An empty database was made in its place.");
            File.Move(data.In("elsewhere.db"), data.In("loket.db"));
        }
    }

    private static async Task<int> StatusAsync(Session anyone, string path) => (await anyone.GetAsync(path)).Status;

    private static async Task WriteAsync(Uri address, ConcurrentQueue<string> acknowledged, ConcurrentQueue<Answer> refused, CancellationToken enough)
    {
        using var desk = await Session.At(address).SignInAsync(Utrecht);
        while (!enough.IsCancellationRequested)
        {
            var answer = await desk.PostAsync("/api/v1/cases", new { question = "Hoe vraag ik dit aan?", kind = "none", topic = "debts", municipality = "gm0518" });
            if (answer.Status is >= 200 and < 300)
            {
                acknowledged.Enqueue(answer["caseId"]);
            }
            else
            {
                refused.Enqueue(answer);
            }
        }
    }
}
