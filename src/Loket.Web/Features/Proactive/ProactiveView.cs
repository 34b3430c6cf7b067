using Loket.Domain;
using Loket.Domain.Proactive;

namespace Loket.Web.Features.Proactive;

/// <summary>GET /proactive: the rules, and whether each runs for the own organisation. View <c>Proactive/Rules.cshtml</c>.</summary>
public sealed class ProactiveView
{
    public IReadOnlyList<ProactiveRuleRow> Rules { get; init; } = [];
}

/// <summary>A rule as its organisation decided about it.</summary>
public sealed class ProactiveRuleRow
{
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>What it looks at and when: "Wordt 18 jaar: van 60 dagen ervoor tot 30 dagen erna".</summary>
    public string When { get; init; } = "";

    /// <summary>Why it does not run; empty when it does.</summary>
    public IReadOnlyList<Refusal> WhyNot { get; init; } = [];

    public bool Runs => WhyNot.Count == 0;

    public string BasisArticle { get; init; } = "";

    public string BasisSays { get; init; } = "";

    /// <summary>The term that the message is about.</summary>
    public string TermArticle { get; init; } = "";

    /// <summary>Who checked the article, and when; null when nobody did.</summary>
    public Verified? Verified { get; init; }

    public RegisterEntry? Register { get; init; }

    public int? RetentionDays { get; init; }

    /// <summary>How many people stand on the list and were not told yet.</summary>
    public int Found { get; init; }

    public int Sent { get; init; }
}

/// <summary>GET /proactive/{rule}: who was found, and why. View <c>Proactive/List.cshtml</c>.</summary>
public sealed class ProactiveListView
{
    public ProactiveRuleRow Rule { get; init; } = new();

    /// <summary>Not told yet, soonest day first; empty when the rule does not run.</summary>
    public IReadOnlyList<FoundRow> Found { get; init; } = [];

    public IReadOnlyList<FoundRow> Sent { get; init; } = [];

    /// <summary>Who looked before, newest first.</summary>
    public IReadOnlyList<LookRow> Looks { get; init; } = [];

    /// <summary>Why looking for people was refused; null when it was not.</summary>
    public Refusal? Refusal { get; init; }
}

public sealed class FoundRow
{
    public long Id { get; init; }

    /// <summary>Null when the case has no name.</summary>
    public string? Name { get; init; }

    public long CaseId { get; init; }

    public string CaseNumber { get; init; } = "";

    public DateOnly Day { get; init; }

    /// <summary>Why this person is here: "Wordt 18 op 3 januari 2027".</summary>
    public string Reason { get; init; } = "";

    public DateTime? SentAt { get; init; }
}

/// <summary>Who did what with the list, and when.</summary>
public sealed class LookRow
{
    public string Name { get; init; } = "";

    /// <summary>Code <c>find list preview send object</c>.</summary>
    public string Act { get; init; } = "";

    public int People { get; init; }

    public DateTime At { get; init; }
}

/// <summary>GET /proactive/found/{id}: the letter before it goes. View <c>Proactive/Letter.cshtml</c>.</summary>
public sealed class ProactiveLetterView
{
    public FoundRow Person { get; init; } = new();

    public ProactiveRuleRow Rule { get; init; } = new();

    public string? Address { get; init; }

    /// <summary>The address is under a secrecy indication: not on a page that is printed.</summary>
    public bool IsSecret { get; init; }

    public string Organisation { get; init; } = "";

    /// <summary>Language of the letter: <c>nl</c> or <c>en</c>.</summary>
    public string Lang { get; init; } = "nl";

    public string Subject { get; init; } = "";

    public string Text { get; init; } = "";

    /// <summary>Why it cannot be sent now; null when it can.</summary>
    public Refusal? WhyNot { get; init; }
}
