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
}
