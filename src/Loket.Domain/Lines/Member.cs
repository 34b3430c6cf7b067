namespace Loket.Domain.Lines;

/// <summary>A member of a line at this moment. Lower tiers are asked first; idle time counts over all lines.</summary>
public sealed record Member(long ProfessionalId, int Tier, PresenceState Presence, DateTime IdleSince)
{
    /// <summary>The person's own switch for this line.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>Talks that go on, over all lines.</summary>
    public int Talks { get; init; }

    /// <summary>Takes no second talk beside this one: missed an offer while talking.</summary>
    public bool Full { get; init; }

    /// <summary>The place in the line's own order.</summary>
    public int Position { get; init; }

    /// <summary>From 1; the share of the line's questions.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Last asked on this line; null when never.</summary>
    public DateTime? AskedAt { get; init; }

    /// <summary>Offers of this line today.</summary>
    public int AskedToday { get; init; }

    /// <summary>Accepted today, over all lines.</summary>
    public int HandledToday { get; init; }

    /// <summary>Seconds talked today, over all lines.</summary>
    public int TalkSecondsToday { get; init; }

    /// <summary>Speaks the language that is asked for.</summary>
    public bool Speaks { get; init; } = true;

    /// <summary>Knows the topic that is asked about.</summary>
    public bool Knows { get; init; } = true;
}

/// <summary>What a handoff asks of who takes it; null asks nothing. A line's own topic needs no asking.</summary>
public sealed record Need(string? Language = null, string? Topic = null)
{
    public static readonly Need Nothing = new();
}
