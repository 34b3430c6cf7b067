using static Loket.Domain.Handoffs.OfferState;

namespace Loket.Domain.Handoffs;

public enum OfferState
{
    Pending,
    Accepted,
    Declined,
    TimedOut,
    Cancelled,
    Rescinded,
}

public enum OfferAction
{
    Accept,
    Decline,

    /// <summary>Nobody answered in time, or the specialist vanished.</summary>
    TimeOut,

    /// <summary>The sender stopped, or the live time is over.</summary>
    Cancel,

    /// <summary>A colleague who was asked at the same moment was first.</summary>
    Rescind,

    /// <summary>The specialist asks for more time (WCAG 2.2.1); once an offer.</summary>
    Extend,
}

public enum DeclineReason
{
    NotCompetent,
    NoCapacity,
    MissingInformation,
    OutsideArea,
    NotEligible,
    ConflictOfInterest,
    Other,
}

/// <summary>One offer to one specialist (DOMAIN 2): it is answered once.</summary>
public static class OfferRules
{
    public static readonly TimeSpan MoreTime = TimeSpan.FromSeconds(30);

    /// <summary>The next state, or why not: <c>offer-taken</c>, <c>offer-expired</c>, <c>offer-cancelled</c>, <c>offer-answered</c>, <c>offer-extended</c>.</summary>
    public static Outcome<OfferState> Next(OfferState state, OfferAction action, bool extended = false) => state switch
    {
        Pending => action switch
        {
            OfferAction.Accept => Accepted,
            OfferAction.Decline => Declined,
            OfferAction.TimeOut => TimedOut,
            OfferAction.Cancel => Cancelled,
            OfferAction.Rescind => Rescinded,
            _ => extended ? new Refusal("offer-extended") : Pending,
        },
        Rescinded => new Refusal("offer-taken"),
        TimedOut => new Refusal("offer-expired"),
        Cancelled => new Refusal("offer-cancelled"),
        _ => new Refusal("offer-answered"),
    };

    /// <summary>What must come with a refusal: a better line, which information, or a text.</summary>
    public static Refusal? CheckDecline(DeclineReason reason, string? text, string? suggestedLine) => reason switch
    {
        DeclineReason.NotCompetent when string.IsNullOrWhiteSpace(suggestedLine) => new Refusal("decline-line-missing"),
        DeclineReason.MissingInformation when string.IsNullOrWhiteSpace(text) => new Refusal("decline-information-missing"),
        DeclineReason.Other when string.IsNullOrWhiteSpace(text) => new Refusal("decline-text-missing"),
        _ => null,
    };
}
