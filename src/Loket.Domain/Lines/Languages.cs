namespace Loket.Domain.Lines;

/// <summary>The languages that can be asked for beside Dutch (ISO 639, lower case).</summary>
public static class Languages
{
    public static readonly IReadOnlyList<string> All =
        ["ar", "bg", "de", "en", "es", "fa", "fr", "pap", "pl", "pt", "ro", "ru", "so", "ti", "tr", "uk", "vi", "zh"];

    /// <summary>Everybody speaks Dutch: that, or nothing, asks for no skill.</summary>
    public static bool IsAsked(string? code) => !string.IsNullOrEmpty(code) && code != "nl";
}
