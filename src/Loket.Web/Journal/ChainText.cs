using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Loket.Web.Data;

namespace Loket.Web.Journal;

/// <summary>
/// What is hashed of one entry of a chain. The length of each part, in characters, comes before it: no two different entries
/// give the same text.
/// </summary>
internal ref struct ChainText(Span<byte> bytes)
{
    /// <summary>A text that may take no more is written on the stack.</summary>
    public const int OnStack = 2048;

    private const int MostOfChar = 3;
    // All parts that are numbers or moments, and the length before each part.
    private const int Numbers = 256;
    private readonly Span<byte> bytes = bytes;
    private int length;

    /// <summary>Room for an entry with these texts in it.</summary>
    public static int Most(params ReadOnlySpan<string?> texts)
    {
        var most = Numbers;
        foreach (var text in texts)
        {
            most += MostOfChar * (text?.Length ?? 0);
        }

        return most;
    }

    public void Add(string? part)
    {
        Begin(part?.Length ?? 0);
        length += Encoding.UTF8.GetBytes(part, bytes[length..]);
    }

    public void Add(long? number)
    {
        Span<byte> digits = stackalloc byte[20];
        var written = 0;
        number?.TryFormat(digits, out written, default, CultureInfo.InvariantCulture);
        Add(digits[..written]);
    }

    public void Add(DateTime moment)
    {
        Span<byte> text = stackalloc byte[Moment.MostBytes];
        Add(text[..Moment.WriteMilliseconds(moment, text)]);
    }

    /// <summary>The hash of all that was added, in base64; <paramref name="mac"/> is ready for the next.</summary>
    public readonly string Hash(IncrementalHash mac)
    {
        mac.AppendData(bytes[..length]);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        mac.GetHashAndReset(hash);
        return Convert.ToBase64String(hash);
    }

    private void Add(scoped ReadOnlySpan<byte> ascii)
    {
        Begin(ascii.Length);
        ascii.CopyTo(bytes[length..]);
        length += ascii.Length;
    }

    private void Begin(int characters)
    {
        characters.TryFormat(bytes[length..], out var written, default, CultureInfo.InvariantCulture);
        length += written;
        bytes[length++] = (byte)':';
    }
}
