using Loket.Web.Access;

namespace Loket.Web.Features.Cases;

/// <summary>GET /cases: my cases and those of my lines. View <c>Cases/Cases.cshtml</c>.</summary>
public sealed class CasesView
{
    /// <summary><c>mine</c> (default) or <c>lines</c>: query <c>tab</c>.</summary>
    public string Tab { get; init; } = "mine";

    /// <summary><c>open</c> (default), <c>closed</c> or <c>all</c>: query <c>state</c>.</summary>
    public string State { get; init; } = "open";

    public IReadOnlyList<CaseRow> Rows { get; init; } = [];

    /// <summary>Keyset cursor of the next page (query <c>after</c>); null on the last.</summary>
    public string? Next { get; init; }

    /// <summary>True when this is not the first page.</summary>
    public bool HasEarlier { get; init; }
}

public sealed class CaseRow : IAboutCase
{
    public long Id { get; init; }

    long IAboutCase.AboutCase => Id;

    public string Number { get; init; } = "";

    public string Title { get; init; } = "";

    public string? PartyName { get; init; }

    public string? Topic { get; init; }

    /// <summary><c>open</c> or <c>closed</c>.</summary>
    public string State { get; init; } = "open";

    public string OwnerName { get; init; } = "";

    public string? OwnerOrganisation { get; init; }

    public bool OwnerIsYou { get; init; }

    /// <summary>Who is waited for, resolved; null when nobody.</summary>
    public string? WaitsFor { get; init; }

    public DateTime? DueAt { get; init; }

    public bool HasTime { get; init; }

    public DateTime ChangedAt { get; init; }
}

/// <summary>One journal entry on the timeline.</summary>
public sealed class TimelineRow
{
    public DateTime At { get; init; }

    /// <summary>Kind of entry; its text is <c>timeline.{Kind}</c> with <see cref="Args"/>; an unknown kind shows <see cref="Detail"/>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Fills {0}, {1}… of the text. Already resolved names; codes as <c>topic:debts</c> are localised.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>Who did it; null for the system.</summary>
    public string? ActorName { get; init; }

    public string? ActorOrganisation { get; init; }

    public bool IsYou { get; init; }

    /// <summary>Free text under the entry; null when there is none.</summary>
    public string? Detail { get; init; }
}
