namespace Loket.Domain.Chain;

/// <summary>Spreads work over colleagues: each piece, in order, to whoever has the least by then.</summary>
public static class EvenSpread
{
    /// <summary>
    /// Who gets each of <paramref name="pieces"/> pieces. <paramref name="load"/> is how many dates run at each colleague now;
    /// at the same number the first in order gets it. Empty without colleagues.
    /// </summary>
    public static IReadOnlyList<long> Propose(int pieces, IReadOnlyList<(long Person, int Running)> load)
    {
        var queue = new PriorityQueue<int, (int Running, int Place)>(load.Select((l, place) => (place, (l.Running, place))));
        var running = load.Select(l => l.Running).ToArray();
        var spread = new List<long>();
        while (spread.Count < pieces && queue.TryDequeue(out var place, out _))
        {
            spread.Add(load[place].Person);
            queue.Enqueue(place, (++running[place], place));
        }

        return spread;
    }
}
