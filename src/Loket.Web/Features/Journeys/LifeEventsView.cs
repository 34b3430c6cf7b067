using Loket.Domain;
using Loket.Domain.Journeys;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Journeys;

/// <summary>GET /upkeep/life-events: every life event with its version. View <c>Journeys/LifeEvents.cshtml</c>.</summary>
public sealed class LifeEventsView
{
    public IReadOnlyList<LifeEventRow> Rows { get; init; } = [];
}

public sealed class LifeEventRow
{
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public int Version { get; init; }

    public int Steps { get; init; }

    public int Questions { get; init; }

    /// <summary>Steps whose term was not read again in today's law, by title.</summary>
    public IReadOnlyList<string> ToBeChecked { get; init; } = [];
}

/// <summary>GET /upkeep/life-events/{id}: one life event, its journey and its changes. View <c>Journeys/LifeEvent.cshtml</c>.</summary>
public sealed class LifeEventView
{
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>The file it stands in.</summary>
    public string File { get; init; } = "";

    public int Version { get; init; }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<int> Versions { get; init; } = [];

    /// <summary>The version it is compared with; null when there is no other.</summary>
    public int? With { get; init; }

    /// <summary>What changed from the older of the two to the newer.</summary>
    public IReadOnlyList<TemplateChange> Changes { get; init; } = [];

    public JourneyForm Form { get; init; } = new(null);

    public string? Municipality { get; init; }

    public IReadOnlyList<Option> Municipalities { get; init; } = [];

    public EventView Event { get; init; } = new();

    public IReadOnlyList<JourneyRow> Steps { get; init; } = [];

    /// <summary>What does not add up in the day; null when it does.</summary>
    public Refusal? Refusal { get; init; }
}
