using Loket.Domain;
using Loket.Web.Access;

namespace Loket.Web.Features.Desk;

/// <summary>The case as the viewer may see it.</summary>
public sealed class DeskCase : IAboutCase
{
    public long Id { get; init; }

    long IAboutCase.AboutCase => Id;

    /// <summary>Shown number, e.g. <c>Z-2026-004812</c>.</summary>
    public string Number { get; init; } = "";

    /// <summary>Version of the edited row; posted back as <c>version</c>.</summary>
    public int Version { get; init; }

    /// <summary><c>open</c> or <c>closed</c>.</summary>
    public string State { get; init; } = "open";

    public string? Title { get; init; }

    public string Question { get; init; } = "";

    public string? Topic { get; init; }

    /// <summary>Municipality code, e.g. <c>gm0356</c>.</summary>
    public string? Municipality { get; init; }

    public string? LifeEvent { get; init; }

    /// <summary>When the case was opened (UTC).</summary>
    public DateTime OpenedAt { get; init; }

    /// <summary>When the question was last saved (UTC).</summary>
    public DateTime? SavedAt { get; init; }

    public bool MayEdit { get; init; }

    /// <summary>Decides about the open case; an attempt says what has to be finished first.</summary>
    public bool MayClose { get; init; }

    public bool MayReopen { get; init; }

    /// <summary>Takes part without deciding about the case: talks, promises, adds own facts.</summary>
    public bool TakesPart { get; init; }

    /// <summary>Opened by the viewer's own organisation: its words and citizen are known here.</summary>
    public bool IsOwnOrganisation { get; init; }

    /// <summary>The warnings about this case that wait for the viewer, the oldest first.</summary>
    public IReadOnlyList<long> Warnings { get; init; } = [];

    /// <summary>There is no number yet, and the viewer may add one.</summary>
    public bool MayAddNumber { get; init; }

    /// <summary>There is a BSN, and the viewer may put it right.</summary>
    public bool MayCorrectNumber { get; init; }

    /// <summary>There is a number, and the viewer may see it whole for a reason.</summary>
    public bool MayReveal { get; init; }

    /// <summary>The viewer may give the citizen their own overview of this case.</summary>
    public bool MayOverview { get; init; }

    /// <summary>Until when the viewer looks in without a part in the case (UTC); null for who has one.</summary>
    public DateTime? GlassUntil { get; init; }

    /// <summary>How many facts the case holds that were not given to the viewer.</summary>
    public int HiddenFacts { get; init; }

    /// <summary>What was taken out of the case and can be put back; empty for who may not.</summary>
    public IReadOnlyList<Sharing.FactOut> TakenOut { get; init; } = [];

    public PartyView Party { get; init; } = new();

    public string OwnerName { get; init; } = "";

    public string OwnerOrganisation { get; init; } = "";

    public bool OwnerIsYou { get; init; }

    /// <summary>A running ask to take over the chain; null when there is none.</summary>
    public OwnershipAsk? OwnershipAsk { get; init; }

    public IReadOnlyList<FactRow> Facts { get; init; } = [];

    /// <summary>The newest open cases of this citizen at the viewer's own lines; empty until identity is established.</summary>
    public IReadOnlyList<OtherCase> OtherCases { get; init; } = [];

    /// <summary>How many such cases there are.</summary>
    public int OtherCaseCount { get; init; }

    /// <summary>The legal date that leads this case; null when none is known.</summary>
    public DueNotice? Due { get; init; }

    /// <summary>What lines ask for and what was given to them.</summary>
    public Sharing.SharingView Disclosures { get; init; } = new();

    public int StepCount { get; init; }

    public int MessageCount { get; init; }

    public int TimelineCount { get; init; }
}

/// <summary>Citizen, business, or someone without any identifier.</summary>
public sealed class PartyView
{
    /// <summary><c>person</c>, <c>business</c> or <c>none</c>.</summary>
    public string Kind { get; init; } = "none";

    /// <summary>Name from the register, or as told; null when unknown.</summary>
    public string? Name { get; init; }

