namespace Loket.Domain.Parties;

/// <summary>Shared rules of the numbers that name a person or business. All are strings: leading zeros count.</summary>
internal static class Digits
{
    /// <summary>Without the spaces and dots people put between groups.</summary>
    public static string Trimmed(string? text) =>
        string.Concat((text ?? "").Where(c => c != '.' && !char.IsWhiteSpace(c)));

    /// <summary>
    /// The digits of <paramref name="text"/>, or a refusal: <c>{name}-wrong</c> for anything but digits,
    /// <c>{name}-length</c> for too few or too many. The refusal never repeats what was typed.
    /// </summary>
    public static Outcome<string> Exactly(int length, string? text, string name)
    {
        var digits = Trimmed(text);
        if (!digits.All(char.IsAsciiDigit))
        {
            return new Refusal($"{name}-wrong");
        }

        return digits.Length == length ? digits : new Refusal($"{name}-length");
    }

    /// <summary>Nine digits with weights 9 to 2 and -1, sum divisible by 11, not all zero.</summary>
    public static bool PassesElfproef(ReadOnlySpan<char> digits)
    {
        if (digits.Length != 9 || digits.TrimStart('0').IsEmpty)
        {
            return false;
        }

        var sum = -(digits[8] - '0');
        for (var i = 0; i < 8; i++)
        {
            sum += (9 - i) * (digits[i] - '0');
        }

        return sum % 11 == 0;
    }
}
