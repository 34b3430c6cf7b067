using Loket.Domain;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Search;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Desk;

/// <summary>
/// The one screen of the front office: what I owe (left), the case (centre), the lines (right). GET /desk shows it
/// with <see cref="Case"/> null: a new, empty case. GET /cases/{id} fills it. View <c>Desk/Desk.cshtml</c>.
/// </summary>
public sealed class DeskView
{
    /// <summary>What the viewer owes, in any order: the view groups it by date.</summary>
    public IReadOnlyList<WorklistItem> Worklist { get; init; } = [];

    /// <summary>The open case; null for a new one.</summary>
    public DeskCase? Case { get; init; }

    /// <summary><c>question</c> (default), <c>steps</c>, <c>messages</c> or <c>timeline</c>.</summary>
    public string Tab { get; init; } = "question";

    /// <summary>The refused or drafted form: <c>case</c>, <c>identity</c>, <c>fact</c>, <c>promise</c>, <c>ownership</c>.</summary>
    public FormState Form { get; init; } = FormState.Empty;

    /// <summary>What stands in the form of the case: refused, or typed and not yet saved; empty when it shows the case.</summary>
    public FormState CaseForm { get; init; } = FormState.Empty;

    /// <summary>A "no" about the page as a whole (a handoff already taken, a form sent twice).</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>Topic codes to choose from: municipal ones first.</summary>
    public IReadOnlyList<string> MunicipalTopics { get; init; } = [];

    public IReadOnlyList<string> NationalTopics { get; init; } = [];

    /// <summary>All municipalities by name, value = code.</summary>
    public IReadOnlyList<Option> Municipalities { get; init; } = [];

    /// <summary>Life events, value = code (name from data, Dutch).</summary>
    public IReadOnlyList<Option> LifeEvents { get; init; } = [];

    /// <summary>Where the words of a new question lead, best first.</summary>
    public IReadOnlyList<SearchHit> Suggestions { get; init; } = [];

    /// <summary>The kinds of fact to choose from, <c>other</c> last.</summary>
    public IReadOnlyList<string> FactKinds { get; init; } = [];

    /// <summary>The right pane. On a new case only the lines for the chosen topic, or an explanation when none.</summary>
    public LinesView Lines { get; init; } = new();

    /// <summary>Tab steps: the chain; null on the other tabs.</summary>
    public Steps.StepsView? Steps { get; init; }

    /// <summary>The municipality where the register says the citizen lives, when the case has another; null when not.</summary>
    public Option? LivesIn { get; init; }

    /// <summary>How the last talk ended; null while one runs and when there was none.</summary>
    public Closing? Closing { get; init; }

    /// <summary>Tab steps: promises of this case, soonest first.</summary>
    public IReadOnlyList<PromiseRow> Promises { get; init; } = [];

    /// <summary>Tab steps: agreed moments to call the citizen back.</summary>
    public IReadOnlyList<CallbackRow> Callbacks { get; init; } = [];

    /// <summary>Tab messages: the handoffs of this case, newest first.</summary>
    public IReadOnlyList<HandoffRow> Handoffs { get; init; } = [];

    /// <summary>Tab timeline: from the journal, newest first.</summary>
    public IReadOnlyList<TimelineRow> Timeline { get; init; } = [];

    /// <summary>Chains the viewer is asked to own, but the one on this tab.</summary>
    public IReadOnlyList<OwnershipAsk> OwnershipAsks { get; init; } = [];

    /// <summary>Tab steps: who the viewer may ask to take the chain: colleagues and specialists of this case. Value = professional id.</summary>
    public IReadOnlyList<Option> OwnerCandidates { get; init; } = [];
}

/// <summary>One row of "Mijn zaken".</summary>
public sealed class WorklistItem
{
    public long CaseId { get; init; }

    /// <summary>Own title; empty shows the topic.</summary>
    public string Title { get; init; } = "";

    public string? Topic { get; init; }

    /// <summary>Name of citizen or business; null when unknown or not to be shown.</summary>
    public string? PartyName { get; init; }

    /// <summary>Who is waited for: a resolved name ("SVB, AOW"); null when it waits for you.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>Soonest due moment (UTC); null when nothing is due.</summary>
    public DateTime? DueAt { get; init; }

    public bool HasTime { get; init; }

    /// <summary>True for the case on the screen now.</summary>
    public bool IsCurrent { get; init; }
}

/// <summary>The date that leads a case and, in short, why.</summary>
public sealed class DueNotice
{
    /// <summary>What is due: "Eerste gesprek". From data.</summary>
    public string What { get; init; } = "";

    public DateOnly Day { get; init; }

    /// <summary>The plain reason. From data.</summary>
    public string Reason { get; init; } = "";

    /// <summary>"Wgs art. 4 lid 2"; null for a service norm.</summary>
    public string? Article { get; init; }

    /// <summary>How the date was reckoned; empty hides "Waarom deze datum?".</summary>
    public IReadOnlyList<DateStep> Steps { get; init; } = [];
}

/// <summary>One line of the sum that gives a legal date.</summary>
/// <param name="Kind"><c>start</c>, <c>term</c>, <c>suspension</c> or <c>shift</c>.</param>
/// <param name="Title">What this step is: "Termijn: 8 weken".</param>
/// <param name="Explanation">Article and reason; may be null.</param>
/// <param name="Day">The date after this step.</param>
/// <param name="From">First day of a suspension, for the drawing; null elsewhere.</param>
/// <param name="Until">Last day of a suspension.</param>
public sealed record DateStep(string Kind, string Title, string? Explanation, DateOnly Day, DateOnly? From = null, DateOnly? Until = null);
