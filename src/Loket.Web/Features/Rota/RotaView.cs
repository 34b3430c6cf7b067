using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Rota;

/// <summary>GET /rota: who is on which line when, and who answers for the organisation. View <c>Rota/Rota.cshtml</c>.</summary>
public sealed class RotaView
{
    public string OrganisationName { get; init; } = "";

    /// <summary>Lines with people; the one that is changed has its form open.</summary>
    public IReadOnlyList<RotaLine> Lines { get; init; } = [];

    /// <summary>Who may answer for the organisation: value = professional id.</summary>
    public IReadOnlyList<Option> Supervisors { get; init; } = [];

    /// <summary>Weekday codes and dates with who has duty.</summary>
    public IReadOnlyDictionary<string, long> Duty { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>What the form begins from: what somebody else changes meanwhile is no change of who sends it.</summary>
    public IReadOnlyList<DutyRow> Seen { get; init; } = [];

    public bool Saved { get; init; }

    /// <summary>Refused form <c>rota</c> (field <c>least</c>, <c>rota-{id}</c>; value <c>line</c> names the line) or <c>duty</c>.</summary>
    public FormState Form { get; init; } = FormState.Empty;
}

/// <param name="Hours">The line's own hours in words; null when it has none.</param>
public sealed record RotaLine(string Code, string Name, string? Hours, bool IsLive, int Least, IReadOnlyList<RotaMember> People, IReadOnlyList<ShortWarning> Short);

/// <param name="Hours">When they are on the line, in words of the page; empty when not on the rota.</param>
public sealed record RotaMember(long Id, string Name, string Hours);

/// <summary>From then until then (UTC) that many people are on the rota of a line, which is too few.</summary>
public sealed record ShortWarning(string LineName, DateTime From, DateTime Until, int People);
