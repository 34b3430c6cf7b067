namespace Loket.Domain.Parties;

/// <summary>A telephone number as somebody typed it, with what belongs to it: "06 12345678 (na vijven)".</summary>
public static class PhoneText
{
    public const int Longest = 40;
    private const int FewestDigits = 8;

    /// <summary>Null when nothing was typed or somebody can be called on it; else why not.</summary>
    public static Refusal? Check(string? typed) => FreeText.Check(Longest, typed) is { } no ? no
        : string.IsNullOrWhiteSpace(typed) || CanBeCalled(typed) ? null
        : new Refusal("phone-wrong");

    public static bool CanBeCalled(string value) => !value.Contains('@', StringComparison.Ordinal) && value.Count(char.IsAsciiDigit) >= FewestDigits;
}
