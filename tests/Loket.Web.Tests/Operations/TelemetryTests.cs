using System.Collections.Concurrent;
using System.Text;
using Loket.Web.Tests.Server;
using Loket.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Loket.Web.Tests.Operations;

/// <summary>What leaves the process over OTLP, and what the log says: enough to see how it does, nothing of anybody.</summary>
[Collection(ServerCollection.Name)]
public sealed class TelemetryTests
{
    private const int Utrecht = 1001;
    private const int SupervisorOfUtrecht = 1007;
    private const int FirstOfDebts = 1334;
    private const string Bsn = "999993653";
    private const string Question = "Kan de aflossing van Verbruggen later";

    private static string Texts => File.ReadAllText(Path.Combine(ServerProcess.Solution, "src", "Loket.Web", "Texts", "Texts.restext"));

    [Fact]
    public async Task Measures_and_traces_reach_the_collector_and_neither_they_nor_the_log_hold_anything_of_a_person_or_a_case()
    {
        var received = new ConcurrentQueue<(string Path, string Body)>();
        await using var collector = await CollectorAsync(received);
        using var data = new TempFolder();
        await using var server = await ServerProcess.StartAsync(
            data.Path, ("Otel__Endpoint", collector.Urls.First()), ("Otel__Protocol", "http"), ("OTEL_METRIC_EXPORT_INTERVAL", "500"), ("OTEL_BSP_SCHEDULE_DELAY", "200"),
            ("Logging__LogLevel__Default", "Debug"), ("Logging__Console__FormatterName", "json"));
        using var desk = await Session.At(server.Address).SignInAsync(Utrecht);
        var caseId = await desk.OpenCaseAsync(question: Question, bsn: Bsn);
        (await desk.GetAsync($"/api/v1/cases/{caseId}")).Ok();
        await desk.GetAsync($"/search?q={Uri.EscapeDataString(Question)}");
        await desk.AskAsync(caseId, Question);

        foreach (var (path, text) in ((string Path, string Text)[])
            [("/v1/metrics", "loket.write"), ("/v1/metrics", "loket.lane.batch"), ("/v1/metrics", "loket.lane.held"), ("/v1/metrics", "loket.told"), ("/v1/metrics", "loket.tail.behind"), ("/v1/metrics", "loket.lease.age"), ("/v1/metrics", "loket.waiting"), ("/v1/traces", "loket.operation")])
        {
            await Until.TrueAsync(() => received.Any(r => r.Path == path && r.Body.Contains(text, StringComparison.Ordinal)), $"{text} at {path}");
        }

        var log = string.Join('\n', server.Lines.Where(line => line.StartsWith('{')));
        Assert.NotEmpty(log);
        foreach (var personal in (string[])[Bsn, "Verbruggen", "aflossing"])
        {
            Assert.DoesNotContain(received, r => r.Body.Contains(personal, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(personal, log, StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotContain(received, r => r.Body.Contains(caseId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_operator_sees_how_the_node_does_and_a_desk_does_not()
    {
        using var data = new TempFolder();
        await using var server = await ServerProcess.StartAsync(data.Path);
        using var desk = await Session.At(server.Address).SignInAsync(Utrecht);
        using var supervisor = await Session.At(server.Address).SignInAsync(SupervisorOfUtrecht);
        using var specialist = await Session.At(server.Address).SignInAsync(FirstOfDebts);
        await Until.TrueAsync(async () => (await supervisor.GetAsync("/health/ready")).Status == 200, "a node that is ready");
        await specialist.BecomeFreeAsync();
        await desk.AskAsync(await desk.OpenCaseAsync());

        var status = (await supervisor.GetAsync("/api/v1/status")).Ok().Json;
        Assert.True(status.GetProperty("health").GetProperty("isReady").GetBoolean());
        Assert.Equal(1, status.GetProperty("nodes").GetArrayLength());
        Assert.Equal(1, status.GetProperty("queues").GetProperty("waiting").GetInt32());
        Assert.All(status.GetProperty("consumers").EnumerateArray(), c => Assert.Contains($"consumer.{c.GetProperty("name").GetString()} =", Texts, StringComparison.Ordinal));
        Assert.Contains(status.GetProperty("measures").EnumerateArray(), m => m.GetProperty("code").GetString() == "write" && m.GetProperty("recent").GetProperty("values").GetInt32() > 0);
        Assert.Equal(403, (await desk.GetAsync("/api/v1/status")).Status);
        foreach (var language in (string[])["nl", "en"])
        {
            await supervisor.FormAsync("/language", new Dictionary<string, string>(StringComparer.Ordinal) { ["lang"] = language });
            var page = (await supervisor.GetAsync("/status")).Ok().Text;
            Assert.Contains(language == "nl" ? "Deze server doet mee" : "This server takes part", page, StringComparison.Ordinal);
            Assert.DoesNotContain("status.", page, StringComparison.Ordinal);
            Assert.DoesNotContain("measure.", page, StringComparison.Ordinal);
        }
    }

    private static async Task<WebApplication> CollectorAsync(ConcurrentQueue<(string Path, string Body)> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = builder.Build();
        collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            // Protocol buffers keep texts as they are.
            received.Enqueue((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
        });
        await collector.StartAsync();
        return collector;
    }
}
