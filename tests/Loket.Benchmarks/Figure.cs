namespace Loket.Benchmarks;

/// <summary>
/// One figure beside its bare floor, both measured in turns in the same run. <see cref="Value"/>, <see cref="Floor"/> and
/// <see cref="Ratio"/> are medians over <see cref="Runs"/> rounds; the ratio is the median of the rounds' own ratios.
/// </summary>
/// <param name="Better">"lower" or "higher".</param>
public sealed record Figure(string Name, double Value, double Floor, double Ratio, double Goal, string Better, int Runs, string Unit, string Settings)
{
    public bool Met => Better == "lower" ? Ratio <= Goal : Ratio >= Goal;

    public static Figure Lower(string name, string unit, double goal, IReadOnlyList<(double Value, double Floor)> rounds, string settings) =>
        Of(name, unit, goal, "lower", rounds, settings);

    public static Figure Higher(string name, string unit, double goal, IReadOnlyList<(double Value, double Floor)> rounds, string settings) =>
        Of(name, unit, goal, "higher", rounds, settings);

    private static Figure Of(string name, string unit, double goal, string better, IReadOnlyList<(double Value, double Floor)> rounds, string settings) => new(
        name,
        Sample.Median(rounds.Select(r => r.Value)),
        Sample.Median(rounds.Select(r => r.Floor)),
        Sample.Median(rounds.Select(r => r.Value / r.Floor)),
        goal, better, rounds.Count, unit, settings);
}

/// <summary>Order statistics of a sample.</summary>
public static class Sample
{
    public static double Median(IEnumerable<double> values) => Percentile(values, 0.5);

    /// <summary>The smallest value that at least <paramref name="share"/> of the sample does not exceed.</summary>
    public static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
    }
}
