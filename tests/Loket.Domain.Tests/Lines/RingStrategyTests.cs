using FsCheck;
using FsCheck.Fluent;
using Loket.Domain.Lines;

namespace Loket.Domain.Tests.Lines;

/// <summary>Every strategy, every tier with its time and skills, capacity and the switch of a line (DOMAIN 2).</summary>
public sealed class RingStrategyTests
{
    private static readonly DateTime Noon = new(2026, 2, 10, 12, 0, 0, DateTimeKind.Utc);
    private static readonly IReadOnlySet<long> Nobody = new HashSet<long>();

    // Four people who differ in everything a strategy looks at: no two strategies have the same favourite by accident.
    private static readonly Member[] Four =
    [
        Free(1, idle: 5) with { Position = 3, Weight = 1, AskedAt = Noon.AddMinutes(-40), AskedToday = 4, HandledToday = 6, TalkSecondsToday = 500 },
        Free(2, idle: 30) with { Position = 4, Weight = 2, AskedAt = Noon.AddMinutes(-10), AskedToday = 3, HandledToday = 4, TalkSecondsToday = 900 },
        Free(3, idle: 10) with { Position = 2, Weight = 1, AskedAt = Noon.AddMinutes(-30), AskedToday = 3, HandledToday = 2, TalkSecondsToday = 700 },
        Free(4, idle: 20) with { Position = 1, Weight = 9, AskedAt = Noon.AddMinutes(-20), AskedToday = 8, HandledToday = 3, TalkSecondsToday = 600 },
    ];

    private static Member Free(long id, int tier = 1, int idle = 0) => new(id, tier, PresenceState.Available, Noon.AddMinutes(-idle));

    private static LinePlan Plan(params Tier[] tiers) => new(tiers);

    private static RingDecision? Ask(LinePlan plan, Member[] members, int waited = 0, Need? need = null, params long[] excluded) =>
        Ring.Next(plan, members, excluded.ToHashSet(), need ?? Need.Nothing, TimeSpan.FromSeconds(waited));

    [Theory]
    [InlineData(RingStrategy.LongestIdle, "2 4 3 1")]
    [InlineData(RingStrategy.RoundRobin, "1 3 4 2")]
    [InlineData(RingStrategy.FewestHandled, "3 4 2 1")]
    [InlineData(RingStrategy.LeastTalkTime, "1 4 3 2")]
    [InlineData(RingStrategy.TopDown, "4 3 1 2")]
    [InlineData(RingStrategy.Weighted, "4 2 3 1")]
    [InlineData(RingStrategy.RingAll, "2,4,3,1")]
    public void Each_strategy_asks_in_its_own_order(RingStrategy strategy, string order)
    {
        var asked = new List<string>();
        var excluded = new List<long>();
        while (Ask(Plan(new Tier(1, strategy)), Four, excluded: [.. excluded]) is { } decision)
        {
            Assert.Equal((strategy, 4 - excluded.Count, 1), (decision.Why, decision.FreeCount, decision.Tier));
            asked.Add(string.Join(',', decision.People));
            excluded.AddRange(decision.People);
        }

        Assert.Equal(order, string.Join(' ', asked));
    }

    [Theory]
    [InlineData(RingStrategy.FewestHandled)]
    [InlineData(RingStrategy.LeastTalkTime)]
    [InlineData(RingStrategy.Weighted)]
    [InlineData(RingStrategy.TopDown)]
    [InlineData(RingStrategy.RoundRobin)]
    public void What_is_equal_goes_by_idle_time_over_all_lines_then_by_id(RingStrategy strategy)
    {
        Assert.Equal([2], Ask(Plan(new Tier(1, strategy)), [Free(1, idle: 1), Free(2, idle: 3), Free(3, idle: 3)])!.People);
    }

