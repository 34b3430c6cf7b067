using System.Net;
using System.Net.Sockets;
using Loket.Simulation;
using Loket.Simulation.Actors;
using Loket.Simulation.Checks;
using Loket.Simulation.Client;
using Loket.Simulation.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Loket.Web.Tests.Server;

/// <summary>What the simulation makes of a server that is too busy to answer when it is compared.</summary>
public sealed class ComparisonTests
{
    private const string Desk = "1001";
    private const int Never = int.MaxValue;
    private readonly Ledger ledger = new();

    [Theory]
    [InlineData(429), InlineData(503)]
    public async Task What_is_not_answered_is_asked_again_and_not_called_lost(int silence)
    {
        await CompareAsync(silence, times: 2, TimeSpan.FromMinutes(1));

        Assert.Empty(ledger.Violations);
        Assert.Equal(2, ledger.Counts["comparisons without an answer, asked again"]);
    }

    [Fact]
    public async Task What_is_never_answered_leaves_nothing_to_say()
    {
        await Assert.ThrowsAsync<NothingToSayException>(() => CompareAsync(503, Never, TimeSpan.Zero));

        Assert.Empty(ledger.Violations);
    }

    [Fact]
    public async Task What_is_answered_as_not_there_is_lost()
    {
        await CompareAsync(404, Never, TimeSpan.FromMinutes(1));

        Assert.Contains("is not there", Assert.Single(ledger.Violations), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_listens_there_already_is_not_taken_for_the_node()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var other = builder.Build();
        other.MapGet("/sign-in", () => Results.Ok());
        await other.StartAsync();
        await using var node = new NodeProcess(ServerProcess.Program, new Uri(other.Urls.First()), new Dictionary<string, string>());

        await Assert.ThrowsAsync<NothingToSayException>(node.StartAsync);
    }

    [Fact]
    public async Task A_node_that_listens_and_stands_still_is_not_ready()
    {
        using var still = new TcpListener(IPAddress.Loopback, 0);
        still.Start();
        var address = new UriBuilder("http", "127.0.0.1", ((IPEndPoint)still.LocalEndpoint).Port).Uri;
        await using var node = new NodeProcess(ServerProcess.Program, address, new Dictionary<string, string>()) { AnswerWithin = TimeSpan.FromMilliseconds(200) };

        Assert.False(await node.IsReadyAsync());
    }

    // A server that knows one case, and whose first answers about it are these.
    private async Task CompareAsync(int status, int times, TimeSpan patience)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var server = builder.Build();
        var asked = 0;
        server.MapPost("/api/v1/demo/session", () => Results.Ok());
        server.MapGet("/api/v1/cases/7", () => ++asked > times
            ? Results.Json(new { number = "Z-7", ownerName = "Fatima" })
            : Results.Json(new { code = status == 503 ? "database-gone" : "other" }, statusCode: status));
        server.MapGet("/api/v1/cases/7/timeline", () => Results.Json(Array.Empty<object>()));
        server.MapGet("/api/v1/cases/7/lines", () => Results.Json(new { }));
        await server.StartAsync();
        await using var desk = await Professional.SignInAsync(new Uri(server.Urls.First()), Desk);
        var play = new Play(ledger, new Gate(), FaultKind.None, patience);
        ledger.Open("7", "Z-7", Desk);

        await new FinalState(ledger, new Dictionary<string, Worker> { [Desk] = new FrontOffice(desk, new Somebody(Desk, "Fatima", "gm0344", 1, 0, 0, null), play, []) }, patience)
            .RunAsync(everything: true);
    }
}
