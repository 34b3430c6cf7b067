namespace Loket.Domain.Lines;

/// <summary>How a tier chooses among who is free (DOMAIN 2).</summary>
public enum RingStrategy
{
    /// <summary>Who has been free longest, over all lines.</summary>
    LongestIdle,

    /// <summary>Everybody at once; the first to accept has it.</summary>
    RingAll,

    /// <summary>Who was asked longest ago on this line.</summary>
    RoundRobin,

    /// <summary>Who accepted fewest today.</summary>
    FewestHandled,

    /// <summary>Who talked shortest today.</summary>
    LeastTalkTime,

    /// <summary>The order of the line itself, always from the top.</summary>
    TopDown,

    /// <summary>By weight: twice the weight, twice the questions.</summary>
    Weighted,
}

/// <summary>
/// Who is asked now, and why: <paramref name="FreeCount"/> people in reach of <paramref name="Tier"/> were free; with a
/// <paramref name="Language"/> or <paramref name="Topic"/> that many of whom speak or know it.
/// </summary>
/// <param name="LongestOffer">What is left of the tier's time; null when only the live time ends it.</param>
public sealed record RingDecision(
    IReadOnlyList<long> People, RingStrategy Why, int FreeCount, int Tier, string? Language = null, string? Topic = null, TimeSpan? LongestOffer = null);

/// <summary>Who of a line is offered a handoff now.</summary>
public static class Ring
{
    /// <summary>With less time left than this nobody can read a question and answer it: then no offer is made.</summary>
    public static readonly TimeSpan ShortestOffer = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The first tier that can make an offer decides. A tier is skipped when its time is over, or when nobody in its
    /// reach is free; it reaches its own members and those of the tiers before it. Who is in
    /// <paramref name="excluded"/> (refused or missed it before, or sent it) is not asked. Null: nobody can be asked.
    /// </summary>
    /// <param name="waited">Time since the handoff came to this line: tier deadlines count from there.</param>
    public static RingDecision? Next(
        LinePlan line, IReadOnlyCollection<Member> members, IReadOnlySet<long> excluded, Need need, TimeSpan waited)
    {
        foreach (var tier in line.Tiers)
        {
            var left = line.EndOf(tier) - waited;
            if (left < ShortestOffer)
            {
                continue;
            }

            var free = members.Where(m => IsFree(m, line.Capacity) && Reaches(tier, need, m) && !excluded.Contains(m.ProfessionalId)).ToList();
            if (free.Count > 0)
            {
                return new RingDecision(
                    Choose(tier.Strategy, free), tier.Strategy, free.Count, tier.Number,
                    tier.NeedsLanguage ? need.Language : null, tier.NeedsTopic ? need.Topic : null, left);
            }
        }

        return null;
    }

    /// <summary>Whether it is worth waiting: somebody who was not excluded is on duty and may become free in time.</summary>
    public static bool MayBecomeFree(
        LinePlan line, IReadOnlyCollection<Member> members, IReadOnlySet<long> excluded, Need need, TimeSpan waited)
    {
        var tiers = line.Tiers.Where(t => !(line.EndOf(t) - waited < ShortestOffer)).ToList();
        return members.Any(m => PresenceRules.IsOnDuty(m.Presence) && m.IsOn && !excluded.Contains(m.ProfessionalId) && tiers.Exists(t => Reaches(t, need, m)));
    }

    /// <summary>Whether somebody takes offers of this line now: free, or in talks and with room for one more.</summary>
    public static bool IsFree(Member member, int capacity) => member.IsOn && member.Presence switch
    {
        PresenceState.Available => true,
        PresenceState.Engaged => !member.Full && Math.Max(1, member.Talks) < capacity,
        _ => false,
    };

    private static bool Reaches(Tier tier, Need need, Member member) =>
        member.Tier <= tier.Number
        && (!tier.NeedsLanguage || need.Language is null || member.Speaks)
        && (!tier.NeedsTopic || need.Topic is null || member.Knows);

    // Who talks already comes after who does not; what is equal goes by idle time, then by id.
    private static List<long> Choose(RingStrategy strategy, List<Member> free)
    {
        var byTalks = free.OrderBy(m => m.Talks);
        var ordered = strategy switch
        {
            RingStrategy.RoundRobin => byTalks.ThenBy(m => m.AskedAt ?? DateTime.MinValue).ThenBy(m => m.Position),
            RingStrategy.FewestHandled => byTalks.ThenBy(m => m.HandledToday),
            RingStrategy.LeastTalkTime => byTalks.ThenBy(m => m.TalkSecondsToday),
            RingStrategy.TopDown => byTalks.ThenBy(m => m.Position),
            RingStrategy.Weighted => byTalks.ThenBy(m => (m.AskedToday + 1m) / m.Weight),
            _ => byTalks,
        };
        var people = ordered.ThenBy(m => m.IdleSince).ThenBy(m => m.ProfessionalId).Select(m => m.ProfessionalId).ToList();
        return strategy == RingStrategy.RingAll ? people : [people[0]];
    }
}
