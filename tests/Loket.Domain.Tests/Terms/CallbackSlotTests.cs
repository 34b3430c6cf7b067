using Loket.Domain.Terms;
using static Loket.Domain.Tests.Terms.Calendars;

namespace Loket.Domain.Tests.Terms;

public class CallbackSlotTests
{
    private static readonly Term TwoHours = Term.WorkingHours(2);

    [Theory]
    [InlineData("2026-11-24 10:00", "2026-11-24 10:00")]
    [InlineData("2026-11-24 10:01", "2026-11-24 10:20")]
    [InlineData("2026-11-24 08:00", "2026-11-24 08:40")] // opens at 08:30
    [InlineData("2026-11-24 16:41", "2026-11-25 08:40")] // would end after closing
    [InlineData("2026-11-27 18:00", "2026-11-30 08:40")]
    [InlineData("2026-03-27 17:30", "2026-03-30 08:40")]
    [InlineData("2026-10-23 17:30", "2026-10-26 08:40")]
    public void The_first_free_slot_is_on_the_next_twenty_minutes_within_opening_hours(string now, string from)
    {
        var slot = CallbackSlot.Next(Amsterdam(now), [], OpeningHours.Default, Dutch, TwoHours);

        Assert.Equal(new CallbackSlot(Amsterdam(from), Amsterdam(from).AddMinutes(20)), slot);
    }

    [Fact]
    public void A_taken_slot_is_passed_over_also_when_it_overlaps_in_part()
    {
        var slot = CallbackSlot.Next(
            Amsterdam("2026-11-24 10:00"),
            [(Amsterdam("2026-11-24 10:10"), Amsterdam("2026-11-24 10:30"))],
            OpeningHours.Default, Dutch, TwoHours);

        Assert.Equal(Amsterdam("2026-11-24 10:40"), slot.From);
    }

    [Fact]
    public void Two_people_on_the_line_can_call_back_at_once()
    {
        (DateTime, DateTime) taken = (Amsterdam("2026-11-24 10:00"), Amsterdam("2026-11-24 10:20"));

        Assert.Equal(Amsterdam("2026-11-24 10:00"), Next([taken], 2).From);
        Assert.Equal(Amsterdam("2026-11-24 10:20"), Next([taken, taken], 2).From);

        static CallbackSlot Next((DateTime, DateTime)[] taken, int atOnce) =>
            CallbackSlot.Next(Amsterdam("2026-11-24 10:00"), taken, OpeningHours.Default, Dutch, TwoHours, atOnce);
    }

    [Fact]
    public void When_all_slots_of_the_term_are_taken_the_first_one_after_it_is_given_and_says_so()
    {
        var taken = Enumerable.Range(0, 6).Select(i => (Amsterdam("2026-11-24 10:00").AddMinutes(20 * i), Amsterdam("2026-11-24 10:20").AddMinutes(20 * i))).ToList();

        var slot = CallbackSlot.Next(Amsterdam("2026-11-24 10:00"), taken, OpeningHours.Default, Dutch, TwoHours);

        Assert.Equal(Amsterdam("2026-11-24 12:00"), slot.From);
        Assert.False(slot.WithinTerm);
        Assert.True(CallbackSlot.Next(Amsterdam("2026-11-24 10:00"), taken.Skip(1), OpeningHours.Default, Dutch, TwoHours).WithinTerm);
    }
}
