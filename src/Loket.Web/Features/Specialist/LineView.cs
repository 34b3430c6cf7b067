using Loket.Domain;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Specialist;

/// <summary>GET /line: the workplace of a specialist. View <c>Specialist/Line.cshtml</c>.</summary>
public sealed class LineView
{
    public PresenceView Presence { get; init; } = new();

    /// <summary>What is due today and what is late, soonest first.</summary>
    public IReadOnlyList<DutyRow> Today { get; init; } = [];

    public IReadOnlyList<OwnershipAsk> OwnershipAsks { get; init; } = [];

    /// <summary>Steps asked of the viewer, or on a line of theirs.</summary>
    public IReadOnlyList<Steps.StepAskRow> StepAsks { get; init; } = [];

    /// <summary>Facts the person's lines were given that were put right since.</summary>
    public IReadOnlyList<Sharing.FactNotice> FactNotices { get; init; } = [];

    /// <summary>Steps the viewer answers for, soonest first.</summary>
    public IReadOnlyList<Steps.MyStep> Steps { get; init; } = [];

    /// <summary>Callbacks to make today.</summary>
    public IReadOnlyList<CallbackRow> Callbacks { get; init; } = [];

    /// <summary>The right side, and the fragment GET /line/offer.</summary>
    public OfferPane Offer { get; init; } = new();

    public Refusal? Refusal { get; init; }

    /// <summary>Refused form: <c>attempt</c> (result, note), <c>ownership</c> (reason).</summary>
    public FormState Form { get; init; } = FormState.Empty;
}

public sealed class PresenceView
{
    /// <summary><c>offline, available, reserved, engaged, wrap_up, break, missed</c>.</summary>
    public string State { get; init; } = "offline";

    public DateTime Since { get; init; }

    /// <summary>When a wrap-up ends by itself (UTC); null when it does not.</summary>
    public DateTime? Until { get; init; }

    /// <summary>The viewer's lines, each with its own switch.</summary>
    public IReadOnlyList<OwnLine> Lines { get; init; } = [];

    /// <summary>The most talks at once that any of the lines allows.</summary>
    public int Capacity { get; init; } = 1;
}

/// <summary>A line of the viewer: takes questions now, or not.</summary>
public sealed record OwnLine(string Code, string Name, bool On);

/// <summary>One thing to do today.</summary>
public sealed class DutyRow
{
    /// <summary><c>promise</c>, <c>callback</c> or <c>ownership</c>.</summary>
    public string Kind { get; init; } = "promise";

    public long Id { get; init; }

    public long CaseId { get; init; }

    public string CaseNumber { get; init; } = "";

    public string Text { get; init; } = "";

    public string? OrganisationName { get; init; }

    public DateTime DueAt { get; init; }

    public bool HasTime { get; init; }

    /// <summary>For a callback: which attempt this is; else 0.</summary>
    public int Attempt { get; init; }

    public int MaxAttempts { get; init; }

    /// <summary>The page to work on it.</summary>
    public string Url { get; init; } = "";
}

/// <summary>The offer, or calm: GET /line/offer. View <c>Specialist/Offer.cshtml</c>.</summary>
public sealed class OfferPane
{
    /// <summary>Presence code, so that the calm state can say what is going on.</summary>
    public string Presence { get; init; } = "offline";

    /// <summary>The pending offer; null when none.</summary>
    public OfferView? Offer { get; init; }

    /// <summary>What just became of an offer that ended without you (taken, expired, withdrawn, citizen left); null otherwise.</summary>
    public Refusal? Ended { get; init; }

    /// <summary>The conversations the viewer is in, newest first; more than one only on lines that allow it.</summary>
    public IReadOnlyList<CurrentConversation> Conversations { get; init; } = [];

    /// <summary>Colleagues on the viewer's own lines.</summary>
    public IReadOnlyList<Colleague> Team { get; init; } = [];

    /// <summary>Questions that wait on the viewer's lines now, this offer included.</summary>
    public int Waiting { get; init; }

    /// <summary>Usual wait at this hour in seconds; null when unknown.</summary>
    public int? UsualWaitSeconds { get; init; }

    /// <summary>Refused form <c>decline</c>: reason, text, suggestedLine, missing.</summary>
    public FormState Form { get; init; } = FormState.Empty;
}

/// <summary>An offer before acceptance: never an identity.</summary>
public sealed class OfferView
{
    public long Id { get; init; }

    public long HandoffId { get; init; }

    /// <summary>The viewer's line it came in on: organisation and topic resolved.</summary>
    public string LineName { get; init; } = "";

    public string Mode { get; init; } = "warm";

    /// <summary><c>desk</c>, <c>phone</c> or <c>absent</c>.</summary>
    public string CitizenAt { get; init; } = "desk";

    /// <summary><c>normal</c> or <c>urgent</c>.</summary>
    public string Urgency { get; init; } = "normal";

    /// <summary>The masked line question.</summary>
    public string Question { get; init; } = "";

    public string? Topic { get; init; }

    public string? MunicipalityName { get; init; }

    public string? Purpose { get; init; }

    /// <summary>The purpose in a few words; null when it has no short name.</summary>
    public string? PurposeName { get; init; }

    public string? Article { get; init; }

    public string FromName { get; init; } = "";

    public string FromOrganisation { get; init; } = "";

    public string? FromPlace { get; init; }

    /// <summary>Why this person: <c>longest_idle</c>, <c>ring_all</c>, … (strategy code).</summary>
    public string Why { get; init; } = "longest_idle";

    /// <summary>How many colleagues were free when it was offered, the viewer included.</summary>
    public int FreeColleagues { get; init; }

    /// <summary>The language or topic these people were chosen for; null when none was asked.</summary>
    public string? WhyLanguage { get; init; }

    public string? WhyTopic { get; init; }

    /// <summary>How many on this line said no before.</summary>
    public int Declined { get; init; }

    public DateTime OfferedAt { get; init; }

    public DateTime EndsAt { get; init; }

    /// <summary>False once the extra time was used or does not exist.</summary>
    public bool MayExtend { get; init; }

    public int ExtendSeconds { get; init; } = 30;

    /// <summary>How many facts are seen after acceptance.</summary>
    public int FactCount { get; init; }

    public bool BsnGoes { get; init; }

    /// <summary>The legal date that makes it urgent; null when none.</summary>
    public DueNotice? Due { get; init; }

    /// <summary>True when a free colleague of the same line follows if nothing is done.</summary>
    public bool NextIsColleague { get; init; }

    /// <summary>Else the next line where somebody is free, resolved; null: a callback follows.</summary>
    public string? NextName { get; init; }

    /// <summary>Lines to suggest for "not my topic". Value = line code.</summary>
    public IReadOnlyList<Option> OtherLines { get; init; } = [];
}

public sealed record CurrentConversation(long HandoffId, string Title, string WithName, string State, DateTime Since, DateTime? WrapUpEndsAt);

/// <param name="Name">The colleague.</param>
/// <param name="State">Presence code.</param>
/// <param name="Since">Since when (UTC).</param>
/// <param name="IsYou">True for the viewer.</param>
public sealed record Colleague(string Name, string State, DateTime Since, bool IsYou = false);
