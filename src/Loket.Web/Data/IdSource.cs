namespace Loket.Web.Data;

/// <summary>
/// Makes the ids of all rows: milliseconds since 2020 &lt;&lt; 22 | node &lt;&lt; 12 | counter. Unique over nodes,
/// rising in time, and never going back when the clock does.
/// </summary>
public sealed class IdSource(TimeProvider clock)
{
    public const int Nodes = 1 << 10;

    private static readonly long Epoch = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private readonly Lock gate = new();
    private volatile int node;
    private long lastMillisecond;
    private int counter;

    /// <summary>The number of this node.</summary>
    public int Node => node;

    /// <summary>The number of this node, from its lease.</summary>
    public void UseNode(int number) => node = number;

    public long Next()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds() - Epoch;
            if (now > lastMillisecond)
            {
                lastMillisecond = now;
                counter = 0;
            }
            else if (++counter == 1 << 12)
            {
                lastMillisecond++;
                counter = 0;
            }

            return (lastMillisecond << 22) | ((long)(node % Nodes) << 12) | (uint)counter;
        }
    }
}
