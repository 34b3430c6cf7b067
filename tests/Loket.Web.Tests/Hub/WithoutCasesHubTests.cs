using System.Reflection;
using System.Text.Json;
using Loket.Web.Live;
using Loket.Web.Tests.Server;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Hub;

/// <summary>Who has a role without case content, over the hub, with the ids of something that runs: nothing is answered and nothing is pushed.</summary>
[Collection(ServerCollection.Name)]
public sealed class WithoutCasesHubTests(ServerFixture loket, ITestOutputHelper output)
{
    [Fact]
    public async Task No_method_of_the_hub_gives_a_role_without_cases_anything_of_a_case()
    {
        await loket.ExecuteAsync("UPDATE professional SET line_manager = 0, privacy_officer = 1 WHERE id = 3012");
        using var desk = await loket.AsAsync(1004);
        using var specialist = await loket.AsAsync(1012);
        await using var line = await LiveClient.EnterAsync(loket.Server.Address, specialist);
        await specialist.BecomeFreeAsync();
        var caseId = await desk.OpenCaseAsync("civil_affairs", "gm0344", "Geheime vraag");
        var talk = await desk.AskAsync(caseId, "Geheim: welk document?");
        var offer = await specialist.RungAsync();
        var asked = 0;
        foreach (var id in new long[] { 3001, 3021, 3901, 3012 })
        {
            using var person = await loket.AsAsync(id);
            await using var prying = await LiveClient.EnterAsync(loket.Server.Address, person);
            foreach (var (method, arguments) in Calls(caseId, talk, offer))
            {
                try
                {
                    var said = await prying.CallAsync(method, arguments);
                    // The own presence is nobody's case.
                    Assert.True(said is not { Ok: true } || method is "Enter" or "SetPresence", $"{id} {method}: {JsonSerializer.Serialize(said)}");
                    Assert.DoesNotContain("Geheim", JsonSerializer.Serialize(said), StringComparison.Ordinal);
                }
                catch (Exception fault) when (fault is Microsoft.AspNetCore.SignalR.HubException or JsonException or InvalidOperationException)
                {
                    Assert.DoesNotContain("Geheim", fault.Message, StringComparison.Ordinal);
                }

                asked++;
            }

            Assert.Empty(prying.Typings);
            Assert.DoesNotContain(prying.Hints, h => h.GetProperty("caseId").GetString() == caseId || h.ToString().Contains("Geheim", StringComparison.Ordinal));
        }

        // An information point has no direct line at all.
        using var point = await loket.AsAsync(3031);
        var refused = await Assert.ThrowsAnyAsync<System.Net.WebSockets.WebSocketException>(() => LiveClient.ConnectAsync(loket.Server.Address, point));
        Assert.Contains("'403'", refused.Message, StringComparison.Ordinal);
        var known = Calls("1", "1", "1").Select(c => c.Method).Append("Voice").ToHashSet();
        Assert.Empty(typeof(LiveHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => !m.IsSpecialName && !m.Name.StartsWith("On", StringComparison.Ordinal)).Select(m => m.Name).Except(known));
        Assert.Equal(offer, await specialist.OfferAsync());
        await specialist.AcceptAsync();
        (await specialist.PostAsync($"/api/v1/handoffs/{talk}/confirm", new { how = "headset" })).Ok();
        (await specialist.PostAsync($"/api/v1/handoffs/{talk}/finish", new { outcome = "answered", text = "Klaar." })).Ok();
        (await specialist.PostAsync($"/api/v1/handoffs/{talk}/done")).Ok();
        (await specialist.PutAsync("/api/v1/me/presence", new { state = "offline" })).Ok();
        output.WriteLine($"{asked} hub calls by 4 roles without cases: nothing answered, nothing pushed");
    }

    private static IEnumerable<(string Method, object?[] Arguments)> Calls(string caseId, string talk, string offer) =>
    [
        ("Enter", []), ("SetPresence", ["available", null]), ("Accept", [offer, null]), ("Decline", [offer, "no_capacity", null, null, null]), ("MoreTime", [offer, null]),
        ("Send", [talk, "Ik lees mee", null]), ("WatchCase", [caseId]), ("UnwatchCase", [caseId]), ("WatchLines", [new[] { "gm0344-civil-affairs" }]), ("Typing", [talk]),
        ("JoinVoice", [talk]), ("LeaveVoice", []), ("Missed", ["2026-01-01T00:00:00.000Z"]),
    ];
}
