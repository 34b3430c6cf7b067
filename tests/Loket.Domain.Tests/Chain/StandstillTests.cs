using Loket.Domain.Chain;
using Loket.Domain.Terms;
using Loket.Domain.Tests.Terms;

namespace Loket.Domain.Tests.Chain;

public sealed class StandstillTests
{
    private static readonly DateTime Tuesday = Local(2026, 2, 10, 10);

    [Fact]
    public void Without_a_date_it_begins_after_three_working_days_and_does_not_end()
    {
        var still = Of(Tuesday, null);
        Assert.Equal(Local(2026, 2, 13, 10), still.From);
        Assert.Null(still.Until);
        Assert.False(still.Holds(Local(2026, 2, 13, 9)));
        Assert.True(still.Holds(Local(2026, 2, 13, 10)));
        Assert.Equal(still.From, still.TurnsAt(Tuesday));
        Assert.Null(still.TurnsAt(still.From));
    }

    [Fact]
    public void A_weekend_and_a_holiday_are_no_working_days() =>
        // Thursday 2 April 2026; Good Friday, the weekend and Easter Monday follow.
        Assert.Equal(Local(2026, 4, 9, 10), Of(Local(2026, 4, 2, 10), null).From);

    [Fact]
    public void A_date_within_three_working_days_ends_it()
    {
        var still = Of(Tuesday, Local(2026, 2, 20, 17));
        Assert.Equal(Local(2026, 2, 17, 0), still.Until);
        Assert.True(still.Holds(Local(2026, 2, 16, 23)));
        Assert.False(still.Holds(Local(2026, 2, 17, 0)));
        Assert.Equal(still.Until, still.TurnsAt(still.From));
        Assert.Null(still.TurnsAt(Local(2026, 2, 17, 0)));
    }

    [Fact]
    public void A_date_that_is_near_from_the_start_lets_nothing_stand_still()
    {
        var still = Of(Tuesday, Local(2026, 2, 12, 17));
        Assert.False(still.Holds(Local(2026, 2, 13, 10)));
        Assert.Null(still.TurnsAt(Tuesday));
    }

    private static Standstill Of(DateTime acted, DateTime? due) => Standstill.Of(acted, due, Calendars.Dutch);

    private static DateTime Local(int year, int month, int day, int hour) => AmsterdamTime.ToUtc(new DateOnly(year, month, day), new TimeOnly(hour, 0));
}
