namespace Loket.Domain.Handoffs;

/// <summary>Consult: identity stays here. Warm: three together, then the sender leaves. Cold: given over with its context.</summary>
public enum HandoffMode
{
    Consult,
    Warm,
    Cold,
}

/// <summary>Where the citizen is while the handoff rings.</summary>
public enum CitizenPlace
{
    Desk,
    Phone,
    Absent,
}

/// <summary>How the specialist confirms to have the citizen in a warm handoff.</summary>
public enum CitizenTaken
{
    Headset,
    Called,
    Appointment,
}

public enum HandoffState
{
    Draft,
    Queued,
    Offered,
    Accepted,
    Connected,
    Wrapping,
    Closed,
    CallbackScheduled,
    Attempting,
    Fulfilled,
    Failed,
    Escalated,
    Withdrawn,
    CitizenLeft,
}

/// <summary>What can be done to a handoff, by a person or by the system.</summary>
public enum HandoffAction
{
    /// <summary>The sender starts ringing.</summary>
    Queue,

    /// <summary>The system offers it to one specialist, or to all of a tier.</summary>
    Offer,

    /// <summary>The system found every offer refused or missed: next candidate.</summary>
    NextCandidate,

    /// <summary>The sender wants the next line now.</summary>
    NextLine,

    /// <summary>A specialist who was offered it takes it.</summary>
    Accept,

    /// <summary>The specialist has the citizen (warm), or the talk starts by itself (consult, cold).</summary>
    Connect,

    /// <summary>The specialist gives it back to the queue, with its context.</summary>
    Return,

    /// <summary>The specialist records the outcome.</summary>
    Finish,

    /// <summary>The wrap-up is over.</summary>
    Close,

    /// <summary>No candidate is left, the live time is over, or the sender chooses the callback.</summary>
    ScheduleCallback,

    /// <summary>Somebody calls back now.</summary>
    StartAttempt,

    /// <summary>Nobody answered; attempts remain.</summary>
    MissAttempt,

    /// <summary>The citizen was reached.</summary>
    Fulfil,

    /// <summary>The last attempt failed.</summary>
    Fail,

    /// <summary>A failed callback goes to a supervisor.</summary>
    Escalate,

    /// <summary>The sender takes it back.</summary>
    Withdraw,

    /// <summary>The citizen has gone.</summary>
    CitizenLeave,
}

/// <summary>What may come out of a live handoff.</summary>
public enum HandoffOutcome
{
    StepTaken,
    Answered,
    Callback,
    Returned,
}

/// <summary>The part somebody has in a handoff at this moment.</summary>
public enum HandoffPart
{
    /// <summary>Asked for help and has not been released.</summary>
    Sender,

    /// <summary>Accepted it.</summary>
    Specialist,

    /// <summary>Was offered it and may answer.</summary>
    Candidate,

    /// <summary>Carries out the callback.</summary>
    Caller,

    /// <summary>The router, a timer, a sweep.</summary>
    System,

    /// <summary>Anyone else.</summary>
    None,
}
