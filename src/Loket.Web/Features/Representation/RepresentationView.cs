using Loket.Domain;
using Loket.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Loket.Web.Features.Representation;

/// <summary>GET /cases/{id}/representation: who acts for the citizen, and who did. View <c>Representation/Representation.cshtml</c>.</summary>
public sealed class RepresentationView
{
    public long CaseId { get; init; }

    public string CaseNumber { get; init; } = "";

    /// <summary>Topic code of the case.</summary>
    public string Topic { get; init; } = "";

    /// <summary>Records, revokes and ends.</summary>
    public bool MayDecide { get; init; }

    /// <summary><c>person</c>, <c>business</c> or <c>none</c>: decides which kinds there are.</summary>
    public string PartyKind { get; init; } = "";

    /// <summary>The case knows the day of birth: a parent need not be asked for it again.</summary>
    public bool KnowsBirthDate { get; init; }

    /// <summary>Who acts now; null when the citizen speaks.</summary>
    public AuthorityRow? Current { get; init; }

    /// <summary>Who acted before, newest first.</summary>
    public IReadOnlyList<AuthorityRow> Before { get; init; } = [];

    /// <summary>The register's partners, one of which the representative may be.</summary>
    public IReadOnlyList<Option> Partners { get; init; } = [];

    public FormState Form { get; init; } = FormState.Empty;
}

/// <summary>One authority as the viewer may see it. Name and contact are null where they were not disclosed; the kind too.</summary>
public sealed class AuthorityRow
{
    public string? Kind { get; init; }

    public string? Name { get; init; }

    public string? Contact { get; init; }

    public string? Evidence { get; init; }

    public string? Note { get; init; }

    public IReadOnlyList<string> Topics { get; init; } = [];

    public IReadOnlyList<string> Acts { get; init; } = [];

    public DateOnly From { get; init; }

    /// <summary>The last day, also by a birthday; null without an end.</summary>
    public DateOnly? Until { get; init; }

    public string RecordedBy { get; init; } = "";

    public DateTime RecordedAt { get; init; }

    public DateTime? RevokedAt { get; init; }

    /// <summary>Since when what goes out by it is held (UTC).</summary>
    public DateTime? HeldAt { get; init; }

    /// <summary>Why nothing may be done by it now; null when it holds.</summary>
    public Refusal? Why { get; init; }
}

/// <summary>The banner on every page of a case in which somebody acts for the citizen.</summary>
public sealed class OnBehalfView
{
    private const string Key = "OnBehalf";

    public long CaseId { get; init; }

    /// <summary>Decides what happens when the authority has lapsed.</summary>
    public bool MayDecide { get; init; }

    /// <summary>Null: the citizen speaks, and nothing is shown.</summary>
    public AuthorityRow? Current { get; init; }

    public static OnBehalfView? From(ViewDataDictionary viewData) => viewData[Key] as OnBehalfView;

    public void PutInto(ViewDataDictionary viewData) => viewData[Key] = this;
}
