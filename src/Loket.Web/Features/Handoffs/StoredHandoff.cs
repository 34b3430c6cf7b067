using Loket.Domain;
using Loket.Domain.Handoffs;
using Loket.Web.Data;

namespace Loket.Web.Features.Handoffs;

/// <summary>A handoff as stored.</summary>
public sealed class StoredHandoff
{
    public const string Columns = """
        h.id, h.case_id, h.mode, h.citizen_at, h.urgent, h.topic_code, h.municipality_code, h.sharing_rule, h.line_question, h.state,
        h.sender_id, h.sender_organisation, h.round, h.route_position, h.queued_at, h.live_until, h.specialist_id, h.line_code,
        h.accepted_at, h.connected_at, h.citizen_taken, h.appointment_at, h.sender_released_at, h.outcome, h.outcome_id, h.wrap_until, h.closed_at, h.language, h.talk_id, h.version
        """;

    public long Id { get; init; }

    public long CaseId { get; init; }

    public string Mode { get; init; } = "";

    public string CitizenAt { get; init; } = "";

    public int Urgent { get; init; }

    public string TopicCode { get; init; } = "";

    public string? MunicipalityCode { get; init; }

    public string? SharingRule { get; init; }

    public string LineQuestion { get; init; } = "";

    public string State { get; init; } = "";

    public long SenderId { get; init; }

    public string SenderOrganisation { get; init; } = "";

    public int Round { get; init; }

    public int RoutePosition { get; init; }

    public DateTime QueuedAt { get; init; }

    public DateTime? LiveUntil { get; init; }

    public long? SpecialistId { get; init; }

    public string? LineCode { get; init; }

    public DateTime? AcceptedAt { get; init; }

    public DateTime? ConnectedAt { get; init; }

    public string? CitizenTaken { get; init; }

    /// <summary>When the specialist sees the citizen (UTC), where that is how the citizen was taken over.</summary>
    public DateTime? AppointmentAt { get; init; }

    public DateTime? SenderReleasedAt { get; init; }

    public string? Outcome { get; init; }

    public long? OutcomeId { get; init; }

    public DateTime? WrapUntil { get; init; }

    public DateTime? ClosedAt { get; init; }

    /// <summary>The language that is asked for beside Dutch (ISO 639-1); null asks none.</summary>
    public string? Language { get; init; }

    /// <summary>The handoff whose talk this one joins; null when it has a talk of its own.</summary>
    public long? TalkId { get; init; }

    public int Version { get; init; }

    /// <summary>The talk in which it is spoken about: the id of the handoff that began it.</summary>
    public long Talk => TalkId ?? Id;

    public TalkPart Part => new(TalkId is not null, HandoffState, SenderId, SenderReleasedAt is not null, SpecialistId);

    public HandoffState HandoffState => Code.Parse<HandoffState>(State);

    public HandoffMode HandoffMode => Code.Parse<HandoffMode>(Mode);

    public static StoredHandoff? Find(Unit unit, long id) =>
        unit.Find<StoredHandoff>($"SELECT {Columns} FROM handoff h WHERE h.id = @id", new { id });

    /// <summary>The handoff, or the refusal <c>handoff-unknown</c>.</summary>
    public static StoredHandoff Get(Unit unit, long id) => Find(unit, id) ?? throw new RefusedException(new Refusal("handoff-unknown"));

    /// <summary>The state as it is now, for who has changed it.</summary>
    public static string StateOf(Unit unit, long id) => unit.Scalar<string>("SELECT state FROM handoff WHERE id = @id", new { id });

    /// <summary>
    /// The part this person has now. Being a candidate is decided on the offer, not here; the caller of a callback in
    /// the Callbacks feature.
    /// </summary>
    public HandoffPart PartOf(long professionalId) =>
        professionalId == SpecialistId ? HandoffPart.Specialist
        : professionalId == SenderId && SenderReleasedAt is null ? HandoffPart.Sender
        : HandoffPart.None;
}
