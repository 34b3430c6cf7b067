namespace Loket.Domain.Callbacks;

/// <summary>How one call ended.</summary>
public enum CallbackResult
{
    Reached,
    NoAnswer,
    Engaged,
    WrongNumber,
}

/// <summary>What follows a call.</summary>
public enum CallbackNext
{
    Fulfil,
    TryAgain,
    Escalate,
}

/// <summary>Table of what follows a call (ours, not law): no callback ends in silence.</summary>
public static class CallbackRules
{
    // What follows, and not before how long after this call; the last attempt that reaches nobody always escalates.
    private static readonly Dictionary<CallbackResult, (CallbackNext Next, TimeSpan Wait)> After = new()
    {
        [CallbackResult.Reached] = (CallbackNext.Fulfil, TimeSpan.Zero),
        [CallbackResult.NoAnswer] = (CallbackNext.TryAgain, TimeSpan.FromHours(1)),
        [CallbackResult.Engaged] = (CallbackNext.TryAgain, TimeSpan.FromMinutes(20)),
        // Calling a wrong number again reaches nobody: somebody has to find the right one.
        [CallbackResult.WrongNumber] = (CallbackNext.Escalate, TimeSpan.Zero),
    };

    /// <summary>
    /// Null when this call may be written down. One that reaches nobody counts once for each moment that was agreed: three in a
    /// row within a minute are one, and the citizen who was told of the next moment is called then.
    /// </summary>
    /// <param name="result">How it ended.</param>
    /// <param name="before">How many were written down before it.</param>
    /// <param name="hasBegun">The moment that is agreed now has come.</param>
    public static Refusal? Check(CallbackResult result, int before, bool hasBegun) =>
        before > 0 && !hasBegun && After[result].Next == CallbackNext.TryAgain ? new Refusal("callback-not-yet") : null;

    /// <param name="attempt">The number of this call, from 1.</param>
    /// <param name="most">So many calls the line makes before a supervisor takes it over.</param>
    public static (CallbackNext Next, TimeSpan Wait) Next(CallbackResult result, int attempt, int most) =>
        After[result] is { Next: CallbackNext.TryAgain } && attempt >= most ? (CallbackNext.Escalate, TimeSpan.Zero) : After[result];
}
