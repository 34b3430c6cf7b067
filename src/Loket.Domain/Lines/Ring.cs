namespace Loket.Domain.Lines;

public enum RingStrategy
{
    LongestIdle,
    RingAll,
}

/// <summary>A member of a line at this moment. Lower tiers are asked first.</summary>
public sealed record Member(long ProfessionalId, int Tier, PresenceState Presence, DateTime IdleSince);

/// <summary>Who is asked now, and why: <paramref name="FreeCount"/> people of this tier were free.</summary>
public sealed record RingDecision(IReadOnlyList<long> People, RingStrategy Why, int FreeCount);

/// <summary>Who of a line is offered a handoff now.</summary>
public static class Ring
{
    /// <summary>
    /// The first tier that can make an offer decides; a tier is skipped only when nobody in it is free. Who is in
    /// <paramref name="excluded"/> (refused or missed it before, or sent it) is not asked. Null: nobody can be asked.
    /// </summary>
    public static RingDecision? Next(RingStrategy strategy, IEnumerable<Member> members, IReadOnlySet<long> excluded)
    {
        var tier = members
            .Where(m => m.Presence == PresenceState.Available && !excluded.Contains(m.ProfessionalId))
            .GroupBy(m => m.Tier)
            .OrderBy(g => g.Key)
            .FirstOrDefault();
        if (tier is null)
        {
            return null;
        }

        var free = tier.OrderBy(m => m.IdleSince).ThenBy(m => m.ProfessionalId).Select(m => m.ProfessionalId).ToList();
        return new RingDecision(strategy == RingStrategy.RingAll ? free : [free[0]], strategy, free.Count);
    }

    /// <summary>Whether it is worth waiting: somebody who was not excluded is on duty and may become free.</summary>
    public static bool MayBecomeFree(IEnumerable<Member> members, IReadOnlySet<long> excluded) =>
        members.Any(m => PresenceRules.IsOnDuty(m.Presence) && !excluded.Contains(m.ProfessionalId));
}
