using System.Text.Json;
using Loket.Simulation.Client;
using Microsoft.AspNetCore.SignalR.Client;

namespace Loket.Simulation.Actors;

/// <summary>A specialist: there over the hub, answers what rings, talks, ends with an outcome, and is free again.</summary>
public sealed class Specialist : Worker
{
    private readonly SemaphoreSlim rung = new(0);

    public Specialist(Professional api, Somebody who, Play play)
        : base(api, who, play)
    {
        api.Hinted += hint =>
        {
            Ledger.Count("hints");
            if (hint.Kind == "offer")
            {
                Ledger.Rung(hint.CaseId);
                rung.Release();
            }
        };
    }

    protected override async Task TurnAsync(CancellationToken stop)
    {
        if (Api.Hub.State == HubConnectionState.Disconnected)
        {
            await Api.EnterAsync();
        }

        await rung.WaitAsync(TimeSpan.FromMilliseconds(Random.Shared.Next(300, 900)), stop);
        if (Faults == FaultKind.Drop && Chance(2))
        {
            Api.Cut();
            Ledger.Count("connections cut");
            await PauseAsync(0, 12_000, stop);
            return;
        }

        var line = (await SeeAsync("own line", "api/v1/me/line")).Body;
        if (line.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        await AnswerAsksAsync(line);
        var pane = line.GetProperty("offer");
        var state = line.GetProperty("presence").GetProperty("state").GetString();
        if (pane.GetProperty("offer") is { ValueKind: JsonValueKind.Object } offer)
        {
            Watch(offer);
            await AnswerAsync(offer, stop);
        }
        else if (pane.GetProperty("conversations").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } talk)
        {
            await TalkAsync(talk.GetProperty("handoffId").GetString()!, stop);
        }
        else if (state is "offline" or "missed" or "break" or "wrap_up")
        {
            await Api.PutAsync("api/v1/me/presence", new { state = "available" });
        }
    }

    // Before acceptance nothing may say who it is about.
    private void Watch(JsonElement offer)
    {
        var text = offer.GetRawText();
        if (FrontOffice.Bsns.FirstOrDefault(text.Contains) is not null || text.Contains("G. de Vries", StringComparison.Ordinal))
        {
            Ledger.Violate("an offer shows who it is about before it was accepted");
        }
    }

    private async Task AnswerAsync(JsonElement offer, CancellationToken stop)
    {
        var id = offer.GetProperty("id").GetString()!;
        var handoff = offer.GetProperty("handoffId").GetString()!;
        await PauseAsync(20, 400, stop);
        var dice = Random.Shared.Next(100);
        if (dice < 8)
        {
            // Goes for coffee: the offer has to go on without this person.
            await PauseAsync(500, 3_000, stop);
        }
        else if (dice < 22)
        {
            await DoAsync(
                "decline", $"api/v1/offers/{id}/decline", new { reason = "no_capacity" },
                acknowledged: answer => Ledger.Acknowledge(answer.Text("caseId"), "decline", id, Who.Id));
        }
        else
        {
            await AcceptAsync(id, handoff);
        }
    }

    private async Task AcceptAsync(string id, string handoff)
    {
        // Two clicks at once, each with a key of its own: one takes it, the other is told that it was answered.
        var clicks = Chance(20) ? 2 : 1;
        var answers = await Task.WhenAll(Enumerable.Range(0, clicks).Select(_ => DoAsync(
            "accept", $"api/v1/offers/{id}/accept", acknowledged: answer => Ledger.Acknowledge(answer.Text("caseId"), "accept", $"{handoff}/{id}", Who.Id))));
        if (answers.Count(a => a.IsOk) > 1)
        {
            Ledger.Violate($"offer {id} was accepted twice");
        }

        if (answers.Any(a => a.IsOk))
        {
            Ledger.Count("handoffs accepted");
        }
    }

    private async Task TalkAsync(string handoff, CancellationToken stop)
    {
        var seen = await SeeAsync("a conversation", $"api/v1/handoffs/{handoff}");
        if (!seen.IsOk)
        {
            return;
        }

        var caseId = seen.Text("caseId");
        var side = seen.Body.GetProperty("side");
        if (side.GetProperty("state").GetString() == "wrapping")
        {
            await DoneAsync(caseId, handoff);
            return;
        }

        if (side.GetProperty("mayConfirm").GetBoolean())
        {
            await DoAsync(
                "have the citizen", $"api/v1/handoffs/{handoff}/confirm", new { how = "headset" }, caseId,
                _ => Ledger.Acknowledge(caseId, "confirm", handoff, Who.Id));
        }

        await DoAsync(
            "say something", $"api/v1/handoffs/{handoff}/messages", new { text = "Goedendag, ik lees mee." }, caseId,
            answer => Ledger.Acknowledge(caseId, "message", $"{handoff}/{answer.Text("messageId")}", Who.Id));
        await PauseAsync(50, 400, stop);
        await FinishAsync(caseId, handoff);
    }

    private async Task FinishAsync(string caseId, string handoff)
    {
        var outcome = Chance(8) ? "returned" : Chance(30) ? "callback" : Chance(50) ? "answered" : "step_taken";
        var callbackAt = TimeProvider.System.GetUtcNow().AddHours(20).UtcDateTime;
        var finished = await DoAsync(
            "finish", $"api/v1/handoffs/{handoff}/finish",
            new { outcome, text = "Uitgelegd wat er nodig is.", callbackAt = outcome == "callback" ? callbackAt : (DateTime?)null }, caseId,
            _ =>
            {
                Ledger.Acknowledge(caseId, outcome == "returned" ? "return" : "finish", handoff, Who.Id);
                if (outcome == "callback")
                {
                    Ledger.Acknowledge(caseId, "finish with a promise", handoff, Who.Id);
                }
            });
        if (finished.IsOk && outcome != "returned")
        {
            await DoneAsync(caseId, handoff);
        }
    }

    private Task DoneAsync(string caseId, string handoff) => DoAsync(
        "end the wrap-up", $"api/v1/handoffs/{handoff}/done", null, caseId, _ => Ledger.Acknowledge(caseId, "done", handoff, Who.Id));

    private async Task AnswerAsksAsync(JsonElement line)
    {
        foreach (var ask in line.GetProperty("ownershipAsks").EnumerateArray())
        {
            var (id, caseId) = (ask.GetProperty("id").GetString()!, ask.GetProperty("caseId").GetString()!);
            var accepts = Chance(70);
            await DoAsync(
                accepts ? "accept the chain" : "refuse the chain", $"api/v1/ownership/{id}/{(accepts ? "accept" : "refuse")}", new { reason = "Te druk." }, caseId,
                _ => Ledger.Acknowledge(caseId, accepts ? "own" : "disown", id, Who.Id));
        }
    }
}
