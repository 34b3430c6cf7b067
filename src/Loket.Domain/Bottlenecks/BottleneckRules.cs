namespace Loket.Domain.Bottlenecks;

public enum BottleneckState
{
    New,
    InProgress,
    Answered,
    Closed,
}

public enum BottleneckAction
{
    /// <summary>Somebody looks into it from now on, also instead of somebody else.</summary>
    Take,

    /// <summary>What was or will be done goes back to who raised it.</summary>
    Answer,
    Close,

    /// <summary>It is the same as another one, and goes on there.</summary>
    Merge,

    /// <summary>It happened again.</summary>
    Recur,
}

/// <summary>What may follow what in a bottleneck: nothing is closed that nobody answered, and what recurs after an answer is open again.</summary>
public static class BottleneckRules
{
    /// <summary>The state after the action, or why not: <c>bottleneck-closed</c>, <c>bottleneck-answer-first</c>.</summary>
    public static Outcome<BottleneckState> Next(BottleneckState state, BottleneckAction action) => (state, action) switch
    {
        (BottleneckState.Closed, _) => new Refusal("bottleneck-closed"),
        (_, BottleneckAction.Take) => BottleneckState.InProgress,
        (_, BottleneckAction.Answer) => BottleneckState.Answered,
        (_, BottleneckAction.Merge) or (BottleneckState.Answered, BottleneckAction.Close) => BottleneckState.Closed,
        (_, BottleneckAction.Close) => new Refusal("bottleneck-answer-first"),
        (BottleneckState.Answered, BottleneckAction.Recur) => BottleneckState.InProgress,
        _ => state,
    };
}
