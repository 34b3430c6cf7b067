using Loket.Domain.Terms;

namespace Loket.Domain.Chain;

/// <summary>
/// When a case counts as stalled: nobody did anything on it for some working days, and no date is near that would wake
/// somebody. Ours, not law.
/// </summary>
/// <param name="From">The moment (UTC) from which it is stalled.</param>
/// <param name="Until">The moment (UTC) from which a date is near again; null when there is no date.</param>
public sealed record Standstill(DateTime From, DateTime? Until)
{
    /// <summary>Working days without an act, and working days within which a date is near, where an organisation chose nothing.</summary>
    public const int WorkingDays = 3;

    /// <summary>The standstill of a case that was last worked on at one moment and is next due at another.</summary>
    public static Standstill Of(DateTime actedAt, DateTime? nextDue, DutchCalendar calendar, int workingDays = WorkingDays) => new(
        WorkingTime.AddDays(actedAt, workingDays, OpeningHours.Default, calendar),
        nextDue is { } due ? AmsterdamTime.StartOfDay(calendar.AddWorkingDays(AmsterdamTime.DateOf(due), -workingDays)) : null);

    public bool Holds(DateTime utc) => From <= utc && !(Until <= utc);

    /// <summary>The next moment at which time alone changes the answer; null when it never does.</summary>
    public DateTime? TurnsAt(DateTime utc) => Until <= From || Until <= utc ? null : utc < From ? From : Until;
}
