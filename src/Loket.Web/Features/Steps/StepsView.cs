using System.Text.Json.Serialization;
using Loket.Web.Access;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Steps;

/// <summary>The chain of a case as steps, in order: GET /api/v1/cases/{id}/steps, and the tab "Stappen". View <c>Steps/_Chain.cshtml</c>.</summary>
public sealed class StepsView
{
    public long CaseId { get; init; }

    public IReadOnlyList<StepRow> Steps { get; init; } = [];

    /// <summary>The viewer may add a step and say that something is not for them.</summary>
    public bool MayAdd { get; init; }

    /// <summary>What was sent on to the right body (Awb 2:3), newest first.</summary>
    public IReadOnlyList<Forwarding.ForwardingRow> Forwarded { get; init; } = [];

    /// <summary>Choices of the forms; not part of the interface.</summary>
    [JsonIgnore]
    public StepOptions Options { get; init; } = new();
}

/// <summary>Whom steps can be given to.</summary>
public sealed class StepOptions
{
    /// <summary>The bodies of the route for this case first; value = organisation code.</summary>
    public IReadOnlyList<Option> Organisations { get; init; } = [];

    /// <summary>Value = partner id.</summary>
    public IReadOnlyList<Option> Partners { get; init; } = [];

    /// <summary>Checked channels of the partners in this chain; value = channel id, detail = the partner's name.</summary>
    public IReadOnlyList<Option> Channels { get; init; } = [];

    /// <summary>Lines of the organisations in this chain; value = line code, detail = organisation code.</summary>
    public IReadOnlyList<Option> Lines { get; init; } = [];

    /// <summary>Colleagues, and who takes part already; value = professional id.</summary>
    public IReadOnlyList<Option> People { get; init; } = [];

    /// <summary>Where a question that is not for us may belong; value = line code.</summary>
    public IReadOnlyList<Option> ForwardLines { get; init; } = [];
}

public sealed class StepRow
{
    /// <summary>For who decides: the lines that work the case, and which of them see this step besides their own.</summary>
    public IReadOnlyList<Sharing.StepShowing> Shown { get; init; } = [];

    public long Id { get; init; }

    public int Position { get; init; }

    public string Title { get; init; } = "";

    /// <summary>The UPL name; null when none.</summary>
    public string? Product { get; init; }

    /// <summary>The organisation or partner that does it.</summary>
    public string Who { get; init; } = "";

    /// <summary>Code of the organisation; null for a partner.</summary>
    public string? OrganisationCode { get; init; }

    public bool IsPartner { get; init; }

    /// <summary>Who answers for it here and now.</summary>
    public string AnswerableName { get; init; } = "";

    public string AnswerableOrganisation { get; init; } = "";

    public bool IsYours { get; init; }

    /// <summary>Somebody accepted it; else the chain owner answers for it.</summary>
    public bool IsAccepted { get; init; }

    /// <summary><c>open, in_progress, waiting, suspended, done, cancelled</c>.</summary>
    public string State { get; init; } = "open";

    public DateTime DueAt { get; init; }

    /// <summary>False when the date is a day of a legal term, which lasts until midnight.</summary>
    public bool HasTime { get; init; }

    /// <summary>Open steps it waits for, by title.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>What the citizen was asked for; null when nothing, or not for the viewer to read.</summary>
    public string? AskedText { get; init; }

    public DateOnly? AskedUntil { get; init; }

    /// <summary>Why the term stands still (SuspensionKind code); null when it runs.</summary>
    public string? SuspendedBy { get; init; }

    public DateOnly? SuspendedFrom { get; init; }

    /// <summary>The term can be suspended by an invitation with a period.</summary>
    public bool HasLegalTerm { get; init; }

    /// <summary>A term that has not begun: it starts with the day of receipt.</summary>
    public string? TermToStart { get; init; }

    /// <summary>Why the date is what it is.</summary>
    public DueNotice Due { get; init; } = new();

    /// <summary>The article was not checked against today's law.</summary>
    public bool ArticleUnverified { get; init; }

    /// <summary>The running ask; null when none.</summary>
    public StepAskRow? Ask { get; init; }

    /// <summary>The last refusal, when nobody was asked since: who and why.</summary>
    public string? RefusedBy { get; init; }

    public string? RefusedReason { get; init; }

    /// <summary>What was asked of the partner, newest first.</summary>
    public IReadOnlyList<Partners.PartnerLinkRow> Links { get; init; } = [];

    public DateTime? EndedAt { get; init; }

    public string? EndReason { get; init; }

    public string? LifeEvent { get; init; }

    /// <summary>What the viewer can do now (StepAction codes), and <c>take</c>.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    public bool IsOver => State is "done" or "cancelled";

    public bool Can(string action) => Actions.Contains(action, StringComparer.Ordinal);
}

/// <summary>A step somebody was asked to take.</summary>
public sealed class StepAskRow : IAboutCase
{
    public long Id { get; init; }

    /// <summary>For the access log; who is only asked does not get it.</summary>
    internal long Case { get; init; }

    long IAboutCase.AboutCase => Case;

    public long StepId { get; init; }

    public string Title { get; init; } = "";

    public string? Product { get; init; }

    /// <summary>What the case is about, as a topic; the case itself only after acceptance.</summary>
    public string Topic { get; init; } = "";

    public string? Municipality { get; init; }

    public string? MunicipalityName { get; init; }

    /// <summary>The line asked; null when a colleague was.</summary>
    public string? LineName { get; init; }

    /// <summary>The colleague asked; null for a line.</summary>
    public string? ToName { get; init; }

    public string FromName { get; init; } = "";

    public string FromOrganisation { get; init; } = "";

    public DateTime AskedAt { get; init; }

    /// <summary>Until when the question waits for an answer.</summary>
    public DateTime AnswerBy { get; init; }

    /// <summary>The date of the step itself.</summary>
    public DateTime DueAt { get; init; }

    public bool MayAnswer { get; init; }

    public bool MayWithdraw { get; init; }
}

/// <summary>GET /steps: what is asked of the viewer, and the steps the viewer answers for. View <c>Steps/Mine.cshtml</c>.</summary>
public sealed class MyStepsView
{
    public IReadOnlyList<StepAskRow> Asks { get; init; } = [];

    public IReadOnlyList<MyStep> Steps { get; init; } = [];

    /// <summary>Where a step that is not for us may belong, per ask: value = line code.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<long, IReadOnlyList<Option>> ForwardLines { get; init; } = new Dictionary<long, IReadOnlyList<Option>>();

    [JsonIgnore]
    public FormState Form { get; init; } = FormState.Empty;
}

public sealed class MyStep
{
    public long Id { get; init; }

    public long CaseId { get; init; }

    public string CaseNumber { get; init; } = "";

    public string Title { get; set; } = "";

    public string Who { get; init; } = "";

    public string State { get; init; } = "open";

    public DateTime DueAt { get; init; }
}
