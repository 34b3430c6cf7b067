namespace Loket.Web.Features.Shared;

/// <summary>One promise in a list, with who keeps it and when.</summary>
public sealed class PromiseRow
{
    public long Id { get; init; }

    public string Text { get; init; } = "";

    /// <summary>Due moment (UTC).</summary>
    public DateTime DueAt { get; init; }

    /// <summary>False when only a day was promised: no time is shown.</summary>
    public bool HasTime { get; init; }

    public string WhoName { get; init; } = "";

    public string WhoOrganisation { get; init; } = "";

    /// <summary>True when the viewer made it: "U" is shown, and only then it can be kept or withdrawn here.</summary>
    public bool IsYours { get; init; }

    /// <summary><c>open</c>, <c>kept</c> or <c>withdrawn</c>. Late is open with a due moment behind us.</summary>
    public string State { get; init; } = "open";
}
