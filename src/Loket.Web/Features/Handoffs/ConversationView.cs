using Loket.Domain;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Handoffs;

/// <summary>GET /handoffs/{id}: the conversation for sender and specialist. View <c>Handoffs/Conversation.cshtml</c>.</summary>
public sealed class ConversationView
{
    public long HandoffId { get; init; }

    /// <summary>The handoff that began the talk: its id is that of the talk, also for who joined with another line.</summary>
    public long TalkId { get; init; }

    public long CaseId { get; init; }

    public string CaseNumber { get; init; } = "";

    public string Title { get; init; } = "";

    /// <summary>The line question (before) or the whole question (when disclosed).</summary>
    public string Question { get; init; } = "";

    /// <summary>Null in a consult: no identity is shown.</summary>
    public PartyView? Party { get; init; }

    public DueNotice? Due { get; init; }

    /// <summary>The facts the viewer may see.</summary>
    public IReadOnlyList<ConversationFact> Facts { get; init; } = [];

    /// <summary>How many facts stay with the sender; the count only.</summary>
    public int HiddenFacts { get; init; }

    /// <summary>What the line asks for and was given; null in a consult.</summary>
    public Sharing.SharingView? Sharing { get; init; }

    public string SenderOrganisation { get; init; } = "";

    /// <summary>True when the viewer has the case screen (sender): the title links there.</summary>
    public bool MayOpenCase { get; init; }

    public Refusal? Refusal { get; init; }

    public MessagesView Messages { get; init; } = new();

    public SideView Side { get; init; } = new();
}

public sealed record ConversationFact(string Label, string Value, string Source, DateTime RecordedAt, bool IsNew = false, string? ByName = null, bool IsSecret = false, Documents.DocumentLink? Document = null, DateOnly? RanOutOn = null);

/// <summary>Why the line (tier code) and why the person, as routing decided.</summary>
public sealed record WhyHere(string? LineWhy, WhyAsked Person);

/// <summary>GET /handoffs/{id}/messages: who is here and what was said. View <c>Handoffs/Messages.cshtml</c>.</summary>
public sealed class MessagesView
{
    public long HandoffId { get; init; }

    public long CaseId { get; init; }

    /// <summary>Mode code, or <c>joined</c> for a line that was asked into the talk.</summary>
    public string Mode { get; init; } = "warm";

    /// <summary>Handoff state code.</summary>
    public string State { get; init; } = "connected";

    public bool MayWrite { get; init; }

    /// <summary>True for the sender who was released: reads along.</summary>
    public bool ReadsAlong { get; init; }

    public IReadOnlyList<Participant> Participants { get; init; } = [];

    public IReadOnlyList<MessageRow> Messages { get; init; } = [];

    /// <summary>Refused form <c>message</c>; field <c>text</c>.</summary>
    public FormState Form { get; init; } = FormState.Empty;
}

public sealed class Participant
{
    public string Name { get; init; } = "";

    public string OrganisationName { get; init; } = "";

    /// <summary>The line a specialist is there for, resolved; null for the sender.</summary>
    public string? LineName { get; init; }

    public bool IsYou { get; init; }

    /// <summary><c>sender</c>, <c>specialist</c>, or <c>line</c> for a line that still rings: then the name is the line's.</summary>
    public string Part { get; init; } = "";

    /// <summary><c>here</c>, <c>away</c> (connection gone), <c>left</c>, or <c>asked</c> for a line.</summary>
    public string State { get; init; } = "here";
}

/// <summary>Something said, or something that happened (then <see cref="Event"/> is set).</summary>
public sealed class MessageRow
{
    public long Id { get; init; }

    public DateTime At { get; init; }

    public string AuthorName { get; init; } = "";

    public string AuthorOrganisation { get; init; } = "";

    public bool IsYou { get; init; }

    /// <summary>What was typed, as plain text; null for an event.</summary>
    public string? Text { get; init; }

    /// <summary>Said before the viewer joined, and given along to their line.</summary>
    public bool IsEarlier { get; init; }

    /// <summary>Event kind: its text is <c>timeline.{Event}</c> with <see cref="Args"/>. Promise events are shown in green.</summary>
    public string? Event { get; init; }

    public IReadOnlyList<string> Args { get; init; } = [];
}

/// <summary>GET /handoffs/{id}/side: what is agreed. View <c>Handoffs/Side.cshtml</c>.</summary>
public sealed class SideView
{
    public long HandoffId { get; init; }

    public long CaseId { get; init; }

    public string Mode { get; init; } = "warm";

    /// <summary>Handoff state code.</summary>
    public string State { get; init; } = "connected";

    /// <summary>The viewer's part: <c>sender</c> or <c>specialist</c>.</summary>
    public string Part { get; init; } = "specialist";

    /// <summary>A running ask about the chain; null when none.</summary>
    public OwnershipAsk? OwnershipAsk { get; init; }

    /// <summary>Who owns the chain now.</summary>
    public string OwnerName { get; init; } = "";

    public bool OwnerIsYou { get; init; }

    /// <summary>Who the viewer may ask to own the chain from here (value = professional id); empty hides the form.</summary>
    public IReadOnlyList<Option> OwnerCandidates { get; init; } = [];

    /// <summary>Warm handoff: <c>headset</c>, <c>called</c>, <c>appointment</c> once the specialist has the citizen; null before.</summary>
    public string? ConfirmedHow { get; init; }

    public DateTime? AppointmentAt { get; init; }

    /// <summary>True when the specialist may confirm now.</summary>
    public bool MayConfirm { get; init; }

    /// <summary>True for the sender while not released: may take the question back, or say that the citizen has gone.</summary>
    public bool MayStop { get; init; }

    /// <summary>True for the specialist who does not have the citizen yet: may give the question back, with a reason.</summary>
    public bool MayReturn { get; init; }

    /// <summary>True for the specialist in a live talk: may record that the citizen has gone.</summary>
    public bool MayLeave { get; init; }

    /// <summary>True when the viewer may finish with an outcome now.</summary>
    public bool MayFinish { get; init; }

    /// <summary>Chosen outcome once finished; null before.</summary>
    public string? Outcome { get; init; }

    public string? OutcomeText { get; init; }

    /// <summary>End of wrap-up (UTC); null outside wrap-up. Only the specialist gets it.</summary>
    public DateTime? WrapUpEndsAt { get; init; }

    public DateTime? WrapUpStartedAt { get; init; }

    /// <summary>Line and organisation of the specialist, for "Ik neem deze stap op mij".</summary>
    public string LineName { get; init; } = "";

    public string? SpecialistName { get; init; }

    /// <summary>True when the viewer may ask one more line into the talk now.</summary>
    public bool MayAskLine { get; init; }

    /// <summary>The handoff of the line that rings because the viewer asked it in; null when none does.</summary>
    public long? RingsId { get; init; }

    /// <summary>Why this line and this person; null before anybody took it.</summary>
    public WhyHere? Why { get; init; }

    public bool MayPromise { get; init; }

    public IReadOnlyList<PromiseRow> Promises { get; init; } = [];

    /// <summary>Refused form: <c>promise</c> (text, dueDate, dueTime), <c>finish</c> (outcome, text), <c>confirm</c>, <c>ownership</c>.</summary>
    public FormState Form { get; init; } = FormState.Empty;

    /// <summary>Handoff wrap-up length in seconds, for the note under the finish button.</summary>
    public int WrapUpSeconds { get; init; } = 60;
}
