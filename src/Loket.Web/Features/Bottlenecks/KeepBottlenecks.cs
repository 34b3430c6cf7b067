using System.Text.Json;
using Loket.Web.Data;
using Loket.Web.Jobs;
using Loket.Web.Journal;

namespace Loket.Web.Features.Bottlenecks;

/// <summary>
/// Consumer of the journal: a refusal for want of competence or information, and an exchange that failed, become signals
/// in the register of who asked. Each entry counts once; what somebody wrote with a refusal stays with the case.
/// </summary>
public sealed class KeepBottlenecks(Db db) : IJob
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly HashSet<string> Reasons = ["not_competent", "missing_information"];
    private readonly JournalFollower follower = new("bottlenecks", db, "offer_declined", "callback_attempted", "handoff_returned");

    public Task RunAsync(CancellationToken ct) => follower.CatchUpAsync(Keep, ct);

    private static void Keep(Unit unit, List<StoredEntry> entries)
    {
        foreach (var entry in entries)
        {
            var said = JsonSerializer.Deserialize<Payload>(entry.Payload, Json)!;
            switch (entry.Kind)
            {
                case "offer_declined" when Reasons.Contains(said.Reason ?? ""):
                    Add(unit, entry, said.Reason!, said.Line, "SELECT h.sender_id, h.sender_organisation, h.topic_code FROM offer o JOIN handoff h ON h.id = o.handoff_id WHERE o.id = @SubjectId");
                    break;
                case "callback_attempted" when said.State is not ("fulfilled" or "scheduled"):
                    Add(unit, entry, "exchange_failed", null, "SELECT h.sender_id, h.sender_organisation, h.topic_code FROM callback b JOIN handoff h ON h.id = b.handoff_id WHERE b.id = @SubjectId");
                    break;
                case "handoff_returned":
                    Add(unit, entry, "exchange_failed", said.Line, "SELECT h.sender_id, h.sender_organisation, h.topic_code FROM handoff h WHERE h.id = @SubjectId");
                    break;
                default:
                    break;
            }
        }
    }

    private static void Add(Unit unit, StoredEntry entry, string kind, string? line, string handoff)
    {
        if (unit.Find<Sender>(handoff, new { entry.SubjectId }) is { } sender)
        {
            Register.Add(unit, new Signal(sender.SenderOrganisation, kind, line, sender.TopicCode, entry.CaseId, sender.SenderId, entry.At));
        }
    }

    private sealed record Payload(string? Reason, string? Line, string? State);

    private sealed class Sender
    {
        public long SenderId { get; init; }

        public string SenderOrganisation { get; init; } = "";

        public string TopicCode { get; init; } = "";
    }
}
