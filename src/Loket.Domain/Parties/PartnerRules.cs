namespace Loket.Domain.Parties;

/// <summary>What the register may hold of a partner outside government: a kind, a name, and at least one address that can be one.</summary>
public static class PartnerRules
{
    public const int LongestName = 120;
    public const int LongestAddress = 300;

    public static readonly IReadOnlyList<string> Kinds = ["bank", "landlord", "insurer", "energy", "health", "employer", "debt", "other"];

    /// <summary>Why this cannot stand in the register; null when it can. Texts without blanks around them, null when empty.</summary>
    public static Refusal? Check(string? kind, string? name, string? email, string? sms, string? post) => (kind, name) switch
    {
        _ when !Kinds.Contains(kind, StringComparer.Ordinal) => new Refusal("partner-kind-missing"),
        (_, null) => new Refusal("partner-name-missing"),
        _ when (email ?? sms ?? post) is null => new Refusal("partner-address-missing"),
        _ when email is not null && !IsEmail(email) => new Refusal("partner-email-wrong"),
        _ when sms is not null && !IsPhone(sms) => new Refusal("partner-sms-wrong"),
        _ => FreeText.Check(LongestName, name) ?? FreeText.Check(LongestAddress, email, sms, post),
    };

    private static bool IsEmail(string text) =>
        text.Split('@') is [{ Length: > 0 }, { Length: > 2 } host] && host[1..^1].Contains('.', StringComparison.Ordinal) && !text.Any(char.IsWhiteSpace);

    private static bool IsPhone(string text) => text.TrimStart('+').Replace(" ", "", StringComparison.Ordinal) is { Length: >= 10 and <= 15 } digits && digits.All(char.IsAsciiDigit);
}
