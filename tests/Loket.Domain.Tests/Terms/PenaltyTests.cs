using Loket.Domain.Terms;

namespace Loket.Domain.Tests.Terms;

public class PenaltyTests
{
    private static readonly DueDate Term = new TermCalculator(Calendars.Dutch)
        .Due(new DateOnly(2026, 2, 9), Domain.Terms.Term.Weeks(8), TermBasis.Act); // due Tuesday 7 April

    [Theory]
    [InlineData(-3, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 2_300)]
    [InlineData(14, 32_200)]
    [InlineData(15, 35_700)]
    [InlineData(28, 81_200)]
    [InlineData(29, 85_700)]
    [InlineData(42, 144_200)]
    [InlineData(43, 144_200)]
    [InlineData(1000, 144_200)]
    public void The_penalty_grows_in_three_tiers_and_stops_at_1442_euro(int days, long cents) => Assert.Equal(cents, Penalty.CentsAfter(days));

    [Fact]
    public void The_penalty_starts_when_two_weeks_have_passed_after_the_notice()
    {
        var notice = new DateOnly(2026, 4, 8);

        Assert.Equal(0, Penalty.On(Term, notice, new DateOnly(2026, 4, 22)).Value.Cents);
        Assert.Equal(2_300, Penalty.On(Term, notice, new DateOnly(2026, 4, 23)).Value.Cents);
        Assert.Equal(new DateOnly(2026, 4, 23), Penalty.On(Term, notice, notice).Value.FirstDay);
    }

    [Fact]
    public void After_42_days_the_penalty_no_longer_grows()
    {
        var penalty = Penalty.On(Term, new DateOnly(2026, 4, 8), new DateOnly(2026, 12, 31)).Value;

        Assert.Equal((42, 144_200L), (penalty.Days, penalty.Cents));
        Assert.Equal(new DateOnly(2026, 6, 3), penalty.LastDay);
        Assert.Equal(144_200, Penalty.On(Term, new DateOnly(2026, 4, 8), penalty.LastDay).Value.Cents);
        Assert.Equal(139_700, Penalty.On(Term, new DateOnly(2026, 4, 8), penalty.LastDay.AddDays(-1)).Value.Cents);
    }

    [Fact]
    public void A_notice_of_default_before_the_term_ended_is_refused() =>
        Assert.Equal("notice-of-default-early", Penalty.On(Term, Term.Due, new DateOnly(2026, 12, 31)).Refusal?.Code);
}
