using FsCheck;
using FsCheck.Fluent;
using Loket.Domain.Lines;

namespace Loket.Domain.Tests.Lines;

/// <summary>Who of a line is asked now (DOMAIN 2).</summary>
public sealed class RingTests
{
    private static readonly DateTime Noon = new(2026, 2, 10, 12, 0, 0, DateTimeKind.Utc);
    private static readonly IReadOnlySet<long> Nobody = new HashSet<long>();

    // A line without tiers of its own, for a question that asks for no language.
    private static RingDecision? Next(RingStrategy strategy, IEnumerable<Member> members, IReadOnlySet<long> excluded)
    {
        var all = members.ToList();
        return Ring.Next(LinePlan.Of(strategy, all.Select(m => m.Tier)), all, excluded, Need.Nothing, TimeSpan.Zero);
    }

    private static bool MayBecomeFree(IEnumerable<Member> members, IReadOnlySet<long> excluded)
    {
        var all = members.ToList();
        return Ring.MayBecomeFree(LinePlan.Of(RingStrategy.LongestIdle, all.Select(m => m.Tier)), all, excluded, Need.Nothing, TimeSpan.Zero);
    }

    private static Member Free(long id, int tier = 1, int idleMinutes = 0) => new(id, tier, PresenceState.Available, Noon.AddMinutes(-idleMinutes));

    [Fact]
    public void Who_is_idle_longest_is_asked()
    {
        var decision = Next(RingStrategy.LongestIdle, [Free(1, idleMinutes: 5), Free(2, idleMinutes: 30), Free(3, idleMinutes: 10)], Nobody);

        Assert.Equal([2], decision!.People);
        Assert.Equal((RingStrategy.LongestIdle, 3), (decision.Why, decision.FreeCount));
    }

    [Fact]
    public void Ring_all_asks_everyone_free_in_the_tier()
    {
        var decision = Next(
            RingStrategy.RingAll, [Free(1, idleMinutes: 1), Free(2, idleMinutes: 2), Free(3, tier: 2), Free(4) with { Presence = PresenceState.Engaged }], Nobody);

        Assert.Equal([2, 1], decision!.People);
        Assert.Equal((RingStrategy.RingAll, 2), (decision.Why, decision.FreeCount));
    }

    [Fact]
    public void A_tier_is_skipped_only_when_nobody_in_it_is_free()
    {
        Assert.Equal([1], Next(RingStrategy.LongestIdle, [Free(1, tier: 1), Free(2, tier: 2, idleMinutes: 60)], Nobody)!.People);
        Assert.Equal([2], Next(RingStrategy.LongestIdle, [Free(1, tier: 1) with { Presence = PresenceState.Break }, Free(2, tier: 2)], Nobody)!.People);
    }

    [Fact]
    public void Who_refused_missed_or_sent_it_is_not_asked_and_their_tier_counts_as_empty()
    {
        Assert.Equal([2], Next(RingStrategy.LongestIdle, [Free(1, tier: 1), Free(2, tier: 2)], new HashSet<long> { 1 })!.People);
        Assert.Null(Next(RingStrategy.RingAll, [Free(1)], new HashSet<long> { 1 }));
    }

    [Theory]
    [InlineData(PresenceState.Offline)]
    [InlineData(PresenceState.Reserved)]
    [InlineData(PresenceState.Engaged)]
    [InlineData(PresenceState.WrapUp)]
    [InlineData(PresenceState.Break)]
    [InlineData(PresenceState.Missed)]
    public void Who_is_not_available_is_not_asked(PresenceState presence)
    {
        Assert.Null(Next(RingStrategy.LongestIdle, [Free(1) with { Presence = presence }], Nobody));
    }

    [Fact]
    public void It_is_worth_waiting_only_for_somebody_on_duty_who_was_not_excluded()
    {
        Member[] members = [Free(1) with { Presence = PresenceState.Engaged }, Free(2) with { Presence = PresenceState.Break }];

        Assert.True(MayBecomeFree(members, Nobody));
        Assert.False(MayBecomeFree(members, new HashSet<long> { 1 }));
        Assert.False(MayBecomeFree([], Nobody));
    }

    [Fact]
    public void Any_decision_asks_only_free_people_of_the_first_tier_that_has_any()
    {
        Prop.ForAll(Situations.ToArbitrary(), s =>
        {
            var free = s.Members.Where(m => m.Presence == PresenceState.Available && !s.Excluded.Contains(m.ProfessionalId)).ToList();

            var decision = Next(s.Strategy, s.Members, s.Excluded);

            if (free.Count == 0)
            {
                Assert.Null(decision);
                return;
            }

            var tier = free.Where(m => m.Tier == free.Min(f => f.Tier)).ToList();
            Assert.Equal(tier.Count, decision!.FreeCount);
            if (s.Strategy == RingStrategy.RingAll)
            {
                Assert.Equal(tier.Select(m => m.ProfessionalId).Order(), decision.People.Order());
            }
            else
            {
                var asked = tier.Single(m => m.ProfessionalId == Assert.Single(decision.People));
                Assert.DoesNotContain(tier, m => m.IdleSince < asked.IdleSince);
            }

            Assert.True(MayBecomeFree(s.Members, s.Excluded));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_decision_is_the_same_whatever_order_the_members_come_in()
    {
        Prop.ForAll(Situations.ToArbitrary(), s =>
            Assert.Equal(
                Next(s.Strategy, s.Members, s.Excluded)?.People,
                Next(s.Strategy, Enumerable.Reverse(s.Members), s.Excluded)?.People)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_line_asked_again_and_again_reaches_every_free_person_once_and_then_nobody()
    {
        Prop.ForAll(Situations.ToArbitrary(), s =>
        {
            var excluded = s.Excluded.ToHashSet();
            var asked = new List<long>();
            while (Next(s.Strategy, s.Members, excluded) is { } decision)
            {
                asked.AddRange(decision.People);
                excluded.UnionWith(decision.People);
            }

            var free = s.Members.Where(m => m.Presence == PresenceState.Available && !s.Excluded.Contains(m.ProfessionalId));
            Assert.Equal(free.Select(m => m.ProfessionalId).Order(), asked.Order());
            Assert.Equal(asked.Select(id => s.Members.First(m => m.ProfessionalId == id).Tier).Order(), asked.Select(id => s.Members.First(m => m.ProfessionalId == id).Tier));
        }).QuickCheckThrowOnFailure();
    }

    private sealed record Situation(RingStrategy Strategy, List<Member> Members, HashSet<long> Excluded);

    private static Gen<Situation> Situations =>
        from count in Gen.Choose(0, 8)
        from tiers in Gen.ArrayOf(Gen.Choose(1, 3), count)
        from presences in Gen.ArrayOf(Gen.Frequency((3, Gen.Constant(PresenceState.Available)), (2, Gen.Elements(Enum.GetValues<PresenceState>()))), count)
        from idle in Gen.ArrayOf(Gen.Choose(0, 4), count)
        from excluded in Gen.SubListOf(Enumerable.Range(1, count).Select(i => (long)i).ToArray())
        from strategy in Gen.Elements(RingStrategy.LongestIdle, RingStrategy.RingAll)
        select new Situation(
            strategy,
            Enumerable.Range(0, count).Select(i => new Member(i + 1, tiers[i], presences[i], Noon.AddMinutes(-idle[i]))).ToList(),
            excluded.ToHashSet());
}
