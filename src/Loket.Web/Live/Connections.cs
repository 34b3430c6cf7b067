using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Loket.Web.Live;

/// <summary>
/// Which people this node holds a connection of, and since when somebody has none. Only this node knows; the database
/// knows which node. Times are monotonic, so a clock that jumps takes nobody away. Thousands may come and go at once:
/// nothing here looks at all of them for one.
/// </summary>
public sealed class Connections(TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, long> people = new(StringComparer.Ordinal);
    private readonly Dictionary<long, HashSet<string>> connectionsOf = [];
    private readonly Dictionary<long, long> lost = [];
    private readonly ConcurrentDictionary<string, (string SignedIn, Action Cut)> open = new();

    /// <summary>Names this node for one life of the process.</summary>
    public string Holder { get; } = Guid.NewGuid().ToString();

    public void Add(long professionalId, string connectionId)
    {
        lock (gate)
        {
            people[connectionId] = professionalId;
            (CollectionsMarshal.GetValueRefOrAddDefault(connectionsOf, professionalId, out _) ??= []).Add(connectionId);
            lost.Remove(professionalId);
        }
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
        lock (gate)
        {
            if (people.Remove(connectionId, out var person) && connectionsOf[person] is var left && left.Remove(connectionId) && left.Count == 0)
            {
                connectionsOf.Remove(person);
                lost[person] = clock.GetTimestamp();
            }
        }
    }

    public bool IsHere(long professionalId)
    {
        lock (gate)
        {
            return connectionsOf.ContainsKey(professionalId);
        }
    }

    /// <summary>The connections of this person here.</summary>
    public List<string> Of(long professionalId)
    {
        lock (gate)
        {
            return connectionsOf.TryGetValue(professionalId, out var connections) ? [.. connections] : [];
        }
    }

    /// <summary>Everybody this node holds a connection of.</summary>
    public List<long> Here()
    {
        lock (gate)
        {
            return [.. connectionsOf.Keys];
        }
    }

    /// <summary>Who has no connection left, and for how long.</summary>
    public List<(long ProfessionalId, TimeSpan For)> Lost()
    {
        lock (gate)
        {
            return [.. lost.Select(p => (p.Key, clock.GetElapsedTime(p.Value)))];
        }
    }

    /// <summary>Handled: they are offline now.</summary>
    public void Forget(long professionalId)
    {
        lock (gate)
        {
            lost.Remove(professionalId);
        }
    }
}