    [Fact]
    public void By_weight_three_to_one_gets_three_of_every_four()
    {
        var (heavy, light) = (0, 0);
        for (var n = 0; n < 400; n++)
        {
            var asked = Ask(Plan(new Tier(1, RingStrategy.Weighted)), [Free(1) with { Weight = 3, AskedToday = heavy }, Free(2) with { AskedToday = light }])!.People[0];
            (heavy, light) = asked == 1 ? (heavy + 1, light) : (heavy, light + 1);
        }

        Assert.Equal((300, 100), (heavy, light));
    }

    // Ten seconds for tier 1, ten for tier 2, then everybody: what is asked after so many seconds, and how long it may last.
    [Theory]
    [InlineData(0, "", 1, 1, 10)]
    [InlineData(3, "1", 2, 2, 17)]
    [InlineData(3, "1 2", 3, 3, null)]
    [InlineData(5, "", 1, 1, 5)]
    [InlineData(6, "", 1, 2, 14)]
    [InlineData(10, "", 1, 2, 10)]
    [InlineData(12, "1", 2, 2, 8)]
    [InlineData(15, "1", 2, 2, 5)]
    [InlineData(16, "1", 2, 3, null)]
    [InlineData(20, "1 2", 3, 3, null)]
    [InlineData(500, "1 2", 3, 3, null)]
    public void Tier_deadlines_accumulate_from_entry_and_a_quick_refusal_moves_on_at_once(int waited, string refused, int asked, int tier, int? seconds)
    {
        var plan = Plan(new Tier(1, RingStrategy.TopDown, 10), new Tier(2, RingStrategy.TopDown, 10), new Tier(3, RingStrategy.TopDown));
        Member[] members = [Free(1) with { Position = 1 }, Free(2, tier: 2) with { Position = 2 }, Free(3, tier: 3) with { Position = 3 }];

        var decision = Ask(plan, members, waited, null, [.. refused.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)]);

