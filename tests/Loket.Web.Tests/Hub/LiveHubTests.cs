using System.Net.WebSockets;
using System.Text.Json;
using Loket.Web.Tests.Server;

namespace Loket.Web.Tests.Hub;

/// <summary>The direct line as another system drives it: over a web socket, beside the real server.</summary>
[Collection(ServerCollection.Name)]
public sealed class LiveHubTests(ServerFixture loket)
{
    private const long Desk = 1001;
    private const long Stranger = 1407;
    private const string Citizen = "Anne-Marie Verheul";
    private const string Bsn = "999991279";
    private static readonly string[] HintFields = ["caseId", "id", "kind", "version"];

    private Uri Address => loket.Server.Address;

    [Fact]
    public async Task An_offer_is_hinted_accepted_and_the_same_key_gives_the_same_answer()
    {
        using var desk = await loket.AsAsync(Desk);
        using var specialist = await loket.AsAsync(1334);
        await using var line = await LiveClient.EnterAsync(Address, specialist);
        var free = await line.CallAsync("SetPresence", "available", "presence-key-1");
        Assert.Equal("available", free.Value!.Value.GetProperty("state").GetString());
        var caseId = await desk.OpenCaseAsync(bsn: Bsn);
        await desk.AskAsync(caseId);
        await line.HintedAsync("offer");
        var offer = await specialist.RungAsync();

        var first = await line.CallAsync("Accept", offer, "accept-key-1");
        var again = await line.CallAsync("Accept", offer, "accept-key-1");
        var overHttp = await specialist.PostAsync($"/api/v1/offers/{offer}/accept", key: "accept-key-1");
        var otherKey = await line.CallAsync("Accept", offer, "accept-key-2");
        var otherBody = await line.CallAsync("Decline", offer, "no_capacity", null, null, "accept-key-1");

        Assert.True(first.Ok);
        Assert.Equal(first.Value!.Value.GetRawText(), again.Value!.Value.GetRawText());
        Assert.Equal(first.Value!.Value.GetRawText(), overHttp.Text);
        Assert.Equal((false, "offer-answered"), (otherKey.Ok, otherKey.Refusal));
        Assert.Equal((false, "key-reused"), (otherBody.Ok, otherBody.Refusal));
        await FinishAsync(desk, specialist, first.Value!.Value.GetProperty("handoffId").GetString()!);
    }

    [Fact]
    public async Task A_decline_over_the_hub_needs_its_reason_and_moves_the_offer_on()
    {
        using var desk = await loket.AsAsync(Desk);
        using var first = await loket.AsAsync(1321);
        using var second = await loket.AsAsync(1323);
        await using var line = await LiveClient.EnterAsync(Address, first);
        await using var next = await LiveClient.EnterAsync(Address, second);
        await first.BecomeFreeAsync();
        await second.BecomeFreeAsync();
        var handoff = await desk.AskAsync(await desk.OpenCaseAsync("permits"));
        var offer = await first.RungAsync();

        Assert.Equal("decline-text-missing", (await line.CallAsync("Decline", offer, "other", null, null, null)).Refusal);
        Assert.Equal("decline-reason-unknown", (await line.CallAsync("Decline", offer, "tired", null, null, null)).Refusal);
        Assert.True((await line.CallAsync("Decline", offer, "no_capacity", null, null, null)).Ok);
        await next.HintedAsync("offer");
        await second.RungAsync();
        (await desk.PostAsync($"/api/v1/handoffs/{handoff}/withdraw")).Ok();
        await LeaveAsync(first, second);
    }

