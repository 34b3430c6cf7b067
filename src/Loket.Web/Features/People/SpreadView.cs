using Loket.Domain.Chain;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.People;

/// <summary>GET /people/{id}/spread: what somebody has open and who would get it. View <c>People/Spread.cshtml</c>.</summary>
public sealed class SpreadView
{
    public long PersonId { get; init; }

    public string PersonName { get; init; } = "";

    /// <summary>The end (UTC) of the absence that runs now; null when the person is here.</summary>
    public DateTime? AwayUntil { get; init; }

    /// <summary>Away until further notice.</summary>
    public bool HasNoEnd => AwayUntil >= AbsenceRules.NoEnd;

    /// <summary>Who could take something, the own team first.</summary>
    public IReadOnlyList<SpreadColleague> Colleagues { get; init; } = [];

    /// <summary>Running dates, soonest first, then the chains the person owns.</summary>
    public IReadOnlyList<SpreadItem> Items { get; init; } = [];

    /// <summary>There is more than one page holds: what is left comes after this is done.</summary>
    public bool More { get; init; }

    /// <summary>Refused form <c>spread</c>; fields <c>d-{id}</c> and <c>c-{id}</c>.</summary>
    public FormState Form { get; init; } = FormState.Empty;
}

public sealed class SpreadColleague
{
    public long Id { get; init; }

    public string Name { get; init; } = "";

    /// <summary>Dates that run at this colleague now.</summary>
    public int Running { get; init; }

    /// <summary>Part of the proposal.</summary>
    public bool Takes { get; init; }
}

public sealed class SpreadItem
{
    /// <summary>Kind of deadline, or <c>chain</c>: then the colleague is asked to own it.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The deadline's id, or the case's for a chain.</summary>
    public long Id { get; init; }

    public long CaseId { get; init; }

    /// <summary>Null, with the title, when the viewer may not know the case: a consult.</summary>
    public string? CaseNumber { get; init; }

    public string? Title { get; init; }

    public DateTime? DueAt { get; init; }

    /// <summary>Who would get it; null when nobody was chosen.</summary>
    public long? To { get; init; }

    public string Field => $"{(Kind == "chain" ? "c" : "d")}-{Id.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
}
