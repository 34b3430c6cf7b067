namespace Loket.Domain.Terms;

/// <summary>Moments are stored in UTC; days and opening hours are those of Europe/Amsterdam.</summary>
public static class AmsterdamTime
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    /// <summary>Wall-clock time in Amsterdam (kind Unspecified) of a moment in UTC.</summary>
    public static DateTime ToLocal(DateTime utc) =>
        DateTime.SpecifyKind(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone), DateTimeKind.Unspecified);

    /// <summary>
    /// The moment in UTC of a wall-clock time in Amsterdam. An hour that happens twice (October) is the first one; an
    /// hour that does not happen (March) is as long after midnight as the clock says, so 02:30 is 03:30.
    /// </summary>
    public static DateTime ToUtc(DateTime local)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (Zone.IsInvalidTime(local))
        {
            return DateTime.SpecifyKind(local - Zone.GetUtcOffset(local.AddHours(-2)), DateTimeKind.Utc);
        }

        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }

    public static DateTime ToUtc(DateOnly date, TimeOnly time) => ToUtc(date.ToDateTime(time));

    /// <summary>The day in Amsterdam of a moment in UTC.</summary>
    public static DateOnly DateOf(DateTime utc) => DateOnly.FromDateTime(ToLocal(utc));

    /// <summary>Midnight in Amsterdam at the start of a day, in UTC.</summary>
    public static DateTime StartOfDay(DateOnly date) => ToUtc(date, TimeOnly.MinValue);
}
