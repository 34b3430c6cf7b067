namespace Loket.Domain.Reports;

/// <summary>Order statistics of values that are counted in buckets: (value, how often).</summary>
public static class Spread
{
    /// <summary>The smallest value that at least <paramref name="share"/> of all do not exceed; null when there are none.</summary>
    public static int? Percentile(IEnumerable<(int Value, long N)> buckets, double share)
    {
        var sorted = buckets.Where(b => b.N > 0).OrderBy(b => b.Value).ToList();
        var wanted = Math.Max(1, (long)Math.Ceiling(share * sorted.Sum(b => b.N)));
        var passed = 0L;
        foreach (var (value, n) in sorted)
        {
            passed += n;
            if (passed >= wanted)
            {
                return value;
            }
        }

        return null;
    }

    public static double? Mean(IEnumerable<(int Value, long N)> buckets)
    {
        var all = buckets.ToList();
        var n = all.Sum(b => b.N);
        return n == 0 ? null : (double)all.Sum(b => b.Value * b.N) / n;
    }
}
