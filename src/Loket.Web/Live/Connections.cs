using System.Collections.Concurrent;

namespace Loket.Web.Live;

/// <summary>
/// Which people this node holds a connection of, and since when somebody has none. Only this node knows; the database
/// knows which node. Times are monotonic, so a clock that jumps takes nobody away.
/// </summary>
public sealed class Connections(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, long> people = new();
    private readonly ConcurrentDictionary<string, (string SignedIn, Action Cut)> open = new();
    private readonly ConcurrentDictionary<long, long> lost = new();

    /// <summary>Names this node for one life of the process.</summary>
    public string Holder { get; } = Guid.NewGuid().ToString();

    public void Add(long professionalId, string connectionId)
    {
        people[connectionId] = professionalId;
        lost.TryRemove(professionalId, out _);
    }

    /// <summary>A connection was opened under a sign-in (its digest); <paramref name="cut"/> ends it from this side.</summary>
    public void Opened(string connectionId, string signedIn, Action cut) => open[connectionId] = (signedIn, cut);

    /// <summary>The sign-ins under which connections are open here.</summary>
    public List<string> SignedIn() => [.. open.Values.Select(c => c.SignedIn).Distinct()];

    /// <summary>Ends every connection that was opened under one of these sign-ins.</summary>
    public void Cut(IReadOnlySet<string> signedIn)
    {
        foreach (var (_, cut) in open.Values.Where(c => signedIn.Contains(c.SignedIn)))
        {
            cut();
        }
    }

    public void Remove(string connectionId)
    {
        open.TryRemove(connectionId, out _);
        if (people.TryRemove(connectionId, out var person) && !IsHere(person))
        {
            lost[person] = clock.GetTimestamp();
        }
    }

    public bool IsHere(long professionalId) => people.Values.Contains(professionalId);

    /// <summary>The connections of this person here.</summary>
    public List<string> Of(long professionalId) => [.. people.Where(p => p.Value == professionalId).Select(p => p.Key)];

    /// <summary>Everybody this node holds a connection of.</summary>
    public List<long> Here() => [.. people.Values.Distinct()];

    /// <summary>Who has no connection left, and for how long.</summary>
    public IEnumerable<(long ProfessionalId, TimeSpan For)> Lost() =>
        lost.Where(p => !IsHere(p.Key)).Select(p => (p.Key, clock.GetElapsedTime(p.Value)));

    /// <summary>Handled: they are offline now.</summary>
    public void Forget(long professionalId) => lost.TryRemove(professionalId, out _);
}
