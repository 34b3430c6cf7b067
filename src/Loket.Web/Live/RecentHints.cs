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

    private const int TidyAbove = 50_000;
    private readonly DateTime since = clock.GetUtcNow().UtcDateTime;
    private readonly ConcurrentDictionary<string, DateTime> told = new(StringComparer.Ordinal);

    public void Told(string group)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        told[group] = now;
        if (told.Count > TidyAbove)
        {
            foreach (var old in told.Where(t => t.Value < now - Kept - Slack))
            {
                told.TryRemove(old);
            }
        }
    }

    /// <summary>True when one of these groups may have been told something after this moment (UTC), or when that is not known any more.</summary>
    public bool MayHaveTold(IEnumerable<string> groups, DateTime after)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return after < since || after < now - Kept || after > now + Slack || groups.Any(g => told.TryGetValue(g, out var at) && at >= after - Slack);
    }
}
