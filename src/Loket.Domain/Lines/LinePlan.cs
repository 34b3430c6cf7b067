namespace Loket.Domain.Lines;

/// <summary>
/// One step of a line: how it chooses, how long it may try, and which skills it still asks for. A skill that every tier
/// needs is required; one that a later tier no longer needs is preferred.
/// </summary>
/// <param name="Number">From 1; reaches the members of this tier and of all before it.</param>
/// <param name="Seconds">Null: until the live time ends.</param>
public sealed record Tier(int Number, RingStrategy Strategy, int? Seconds = null, bool NeedsLanguage = true, bool NeedsTopic = true);

/// <summary>How a line asks its members: its tiers in order, and how many talks a person may have at once.</summary>
public sealed record LinePlan(IReadOnlyList<Tier> Tiers, int Capacity = 1)
{
    public const int MostTiers = 5;
    public const int MostCapacity = 5;
    public const int ShortestTier = 10;
    public const int LongestTier = 600;

    /// <summary>
    /// A line without tiers of its own: each tier in which it has members, with the skills that are asked for, and then
    /// everybody without them, so that a language never leaves a question with nobody.
    /// </summary>
    public static LinePlan Of(RingStrategy strategy, IEnumerable<int> memberTiers, int capacity = 1)
    {
        var numbers = memberTiers.Distinct().Order().ToList();
        var tiers = numbers.ConvertAll(n => new Tier(n, strategy));
        return new LinePlan([.. tiers, new Tier(numbers.Count == 0 ? 1 : numbers[^1] + 1, strategy, NeedsLanguage: false, NeedsTopic: false)], capacity);
    }

    /// <summary>
    /// When a tier's time is over, counted from the moment the handoff came to the line: 10 s and 10 s make 20 s for the
    /// second, however early the first was done. Null: never, within the live time.
    /// </summary>
    public TimeSpan? EndOf(Tier tier)
    {
        var until = Tiers.TakeWhile(t => t.Number <= tier.Number).ToList();
        return until.Exists(t => t.Seconds is null) ? null : TimeSpan.FromSeconds(until.Sum(t => t.Seconds!.Value));
    }

    /// <summary>When the line as a whole stops asking; null when only the live time ends it.</summary>
    public TimeSpan? End => Tiers.Count == 0 ? TimeSpan.Zero : EndOf(Tiers[^1]);

    /// <summary>What is wrong with it: <c>tiers-missing</c>, <c>tiers-too-many</c>, <c>tier-seconds</c>, <c>tier-endless</c>, <c>tier-skills</c>, <c>line-capacity</c>; null when nothing is.</summary>
    public Refusal? Check()
    {
        if (Tiers.Count == 0)
        {
            return new Refusal("tiers-missing");
        }

        if (Tiers.Count > MostTiers || !Tiers.Select(t => t.Number).SequenceEqual(Enumerable.Range(1, Tiers.Count)))
        {
            return new Refusal("tiers-too-many", $"{MostTiers}");
        }

        if (Tiers.FirstOrDefault(t => t.Seconds is < ShortestTier or > LongestTier) is { } odd)
        {
            return new Refusal("tier-seconds", $"{odd.Number}", $"{ShortestTier}", $"{LongestTier}");
        }

        if (Tiers.SkipLast(1).FirstOrDefault(t => t.Seconds is null) is { } endless)
        {
            return new Refusal("tier-endless", $"{endless.Number}");
        }

        // A skill that was let go does not come back: who is reached stays reached.
        if (Tiers.Zip(Tiers.Skip(1)).Any(p => (p.Second.NeedsLanguage && !p.First.NeedsLanguage) || (p.Second.NeedsTopic && !p.First.NeedsTopic)))
        {
            return new Refusal("tier-skills");
        }

        return Capacity is < 1 or > MostCapacity ? new Refusal("line-capacity", $"{MostCapacity}") : null;
    }
}
