using Loket.Domain.Handoffs;

namespace Loket.Domain.Tests.Handoffs;

/// <summary>Every state × action of an offer, and every reason to decline (DOMAIN 2).</summary>
public sealed class OfferRulesTests
{
    [Theory]
    [InlineData(OfferAction.Accept, OfferState.Accepted)]
    [InlineData(OfferAction.Decline, OfferState.Declined)]
    [InlineData(OfferAction.TimeOut, OfferState.TimedOut)]
    [InlineData(OfferAction.Cancel, OfferState.Cancelled)]
    [InlineData(OfferAction.Rescind, OfferState.Rescinded)]
    [InlineData(OfferAction.Extend, OfferState.Pending)]
    public void A_pending_offer_takes_every_answer(OfferAction action, OfferState next)
    {
        Assert.Equal(next, OfferRules.Next(OfferState.Pending, action).Value);
    }

    public static TheoryData<OfferState, OfferAction, string> Answered()
    {
        var rows = new TheoryData<OfferState, OfferAction, string>();
        foreach (var action in Enum.GetValues<OfferAction>())
        {
            rows.Add(OfferState.Accepted, action, "offer-answered");
            rows.Add(OfferState.Declined, action, "offer-answered");
            rows.Add(OfferState.TimedOut, action, "offer-expired");
            rows.Add(OfferState.Cancelled, action, "offer-cancelled");
            rows.Add(OfferState.Rescinded, action, "offer-taken");
        }

        return rows;
    }

    [Theory, MemberData(nameof(Answered))]
    public void An_answered_offer_says_why_nothing_can_be_done_any_more(OfferState state, OfferAction action, string code)
    {
        Assert.Equal(code, OfferRules.Next(state, action).Refusal?.Code);
        Assert.Equal(code, OfferRules.Next(state, action, extended: true).Refusal?.Code);
    }

    [Fact]
    public void More_time_is_given_once()
    {
        Assert.Equal(OfferState.Pending, OfferRules.Next(OfferState.Pending, OfferAction.Extend, extended: false).Value);
        Assert.Equal("offer-extended", OfferRules.Next(OfferState.Pending, OfferAction.Extend, extended: true).Refusal?.Code);
    }

    [Fact]
    public void An_extended_offer_can_still_be_answered()
    {
        Assert.Equal(OfferState.Accepted, OfferRules.Next(OfferState.Pending, OfferAction.Accept, extended: true).Value);
    }

    [Theory]
    // Must name a better line.
    [InlineData(DeclineReason.NotCompetent, null, null, "decline-line-missing")]
    [InlineData(DeclineReason.NotCompetent, "Niet van ons", " ", "decline-line-missing")]
    [InlineData(DeclineReason.NotCompetent, null, "gm0518-debts", null)]
    // Must say which.
    [InlineData(DeclineReason.MissingInformation, null, null, "decline-information-missing")]
    [InlineData(DeclineReason.MissingInformation, "  ", "gm0518-debts", "decline-information-missing")]
    [InlineData(DeclineReason.MissingInformation, "Inkomen van de partner", null, null)]
    // With text.
    [InlineData(DeclineReason.Other, null, null, "decline-text-missing")]
    [InlineData(DeclineReason.Other, "\t", null, "decline-text-missing")]
    [InlineData(DeclineReason.Other, "Brandoefening", null, null)]
    // These speak for themselves.
    [InlineData(DeclineReason.NoCapacity, null, null, null)]
    [InlineData(DeclineReason.OutsideArea, null, null, null)]
    [InlineData(DeclineReason.NotEligible, null, null, null)]
    [InlineData(DeclineReason.ConflictOfInterest, null, null, null)]
    public void A_reason_comes_with_what_the_asker_needs(DeclineReason reason, string? text, string? line, string? refusal)
    {
        Assert.Equal(refusal, OfferRules.CheckDecline(reason, text, line)?.Code);
    }

    [Fact]
    public void The_reasons_are_those_of_the_bottleneck_register()
    {
        Assert.Equal(
            ["not_competent", "no_capacity", "missing_information", "outside_area", "not_eligible", "conflict_of_interest", "other"],
            Enum.GetValues<DeclineReason>().Select(r => Code.Of(r)));
    }
}
