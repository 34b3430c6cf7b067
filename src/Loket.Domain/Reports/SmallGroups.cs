namespace Loket.Domain.Reports;

/// <summary>
/// Which groups of a report are not shown, so that no figure is about a few people: each group under ten, and as many of the
/// next smallest as it takes that what is hidden is at least two groups and ten together. Else the sum of all, which may
/// be read elsewhere, less what is shown would give it away. Ours, not law.
/// </summary>
public static class SmallGroups
{
    public const int Least = 10;

    /// <summary>For each group of a row whose sum may be known, whether it is hidden. An empty group hides nobody and is shown.</summary>
    public static bool[] Hidden(IReadOnlyList<long> sizes)
    {
        var hidden = sizes.Select(size => size is > 0 and < Least).ToArray();
        foreach (var next in Enumerable.Range(0, sizes.Count).Where(i => sizes[i] >= Least).OrderBy(i => sizes[i]).ThenBy(i => i))
        {
            if (Enough(sizes, hidden))
            {
                break;
            }

            hidden[next] = true;
        }

        return hidden;
    }

    private static bool Enough(IReadOnlyList<long> sizes, bool[] hidden)
    {
        var together = sizes.Where((_, i) => hidden[i]).ToList();
        return together.Count == 0 || (together.Count > 1 && together.Sum() >= Least);
    }
}
