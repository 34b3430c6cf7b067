using Loket.Domain;
using Loket.Web.Features.Rota;

namespace Loket.Web.Features.Team;

/// <summary>GET /team: who of the supervisor's teams is there now. View <c>Team/Team.cshtml</c>. No figures per person.</summary>
public sealed class TeamView
{
    /// <summary>People who take questions, by name.</summary>
    public IReadOnlyList<TeamPerson> People { get; init; } = [];

    /// <summary>Today's rings of a whole line that nobody answered, newest first.</summary>
    public IReadOnlyList<UnansweredRing> Unanswered { get; init; } = [];

    /// <summary>Where lines of the organisation are short of people in the coming days.</summary>
    public IReadOnlyList<ShortWarning> Short { get; init; } = [];

    public Refusal? Refusal { get; init; }
}

/// <param name="State">Presence code.</param>
/// <param name="Lines">The person's lines, resolved; one that is switched off is not in it.</param>
/// <param name="MaySignOut">There, and in no talk.</param>
public sealed record TeamPerson(long Id, string Name, string State, DateTime? Since, IReadOnlyList<string> Lines, bool MaySignOut);

/// <summary>At <paramref name="At"/> (UTC) that many people of the line were asked at once and nobody answered.</summary>
public sealed record UnansweredRing(string LineName, DateTime At, int Asked);
