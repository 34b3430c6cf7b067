namespace Loket.Domain.Chain;

/// <summary>
/// What an absence has to be: from, until and perhaps a stand-in, never a reason. Who stands in is here over the whole
/// period, so no chain of stand-ins can come back to where it began.
/// </summary>
public static class AbsenceRules
{
    public const int LongestDays = 366;

    /// <summary>The end (UTC) of an absence until further notice: it lasts until somebody ends it.</summary>
    public static readonly DateTime NoEnd = new(9999, 12, 31, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The first and the last day away, and today, all in Amsterdam. Without a last day it is until further notice.</summary>
    public static Refusal? CheckPeriod(DateOnly? from, DateOnly? until, DateOnly today)
    {
        if (from is null)
        {
            return new Refusal("absence-from-missing");
        }

        if (from < today)
        {
            return new Refusal("absence-from-past");
        }

        if (until < from)
        {
            return new Refusal("absence-until-before-from");
        }

        return until?.DayNumber - from.Value.DayNumber >= LongestDays ? new Refusal("absence-too-long") : null;
    }

    /// <summary>Whether this colleague can stand in. Without anybody, another supervisor has to be here to answer.</summary>
    public static Refusal? CheckStandIn(bool named, bool isSelf, bool worksHere, bool isAwayThen, bool supervisorIsHereThen) => (named, isSelf, worksHere, isAwayThen) switch
    {
        (false, _, _, _) => supervisorIsHereThen ? null : new Refusal("absence-stand-in-missing"),
        (_, true, _, _) => new Refusal("absence-stand-in-self"),
        (_, _, false, _) => new Refusal("absence-stand-in-unknown"),
        (_, _, _, true) => new Refusal("absence-stand-in-away"),
        _ => null,
    };
}
