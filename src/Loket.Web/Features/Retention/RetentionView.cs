using Loket.Domain.Retention;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Retention;

/// <summary>GET /retention. View <c>Retention/Retention.cshtml</c>. It names cases by number alone.</summary>
public sealed class RetentionView
{
    /// <summary>What waits for approval or for the job, soonest due first.</summary>
    public IReadOnlyList<DestructionRow> Proposed { get; init; } = [];

    public IReadOnlyList<HoldRow> Holds { get; init; } = [];

    /// <summary>Destroyed cases, newest first.</summary>
    public IReadOnlyList<DestructionRow> Destroyed { get; init; } = [];

    public IReadOnlyList<RetentionRule> Rules { get; init; } = [];

    /// <summary>Refused form <c>hold</c>.</summary>
    public FormState Form { get; init; } = FormState.Empty;
}

public sealed class DestructionRow
{
    public long Id { get; init; }

    public string CaseNumber { get; init; } = "";

    public string Topic { get; init; } = "";

    public string RuleId { get; init; } = "";

    public DateTime? ClosedAt { get; init; }

    /// <summary>The first day on which it may be destroyed, yyyy-MM-dd; empty when a backup was put back.</summary>
    public string DueOn { get; init; } = "";

    public string State { get; init; } = "";

    public string? FirstBy { get; init; }

    public string? SecondBy { get; init; }

    public bool IsHeld { get; init; }

    /// <summary>The viewer may approve it now.</summary>
    public bool MayApprove { get; init; }

    public DateTime? DestroyedAt { get; init; }

    /// <summary>How many rows of the case were emptied or removed.</summary>
    public int Pieces { get; init; }
}

public sealed class HoldRow
{
    public long Id { get; init; }

    public string CaseNumber { get; init; } = "";

    public string Reason { get; init; } = "";

    public string PlacedBy { get; init; } = "";

    public DateTime PlacedAt { get; init; }
}
