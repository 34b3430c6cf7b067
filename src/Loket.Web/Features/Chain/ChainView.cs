using System.Text.Json.Serialization;
using Loket.Domain;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Chain;

/// <summary>GET /chain: the supervisor's board. View <c>Chain/Chain.cshtml</c>.</summary>
public sealed class ChainView
{
    public ChainRows Rows { get; init; } = new();

    /// <summary>The panel beside the rows: the case of query <c>case</c>, else the first row; null on an empty board.</summary>
    public ChainPanel? Panel { get; init; }

    public Refusal? Refusal { get; init; }
}

/// <summary>The rows: GET /chain/rows. View <c>Chain/Rows.cshtml</c>.</summary>
public sealed class ChainRows
{
    public string OrganisationName { get; init; } = "";

    /// <summary>What was asked for, as it was understood.</summary>
    public BoardFilter Filter { get; init; } = BoardFilter.None.Cleaned();

    /// <summary>What can be chosen.</summary>
    [JsonIgnore]
    public BoardOffer Choices { get; init; } = new();

    /// <summary>By tab, under the same choices; <see cref="BoardQuery.CountedTo"/> means that many or more.</summary>
    public IReadOnlyDictionary<string, int> Counts { get; init; } = new Dictionary<string, int>();

    /// <summary>In the order of the tab.</summary>
    public IReadOnlyList<ChainRow> Rows { get; init; } = [];

    /// <summary>The case shown in the panel; null when none.</summary>
    public long? SelectedCaseId { get; init; }

    /// <summary>Keyset cursor (query <c>after</c>); null on the last page.</summary>
    public string? Next { get; init; }

    /// <summary>Chains the viewer is asked to own, but the one in the panel.</summary>
    public IReadOnlyList<OwnershipAsk> OwnershipAsks { get; init; } = [];

    /// <summary>Escalations to the viewer: unacknowledged first.</summary>
    public IReadOnlyList<EscalationRow> Escalations { get; init; } = [];

    /// <summary>Calls the viewer makes in person: taken over when nobody was reached.</summary>
    public IReadOnlyList<CallbackRow> Callbacks { get; init; } = [];

    /// <summary>Open promises of the viewer, soonest first.</summary>
    public IReadOnlyList<OwnPromise> OwnPromises { get; init; } = [];
}

/// <summary>An open promise of the viewer, with the case it belongs to.</summary>
public sealed class OwnPromise
{
    public long Id { get; init; }

    public long CaseId { get; init; }

    public string CaseNumber { get; init; } = "";

    public string CaseTitle { get; init; } = "";

    public string Topic { get; init; } = "";

    public string? Text { get; init; }

    public DateTime DueAt { get; init; }
}

public sealed class ChainRow
{
    public long CaseId { get; init; }

    public string Number { get; init; } = "";

    public string Title { get; init; } = "";

    /// <summary>Its place in the tab's order (UTC): the date, the last act, the ask, or the opening.</summary>
    public DateTime At { get; init; }

    /// <summary>The leading due moment (UTC); null when nothing is due.</summary>
    public DateTime? DueAt { get; init; }

    public bool HasTime { get; init; }

    public string OwnerName { get; init; } = "";

    /// <summary>Only when it is another organisation than the viewer's.</summary>
    public string? OwnerOrganisation { get; init; }

    /// <summary>Organisation, line or person that is waited for, resolved; null when nobody.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>What for, in words from the case ("Gesprek staat: wo 25 nov 10:30").</summary>
    public string? WaitsDetail { get; init; }

    /// <summary>Highest escalation step done: 0 none, 1 person, 2 supervisor, 3 owner's side.</summary>
    public int Step { get; init; }

    /// <summary>A running ask: who was asked, and since when; null when none.</summary>
    public string? AskedName { get; init; }

    public DateTime? AskedAt { get; init; }
}

public sealed class EscalationRow
{
    public long Id { get; init; }

    public long CaseId { get; init; }

    public string CaseNumber { get; init; } = "";

    public string CaseTitle { get; init; } = "";

    public string Topic { get; init; } = "";

    /// <summary>What it is about: <c>promise</c>, <c>callback</c>, <c>ownership</c>, <c>term</c>.</summary>
    public string Kind { get; init; } = "promise";

    /// <summary>1 to 3; 4 is a callback that reached nobody and was taken over.</summary>
    public int Step { get; init; }

    /// <summary>For a callback: how often nobody answered when this was raised.</summary>
    public int Calls { get; init; }

    /// <summary>1 while what it is about is still to be done, else 0.</summary>
    public int Running { get; init; }

    /// <summary>When it was sent (UTC).</summary>
    public DateTime At { get; init; }

    /// <summary>The due moment it is about (UTC).</summary>
    public DateTime DueAt { get; init; }

    /// <summary>Who has to act; null when that is the viewer.</summary>
    public string? AboutName { get; init; }

    /// <summary>Who raised it by hand; null when the ladder did.</summary>
    public string? RaisedBy { get; init; }

    public string? AcknowledgedBy { get; init; }

    public DateTime? AcknowledgedAt { get; init; }
}

/// <summary>GET /chain/{caseId}/panel: why this date, and who takes over. View <c>Chain/Panel.cshtml</c>.</summary>
public sealed class ChainPanel
{
    public long CaseId { get; init; }

    public string Number { get; init; } = "";

    public string Title { get; init; } = "";

    /// <summary>The leading date and the sum behind it; null when only promises lead.</summary>
    public DueNotice? Due { get; init; }

    /// <summary>The promise or callback that leads when there is no legal date; null otherwise.</summary>
    public PromiseRow? Promise { get; init; }

    public string OwnerName { get; init; } = "";

    public string OwnerOrganisation { get; init; } = "";

    public string? HandlerName { get; init; }

    public string? WaitsFor { get; init; }

    /// <summary>Who waits for this case in turn; null when nobody.</summary>
    public string? Next { get; init; }

    /// <summary>Open promises of this case.</summary>
    public IReadOnlyList<PromiseRow> Promises { get; init; } = [];

    /// <summary>A running ask to take over; null when none: then reassigning is offered.</summary>
    public OwnershipAsk? Ask { get; init; }

    /// <summary>Colleagues in the own organisation, value = professional id, detail = how many open cases.</summary>
    public IReadOnlyList<Option> Colleagues { get; init; } = [];

    /// <summary>Running dates that a supervisor of the owner can ask somebody about; empty for others.</summary>
    public IReadOnlyList<PanelDate> Dates { get; init; } = [];

    /// <summary>What was asked by hand about them.</summary>
    public IReadOnlyList<PanelAsk> Asked { get; init; } = [];

    /// <summary>Escalations of this case to the viewer that nobody has taken up, oldest first.</summary>
    public IReadOnlyList<long> Unanswered { get; init; } = [];

    /// <summary>Refused form <c>reassign</c>, <c>escalate</c> or <c>partner</c>; fields <c>to</c> and <c>deadline</c>.</summary>
    public FormState Form { get; init; } = FormState.Empty;
}
