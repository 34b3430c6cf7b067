using System.Globalization;
using Loket.Domain.Terms;
using Loket.Web.Data;

namespace Loket.Web.Features.Directory;

/// <summary>A municipality by its code. Codes end by a merger: cases keep the old code, routing follows the successor.</summary>
public static class Municipality
{
    private const string Ended = "SELECT successor_code FROM organisation WHERE code = @code AND valid_until < @today";

    /// <summary>Today in the Netherlands as the directory writes days: yyyy-MM-dd.</summary>
    public static string Today(DateTime utc) => AmsterdamTime.DateOf(utc).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The municipality that does the work today: the code itself, or its successor once it has ended, or that one's.</summary>
    public static string? Now(Unit unit, string? code)
    {
        while (code is not null && unit.Find<string>(Ended, new { code, today = Today(unit.Now) }) is { } successor)
        {
            code = successor;
        }

        return code;
    }

    public static async Task<string?> NowAsync(Reader reader, string? code, DateTime utc)
    {
        while (code is not null && await reader.FindAsync<string>(Ended, new { code, today = Today(utc) }) is { } successor)
        {
            code = successor;
        }

        return code;
    }

    /// <summary>The code of a municipality as programs write it: <c>0344</c> or <c>gm0344</c>.</summary>
    public static string? Code(string? typed) => string.IsNullOrWhiteSpace(typed) ? null
        : typed.Trim() is { Length: 4 } digits && digits.All(char.IsAsciiDigit) ? $"gm{digits}" : typed.Trim().ToLowerInvariant();
}
