using Loket.Domain.Retention;

namespace Loket.Domain.Tests.Retention;

public sealed class RetentionTests
{
    private static RetentionRule Of(int years, Nomination nomination = Nomination.Destroy) => new("rule", ["*"], nomination, years, "list", false);

    [Theory]
    [InlineData(5, "2020-03-01", "2025-03-02")]
    [InlineData(5, "2020-02-29", "2025-03-01")]
    [InlineData(4, "2020-02-29", "2024-03-01")]
    [InlineData(1, "2020-12-31", "2022-01-01")]
    public void A_case_is_due_the_day_after_its_period(int years, string closed, string due) => Assert.Equal(DateOnly.Parse(due), Of(years).DueOn(DateOnly.Parse(closed)));

    [Fact]
    public void What_is_kept_is_never_due()
    {
        Assert.Null(Of(0, Nomination.Keep).DueOn(new DateOnly(2000, 1, 1)));
        Assert.Null(Of(0, Nomination.Keep).ClosedBefore(new DateOnly(2026, 1, 1)));
    }

    [Fact]
    public void The_day_before_which_cases_are_due_fits_the_day_on_which_each_is()
    {
        foreach (var years in (int[])[1, 4, 5, 7, 10])
        {
            for (var today = new DateOnly(2024, 1, 1); today < new DateOnly(2029, 1, 1); today = today.AddDays(1))
            {
                var before = Of(years).ClosedBefore(today)!.Value;
                Assert.True(Of(years).DueOn(before.AddDays(-1)) <= today, $"{years} {today}: closed the day before {before} is due");
                Assert.True(Of(years).DueOn(before) > today, $"{years} {today}: closed on {before} is not due yet");
            }
        }
    }

    private static readonly Approver Officer = new(1, true, false);
    private static readonly Approver OtherOfficer = new(2, true, false);
    private static readonly Approver Supervisor = new(3, false, true);
    private static readonly Approver OtherSupervisor = new(4, false, true);
    private static readonly Approver Desk = new(5, false, false);

    // Everybody as first and second, in an organisation with and without an officer.
    [Fact]
    public void Two_different_people_approve_and_one_is_the_officer_where_there_is_one()
    {
        Approver[] all = [Officer, OtherOfficer, Supervisor, OtherSupervisor, Desk];
        foreach (var who in all)
        {
            Assert.Equal(who == Desk ? "destruction-not-yours" : null, Approval.Give(null, who, true).Refusal?.Code);
            foreach (var first in all.Where(a => a != Desk))
            {
                foreach (var hasOfficer in (bool[])[true, false])
                {
                    var expected = who == Desk ? "destruction-not-yours" : who == first ? "destruction-same-person"
                        : hasOfficer && first.IsSupervisor && who.IsSupervisor ? "destruction-officer-needed" : null;
                    var given = Approval.Give(first, who, hasOfficer);
                    Assert.Equal(expected, given.Refusal?.Code);
                    Assert.True(expected is not null || given.Value);
                }
            }
        }

        Assert.False(Approval.Give(null, Supervisor, true).Value);
    }
}
