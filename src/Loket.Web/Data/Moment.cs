using System.Globalization;

namespace Loket.Web.Data;

/// <summary>A moment as SQLite holds it: text, UTC.</summary>
internal static class Moment
{
    // 2026-11-22 10:52:03.125, without the trailing zeros.
    private const int Seconds = 19;
    private const int MostDigits = 7;

    /// <summary>Room for writing one.</summary>
    public const int MostBytes = 32;

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

    /// <summary>Writes it so, in ASCII; how many bytes that took. .NET's own takes four times as long.</summary>
    public static int Write(DateTime moment, Span<byte> text)
    {
        WriteSeconds(moment, text);
        var ticks = (int)(moment.Ticks % TimeSpan.TicksPerSecond);
        if (ticks == 0)
        {
            return Seconds;
        }

        Put(text, Seconds + 1, MostDigits, ticks, ' ');
        return text[..(Seconds + 1 + MostDigits)].TrimEnd((byte)'0').Length;
    }

    /// <summary>The same with always three digits behind the seconds, as the journal's chain has it.</summary>
    public static int WriteMilliseconds(DateTime moment, Span<byte> text)
    {
        WriteSeconds(moment, text);
        Put(text, Seconds + 1, 3, moment.Millisecond, ' ');
        return Seconds + 1 + 3;
    }

    private static void WriteSeconds(DateTime moment, Span<byte> text)
    {
        Put(text, 0, 4, moment.Year, '-');
        Put(text, 5, 2, moment.Month, '-');
        Put(text, 8, 2, moment.Day, ' ');
        Put(text, 11, 2, moment.Hour, ':');
        Put(text, 14, 2, moment.Minute, ':');
        Put(text, 17, 2, moment.Second, '.');
    }

    // The number in so many digits, and what follows it.
    private static void Put(Span<byte> text, int at, int digits, int number, char then)
    {
        text[at + digits] = (byte)then;
        for (var i = digits - 1; i >= 0; i--)
        {
            text[at + i] = (byte)('0' + (number % 10));
            number /= 10;
        }
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
