using Loket.Domain.Chain;

namespace Loket.Domain.Tests.Chain;

/// <summary>From, until and a stand-in who is here; and how the work of somebody who is away is spread.</summary>
public sealed class AbsenceRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Theory]
    [InlineData(0, 0, null), InlineData(0, 365, null), InlineData(30, 35, null)]
    [InlineData(null, 0, "absence-from-missing"), InlineData(null, null, "absence-from-missing"), InlineData(0, null, null), InlineData(-1, null, "absence-from-past")]
    [InlineData(-1, 3, "absence-from-past"), InlineData(3, 2, "absence-until-before-from"), InlineData(0, 366, "absence-too-long")]
    public void An_absence_begins_today_or_later_and_ends_within_a_year_or_has_no_end_yet(int? from, int? until, string? code)
    {
        DateOnly? Day(int? days) => days is { } n ? Today.AddDays(n) : null;
        Assert.Equal(code, AbsenceRules.CheckPeriod(Day(from), Day(until), Today)?.Code);
    }

    [Fact]
    public void Of_all_situations_a_stand_in_is_taken_in_one_and_nobody_only_while_a_supervisor_is_here()
    {
        for (var bits = 0; bits < 32; bits++)
        {
            var (named, self, works, away, supervisor) = ((bits & 1) > 0, (bits & 2) > 0, (bits & 4) > 0, (bits & 8) > 0, (bits & 16) > 0);
            var no = AbsenceRules.CheckStandIn(named, self, works, away, supervisor)?.Code;
            Assert.Equal(named ? !self && works && !away : supervisor, no is null);
        }
    }

    [Fact]
    public void The_next_piece_goes_to_whoever_has_least_by_then()
    {
        Assert.Equal([2, 2, 1, 2, 1, 2], EvenSpread.Propose(6, [(1, 2), (2, 0), (3, 9)]));
        Assert.Equal([1, 2, 3, 1], EvenSpread.Propose(4, [(1, 0), (2, 0), (3, 0)]));
        Assert.Empty(EvenSpread.Propose(4, []));
        Assert.Empty(EvenSpread.Propose(0, [(1, 0)]));
    }

    [Fact]
    public void However_it_was_before_nobody_gets_more_while_another_had_less()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var load = Enumerable.Range(1, random.Next(1, 8)).Select(n => ((long)n, random.Next(0, 20))).ToList();
            var got = EvenSpread.Propose(random.Next(0, 40), load).GroupBy(p => p).ToDictionary(g => g.Key, g => g.Count());
            var after = load.ToDictionary(l => l.Item1, l => l.Item2 + got.GetValueOrDefault(l.Item1));
            Assert.All(got.Keys, person => Assert.True(after[person] - 1 <= after.Values.Min()));
        }
    }
}
