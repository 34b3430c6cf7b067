using System.Globalization;

namespace Loket.Web.Features.Shared;

/// <summary>
/// Days and times as people read them: in Europe/Amsterdam, in the language of the page, from a given now.
/// Stored moments are UTC.
/// </summary>
public sealed class Dates(DateTime nowUtc, CultureInfo language)
{
    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");
    private static readonly CultureInfo Dutch = CultureInfo.GetCultureInfo("nl-NL");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    private readonly CultureInfo culture = language.TwoLetterISOLanguageName == "en" ? English : Dutch;

    public DateTime NowUtc { get; } = nowUtc;

    public DateOnly Today => DayOf(NowUtc);

    public static DateTime Local(DateTime utc) =>
        TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Amsterdam);

    public static DateOnly DayOf(DateTime utc) => DateOnly.FromDateTime(Local(utc));

    /// <summary>For scripts and <c>time datetime</c>.</summary>
    public static string Machine(DateTime utc) =>
        DateTime.SpecifyKind(utc, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Machine(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>14:31</summary>
    public string Time(DateTime utc) => Local(utc).ToString("HH:mm", culture);

    /// <summary>14:31:59</summary>
    public string Seconds(DateTime utc) => Local(utc).ToString("HH:mm:ss", culture);

    /// <summary>do 26 nov; with the year when it is another one.</summary>
    public string Short(DateOnly day) => day.ToString(day.Year == Today.Year ? "ddd d MMM" : "ddd d MMM yyyy", culture);

    /// <summary>do 26: enough within the next seven days.</summary>
    public string WeekdayAndDay(DateOnly day) => day.ToString("ddd d", culture);

    /// <summary>19 nov; with the year when it is another one.</summary>
    public string DayAndMonth(DateOnly day) => day.ToString(day.Year == Today.Year ? "d MMM" : "d MMM yyyy", culture);

    /// <summary>vrijdag 27 november; with the year when it is another one.</summary>
    public string Long(DateOnly day) => day.ToString(day.Year == Today.Year ? "dddd d MMMM" : "dddd d MMMM yyyy", culture);

    /// <summary>maandag 30 november 2026</summary>
    public string Full(DateOnly day) => day.ToString("dddd d MMMM yyyy", culture);

    /// <summary>maart 2026</summary>
    public string Month(DateOnly day) => day.ToString("MMMM yyyy", culture);

    /// <summary>12 maart 1979</summary>
    public string Birth(DateOnly day) => day.ToString("d MMMM yyyy", culture);

    public int DaysUntil(DateOnly day) => day.DayNumber - Today.DayNumber;

    /// <summary>Past when it has a time, after its day when it has none.</summary>
    public bool IsLate(DateTime utc, bool hasTime) => hasTime ? utc < NowUtc : DayOf(utc) < Today;
}
