namespace Loket.Web.Journal;

/// <summary>
/// One thing that happened in a case. <see cref="Kind"/> is a code such as <c>handoff_accepted</c>,
/// <see cref="SubjectId"/> the row it is about, <see cref="Payload"/> small JSON without personal values: those are
/// kept apart and named by <see cref="PersonalId"/>.
/// </summary>
public sealed record Entry(long CaseId, string Kind, long SubjectId, long? ActorId, string? Organisation, object Payload, long? PersonalId = null);

/// <summary>An entry as stored: shard and seq give its position, n its place in the case.</summary>
public sealed class StoredEntry
{
    public int Shard { get; init; }

    /// <summary>Given at the end of the unit.</summary>
    public long Seq { get; internal set; }

    public long CaseId { get; init; }

    public int N { get; init; }

    public string Kind { get; init; } = "";

    public long SubjectId { get; init; }

    public long? ActorId { get; init; }

    public string? OrganisationCode { get; init; }

    public DateTime At { get; init; }

    public string Payload { get; init; } = "";

    public long? PersonalId { get; init; }

    public string? PersonalDigest { get; init; }

    /// <summary>Over all the rest: made last.</summary>
    public string Hash { get; internal set; } = "";
}
