namespace Loket.Domain.Terms;

/// <summary>Why a decision term stands still (Awb 4:15).</summary>
public enum SuspensionKind
{
    /// <summary>The applicant was asked to complete the application (lid 1 onder a).</summary>
    Completion,

    /// <summary>Information was asked from a body abroad (lid 1 onder b).</summary>
    ForeignInformation,

    /// <summary>The applicant agreed in writing (lid 2 onder a).</summary>
    Consent,

    /// <summary>The applicant causes the delay (lid 2 onder b).</summary>
    ApplicantDelay,

    /// <summary>The body cannot decide by force majeure (lid 2 onder c).</summary>
    ForceMajeure,
}

/// <summary>
/// A stretch of days that do not count for a term: from <paramref name="From"/> up to, not including,
/// <paramref name="Until"/>. One that still runs gets the earliest day it can end; ask again when that day moves.
/// </summary>
public sealed record Suspension(SuspensionKind Kind, DateOnly From, DateOnly Until)
{
    public int Days => Math.Max(0, Until.DayNumber - From.DayNumber);

    public string Article => Kind switch
    {
        SuspensionKind.Completion => "Awb 4:15 lid 1 onder a",
        SuspensionKind.ForeignInformation => "Awb 4:15 lid 1 onder b",
        SuspensionKind.Consent => "Awb 4:15 lid 2 onder a",
        SuspensionKind.ApplicantDelay => "Awb 4:15 lid 2 onder b",
        _ => "Awb 4:15 lid 2 onder c",
    };

    /// <summary>
    /// The suspension by an invitation to complete an application: from the day after the invitation until the day it
    /// was completed or the given period ended unused. Null when no period was given: such an invitation suspends
    /// nothing (Awb 4:5 asks for a period).
    /// </summary>
    public static Suspension? ForCompletion(DateOnly invitedOn, DateOnly? periodEndsOn, DateOnly? completedOn)
    {
        if (periodEndsOn is not { } end)
        {
            return null;
        }

        return new(SuspensionKind.Completion, invitedOn.AddDays(1), completedOn < end ? completedOn.Value : end);
    }
}
