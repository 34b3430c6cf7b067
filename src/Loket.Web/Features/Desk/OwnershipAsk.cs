namespace Loket.Web.Features.Desk;

/// <summary>An ask to take over the chain. Ownership moves only by acceptance.</summary>
public sealed class OwnershipAsk
{
    public long Id { get; init; }

    public long CaseId { get; init; }

    public string CaseNumber { get; init; } = "";

    public string CaseTitle { get; init; } = "";

    public string FromName { get; init; } = "";

    public string FromOrganisation { get; init; } = "";

    public string ToName { get; init; } = "";

    public DateTime AskedAt { get; init; }

    /// <summary>True when the viewer is asked.</summary>
    public bool ToYou { get; init; }

    /// <summary>True when the viewer may withdraw it (asked by the viewer, or supervisor).</summary>
    public bool MayWithdraw { get; init; }

    /// <summary>For who is asked: what saying yes lets them see; null for anybody else.</summary>
    public OwnershipSight? Sight { get; init; }
}

/// <summary>
/// What the owner of a chain sees: the chain whole, and of the citizen what their organisation recorded or was given by a sharing
/// rule of their line. Owning a chain gives no fact by itself (DOMAIN 5), so this is the same before and after the yes.
/// </summary>
/// <param name="Facts">The kinds of fact in words, never a value.</param>
/// <param name="HiddenFacts">How many facts stay with who has them.</param>
public sealed record OwnershipSight(int Steps, int Talks, IReadOnlyList<string> Facts, int HiddenFacts);
