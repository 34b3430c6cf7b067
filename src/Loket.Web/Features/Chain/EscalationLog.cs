namespace Loket.Web.Features.Chain;

/// <summary>GET /chain/log and /cases/{id}/escalations. View <c>Chain/Log.cshtml</c>.</summary>
public sealed class EscalationLog
{
    /// <summary>The one case it is about; null for the log of the viewer's teams.</summary>
    public long? CaseId { get; init; }

    public string? CaseNumber { get; init; }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<EscalationLogRow> Rows { get; init; } = [];

    public bool HasEarlier { get; init; }

    /// <summary>Keyset cursor (query <c>before</c>); null on the last page.</summary>
    public string? Next { get; init; }
}

public sealed class EscalationLogRow
{
    public long Id { get; init; }

    public long CaseId { get; init; }

    /// <summary>Null, with the title, when the viewer may not know the case.</summary>
    public string? CaseNumber { get; init; }

    public string? Title { get; init; }

    /// <summary>What the date was about: a kind of deadline.</summary>
    public string Kind { get; init; } = "";

    /// <summary>1 reminder, 2 due, 3 overdue, 4 a callback that reached nobody.</summary>
    public int Step { get; init; }

    public DateTime At { get; init; }

    public string ToName { get; init; } = "";

    /// <summary>Whose date it is now.</summary>
    public string AboutName { get; init; } = "";

    /// <summary><c>open</c>, <c>taken</c>, <c>climbed</c>, <c>nobody</c> (at the top without an answer) or <c>ended</c>.</summary>
    public string State { get; init; } = "";

    public string? AcknowledgedBy { get; init; }

    public DateTime? AcknowledgedAt { get; init; }

    /// <summary>Who did not answer before it came here; null when it did not climb.</summary>
    public string? ClimbedFrom { get; init; }

    /// <summary>When it climbs if nobody answers; null when it does not.</summary>
    public DateTime? ClimbsAt { get; init; }
}
