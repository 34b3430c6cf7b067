namespace Loket.Benchmarks;

/// <summary>How much to measure. <see cref="Rounds"/> is at least five in every setting.</summary>
public sealed record Effort(int Rounds, int Scale)
{
    public static readonly Effort Quick = new(5, 1);

    public static readonly Effort Full = new(9, 4);
}

/// <summary>Something that measures one or more figures. Its folder is fresh and gone afterwards.</summary>
public abstract class Bench
{
    public abstract string Name { get; }

    public abstract Task<IReadOnlyList<Figure>> RunAsync(Effort effort, string folder);
}
