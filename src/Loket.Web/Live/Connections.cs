using System.Collections.Concurrent;

namespace Loket.Web.Live;

/// <summary>
/// Which people this node holds a connection of, and since when somebody has none. Only this node knows; the database
/// knows which node. Times are monotonic, so a clock that jumps takes nobody away.
/// </summary>
public sealed class Connections(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, long> people = new();
    private readonly ConcurrentDictionary<long, long> lost = new();

    /// <summary>Names this node for one life of the process.</summary>
    public string Holder { get; } = Guid.NewGuid().ToString();

    public void Add(long professionalId, string connectionId)
    {
        people[connectionId] = professionalId;
        lost.TryRemove(professionalId, out _);
    }

    public void Remove(string connectionId)
    {
        if (people.TryRemove(connectionId, out var person) && !IsHere(person))
        {
            lost[person] = clock.GetTimestamp();
        }
    }

    public bool IsHere(long professionalId) => people.Values.Contains(professionalId);

    /// <summary>Everybody this node holds a connection of.</summary>
    public List<long> Here() => [.. people.Values.Distinct()];

    /// <summary>Who has no connection left, and for how long.</summary>
    public IEnumerable<(long ProfessionalId, TimeSpan For)> Lost() =>
        lost.Where(p => !IsHere(p.Key)).Select(p => (p.Key, clock.GetElapsedTime(p.Value)));

    /// <summary>Handled: they are offline now.</summary>
    public void Forget(long professionalId) => lost.TryRemove(professionalId, out _);
}
