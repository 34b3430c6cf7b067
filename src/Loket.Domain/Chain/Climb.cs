namespace Loket.Domain.Chain;

/// <summary>Whom an unanswered escalation climbs to, and at which level it then is.</summary>
public sealed record ClimbStep(int Level, IReadOnlyList<long> People);

/// <summary>
/// An escalation that nobody acknowledges goes to the next person up: the supervisor, then the duty supervisor, then
/// every supervisor of the organisation; there it stays.
/// </summary>
public static class Climb
{
    /// <summary>How often an escalation can climb.</summary>
    public const int Top = 3;

    /// <summary>The next step of an escalation that stands at <paramref name="toId"/> after <paramref name="level"/> climbs; null at the top.</summary>
    public static ClimbStep? Next(Reach reach, long toId, int level)
    {
        for (var next = level + 1; next <= Top; next++)
        {
            var people = At(reach, toId, next).Where(person => person != toId).ToList();
            if (people.Count > 0)
            {
                return new ClimbStep(next, people);
            }
        }

        return null;
    }

    private static IReadOnlyList<long> At(Reach reach, long toId, int level) => level switch
    {
        1 => [reach.SupervisorOf(toId)],
        2 => reach.OrganisationOf(toId) is { } organisation && reach.DutySupervisor(organisation) is { } duty ? [reach.Person(duty)] : [],
        _ => reach.SupervisorsAround(toId),
    };
}
