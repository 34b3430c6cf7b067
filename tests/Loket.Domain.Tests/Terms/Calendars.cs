using System.Globalization;
using System.Runtime.CompilerServices;
using Loket.Domain.Terms;

namespace Loket.Domain.Tests.Terms;

/// <summary>The calendar as Loket ships it.</summary>
internal static class Calendars
{
    public static readonly DutchCalendar Dutch = DutchCalendar.FromCsv(File.ReadAllText(EquatedDaysFile())).Value;

    /// <summary>A moment in UTC from a wall-clock time in Amsterdam that happens once.</summary>
    public static DateTime Amsterdam(string local) =>
        AmsterdamTime.ToUtc(DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));

    public static DateTime Utc(string utc) =>
        DateTime.SpecifyKind(DateTime.ParseExact(utc, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), DateTimeKind.Utc);

    private static string EquatedDaysFile([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../db/reference/equated-days.csv"));
}
