namespace Loket.Domain.Lines;

/// <summary>
/// What a line needs before it may ring: people, hours, a line that takes over, a number as the last resort, a rota without
/// a gap, and somebody who answers for the organisation on each day that it opens. Until then its body is not connected.
/// </summary>
public sealed record Opening(int People, bool HasHours, bool HasOverflow, bool HasPhone, bool HasRota, bool HasDuty)
{
    /// <summary>One person on a line is nobody when they are ill.</summary>
    public const int LeastPeople = 2;

    /// <summary>Each item with whether it is there, in the order of the checklist.</summary>
    public IReadOnlyList<(string Item, bool IsThere)> Checklist =>
    [
        ("people", People >= LeastPeople), ("hours", HasHours), ("overflow", HasOverflow), ("phone", HasPhone), ("rota", HasRota), ("duty", HasDuty),
    ];

    /// <summary>Why the line cannot open yet, with how many items are missing; null when it can.</summary>
    public Refusal? Check() => Checklist.Count(item => !item.IsThere) is > 0 and var missing ? new Refusal("line-not-ready", $"{missing}") : null;
}
