namespace Loket.Web.Features.Overview;

/// <summary>
/// What the citizen may know of one case: what is recorded about them, who was given it, who looked, what was done.
/// Organisations, never professionals by name. GET /cases/{id}/overview (to read out or print), and the same as JSON.
/// View <c>Overview/Overview.cshtml</c>.
/// </summary>
public sealed class CitizenOverview
{
    public long CaseId { get; init; }

    public string CaseNumber { get; init; } = "";

    public string Organisation { get; init; } = "";

    /// <summary>When this was made (UTC).</summary>
    public DateTime MadeAt { get; init; }

    public string Question { get; init; } = "";

    public IReadOnlyList<KnownFact> Facts { get; init; } = [];

    /// <summary>To whom something was given, newest first.</summary>
    public IReadOnlyList<GivenFact> Given { get; init; } = [];

    /// <summary>Who looked, per day, newest first; from the access log.</summary>
    public IReadOnlyList<Looked> Reads { get; init; } = [];

    /// <summary>What was done, per day, newest first; from the journal.</summary>
    public IReadOnlyList<Done> Changes { get; init; } = [];
}

/// <param name="IsSecret">An address under a secrecy indication: to be read out, never on paper (DOMAIN 5).</param>
public sealed record KnownFact(string Label, string Value, string Source, DateTime RecordedAt, bool IsSecret);

/// <param name="Label">Which fact.</param>
/// <param name="To">The organisation and its line.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Article">On which law.</param>
/// <param name="Since">From when (UTC).</param>
/// <param name="Until">Until when (UTC); null while it holds.</param>
public sealed record GivenFact(string Label, string To, string? Purpose, string? Article, DateTime Since, DateTime? Until);

/// <param name="Day">The day, in the Netherlands.</param>
/// <param name="Organisation">Who; null for a partner outside government, by a link.</param>
/// <param name="What">In plain words: opened the case, talked about it.</param>
/// <param name="Why">In plain words: handles it, supervises it.</param>
/// <param name="Reason">The reason, where one had to be given.</param>
/// <param name="Times">How many readings.</param>
public sealed record Looked(DateOnly Day, string? Organisation, string What, string Why, string? Reason, int Times);

public sealed record Done(DateOnly Day, string? Organisation, string What, int Times);
