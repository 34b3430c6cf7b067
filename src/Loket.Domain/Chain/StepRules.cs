namespace Loket.Domain.Chain;

public enum StepState
{
    Open,
    InProgress,

    /// <summary>The citizen was asked for something, by a day.</summary>
    Waiting,

    /// <summary>The term stands still (Awb 4:15).</summary>
    Suspended,
    Done,
    Cancelled,
}

public enum StepAction
{
    /// <summary>Asks a line or a colleague to take the step, also to take the question back.</summary>
    Ask,

    /// <summary>Asks a partner outside government.</summary>
    AskPartner,
    Start,
    AskCitizen,
    Suspend,
    Resume,
    Finish,
    Cancel,
}

/// <summary>What a person is to a step; one person may be several.</summary>
[Flags]
public enum StepPart
{
    None = 0,

    /// <summary>Owns the chain, or decides about the case beside the owner.</summary>
    Owner = 1,

    /// <summary>Answers for the step here and now.</summary>
    Handler = 2,

    /// <summary>Supervises the team of the chain owner.</summary>
    Supervisor = 4,
}

/// <summary>
/// What may follow what in a chain step, and who may do it. A step is always somebody's: asking gives it to nobody,
/// accepting does. Only who answers for it works it; the owner's side decides whom to ask and whether it is still needed.
/// </summary>
public static class StepRules
{
    public static bool IsOver(StepState state) => state is StepState.Done or StepState.Cancelled;

    public static bool May(StepAction action, StepPart part) => action switch
    {
        StepAction.Ask => part != StepPart.None,
        StepAction.AskPartner => part.HasFlag(StepPart.Owner) || part.HasFlag(StepPart.Handler),
        StepAction.Cancel => part != StepPart.None,
        _ => part.HasFlag(StepPart.Handler),
    };

    /// <summary>The state after the action, or why not: <c>step-over</c>, <c>step-not-yours</c>, <c>step-not-now</c>.</summary>
    public static Outcome<StepState> Next(StepState state, StepAction action, StepPart part)
    {
        if (IsOver(state))
        {
            return new Refusal("step-over");
        }

        if (!May(action, part))
        {
            return new Refusal("step-not-yours");
        }

        return (state, action) switch
        {
            (_, StepAction.Ask or StepAction.AskPartner) => state,
            (_, StepAction.Cancel) => StepState.Cancelled,
            (StepState.Open, StepAction.Start) => StepState.InProgress,
            (StepState.Open or StepState.InProgress, StepAction.AskCitizen) => StepState.Waiting,
            (StepState.Open or StepState.InProgress, StepAction.Suspend) => StepState.Suspended,
            (StepState.Waiting or StepState.Suspended, StepAction.Resume) => StepState.InProgress,
            (StepState.Open or StepState.InProgress or StepState.Waiting, StepAction.Finish) => StepState.Done,
            _ => new Refusal("step-not-now"),
        };
    }

    /// <summary>What this person can do now, for the screen to offer.</summary>
    public static IReadOnlyList<StepAction> Offered(StepState state, StepPart part) =>
        [.. Enum.GetValues<StepAction>().Where(action => Next(state, action, part).IsOk)];
}
