using System.Globalization;

namespace Loket.Web.Data;

/// <summary>A moment as SQLite holds it: text, UTC.</summary>
internal static class Moment
{
    // 2026-11-22 10:52:03.125, without the trailing zeros.
    private const int Seconds = 19;
    private const int MostDigits = 7;

    /// <summary>What was written as <c>yyyy-MM-dd HH:mm:ss.FFFFFFF</c>; anything else as .NET reads it, which takes ten times as long.</summary>
    public static DateTime Parse(string text)
    {
        if (text.Length is < Seconds or > Seconds + 1 + MostDigits || text[4] != '-' || text[7] != '-' || text[10] != ' ' || text[13] != ':' || text[16] != ':')
        {
            return DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        }

        var ticks = 0L;
        for (var i = 0; i < MostDigits; i++)
        {
            ticks = (ticks * 10) + (Seconds + 1 + i < text.Length ? text[Seconds + 1 + i] - '0' : 0);
        }

        return new DateTime(Number(text, 0, 4), Number(text, 5, 2), Number(text, 8, 2), Number(text, 11, 2), Number(text, 14, 2), Number(text, 17, 2), DateTimeKind.Utc).AddTicks(ticks);
    }

    private static int Number(string text, int from, int length)
    {
        var number = 0;
        for (var i = from; i < from + length; i++)
        {
            number = (number * 10) + (text[i] - '0');
        }

        return number;
    }
}
