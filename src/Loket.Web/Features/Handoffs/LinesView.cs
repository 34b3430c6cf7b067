using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Handoffs;

/// <summary>
/// The right pane of the front office, and the fragment GET /cases/{id}/lines. View <c>Handoffs/Lines.cshtml</c>.
/// </summary>
public sealed class LinesView
{
    /// <summary>Null on a new case: the lines are then only shown, asking starts after saving.</summary>
    public long? CaseId { get; init; }

    public string? Topic { get; init; }

    /// <summary>The name the citizen is spoken of with: "mevrouw Drenth"; null says "de inwoner".</summary>
    public string? CitizenName { get; init; }

    /// <summary>True when the viewer may ask a specialist now (open case, no handoff running).</summary>
    public bool MayAsk { get; init; }

    /// <summary>False when no line of the route is connected: nothing can ring, so the number is called by hand.</summary>
    public bool CanRing { get; init; }

    /// <summary>True for who helps the citizen: the organisation that opened the case. Else no sentence for the citizen.</summary>
    public bool Speaks { get; init; }

    /// <summary>What the viewer asked before, when that came to nothing live: proposed again. Null otherwise.</summary>
    public string? LastQuestion { get; init; }

    /// <summary>In which mode that was asked; null without one.</summary>
    public string? LastMode { get; init; }

    /// <summary>Where the citizen was then; null without one.</summary>
    public string? LastCitizenAt { get; init; }

    /// <summary>The citizen's telephone number when it is known already; proposed in the form.</summary>
    public string? KnownPhone { get; init; }

    /// <summary>The handoff that runs now, or has just ended and not been put aside; null before asking.</summary>
    public RingingView? Ringing { get; init; }

    /// <summary>Candidate lines in the order in which they are tried.</summary>
    public IReadOnlyList<LineRow> Lines { get; init; } = [];

    /// <summary>Other lines that often belong to this life event; may be empty.</summary>
    public IReadOnlyList<LineRow> Related { get; init; } = [];

    /// <summary>The moment that is held for the case nobody answers live; null when there is nothing to fall back on yet.</summary>
    public CallbackSlot? Callback { get; init; }

    /// <summary>Refused or drafted form <c>ask</c>; fields <c>mode, citizenAt, lineQuestion, urgency, firstLine</c>.</summary>
    public FormState Form { get; init; } = FormState.Empty;

    /// <summary>Parts of the line question that name a person, for the notice; the whole number of a BSN never.</summary>
    public IReadOnlyList<string> Marks { get; set; } = [];

    /// <summary>The line question with those parts masked, offered for one key; null when nothing was found.</summary>
    public string? MaskedQuestion { get; set; }

    /// <summary>What the line sees in one sentence (under the facts table); null hides it.</summary>
    public PreviewSummary? Preview { get; init; }
}

public sealed class LineRow
{
    /// <summary>Line code: <c>gm0356-debts</c>.</summary>
    public string Code { get; init; } = "";

    public string OrganisationName { get; init; } = "";

    /// <summary>Topic code of the line.</summary>
    public string Topic { get; init; } = "";

    /// <summary>Own name of the line when it has one beside its topic; else null.</summary>
    public string? Name { get; init; }

    /// <summary>Why it stands here: <c>municipality</c>, <c>region</c>, <c>municipality_general</c>, <c>overflow</c>, <c>national</c>.</summary>
    public string Tier { get; init; } = "";

    /// <summary>
    /// <c>free</c>, <c>busy</c> (nobody free), <c>closed</c> (nobody there), <c>not_connected</c>, <c>not_for_topic</c>,
    /// or in a running handoff <c>asked</c> (rings now), <c>refused</c>, <c>missed</c>, <c>next</c>.
    /// </summary>
    public string State { get; init; } = "free";

    /// <summary>How many people are free now.</summary>
    public int Free { get; init; }

    /// <summary>Usual wait in seconds at this hour; null when there is too little history to say.</summary>
    public int? WaitSeconds { get; init; }

    /// <summary>When a closed line opens again (UTC); null when it is open, or closed because nobody is there.</summary>
    public DateTime? OpensAt { get; init; }

    /// <summary>Public number, shown when the line cannot ring or as the last resort.</summary>
    public string? Phone { get; init; }

    /// <summary>Decline reason code; only for <c>refused</c>.</summary>
    public string? Reason { get; init; }
}

/// <summary>The live part: which line is asked now, what was answered, what comes next.</summary>
public sealed class RingingView
{
    public long HandoffId { get; init; }

    /// <summary><c>consult</c>, <c>warm</c> or <c>cold</c>.</summary>
    public string Mode { get; init; } = "warm";

    /// <summary>Handoff state: <c>queued, offered, accepted, connected, wrapping, callback_scheduled, attempting, fulfilled, failed, escalated, withdrawn, citizen_left, closed</c>.</summary>
    public string State { get; init; } = "queued";

