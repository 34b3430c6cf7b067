using System.Collections.Concurrent;
using Loket.Web.Tests.Hub;
using Loket.Web.Tests.Support;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Server;

/// <summary><c>kill -9</c> in the middle of the work, and a start on the same data.</summary>
[Collection(ServerCollection.Name)]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Utrecht = 1001;
    private const int SupervisorOfUtrecht = 1007;
    private const int FirstOfDebts = 1334;
    private const int SecondOfDebts = 1336;
    private const int Permits = 1321;

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_kill_the_journal_verifies_and_the_offer_goes_to_the_next()
    {
        using var data = new TempFolder();
        var acknowledged = new ConcurrentDictionary<string, string>();
        var keys = new ConcurrentQueue<string>();
        string talking, talk, ringing;
        DateTimeOffset due;

        await using (var server = await ServerProcess.StartAsync(data.Path))
        {
            using var desk = await Session.At(server.Address).SignInAsync(Utrecht);
            using var talker = await Session.At(server.Address).SignInAsync(Permits);
            using var first = await Session.At(server.Address).SignInAsync(FirstOfDebts);
            using var second = await Session.At(server.Address).SignInAsync(SecondOfDebts);
            await talker.BecomeFreeAsync();
            talking = await desk.OpenCaseAsync("permits");
            talk = await desk.AskAsync(talking);
            await talker.AcceptAsync();
            (await talker.PostAsync($"/api/v1/handoffs/{talk}/confirm", new { how = "headset" })).Ok();
            due = TimeProvider.System.GetUtcNow().AddSeconds(12);
            (await desk.PostAsync($"/api/v1/cases/{talking}/promises", new { text = "Ik bel vandaag nog", dueAt = due })).Ok();
            await first.BecomeFreeAsync();
            await second.BecomeFreeAsync();
            ringing = await desk.AskAsync(await desk.OpenCaseAsync());
            await first.RungAsync();

            // Eight writers at once; the plug is pulled while they write.
            var writers = Enumerable.Range(0, 8).Select(_ => WriteAsync(talker, talk, keys, acknowledged)).ToArray();
            await Until.TrueAsync(() => acknowledged.Count >= 40, "40 acknowledged messages");
            await server.KillAsync();
            await Task.WhenAll(writers);
        }

        Assert.True(keys.Count > acknowledged.Count, "The kill came between two requests: nothing was in flight.");
        await VerifyAsync(data.Path);
        Assert.Equal(0, await Database.CountAsync(data.In("loket.db"), "SELECT COUNT(*) FROM escalation"));
        await Until.TrueAsync(() => TimeProvider.System.GetUtcNow() > due, "the promise to fall due while the server is down");

        await using (var server = await ServerProcess.StartAsync(data.Path))
        {
            using var talker = await Session.At(server.Address).SignInAsync(Permits);
            using var desk = await Session.At(server.Address).SignInAsync(Utrecht);
            using var supervisor = await Session.At(server.Address).SignInAsync(SupervisorOfUtrecht);
            using var second = await Session.At(server.Address).SignInAsync(SecondOfDebts);
            await using var line = await LiveClient.EnterAsync(server.Address, second);

            var kept = await MessagesAsync(talker, talk);
            Assert.DoesNotContain(acknowledged, a => !kept.ContainsKey(a.Value));
            foreach (var (text, id) in acknowledged)
            {
                Assert.Equal(text, kept[id]);
                Assert.Equal(id, (await talker.PostAsync($"/api/v1/handoffs/{talk}/messages", new { text }, text)).Ok()["messageId"]);
            }

            // What was not acknowledged is wholly there or wholly absent; sent again under its key it is there once.
            foreach (var text in keys.Where(k => !acknowledged.ContainsKey(k)))
            {
                (await talker.PostAsync($"/api/v1/handoffs/{talk}/messages", new { text }, text)).Ok();
            }

            var all = await MessagesAsync(talker, talk);
            Assert.Equal(keys.Order(StringComparer.Ordinal), all.Values.Order(StringComparer.Ordinal));

            await second.RungAsync();
            await Until.TrueAsync(
                async () => (await supervisor.GetAsync("/api/v1/chain")).Ok().Json.GetProperty("escalations").EnumerateArray().Any(e => e.GetProperty("caseId").GetString() == talking),
                "the supervisor to be told of the promise that fell due while the server was down");
            Assert.Equal("offered", await StateAsync(data, ringing));
            output.WriteLine($"{acknowledged.Count} of {keys.Count} messages were acknowledged before the kill; all {acknowledged.Count} are there, none twice");
            await server.KillAsync();
        }

        await VerifyAsync(data.Path);
    }

    [Fact]
    public async Task An_entry_changed_behind_its_back_makes_the_journal_fail_to_verify()
    {
        using var data = new TempFolder();
        await using (var server = await ServerProcess.StartAsync(data.Path))
        {
            using var desk = await Session.At(server.Address).SignInAsync(Utrecht);
            await desk.OpenCaseAsync();
            await server.KillAsync();
        }

        await Database.ExecuteAsync(data.In("loket.db"), "UPDATE journal SET kind = 'case_closed' WHERE kind = 'case_opened'");
        var (exit, said) = await ServerProcess.RunAsync(data.Path, "verify-journal");
        Assert.Equal(1, exit);
        Assert.Contains("1 cases, ", said, StringComparison.Ordinal);
    }

    private static async Task WriteAsync(Session talker, string talk, ConcurrentQueue<string> keys, ConcurrentDictionary<string, string> acknowledged)
    {
        try
        {
            while (true)
            {
                // Letters only: digits may happen to be a BSN, which a message refuses.
                var key = $"bericht {string.Concat(Guid.NewGuid().ToByteArray().Select(b => (char)('a' + (b % 26))))}";
                keys.Enqueue(key);
                var answer = await talker.PostAsync($"/api/v1/handoffs/{talk}/messages", new { text = key }, key);
                acknowledged[key] = answer.Ok()["messageId"];
            }
        }
        catch (HttpRequestException)
        {
            // The plug was pulled.
        }
    }

    private async Task VerifyAsync(string data)
    {
        var (exit, said) = await ServerProcess.RunAsync(data, "verify-journal");
        output.WriteLine(said.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]);
        Assert.Equal((0, true), (exit, said.Contains("the journal verifies", StringComparison.Ordinal)));
    }

    private static async Task<Dictionary<string, string>> MessagesAsync(Session talker, string talk) =>
        (await talker.GetAsync($"/api/v1/handoffs/{talk}")).Ok().Json.GetProperty("messages").GetProperty("messages").EnumerateArray()
        .Where(m => m.GetProperty("text").GetString() is not null)
        .ToDictionary(m => m.GetProperty("id").GetString()!, m => m.GetProperty("text").GetString()!);

    private static async Task<string> StateAsync(TempFolder data, string handoff) =>
        await Database.CountAsync(data.In("loket.db"), $"SELECT COUNT(*) FROM handoff WHERE id = {handoff} AND state = 'offered'") == 1 ? "offered" : "not offered";
}
