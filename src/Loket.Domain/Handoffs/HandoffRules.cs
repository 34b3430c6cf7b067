using static Loket.Domain.Handoffs.HandoffAction;
using static Loket.Domain.Handoffs.HandoffPart;
using static Loket.Domain.Handoffs.HandoffState;

namespace Loket.Domain.Handoffs;

/// <summary>The life of a handoff (DOMAIN 2): which action leads from which state to which, and who may do it.</summary>
public static class HandoffRules
{
    private static readonly Dictionary<(HandoffState, HandoffAction), HandoffState> Steps = new()
    {
        [(Draft, Queue)] = Queued,
        [(Queued, Offer)] = Offered,
        [(Queued, NextLine)] = Queued,
        [(Offered, NextLine)] = Queued,
        [(Offered, NextCandidate)] = Queued,
        [(Offered, Accept)] = Accepted,
        [(Accepted, Connect)] = Connected,
        [(Accepted, Return)] = Queued,
        [(Connected, Return)] = Queued,
        [(Connected, Finish)] = Wrapping,
        [(Wrapping, Close)] = Closed,
        [(Queued, ScheduleCallback)] = CallbackScheduled,
        [(Offered, ScheduleCallback)] = CallbackScheduled,
        [(CallbackScheduled, StartAttempt)] = Attempting,
        [(Escalated, StartAttempt)] = Attempting,
        [(Attempting, MissAttempt)] = CallbackScheduled,
        [(Attempting, Fulfil)] = Fulfilled,
        [(Attempting, Fail)] = Failed,
        [(Failed, Escalate)] = Escalated,
    };

    private static readonly Dictionary<HandoffAction, HandoffPart[]> Parts = new()
    {
        [Queue] = [Sender],
        [Offer] = [HandoffPart.System],
        [NextCandidate] = [HandoffPart.System],
        [NextLine] = [Sender],
        [Accept] = [Candidate],
        [Connect] = [Specialist],
        [Return] = [Specialist, HandoffPart.System],
        [Finish] = [Specialist],
        [Close] = [Specialist, HandoffPart.System],
        [ScheduleCallback] = [Sender, HandoffPart.System],
        [StartAttempt] = [Caller],
        [MissAttempt] = [Caller],
        [Fulfil] = [Caller],
        [Fail] = [Caller, HandoffPart.System],
        [Escalate] = [HandoffPart.System],
        [Withdraw] = [Sender, HandoffPart.System],
        [CitizenLeave] = [Sender, Specialist, Caller],
    };

    /// <summary>Every state in which somebody still owes something. An escalated callback is open until it is fulfilled.</summary>
    public static bool IsOpen(HandoffState state) => state is not (Closed or Fulfilled or Withdrawn or CitizenLeft);

    /// <summary>Still looking for a specialist.</summary>
    public static bool IsRinging(HandoffState state) => state is Queued or Offered;

    /// <summary>A specialist has it and the talk is not over.</summary>
    public static bool IsLive(HandoffState state) => state is Accepted or Connected;

    /// <summary>The next state, or <c>handoff-not-yours</c>, <c>handoff-over</c>, <c>handoff-taken</c>, <c>handoff-not-now</c>.</summary>
    public static Outcome<HandoffState> Next(HandoffState state, HandoffAction action, HandoffPart part)
    {
        if (!IsOpen(state))
        {
            return new Refusal("handoff-over");
        }

        if (action == Accept && state is Accepted or Connected or Wrapping && part is Candidate)
        {
            return new Refusal("handoff-taken");
        }

        if (!Parts[action].Contains(part))
        {
            return new Refusal("handoff-not-yours");
        }

        if (action == Withdraw)
        {
            return Withdrawn;
        }

        if (action == CitizenLeave)
        {
            return CitizenLeft;
        }

        return Steps.TryGetValue((state, action), out var next) ? next : new Refusal("handoff-not-now");
    }

    /// <summary>
    /// When the sender is released: cold at acceptance, warm when the specialist confirms to have the citizen, consult at
    /// the end. Never before the acceptance.
    /// </summary>
    public static bool SenderIsReleased(HandoffMode mode, HandoffState state) => mode switch
    {
        HandoffMode.Cold => state is Accepted or Connected or Wrapping or Closed,
        HandoffMode.Warm => state is Connected or Wrapping or Closed,
        _ => state is Closed,
    };

    /// <summary>Consult and cold need no confirmation: the talk starts with the acceptance.</summary>
    public static bool ConnectsAtAcceptance(HandoffMode mode) => mode != HandoffMode.Warm;
}