    /// <summary>The line asked now (or that accepted).</summary>
    public LineRow? Line { get; init; }

    /// <summary>Its place in the order, 1-based.</summary>
    public int Position { get; init; } = 1;

    /// <summary>Why this line: as <see cref="LineRow.Tier"/>, or <c>suggested</c>; null when it is not known.</summary>
    public string? LineWhy { get; init; }

    /// <summary>Why this person, without a name; null before anybody was asked.</summary>
    public WhyAsked? Why { get; init; }

    /// <summary>While it waits: its place among what waits for this line, from 1; 0 when it does not wait.</summary>
    public int QueuePosition { get; init; }

    /// <summary>The usual wait of this line at this hour in seconds; null when there is too little history.</summary>
    public int? ExpectedSeconds { get; init; }

    /// <summary>When the running offer was made and ends (UTC); null when none runs.</summary>
    public DateTime? OfferedAt { get; init; }

    public DateTime? OfferEndsAt { get; init; }

    /// <summary>Until when Loket keeps searching live (UTC).</summary>
    public DateTime SearchEndsAt { get; init; }

    /// <summary>True for who asked and was not released: may stop it, go on, or take the callback.</summary>
    public bool IsYours { get; init; }

    /// <summary>How many colleagues of the line are free and were not asked yet.</summary>
    public int ColleaguesLeft { get; init; }

    /// <summary>What happened so far, oldest first. Never a name of who said no.</summary>
    public IReadOnlyList<AttemptRow> Attempts { get; init; } = [];

    /// <summary>True when lines were asked and nobody took it; false when who asked chose something else first.</summary>
    public bool NobodyLive { get; init; }

    /// <summary>The first line after this one where somebody is free who was not asked yet, resolved; null when none.</summary>
    public string? NextLineName { get; init; }

    /// <summary>The first later line where somebody is free now: "go on with that line" is offered; null when none.</summary>
    public string? NextLineCode { get; init; }

    /// <summary>How often the citizen was called back so far.</summary>
    public int Calls { get; init; }

    /// <summary>Who accepted: shown from acceptance on.</summary>
    public string? AcceptedByName { get; init; }

    public DateTime? AcceptedAt { get; init; }
}

/// <summary>
/// Why somebody was asked: by which strategy, of how many who were free in that tier, and with which language or topic.
/// </summary>
public sealed record WhyAsked(string Strategy, int Count, string? Language, string? Topic, int Tier)
{
    public static WhyAsked Of(StoredOffer offer) => new(offer.Why, offer.WhyCount, offer.WhyLanguage, offer.WhyTopic, offer.Tier);
}

/// <summary>One answer in a running handoff.</summary>
/// <param name="LineName">Organisation and line, resolved.</param>
/// <param name="Result"><c>declined</c>, <c>missed</c>, <c>lost</c> (connection gone), <c>returned</c> (taken and given back), <c>no_answer</c> (ring_all), <c>nobody_free</c>, <c>closed</c>.</param>
/// <param name="Reason">Decline reason code; null unless declined.</param>
/// <param name="AfterSeconds">Seconds after the offer; null when nothing was offered.</param>
public sealed record AttemptRow(string LineName, string Result, string? Reason, int? AfterSeconds, string? Text = null, string? BetterLine = null);

/// <summary>A moment held for calling back.</summary>
public sealed class CallbackSlot
{
    /// <summary>The callback, once it is fixed.</summary>
    public long? Id { get; init; }

    public DateTime From { get; init; }

    public DateTime Until { get; init; }

    /// <summary>Held until (UTC); null when it needs no hold.</summary>
    public DateTime? HeldUntil { get; init; }

    /// <summary>Who calls: the connected line, or the asker's own organisation.</summary>
    public string ByName { get; init; } = "";

    /// <summary>True when the asker's own organisation owns the promise because the responsible body is not connected.</summary>
    public bool OwnOrganisation { get; init; }

    /// <summary>True once it is fixed.</summary>
    public bool IsFixed { get; init; }

    /// <summary>The citizen was called and not reached, and who answers for it was warned.</summary>
    public bool HasFailed { get; init; }

    /// <summary>The handoff it is fixed for; 0 while it is only held.</summary>
    public long HandoffId { get; init; }

    /// <summary>True for who asked: may take the callback back.</summary>
    public bool MayWithdraw { get; init; }

    /// <summary>True for who asked and for who calls: may record that the citizen no longer needs it.</summary>
    public bool MayEnd { get; init; }
}

/// <summary>The sentence under the facts: what one line will see.</summary>
public sealed class PreviewSummary
{
    public string LineCode { get; init; } = "";

    public string LineName { get; init; } = "";

    /// <summary>How many facts go after acceptance.</summary>
    public int FactCount { get; init; }

    public bool BsnGoes { get; init; }

    /// <summary>Purpose with article, from the sharing rules; null when no rule allows sharing.</summary>
    public string? Purpose { get; init; }
}