        Assert.Equal(((long)asked, tier, seconds), (decision!.People.Single(), decision.Tier, (int?)decision.LongestOffer?.TotalSeconds));
    }

    [Fact]
    public void A_line_whose_last_tier_is_over_asks_nobody_and_is_not_waited_for()
    {
        var plan = Plan(new Tier(1, RingStrategy.LongestIdle, 10), new Tier(2, RingStrategy.LongestIdle, 10));

        Assert.NotNull(Ask(plan, [Free(1)], waited: 15));
        Assert.Null(Ask(plan, [Free(1)], waited: 16));
        Member[] busy = [Free(1) with { Presence = PresenceState.Engaged, Talks = 1 }];
        Assert.True(Ring.MayBecomeFree(plan, busy, Nobody, Need.Nothing, TimeSpan.FromSeconds(15)));
        Assert.False(Ring.MayBecomeFree(plan, busy, Nobody, Need.Nothing, TimeSpan.FromSeconds(16)));
    }

    [Fact]
    public void A_preferred_language_relaxes_in_a_later_tier_and_a_required_one_never()
    {
        Member[] members = [Free(1, idle: 60) with { Speaks = false }, Free(2, idle: 5), Free(3, idle: 9)];
        var polish = new Need("pl");
        var preferred = Plan(new Tier(1, RingStrategy.LongestIdle, 10), new Tier(2, RingStrategy.LongestIdle, NeedsLanguage: false));
        var required = Plan(new Tier(1, RingStrategy.LongestIdle, 10), new Tier(2, RingStrategy.LongestIdle));

        var first = Ask(preferred, members, need: polish)!;
        Assert.Equal((3L, 2, "pl"), (first.People.Single(), first.FreeCount, first.Language));
        var relaxed = Ask(preferred, members, need: polish, excluded: [2, 3])!;
        Assert.Equal((1L, 1, null, 2), (relaxed.People.Single(), relaxed.FreeCount, relaxed.Language, relaxed.Tier));
        Assert.Null(Ask(required, members, need: polish, excluded: [2, 3]));
        Assert.False(Ring.MayBecomeFree(required, [members[0]], Nobody, polish, TimeSpan.Zero));
        Assert.Equal([1], Ask(required, members)!.People);
    }

    [Fact]
    public void A_topic_is_a_skill_like_a_language()
    {
        Member[] members = [Free(1, idle: 60) with { Knows = false }, Free(2)];

        var decision = Ask(Plan(new Tier(1, RingStrategy.LongestIdle)), members, need: new Need(Topic: "debts"))!;

        Assert.Equal((2L, "debts"), (decision.People.Single(), decision.Topic));
    }

    [Fact]
    public void A_line_without_tiers_of_its_own_prefers_the_language_and_never_leaves_a_question_with_nobody()
    {
        Member[] members = [Free(1, idle: 60) with { Speaks = false }, Free(2, tier: 2)];
        var plan = LinePlan.Of(RingStrategy.LongestIdle, [1, 2]);

        Assert.Equal([2], Ask(plan, members, need: new Need("pl"))!.People);
        Assert.Equal([1], Ask(plan, members, need: new Need("pl"), excluded: [2])!.People);
    }

    // Presence, talks over all lines, capacity of this line, the own switch, missed one while talking: asked or not.
    [Theory]
    [InlineData(PresenceState.Available, 0, 1, true, false, true)]
    [InlineData(PresenceState.Available, 0, 1, false, false, false)]
    [InlineData(PresenceState.Engaged, 1, 1, true, false, false)]
    [InlineData(PresenceState.Engaged, 1, 2, true, false, true)]
    [InlineData(PresenceState.Engaged, 2, 2, true, false, false)]
    [InlineData(PresenceState.Engaged, 2, 3, true, false, true)]
    [InlineData(PresenceState.Engaged, 1, 3, true, true, false)]
    [InlineData(PresenceState.Engaged, 1, 2, false, false, false)]
    [InlineData(PresenceState.Reserved, 0, 5, true, false, false)]
    [InlineData(PresenceState.WrapUp, 0, 5, true, false, false)]
    [InlineData(PresenceState.Break, 0, 5, true, false, false)]
    [InlineData(PresenceState.Missed, 0, 5, true, false, false)]
    [InlineData(PresenceState.Offline, 0, 5, true, false, false)]
    public void Capacity_and_the_switch_of_a_line_decide_who_may_be_asked(PresenceState presence, int talks, int capacity, bool on, bool full, bool asked)
    {
        var member = Free(1) with { Presence = presence, Talks = talks, IsOn = on, Full = full };

        Assert.Equal(asked, Ring.Next(new LinePlan([new Tier(1, RingStrategy.LongestIdle)], capacity), [member], Nobody, Need.Nothing, TimeSpan.Zero) is not null);
    }

    [Fact]
    public void Who_talks_already_is_asked_after_who_does_not()
    {
        Member[] members = [Free(1, idle: 99) with { Presence = PresenceState.Engaged, Talks = 1 }, Free(2)];

        Assert.Equal([2], Ring.Next(new LinePlan([new Tier(1, RingStrategy.LongestIdle)], 2), members, Nobody, Need.Nothing, TimeSpan.Zero)!.People);
    }

    [Fact]
    public void Any_line_asks_only_who_is_free_has_the_skills_and_was_not_excluded_and_never_beyond_its_time()
    {
        Prop.ForAll(Situations.ToArbitrary(), s =>
        {
            var decision = Ring.Next(s.Plan, s.Members, s.Excluded, s.Need, s.Waited);
            if (decision is null)
            {
                Assert.DoesNotContain(s.Members, m => Ring.IsFree(m, s.Plan.Capacity) && !s.Excluded.Contains(m.ProfessionalId) && s.Plan.Tiers.Any(t =>
                    m.Tier <= t.Number && (m.Speaks || !t.NeedsLanguage) && (m.Knows || !t.NeedsTopic) && !(s.Plan.EndOf(t) - s.Waited < Ring.ShortestOffer)));
                return;
            }

            var tier = s.Plan.Tiers.Single(t => t.Number == decision.Tier);
            Assert.Equal(s.Plan.EndOf(tier) - s.Waited, decision.LongestOffer);
            Assert.False(decision.LongestOffer < Ring.ShortestOffer);
            Assert.True(decision.People.Count <= decision.FreeCount && (tier.Strategy == RingStrategy.RingAll || decision.People.Count == 1));
            Assert.All(decision.People.Select(id => s.Members.Single(m => m.ProfessionalId == id)), m =>
            {
                Assert.True(Ring.IsFree(m, s.Plan.Capacity) && m.Tier <= tier.Number && !s.Excluded.Contains(m.ProfessionalId));
                Assert.True((m.Speaks || !tier.NeedsLanguage) && (m.Knows || !tier.NeedsTopic));
            });
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("tiers-missing")]
    [InlineData("tiers-too-many", "1 2 3 4 5 6")]
    [InlineData("tiers-too-many", "2")]
    [InlineData("tier-seconds", "1:9 2")]
    [InlineData("tier-seconds", "1:601 2")]
    [InlineData("tier-endless", "1 2:10")]
    [InlineData("tier-skills", "1:10- 2")]
    [InlineData("line-capacity", "1", 0)]
    [InlineData("line-capacity", "1", 6)]
    [InlineData(null, "1:10 2:600- 3-", 5)]
    public void A_plan_says_what_is_wrong_with_it(string? refusal, string tiers = "", int capacity = 1)
    {
        var plan = new LinePlan([.. tiers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(t =>
        {
            var parts = t.TrimEnd('-').Split(':');
            return new Tier(int.Parse(parts[0]), RingStrategy.LongestIdle, parts.Length > 1 ? int.Parse(parts[1]) : null, NeedsLanguage: !t.EndsWith('-'));
        })], capacity);

        Assert.Equal(refusal, plan.Check()?.Code);
    }

    private sealed record Situation(LinePlan Plan, List<Member> Members, HashSet<long> Excluded, Need Need, TimeSpan Waited);

    private static Gen<Situation> Situations =>
        from tiers in Gen.Choose(1, 3)
        from strategies in Gen.ArrayOf(Gen.Elements(Enum.GetValues<RingStrategy>()), tiers)
        from seconds in Gen.ArrayOf(Gen.Choose(10, 30), tiers)
        from relaxed in Gen.Choose(1, 4)
        from endless in Gen.Elements(true, false)
        from capacity in Gen.Choose(1, 3)
        from count in Gen.Choose(0, 6)
        from members in Gen.ArrayOf(Any, count)
        from excluded in Gen.SubListOf(Enumerable.Range(1, count).Select(i => (long)i).ToArray())
        from waited in Gen.Choose(0, 90)
        select new Situation(
            new LinePlan([.. strategies.Select((s, i) => new Tier(i + 1, s, endless && i == tiers - 1 ? null : seconds[i], i + 1 < relaxed, i + 1 < relaxed))], capacity),
            [.. members.Select((m, i) => m with { ProfessionalId = i + 1 })],
            excluded.ToHashSet(), new Need("pl", "debts"), TimeSpan.FromSeconds(waited));

    private static Gen<Member> Any =>
        from tier in Gen.Choose(1, 3)
        from presence in Gen.Frequency((4, Gen.Constant(PresenceState.Available)), (2, Gen.Constant(PresenceState.Engaged)), (1, Gen.Elements(Enum.GetValues<PresenceState>())))
        from numbers in Gen.ArrayOf(Gen.Choose(0, 4), 5)
        from flags in Gen.ArrayOf(Gen.Frequency((3, Gen.Constant(true)), (1, Gen.Constant(false))), 4)
        select new Member(0, tier, presence, Noon.AddMinutes(-numbers[0]))
        {
            Talks = presence == PresenceState.Engaged ? 1 + (numbers[1] % 3) : 0, Position = numbers[2], Weight = 1 + numbers[3], AskedToday = numbers[4],
            IsOn = flags[0], Speaks = flags[1], Knows = flags[2], Full = !flags[3],
        };
}
