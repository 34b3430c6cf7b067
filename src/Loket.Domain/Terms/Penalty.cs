namespace Loket.Domain.Terms;

/// <summary>
/// The penalty for deciding late (Awb 4:17): 23 euro a day for 14 days, 35 for 14, 45 for 14, at most 1,442 euro. The
/// Algemene termijnenwet does not apply to the 42 days.
/// </summary>
/// <param name="FirstDay">First day that costs: two full weeks have passed after the notice of default.</param>
/// <param name="LastDay">The 42nd such day; after it the amount no longer grows.</param>
/// <param name="Days">Days that cost so far, 0 to 42.</param>
/// <param name="Cents">Amount so far in euro cents.</param>
public sealed record Penalty(DateOnly FirstDay, DateOnly LastDay, int Days, long Cents)
{
    public const int MostDays = 42;
    public const long MostCents = 144_200;

    /// <summary>Euro cents after a number of days in default; none for zero or less.</summary>
    public static long CentsAfter(int days)
    {
        long Tier(int from, int centsADay) => Math.Clamp(days - from, 0, 14) * (long)centsADay;

        return Tier(0, 2_300) + Tier(14, 3_500) + Tier(28, 4_500);
    }

    /// <summary>
    /// The penalty on a day. <paramref name="noticeReceivedOn"/> is the day the body received the written notice of
    /// default, <paramref name="until"/> the day before the decision, or today. Refuses with
    /// <c>notice-of-default-early</c> when the term had not ended yet (4:17 lid 3).
    /// </summary>
    public static Outcome<Penalty> On(DueDate term, DateOnly noticeReceivedOn, DateOnly until)
    {
        if (noticeReceivedOn <= term.Due)
        {
            return new Refusal("notice-of-default-early", term.Due.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        }

        var first = noticeReceivedOn.AddDays(15);
        var days = Math.Clamp(until.DayNumber - first.DayNumber + 1, 0, MostDays);
        return new Penalty(first, first.AddDays(MostDays - 1), days, CentsAfter(days));
    }
}
