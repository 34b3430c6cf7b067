using System.Globalization;

namespace Loket.Web.Features.Desk;

/// <summary>A handoff in the list of a case.</summary>
public sealed class HandoffRow
{
    public long Id { get; init; }

    /// <summary>Organisation and line, resolved.</summary>
    public string LineName { get; init; } = "";

    public string Mode { get; init; } = "warm";

    /// <summary>Handoff state code.</summary>
    public string State { get; init; } = "";

    public string? Outcome { get; init; }

    /// <summary>Who accepted; null before acceptance.</summary>
    public string? SpecialistName { get; init; }

    public DateTime StartedAt { get; init; }

    public int MessageCount { get; init; }

    public string? LastMessage { get; init; }
}

/// <summary>An agreed moment to call the citizen.</summary>
public sealed class CallbackRow
{
    public long Id { get; init; }

    /// <summary>What a "no" to writing down a call is about: a page may list several callbacks.</summary>
    public static string FieldOf(long id) => $"attempt-{id.ToString(CultureInfo.InvariantCulture)}";

    public long CaseId { get; init; }

    public string CaseNumber { get; init; } = "";

    public string CaseTitle { get; init; } = "";

    /// <summary>Who calls: organisation and line, resolved.</summary>
    public string LineName { get; init; } = "";

    public DateTime From { get; init; }

    public DateTime Until { get; init; }

    /// <summary>Attempts made so far.</summary>
    public int Attempts { get; init; }

    public int MaxAttempts { get; init; } = 3;

    /// <summary><c>scheduled</c>, <c>attempting</c>, <c>fulfilled</c>, <c>failed</c>, <c>escalated</c> or <c>withdrawn</c>.</summary>
    public string State { get; init; } = "scheduled";

    /// <summary>The viewer's organisation calls itself.</summary>
    public bool IsOurs { get; init; }

    /// <summary>The viewer takes part in the case and can open it; who was only consulted cannot.</summary>
    public bool MayOpen { get; init; }

    /// <summary>Phone number of the citizen when the viewer may see it.</summary>
    public string? Phone { get; init; }

    /// <summary>By which clock the citizen lives (IANA); null is that of the Netherlands.</summary>
    public string? TimeZone { get; init; }

    /// <summary>How the citizen wants to be reached: <c>phone text_relay email desk</c>.</summary>
    public string Channel { get; init; } = "phone";

    /// <summary>True when the viewer may record an attempt.</summary>
    public bool IsYours { get; init; }
}
