namespace Loket.Domain.Lines;

/// <summary>
/// The seconds in which waits are counted, so that a percentile of a day follows from a few counts and never from the
/// waits themselves. A wait counts as the first bound it does not exceed, so a percentile is never too low, and too high by
/// less than one step: under 5 s up to a minute, under 10 s up to two minutes, under 60 s up to five minutes. A wait of
/// more than an hour counts as one.
/// </summary>
public static class WaitBuckets
{
    /// <summary>Upper bounds in seconds, ascending.</summary>
    public static readonly IReadOnlyList<int> Bounds =
        [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 70, 80, 90, 100, 110, 120, 150, 180, 240, 300, 600, 1800, 3600];

    public static int Of(int seconds)
    {
        foreach (var bound in Bounds)
        {
            if (seconds <= bound)
            {
                return bound;
            }
        }

        return Bounds[^1];
    }
}
