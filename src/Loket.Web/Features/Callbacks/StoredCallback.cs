namespace Loket.Web.Features.Callbacks;

/// <summary>A callback as stored.</summary>
public sealed class StoredCallback
{
    public const string Columns =
        "c.id, c.case_id, c.handoff_id, c.line_code, c.organisation_code, c.professional_id, c.from_at, c.until_at, c.attempts, c.max_attempts, c.state, c.version";

    public long Id { get; init; }

    public long CaseId { get; init; }

    public long HandoffId { get; init; }

    public string? LineCode { get; init; }

    public string OrganisationCode { get; init; } = "";

    public long ProfessionalId { get; init; }

    public DateTime FromAt { get; init; }

    public DateTime UntilAt { get; init; }

    public int Attempts { get; init; }

    public int MaxAttempts { get; init; }

    public string State { get; init; } = "";

    public int Version { get; init; }

    /// <summary>Somebody still has to call.</summary>
    public bool IsOpen => State is "scheduled" or "attempting" or "failed";
}
