namespace Loket.Web.Features.Wall;

/// <summary>
/// GET /wall: the lines of the supervisor's organisation and those it asked today, now. View <c>Wall/Wall.cshtml</c>. Of
/// other organisations' lines only who is free, the wait, and the own requests; figures of a person nowhere.
/// </summary>
public sealed class WallView
{
    /// <summary>From so many seconds on nine out of ten is too long to wait; also the dashed line of the plot.</summary>
    public const int TooLong = 120;

    /// <summary>So many lines a big screen shows at most, those that need somebody first.</summary>
    public const int OnBigScreen = 9;

    public string OrganisationName { get; init; } = "";

    /// <summary>Lines of the own organisation on which somebody sits, by name.</summary>
    public IReadOnlyList<WallLine> Own { get; init; } = [];

    /// <summary>Lines of others that the own organisation asked today or asks now, by name.</summary>
    public IReadOnlyList<WallLine> Asked { get; init; } = [];

    public IReadOnlyList<DeclinePair> Declines { get; init; } = [];
}

/// <summary>A line now and today. Of a line of another organisation, counts and waiting are of the own requests.</summary>
public sealed class WallLine
{
    public string Code { get; init; } = "";

    public string Name { get; init; } = "";

    public string OrganisationName { get; init; } = "";

    public int Free { get; init; }

    /// <summary>Who is there, those who are free first; null for a line of another organisation.</summary>
    public IReadOnlyList<WallPerson>? People { get; init; }

    /// <summary>Questions that wait for somebody to take them, and since when (UTC) the first of them does.</summary>
    public int Waiting { get; init; }

    public DateTime? WaitingSince { get; init; }

    public int Offered { get; init; }

    public int Accepted { get; init; }

    public int Declined { get; init; }

    public int Missed { get; init; }

    /// <summary>Withdrawn, or the citizen left, before anybody took it.</summary>
    public int Abandoned { get; init; }

    /// <summary>Seconds within which half, and nine out of ten, were taken today, from <c>WaitBuckets</c>; null when there is too little to say.</summary>
    public int? P50 { get; init; }

    public int? P90 { get; init; }

    /// <summary>The waits by the hour; empty for a line of another organisation.</summary>
    public IReadOnlyList<WallHour> Hours { get; init; } = [];

    /// <summary>When it opens (UTC), of a line that is closed now by its hours.</summary>
    public DateTime? OpensAt { get; init; }

    /// <summary>Somebody is there or something waits, and nobody is free.</summary>
    public bool HasNobody { get; init; }

    public bool IsSlow => P90 > WallView.TooLong;
}

/// <param name="State">Presence code, never <c>offline</c>.</param>
public sealed record WallPerson(string Name, string State);

/// <param name="Hour">Of the day in Amsterdam, 0 to 23.</param>
public sealed record WallHour(int Hour, int Answered, int P50, int P90);

/// <summary>How often the lines of one organisation said no to another today.</summary>
/// <param name="Reasons">How often which, most first; null when the pair has too few to show them.</param>
public sealed record DeclinePair(string Asker, string Answerer, int Count, IReadOnlyList<DeclineCount>? Reasons);

public sealed record DeclineCount(string Reason, int Count);
