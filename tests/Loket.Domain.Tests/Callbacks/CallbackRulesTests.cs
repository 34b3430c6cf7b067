using Loket.Domain.Callbacks;
using Loket.Domain.Terms;
using static Loket.Domain.Tests.Terms.Calendars;

namespace Loket.Domain.Tests.Callbacks;

public sealed class CallbackRulesTests
{
    [Theory]
    [InlineData(CallbackResult.Reached, 1, CallbackNext.Fulfil, 0)]
    [InlineData(CallbackResult.Reached, 3, CallbackNext.Fulfil, 0)]
    [InlineData(CallbackResult.NoAnswer, 1, CallbackNext.TryAgain, 60)]
    [InlineData(CallbackResult.NoAnswer, 2, CallbackNext.TryAgain, 60)]
    [InlineData(CallbackResult.NoAnswer, 3, CallbackNext.Escalate, 0)]
    [InlineData(CallbackResult.NoAnswer, 4, CallbackNext.Escalate, 0)]
    [InlineData(CallbackResult.Engaged, 1, CallbackNext.TryAgain, 20)]
    [InlineData(CallbackResult.Engaged, 3, CallbackNext.Escalate, 0)]
    [InlineData(CallbackResult.WrongNumber, 1, CallbackNext.Escalate, 0)]
    [InlineData(CallbackResult.WrongNumber, 3, CallbackNext.Escalate, 0)]
    public void What_follows_a_call_when_the_line_makes_three(CallbackResult result, int attempt, CallbackNext next, int minutes) =>
        Assert.Equal((next, TimeSpan.FromMinutes(minutes)), CallbackRules.Next(result, attempt, 3));

    [Fact]
    public void A_call_that_reaches_nobody_counts_once_for_each_moment_that_was_agreed()
    {
        foreach (var (result, before, hasBegun) in from result in Enum.GetValues<CallbackResult>() from before in new[] { 0, 1, 2, 3 } from hasBegun in new[] { false, true } select (result, before, hasBegun))
        {
            var tooSoon = result is CallbackResult.NoAnswer or CallbackResult.Engaged && before > 0 && !hasBegun;
            Assert.Equal(tooSoon ? "callback-not-yet" : null, CallbackRules.Check(result, before, hasBegun)?.Code);
        }
    }

    [Theory]
    [InlineData(ContactChannel.Phone, true, false, null)]
    [InlineData(ContactChannel.Phone, false, true, "channel-needs-phone")]
    [InlineData(ContactChannel.TextRelay, true, false, null)]
    [InlineData(ContactChannel.TextRelay, false, false, "channel-needs-phone")]
    [InlineData(ContactChannel.Email, true, false, "channel-needs-email")]
    [InlineData(ContactChannel.Email, false, true, null)]
    [InlineData(ContactChannel.Desk, false, false, null)]
    public void A_channel_needs_what_it_uses(ContactChannel channel, bool phone, bool email, string? refusal) =>
        Assert.Equal(refusal, ContactChannels.Check(channel, phone, email)?.Code);

    [Theory]
    [InlineData("2026-11-24 09:00", null, "2026-11-24 09:00")]
    [InlineData("2026-11-24 09:00", "Europe/Amsterdam", "2026-11-24 09:00")]
    [InlineData("2026-11-24 09:00", "America/Kralendijk", "2026-11-24 13:00")] // 08:00 on Bonaire, no summer time there
    [InlineData("2026-07-07 09:00", "America/Kralendijk", "2026-07-07 14:00")]
    [InlineData("2026-11-24 09:00", "Australia/Sydney", "2026-11-24 09:00")] // 19:00
    [InlineData("2026-11-24 11:00", "Australia/Sydney", "2026-11-25 08:40")] // 21:00 is too late; the next day 18:40
    [InlineData("2026-11-24 09:00", "Pacific/Honolulu", "2026-11-24 09:00")] // the line is never open by day there: its hours decide
    public void A_slot_lies_in_the_hours_of_the_line_and_the_day_of_the_citizen(string now, string? zone, string from) => Assert.Equal(
        Amsterdam(from), CallbackSlot.Next(Amsterdam(now), [], OpeningHours.Default, Dutch, Term.WorkingHours(2), citizen: zone is null ? null : CitizenClock.Of(zone)).From);

    [Fact]
    public void Every_slot_of_a_year_suits_the_citizen_and_none_is_twice()
    {
        var clock = CitizenClock.Of("America/Kralendijk");
        var slots = CallbackSlot.All(Amsterdam("2026-01-01 00:00"), [], OpeningHours.Default, Dutch, Term.WorkingHours(2), citizen: clock).TakeWhile(s => s.From < Amsterdam("2027-01-01 00:00")).ToList();
        Assert.All(slots, s => Assert.InRange(clock.Local(s.From).TimeOfDay, TimeSpan.FromHours(8), TimeSpan.FromHours(21)));
        Assert.All(slots, s => Assert.True(OpeningHours.Default.IsOpenAt(s.From, Dutch)));
        Assert.Equal(slots.Count, slots.DistinctBy(s => s.From).Count());
        Assert.True(slots.Count > 2000, $"{slots.Count}");
    }

    [Theory]
    [InlineData("Europe/Amsterdam", false), InlineData("Europe/Brussels", false), InlineData("America/Kralendijk", true), InlineData("Europe/London", true)]
    public void Another_time_is_shown_only_where_the_clock_differs(string zone, bool differs) =>
        Assert.Equal(differs, CitizenClock.Of(zone).DiffersAt(Amsterdam("2026-11-24 09:00")));

    [Fact]
    public void Only_zones_with_a_region_are_known_and_all_usual_ones_are()
    {
        Assert.All(CitizenClock.Usual, zone => Assert.True(CitizenClock.Parse(zone).IsOk, zone));
        Assert.All(["", null, "CET", "Mars/Olympus", "W. Europe Standard Time"], (string? zone) => Assert.Equal("time-zone-unknown", CitizenClock.Parse(zone).Refusal?.Code));
        Assert.Equal(CitizenClock.Amsterdam, CitizenClock.Of("Mars/Olympus").Id);
    }
}
