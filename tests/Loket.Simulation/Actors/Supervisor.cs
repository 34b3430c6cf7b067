using System.Text.Json;
using Loket.Simulation.Client;

namespace Loket.Simulation.Actors;

/// <summary>A supervisor: looks at the board, acknowledges what was escalated, asks colleagues to take a chain over.</summary>
public sealed class Supervisor(Professional api, Somebody who, Play play, IReadOnlySet<string> specialists)
    : Worker(api, who, play)
{
    protected override async Task TurnAsync(CancellationToken stop)
    {
        await PauseAsync(300, 1_200, stop);
        var board = await SeeAsync("chain board", "api/v1/chain");
        if (!board.IsOk)
        {
            return;
        }

        foreach (var escalation in board.Body.GetProperty("escalations").EnumerateArray().Where(e => e.GetProperty("acknowledgedAt").ValueKind == JsonValueKind.Null))
        {
            await DoAsync("acknowledge an escalation", $"api/v1/escalations/{escalation.GetProperty("id").GetString()}/acknowledge");
        }

        var rows = board.Body.GetProperty("rows").EnumerateArray().ToList();
        if (rows.Count == 0 || !Chance(60))
        {
            return;
        }

        var caseId = rows[Random.Shared.Next(rows.Count)].GetProperty("caseId").GetString()!;
        var panel = await SeeAsync("chain panel", $"api/v1/chain/{caseId}");
        if (!panel.IsOk || panel.Body.GetProperty("ask").ValueKind == JsonValueKind.Object)
        {
            return;
        }

        var colleagues = panel.Body.GetProperty("colleagues").EnumerateArray().Select(c => c.GetProperty("value").GetString()!).Where(specialists.Contains).ToList();
        if (colleagues.Count > 0)
        {
            await DoAsync(
                "ask somebody to take the chain", $"api/v1/cases/{caseId}/ownership", new { to = colleagues[Random.Shared.Next(colleagues.Count)] }, caseId);
        }
    }
}