    [Fact]
    public async Task Hints_carry_ids_and_nothing_of_a_person()
    {
        using var desk = await loket.AsAsync(1002);
        using var specialist = await loket.AsAsync(1338);
        await using var watching = await LiveClient.EnterAsync(Address, desk);
        await using var line = await LiveClient.EnterAsync(Address, specialist);
        await specialist.BecomeFreeAsync();
        var caseId = await desk.OpenCaseAsync("care_wmo", question: "Geheime zorgvraag", bsn: Bsn);
        Assert.True((await watching.CallAsync("WatchCase", caseId)).Ok);
        (await desk.PostAsync($"/api/v1/cases/{caseId}/identity", new { method = "document" })).Ok();
        var talk = await desk.AskAsync(caseId);
        await specialist.AcceptAsync();
        (await specialist.PostAsync($"/api/v1/handoffs/{talk}/confirm", new { how = "headset" })).Ok();
        Assert.True((await line.CallAsync("Send", talk, "Vertrouwelijk bericht", "message-key-1")).Ok);
        (await specialist.PostAsync($"/api/v1/cases/{caseId}/promises", new { text = "Geheime toezegging", dueAt = TimeProvider.System.GetUtcNow().AddDays(3), handoffId = talk })).Ok();
        await FinishAsync(desk, specialist, talk, confirmed: true);

        foreach (var kind in new[] { "handoff", "message", "promise", "offer" })
        {
            await watching.HintedAsync(kind);
        }

        var all = watching.Hints.Concat(line.Hints).ToList();
        Assert.All(all, hint =>
        {
            Assert.Equal(HintFields, hint.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
            Assert.True(hint.GetProperty("id").ValueKind is JsonValueKind.String or JsonValueKind.Null, hint.GetRawText());
        });
        var words = string.Join('\n', all.Select(h => h.GetRawText()));
        foreach (var secret in new[] { Bsn, Citizen, "Verheul", "Geheime", "Vertrouwelijk", "Gerard", "Sanne" })
        {
            Assert.DoesNotContain(secret, words, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_stranger_cannot_watch_write_answer_or_be_heard_typing()
    {
        using var desk = await loket.AsAsync(1003);
        using var specialist = await loket.AsAsync(1326);
        using var stranger = await loket.AsAsync(Stranger);
        await using var line = await LiveClient.EnterAsync(Address, specialist);
        await using var sender = await LiveClient.EnterAsync(Address, desk);
        await using var prying = await LiveClient.EnterAsync(Address, stranger);
        await specialist.BecomeFreeAsync();
        var caseId = await desk.OpenCaseAsync("work_income");
        var talk = await desk.AskAsync(caseId);
        var offer = await specialist.RungAsync();

        Assert.Equal("case-unknown", (await prying.CallAsync("WatchCase", caseId)).Refusal);
        Assert.Equal("offer-unknown", (await prying.CallAsync("Accept", offer, null)).Refusal);
        Assert.Equal("offer-unknown", (await prying.CallAsync("Decline", offer, "no_capacity", null, null, null)).Refusal);
        Assert.Equal("offer-unknown", (await prying.CallAsync("MoreTime", offer, null)).Refusal);
        await specialist.AcceptAsync();
        Assert.Equal("handoff-unknown", (await prying.CallAsync("Send", talk, "Ik luister mee", null)).Refusal);
        await prying.SendAsync("Typing", talk);
        await line.SendAsync("Typing", talk);

        // Calls of one connection are handled in order: once the specialist's typing is there, the stranger's would be too.
        await Until.TrueAsync(() => sender.Typings.Count > 0, "the desk to see typing");
        var seen = Assert.Single(sender.Typings);
        Assert.Equal((talk, "Mirjam van der Wal"), (seen.GetProperty("handoffId").GetString(), seen.GetProperty("who").GetString()));
        Assert.Empty(line.Typings);
        Assert.Empty(prying.Typings);
        Assert.DoesNotContain(prying.Hints, h => h.GetProperty("caseId").GetString() == caseId);
        await FinishAsync(desk, specialist, talk);
    }

    [Fact]
    public async Task Nobody_connects_without_signing_in()
    {
        using var anyone = loket.Anyone();
        await Assert.ThrowsAsync<WebSocketException>(() => LiveClient.ConnectAsync(Address, anyone));
    }

    [Fact]
    public async Task An_id_that_is_no_number_is_refused_and_the_line_stays_open()
    {
        using var specialist = await loket.AsAsync(1340);
        await using var line = await LiveClient.EnterAsync(Address, specialist);
        var fault = await Assert.ThrowsAsync<Microsoft.AspNetCore.SignalR.HubException>(() => line.CallAsync("Accept", "1 OR 1=1", null));
        Assert.Contains("id-unreadable", fault.Message, StringComparison.Ordinal);
        Assert.Equal("offer-unknown", (await line.CallAsync("Accept", "1", null)).Refusal);
    }

    private static async Task FinishAsync(Session desk, Session specialist, string talk, bool confirmed = false)
    {
        if (!confirmed)
        {
            (await specialist.PostAsync($"/api/v1/handoffs/{talk}/confirm", new { how = "headset" })).Ok();
        }

        (await specialist.PostAsync($"/api/v1/handoffs/{talk}/finish", new { outcome = "answered", text = "Klaar." })).Ok();
        (await specialist.PostAsync($"/api/v1/handoffs/{talk}/done")).Ok();
        await LeaveAsync(specialist);
    }

    private static async Task LeaveAsync(params Session[] specialists)
    {
        foreach (var specialist in specialists)
        {
            (await specialist.PutAsync("/api/v1/me/presence", new { state = "offline" })).Ok();
        }
    }
}