    /// <summary>A number is known, of whatever kind; false too for who may not know that.</summary>
    public bool HasNumber { get; init; }

    /// <summary>Last three digits of the BSN; null without BSN. The whole number never reaches this page.</summary>
    public string? BsnTail { get; init; }

    public string? Kvk { get; init; }

    public string? Rsin { get; init; }

    public DateOnly? BirthDate { get; init; }

    /// <summary>Address in one line; null when unknown or not for this person.</summary>
    public string? Address { get; init; }

    public string? Residence { get; init; }

    /// <summary>A secrecy indication: the address does not start ticked, is not printed, and goes to no partner.</summary>
    public bool IsSecret { get; init; }

    public bool IsDeceased { get; init; }

    /// <summary><c>document</c>, <c>digid</c>, <c>control_questions</c>, <c>not_established</c>; null while not recorded.</summary>
    public string? IdentityMethod { get; init; }

    public DateTime? IdentityAt { get; init; }

    /// <summary>Why the register gave nothing although identity is established; null when it answered or was not asked.</summary>
    public Refusal? RegisterRefusal { get; init; }

    /// <summary>What the citizen was called here, when the register calls them something else altogether: the BSN may be wrong.</summary>
    public string? ToldName { get; init; }
}

/// <summary>A fact: already known, do not ask again.</summary>
public sealed class FactRow
{
    public long Id { get; init; }

    public string Label { get; init; } = "";

    public string Value { get; init; } = "";

    /// <summary>Where it comes from, as shown: "BRP", "Brief verhuurder, gezien". Codes <c>brp</c>, <c>citizen</c>,
    /// <c>document</c>, <c>register</c> are localised; any other text is shown as it is.</summary>
    public string Source { get; init; } = "";

    /// <summary>When it was recorded, or last put right (UTC), and by whom.</summary>
    public DateTime RecordedAt { get; init; }

    public string RecordedByName { get; init; } = "";

    /// <summary>Posted back with a correction.</summary>
    public int Version { get; init; }

    /// <summary>The value as it is kept, for the form that puts it right; null for who may not.</summary>
    public string? Stored { get; init; }

    /// <summary>The last day it counts as known; null does not run out.</summary>
    public DateOnly? ValidUntil { get; init; }

    /// <summary>Known once, and to be asked again.</summary>
    public bool HasRunOut { get; init; }

    /// <summary>Why it was asked although it was known; null when it was not, and for other organisations.</summary>
    public string? Again { get; init; }

    public bool MayCorrect { get; init; }

    public bool MayTakeOut { get; init; }

    public bool IsCorrected { get; init; }

    /// <summary>What it said before, newest first; empty for other organisations.</summary>
    public IReadOnlyList<Sharing.FactWas> Was { get; init; } = [];

    /// <summary>The lines that were told of the last correction, and who of each has seen it.</summary>
    public IReadOnlyList<ToldLine> Told { get; init; } = [];

    /// <summary>The line that was given this and still sees it, resolved; null when nobody was.</summary>
    public string? GivenTo { get; init; }

    /// <summary>Ticked: goes along to the line.</summary>
    public bool GoesAlong { get; init; }

    /// <summary><c>necessary</c> (starts ticked), <c>optional</c>, or <c>not_allowed</c> (no rule: stays here, no box).</summary>
    public string Sharing { get; init; } = "optional";

    public bool IsBsn { get; init; }

    /// <summary>The file, when the fact is a document.</summary>
    public Documents.DocumentLink? Document { get; init; }

    /// <summary>The address of somebody with a secrecy indication.</summary>
    public bool IsSecret { get; init; }
}

/// <summary>A line that was told of a correction; <paramref name="SeenBy"/> null: nobody of it has seen that yet.</summary>
public sealed record ToldLine(string LineName, string? SeenBy);

public sealed class OtherCase
{
    public long CaseId { get; init; }

    public string Number { get; init; } = "";

    public string Title { get; init; } = "";

    public string Topic { get; init; } = "";

    public DateTime OpenedAt { get; init; }

    public string OwnerName { get; init; } = "";
}
