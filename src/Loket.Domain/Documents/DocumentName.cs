using System.Text;

namespace Loket.Domain.Documents;

/// <summary>What a document is called, whatever the sender's machine called it.</summary>
public static class DocumentName
{
    /// <summary>Most characters, with the ending.</summary>
    public const int Longest = 100;

    // Names that are devices on Windows, with any ending.
    private static readonly HashSet<string> Devices = new(
        ["con", "prn", "aux", "nul", .. Enumerable.Range(1, 9).SelectMany(n => (string[])[$"com{n}", $"lpt{n}"])], StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The last part of the path, without what a file system or a screen takes otherwise than it reads, under the ending that
    /// its content has (<paramref name="ending"/>, such as <c>pdf</c>); <paramref name="otherwise"/> when nothing is left.
    /// </summary>
    public static string Safe(string? sent, string ending, string otherwise)
    {
        var last = (sent ?? "").Split('/', '\\')[^1];
        var dot = last.LastIndexOf('.');
        var kept = new StringBuilder();
        foreach (var c in (dot > 0 ? last[..dot] : dot == 0 ? "" : last).Normalize())
        {
            if (char.IsLetterOrDigit(c) || c is '-' or '_' or '(' or ')' or '\'' or ',' or '+' or '&')
            {
                kept.Append(c);
            }
            else if (kept.Length > 0 && kept[^1] != ' ')
            {
                kept.Append(' ');
            }
        }

        var name = kept.ToString();
        name = name[..Math.Min(name.Length, Longest - ending.Length - 1)].Trim();
        return $"{(name.Length == 0 || Devices.Contains(name) || !name.Any(char.IsLetterOrDigit) ? otherwise : name)}.{ending}";
    }

    /// <summary>The ending of the name as it was sent, lower case; empty without one.</summary>
    public static string EndingOf(string? sent)
    {
        var last = (sent ?? "").Split('/', '\\')[^1];
        var dot = last.LastIndexOf('.');
        return dot < 0 ? "" : last[(dot + 1)..].Trim().ToLowerInvariant();
    }
}
