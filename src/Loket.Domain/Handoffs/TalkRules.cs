using static Loket.Domain.Handoffs.HandoffState;

namespace Loket.Domain.Handoffs;

/// <summary>One question in a talk: the one that began it, or one that <paramref name="Joins"/> it with another line.</summary>
public sealed record TalkPart(bool Joins, HandoffState State, long SenderId, bool SenderReleased, long? SpecialistId)
{
    /// <summary>
    /// Who asks another line in takes part already, and not by asking: only the first question brings its sender, until
    /// that sender is released.
    /// </summary>
    internal bool HoldsSender => !Joins && !SenderReleased;
}

/// <summary>
/// A talk of several lines on one case. Each question keeps its own specialist, outcome and disclosures under
/// <see cref="HandoffRules"/>; what they share is who is there and what is said.
/// </summary>
public static class TalkRules
{
    /// <summary>So many people talk at once, at most.</summary>
    public const int MostPeople = 5;

    /// <summary>Who is in the talk now, each once; nobody while no specialist has joined.</summary>
    public static IReadOnlyList<long> People(IReadOnlyList<TalkPart> parts) =>
        parts.Any(p => HandoffRules.IsLive(p.State)) ? [.. Present(parts).Distinct()] : [];

    /// <summary>Who may say something: who is in the talk, and who just recorded the outcome, until the wrap-up is over.</summary>
    public static bool MayWrite(IReadOnlyList<TalkPart> parts, long person) =>
        parts.Any(p => HandoffRules.IsLive(p.State) || p.State == Wrapping)
        && (Present(parts).Contains(person)
            || parts.Any(p => p.State == Wrapping && (p.SpecialistId == person || (p.SenderId == person && p.HoldsSender))));

    /// <summary>
    /// Why this person cannot ask one more line now, or null: <c>talk-left</c>, <c>talk-line-rings</c> (one at a time),
    /// <c>talk-full</c>. Who still rings has a place kept.
    /// </summary>
    public static Refusal? CheckAsk(IReadOnlyList<TalkPart> parts, long person)
    {
        var people = People(parts);
        if (!people.Contains(person))
        {
            return new Refusal("talk-left");
        }

        if (parts.Any(p => p.Joins && HandoffRules.IsRinging(p.State)))
        {
            return new Refusal("talk-line-rings");
        }

        return people.Count + parts.Count(p => HandoffRules.IsRinging(p.State)) < MostPeople ? null : new Refusal("talk-full");
    }

    /// <summary>Nobody is left, and nobody waits: a line that is still being asked would come into an empty room.</summary>
    public static bool IsDeserted(IReadOnlyList<TalkPart> parts) => !Present(parts).Any();

    private static IEnumerable<long> Present(IReadOnlyList<TalkPart> parts) =>
    [
        .. parts.Where(p => p.HoldsSender && (HandoffRules.IsRinging(p.State) || HandoffRules.IsLive(p.State))).Select(p => p.SenderId),
        .. parts.Where(p => HandoffRules.IsLive(p.State)).Select(p => p.SpecialistId).OfType<long>(),
    ];
}
