namespace Loket.Domain.Chain;

/// <summary>Where a deadline stands on its ladder. Pure: what was fired is stored with the deadline.</summary>
public static class LadderState
{
    /// <summary>
    /// The one step to fire now, or null. Steps fire in order, one a call, each once: after a standstill the caller asks
    /// again until it gets null. A clock that was set back fires nothing again, and a step below one already fired never
    /// fires any more.
    /// </summary>
    public static LadderStep? Due(EscalationLadder ladder, IReadOnlyCollection<LadderStepKind> fired, DateTime now) =>
        Next(ladder, fired) is { } next && next.At <= now ? next : null;

    /// <summary>The step that waits, whatever the time; null when the ladder is at its top.</summary>
    public static LadderStep? Next(EscalationLadder ladder, IReadOnlyCollection<LadderStepKind> fired) =>
        ladder.Steps.FirstOrDefault(step => fired.All(kind => kind < step.Kind));
}
