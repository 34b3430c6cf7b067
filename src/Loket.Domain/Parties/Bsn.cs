using System.Diagnostics.CodeAnalysis;

namespace Loket.Domain.Parties;

/// <summary>
/// A burgerservicenummer. Only <see cref="Reveal"/> gives the number; text, logs and serializers get the mask.
/// </summary>
public sealed class Bsn : IEquatable<Bsn>
{
    private readonly string digits;

    private Bsn(string digits) => this.digits = digits;

    /// <summary>The last three digits: <c>•••••• 653</c>.</summary>
    public string Masked => $"•••••• {digits[6..]}";

    /// <summary>
    /// Nine digits that pass the elfproef; spaces and dots are left out. Refuses with <c>bsn-length</c> or
    /// <c>bsn-wrong</c>, without repeating what was typed.
    /// </summary>
    public static Outcome<Bsn> Parse(string? text)
    {
        var read = Digits.Exactly(9, text, "bsn");
        if (read.Refusal is { } refusal)
        {
            return refusal;
        }

        return Digits.PassesElfproef(read.Value) ? new Bsn(read.Value) : new Refusal("bsn-wrong");
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out Bsn? bsn)
    {
        var read = Parse(text);
        bsn = read.IsOk ? read.Value : null;
        return read.IsOk;
    }

    /// <summary>The nine digits. Whoever shows them logs that.</summary>
    public string Reveal() => digits;

    public bool Equals(Bsn? other) => other?.digits == digits;

    public override bool Equals(object? obj) => Equals(obj as Bsn);

    public override int GetHashCode() => digits.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Masked;
}
