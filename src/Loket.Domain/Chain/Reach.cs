namespace Loket.Domain.Chain;

/// <summary>One professional, as far as it matters for who can be reached now.</summary>
/// <param name="Absent">Away at this moment.</param>
/// <param name="StandIn">Who stands in during that absence; null when nobody does.</param>
/// <param name="Duty">The duty supervisor of the organisation.</param>
/// <param name="Supervises">The teams this person supervises.</param>
public sealed record ReachPerson(
    long Id, string Organisation, string Team, bool Active, bool Absent, long? StandIn, bool Supervisor, bool Duty, IReadOnlySet<string> Supervises)
{
    /// <summary>Works here and is not away.</summary>
    public bool IsHere => Active && !Absent;
}

/// <summary>
/// Who is reached for somebody, at one moment: never nobody. Answers for the people it was given; their stand-ins and the
/// supervisors of their organisations have to be among them.
/// </summary>
public sealed class Reach
{
    private readonly Dictionary<long, ReachPerson> people;
    private readonly Dictionary<string, List<ReachPerson>> supervisors;
    private readonly Dictionary<long, long> supervisorOf = [];

    public Reach(IEnumerable<ReachPerson> everybody)
    {
        people = everybody.ToDictionary(p => p.Id);
        supervisors = people.Values.Where(p => p.Supervisor && p.Active)
            .OrderByDescending(p => p.Duty).ThenBy(p => p.Id)
            .GroupBy(p => p.Organisation, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
    }

    /// <summary>The organisation of this person; null when the person is not among those given.</summary>
    public string? OrganisationOf(long id) => people.GetValueOrDefault(id)?.Organisation;

    /// <summary>This person; when away, who stands in; when nobody does, or the person has left, the supervisor above.</summary>
    public long Person(long id) => !people.TryGetValue(id, out var person) || person.IsHere ? id : StandInFor(id) ?? SupervisorOf(id);

    /// <summary>Who stands in for somebody who is away and is here: the stand-in, or the stand-in of that one. Null when nobody is.</summary>
    public long? StandInFor(long id)
    {
        var seen = new HashSet<long>();
        var person = people.GetValueOrDefault(id);
        while (person is { Active: true, Absent: true, StandIn: { } next } && seen.Add(person.Id))
        {
            person = people.GetValueOrDefault(next);
        }

        return person is { IsHere: true } && person.Id != id ? person.Id : null;
    }

    /// <summary>
    /// Another person above: a supervisor of the team who is here, else the duty supervisor, else any supervisor of the
    /// organisation. When all are away, who stands in for one of them, or for the person; when nobody does, the duty
    /// supervisor all the same, unless the person is a supervisor who is here.
    /// An organisation without another supervisor has only the person.
    /// </summary>
    public long SupervisorOf(long id)
    {
        // Very many dates are of few people.
        if (!supervisorOf.TryGetValue(id, out var supervisor))
        {
            supervisorOf[id] = supervisor = people.TryGetValue(id, out var person) ? SupervisorOf(person) : id;
        }

        return supervisor;
    }

    /// <summary>Who answers for the organisation, and owns by office (DESIGN 4.2), whoever is away; null when it has no other supervisor.</summary>
    public long? DutySupervisor(string organisation, long? except = null)
    {
        var all = Above(organisation, null, except);
        return (all.Find(s => s.IsHere) ?? all.FirstOrDefault())?.Id;
    }

    /// <summary>Every supervisor of the person's organisation who is here, the duty supervisor first.</summary>
    public IReadOnlyList<long> SupervisorsAround(long id) =>
        OrganisationOf(id) is { } organisation ? [.. In(organisation).Where(s => s.IsHere).Select(s => s.Id)] : [];

    private long SupervisorOf(ReachPerson person)
    {
        var id = person.Id;
        var above = Above(person.Organisation, person.Team, except: id);
        return above.Find(s => s.IsHere)?.Id
            ?? above.Select(s => StandInFor(s.Id)).FirstOrDefault(s => s is not null && s != id)
            ?? StandInFor(id)
            ?? (person is { IsHere: true, Supervisor: true } ? id : DutySupervisor(person.Organisation, except: id))
            ?? id;
    }

    // The team's own supervisors first; within that as sorted: the duty supervisor first.
    private List<ReachPerson> Above(string organisation, string? team, long? except) =>
        [.. In(organisation).Where(s => s.Id != except).OrderBy(s => team is not null && s.Supervises.Contains(team) ? 0 : 1)];

    private List<ReachPerson> In(string organisation) => supervisors.GetValueOrDefault(organisation) ?? [];
}
