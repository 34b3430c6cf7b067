using System.Net;
using Loket.Simulation.Client;

namespace Loket.Simulation.Actors;

/// <summary>What a desk can ask: a topic at a municipality whose line has people in the simulation.</summary>
public sealed record Subject(string Topic, string Municipality);

/// <summary>A desk: citizen after citizen, each with a case, a question to a line, and what was agreed.</summary>
public sealed class FrontOffice(Professional api, Somebody who, Play play, IReadOnlyList<Subject> subjects)
    : Worker(api, who, play)
{
    /// <summary>Test numbers that pass the eleven test; they may reach nobody but who they were given to.</summary>
    public static readonly string[] Bsns = ["999993112", "999990019", "999993653"];

    private static readonly string[] Running = ["queued", "offered", "accepted", "connected"];

    protected override async Task TurnAsync(CancellationToken stop)
    {
        var subject = subjects[Random.Shared.Next(subjects.Count)];
        var opened = await DoAsync("open a case", "api/v1/cases", new
        {
            question = "Ik kan de huur niet betalen en krijg brieven.",
            kind = "person",
            topic = subject.Topic,
            municipality = subject.Municipality,
            name = "G. de Vries",
            bsn = Chance(50) ? Bsns[Random.Shared.Next(Bsns.Length)] : null,
        }, acknowledged: answer => Ledger.Open(answer.Text("caseId"), answer.Text("number"), Who.Id));
        if (!opened.IsOk)
        {
            return;
        }

        var id = opened.Text("caseId");
        Expect(await SeePageAsync(id), "the page of a case that was just opened");
        await PauseAsync(20, 200, stop);
        if (Chance(5))
        {
            await LeakAsync(id);
        }

        if (await AskAsync(id) is { } handoff)
        {
            await FollowAsync(id, handoff, stop);
        }

        await AgreeAsync(id);
        await PauseAsync(50, 300, stop);
    }

    private async Task<bool> SeePageAsync(string id)
    {
        try
        {
            var status = await Api.PageAsync($"/cases/{id}");
            return status == HttpStatusCode.OK || (Faults == FaultKind.Db && status == HttpStatusCode.ServiceUnavailable);
        }
        catch (Exception broken) when (broken is HttpRequestException or TaskCanceledException)
        {
            return true;
        }
    }

    private async Task LeakAsync(string id)
    {
        var answer = await DoAsync(
            "ask with a BSN in the question", $"api/v1/cases/{id}/handoffs",
            new { mode = "warm", citizenAt = "desk", lineQuestion = $"Mijn man Gerrit, {Bsns[0]}, kan dat?" }, id);
        Expect(!answer.IsOk, "a line question with a BSN is refused");
    }

    private async Task<string?> AskAsync(string id)
    {
        var mode = Chance(60) ? "warm" : Chance(50) ? "consult" : "cold";
        Ledger.Asked(id);
        var asked = await DoAsync(
            "request a handoff", $"api/v1/cases/{id}/handoffs",
            new { mode, citizenAt = "desk", lineQuestion = "Kan de betalingsregeling opnieuw worden bekeken?", urgent = Chance(20) }, id,
            answer =>
            {
                Ledger.Cases[id].Handoffs[answer.Text("handoffId")] = Who.Id;
                Ledger.Acknowledge(id, "request", answer.Text("handoffId"), Who.Id);
            });
        return asked.IsOk ? asked.Text("handoffId") : null;
    }

    private async Task FollowAsync(string id, string handoff, CancellationToken stop)
    {
        var said = false;
        for (var look = 0; look < 40; look++)
        {
            var lines = await SeeAsync("lines of a case", $"api/v1/cases/{id}/lines");
            var state = lines.IsOk && lines.Body.GetProperty("ringing") is { ValueKind: System.Text.Json.JsonValueKind.Object } ringing
                ? ringing.GetProperty("state").GetString()
                : null;
            if (state is null || !Running.Contains(state))
            {
                return;
            }

            if (state is "queued" or "offered" && Chance(4))
            {
                await StopAsync(id, handoff);
            }
            else if (state is "accepted" or "connected" && !said)
            {
                said = await SayAsync(id, handoff);
            }

            await PauseAsync(100, 250, stop);
        }
    }

    private async Task StopAsync(string id, string handoff)
    {
        var how = new[] { "withdraw", "citizen-left", "next-line", "callback" }[Random.Shared.Next(4)];
        await DoAsync($"while it rings: {how}", $"api/v1/handoffs/{handoff}/{how}", null, id, _ => Ledger.Acknowledge(id, how, handoff, Who.Id));
    }

    private async Task<bool> SayAsync(string id, string handoff)
    {
        await DoAsync(
            "say something", $"api/v1/handoffs/{handoff}/messages", new { text = "De inwoner zit naast mij." }, id,
            answer => Ledger.Acknowledge(id, "message", $"{handoff}/{answer.Text("messageId")}", Who.Id));
        return true;
    }

    private async Task AgreeAsync(string id)
    {
        if (!Chance(40))
        {
            return;
        }

        var due = TimeProvider.System.GetUtcNow().AddDays(2).UtcDateTime;
        var made = await DoAsync("make a promise", $"api/v1/cases/{id}/promises", new { text = "Ik bel u over de brief.", dueAt = due }, id,
            answer => Ledger.Acknowledge(id, "promise", answer.Text("promiseId"), Who.Id));
        if (made.IsOk && Chance(40))
        {
            var promise = made.Text("promiseId");
            await DoAsync("keep a promise", $"api/v1/promises/{promise}/kept", null, id, _ => Ledger.Acknowledge(id, "kept", promise, Who.Id));
        }
    }

    private void Expect(bool holds, string what)
    {
        if (!holds)
        {
            Ledger.Violate($"not so: {what}");
        }
    }
}
