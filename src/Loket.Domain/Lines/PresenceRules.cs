using static Loket.Domain.Lines.PresenceState;

namespace Loket.Domain.Lines;

/// <summary>One presence a person, over all lines.</summary>
public enum PresenceState
{
    Offline,
    Available,
    Reserved,
    Engaged,
    WrapUp,
    Break,
    Missed,
}

public enum PresenceAction
{
    BecomeAvailable,
    TakeBreak,
    StartWrapUp,
    GoOffline,

    /// <summary>The router holds the person for an offer.</summary>
    Reserve,

    /// <summary>The offer ended without a fault of this person.</summary>
    Release,

    /// <summary>The offer was not answered.</summary>
    Miss,

    /// <summary>The person accepted.</summary>
    Engage,

    /// <summary>The talk is over.</summary>
    EndTalk,

    /// <summary>The wrap-up time is over.</summary>
    EndWrapUp,

    /// <summary>No connection is left and the grace has passed.</summary>
    LoseConnection,
}

/// <summary>What somebody does besides what an action is about: talks that go on, a wrap-up that runs, and how many talks they may have at once.</summary>
public sealed record Duties(int Talks = 0, bool Wrapping = false, int Capacity = 1)
{
    public static readonly Duties None = new();
}

/// <summary>Which presence follows which (DOMAIN 2). A table, so that nothing is left to guess.</summary>
public static class PresenceRules
{
    /// <summary>A lost connection keeps the presence this long; an open offer has no grace, a conversation more.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    public static readonly TimeSpan ConversationGrace = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The next presence, or <c>presence-offer-first</c>, <c>presence-in-talk</c>, <c>presence-not-now</c>. Who still talks
    /// or wraps up goes back to that; a miss while talking makes nobody missed.
    /// </summary>
    public static Outcome<PresenceState> Next(PresenceState from, PresenceAction action, Duties? duties = null) => (from, action) switch
    {
        (_, PresenceAction.LoseConnection) => Offline,
        (Reserved, PresenceAction.Release or PresenceAction.Miss) or (Engaged, PresenceAction.EndTalk) when duties is { Talks: > 0 } => Engaged,
        (Reserved, PresenceAction.Release) => duties is { Wrapping: true } ? WrapUp : Available,
        (Engaged, PresenceAction.Reserve) when duties is not null && Math.Max(1, duties.Talks) < duties.Capacity => Reserved,
        (Reserved, PresenceAction.Miss) => Missed,
        (Reserved, PresenceAction.Engage) => Engaged,
        (Reserved, PresenceAction.BecomeAvailable or PresenceAction.TakeBreak or PresenceAction.StartWrapUp or PresenceAction.GoOffline)
            => new Refusal("presence-offer-first"),
        (Engaged, PresenceAction.EndTalk) => WrapUp,
        (Engaged, PresenceAction.BecomeAvailable or PresenceAction.TakeBreak or PresenceAction.StartWrapUp or PresenceAction.GoOffline)
            => new Refusal("presence-in-talk"),
        (Available, PresenceAction.Reserve) => Reserved,
        (Available or WrapUp, PresenceAction.StartWrapUp) => WrapUp,
        (WrapUp, PresenceAction.EndWrapUp) => Available,
        (Offline or Available or WrapUp or Break or Missed, PresenceAction.BecomeAvailable) => Available,
        (Offline or Available or WrapUp or Break or Missed, PresenceAction.TakeBreak) => Break,
        (Offline or Available or WrapUp or Break or Missed, PresenceAction.GoOffline) => Offline,
        _ => new Refusal("presence-not-now"),
    };

    /// <summary>On duty: could take a question within minutes. Who is offline, on a break or missed is not waited for.</summary>
    public static bool IsOnDuty(PresenceState presence) => presence is Available or Reserved or Engaged or WrapUp;
}
