using System.Text.Json;
using Loket.Web.Data;
using Loket.Web.Jobs;
using Loket.Web.Journal;
using Loket.Web.Live;

namespace Loket.Web.Features.Handoffs;

/// <summary>
/// Consumer of the journal: adds each acceptance to the waits of its line, by day and hour, so that an estimate never
/// scans history. A stretch is claimed in the same transaction, so that of all nodes one counts it, once.
/// </summary>
public sealed class KeepWaits(Db db) : IJob
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly ConsumerCursor cursor = new("line-wait", db);

    public async Task RunAsync(CancellationToken ct)
    {
        var from = await cursor.LoadAsync();
        var to = new Dictionary<int, long>(from);
        var fresh = await JournalTail.ReadAsync(to, db);
        foreach (var (shard, last) in to.Where(p => p.Value != from[p.Key]))
        {
            await db.WriteAsync<bool>(unit =>
            {
                if (!cursor.Claim(unit, shard, from[shard], last))
                {
                    return false;
                }

                foreach (var entry in fresh.Where(e => e.Shard == shard && e.Kind == "handoff_accepted"))
                {
                    Add(unit, entry);
                }

                return true;
            });
        }
    }

    // A question that came back has waited once already; its second wait says nothing of the line.
    private static void Add(Unit unit, StoredEntry entry)
    {
        if (JsonSerializer.Deserialize<Accepted>(entry.Payload, Json) is not { Waited: { } waited, Line: { } line, Round: null or 1 })
        {
            return;
        }

        var args = new { line, hour = UsualWait.Hour(entry.At), day = RingLines.Day(entry.At), waited };
        if (unit.Execute(
            "UPDATE line_wait SET answered = answered + 1, seconds = seconds + @waited WHERE line_code = @line AND on_hour = @hour AND on_day = @day", args) == 0)
        {
            unit.Execute("INSERT INTO line_wait (line_code, on_hour, on_day, answered, seconds) VALUES (@line, @hour, @day, 1, @waited)", args);
        }
    }

    private sealed record Accepted(string? Line, int? Waited, int? Round);
}
