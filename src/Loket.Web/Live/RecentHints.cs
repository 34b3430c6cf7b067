using System.Collections.Concurrent;

namespace Loket.Web.Live;

/// <summary>
/// When this node last told a group something. A page that has just been made asks whether it missed a hint between being
/// made and listening: mostly not, and then it need not be fetched a second time.
/// </summary>
public sealed class RecentHints(TimeProvider clock)
{
    /// <summary>How far back this is known; an older page is fetched again.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    /// <summary>For the clocks of nodes, which differ a little.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(250);

    private readonly DateTime since = clock.GetUtcNow().UtcDateTime;
    private volatile Generations told = new(clock.GetUtcNow().UtcDateTime, new(), new());

    /// <summary>How many groups this remembers.</summary>
    internal int Count => told.Young.Count + told.Old.Count;

    public void Told(string group)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var kept = told;
        if (now - kept.Began > Kept + Slack)
        {
            // All that is older goes at once: nobody looks it up or counts it, however much it is.
            Interlocked.CompareExchange(ref told, new Generations(now, new(), kept.Young), kept);
        }

        told.Young[group] = now;
    }

    /// <summary>True when one of these groups may have been told something after this moment (UTC), or when that is not known any more.</summary>
    public bool MayHaveTold(IEnumerable<string> groups, DateTime after)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return after < since || after < now - Kept || after > now + Slack || groups.Any(g => told.Last(g) is { } at && at >= after - Slack);
    }

    /// <summary>What was told since <paramref name="Began"/>, and what was before that.</summary>
    private sealed record Generations(DateTime Began, ConcurrentDictionary<string, DateTime> Young, ConcurrentDictionary<string, DateTime> Old)
    {
        public DateTime? Last(string group) => Young.TryGetValue(group, out var at) || Old.TryGetValue(group, out at) ? at : null;
    }
}
