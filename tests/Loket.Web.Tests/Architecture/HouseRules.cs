using System.Text.RegularExpressions;

namespace Loket.Web.Tests.Architecture;

/// <summary>Rules of the house over one source file: each gives its faults, so that each can be shown to find one.</summary>
internal static partial class HouseRules
{
    public const int LongestFile = 300;

    /// <summary>A file longer than this does more than one thing.</summary>
    public static IEnumerable<string> TooLong(string path, string text)
    {
        var lines = text.AsSpan().TrimEnd().Count('\n') + 1;
        return lines > LongestFile ? [$"{path}: {lines} lines"] : [];
    }

    /// <summary>Only <c>Data/</c> knows which engine is below.</summary>
    public static IEnumerable<string> EngineBranches(string path, string text) =>
        path.StartsWith("src/Loket.Web/Data/", StringComparison.Ordinal) ? [] : Found(Engine(), path, text);

    /// <summary>Time comes from the <c>TimeProvider</c> that the wiring hands out.</summary>
    public static IEnumerable<string> OtherClocks(string path, string text) =>
        Found(path.EndsWith("/Wiring.cs", StringComparison.Ordinal) ? Clock() : ClockOrSystem(), path, text);

    /// <summary>The rules know no clock, no chance, no file, no network and no database.</summary>
    public static IEnumerable<string> ImpureDomain(string path, string text) => Found(Outside(), path, text);

    /// <summary>What is typed in a form that changes something is kept while it is typed.</summary>
    public static IEnumerable<string> UnkeptForms(string path, string text) =>
        from form in PostForms().Matches(text).Select(m => m.Value)
        where TypedFields().IsMatch(form) && !KeptForm().IsMatch(form)
        select $"{path}: {form[..Math.Min(60, form.Length)]}";

    /// <summary>What a file uses stands in one order: first of the system, then by name; after that what is static, then what is called otherwise.</summary>
    public static IEnumerable<string> UnsortedUsings(string path, string text)
    {
        var used = Usings().Matches(text).ToList();
        var sorted = used.OrderBy(m => m.Groups["global"].Success ? 0 : 1).ThenBy(m => m.Groups["alias"].Success ? 2 : m.Groups["static"].Success ? 1 : 0)
            .ThenBy(m => m.Groups["name"].Value.Split('.')[0] == "System" ? 0 : 1).ThenBy(m => m.Groups["name"].Value.Replace('.', '\u0001'), StringComparer.OrdinalIgnoreCase);
        return used.Zip(sorted).Where(pair => pair.First != pair.Second).Select(pair => $"{path}: {pair.First.Value}").Take(1);
    }

    private static IEnumerable<string> Found(Regex pattern, string path, string text) =>
        pattern.Matches(CSharpText.Read(text).Code).Select(m => $"{path}: {m.Value}");

    [GeneratedRegex(@"\b(Microsoft\.Data\.\w+|Sqlite\w+|SqlServer\w*|SqlClient|SqlConnection|SqlException|Dialect\s*\.\s*(Name|Sqlite|SqlServer)|Dialect\s*(==|!=|is)\s)")]
    private static partial Regex Engine();

    private const string ClockPattern = @"\bDateTime(Offset)?\s*\.\s*(UtcNow|Now|Today)\b|\bThread\s*\.\s*Sleep\b|\bStopwatch\b|\bEnvironment\s*\.\s*TickCount";

    [GeneratedRegex(ClockPattern)]
    private static partial Regex Clock();

    [GeneratedRegex(ClockPattern + @"|\bTimeProvider\s*\.\s*System\b")]
    private static partial Regex ClockOrSystem();

    [GeneratedRegex(@"\b(TimeProvider|System\.IO|System\.Net|System\.Data|Dapper|File|Directory|Path|Stream\w*|HttpClient|Random|RandomNumberGenerator|Environment|Console|Task|async|await|Thread|Microsoft\.\w+)\b|\bGuid\s*\.\s*NewGuid")]
    private static partial Regex Outside();

    [GeneratedRegex("^(?<global>global )?using (?<static>static )?(?<name>[\\w.]+)(?<alias> = .*)?;", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Usings();

    [GeneratedRegex("<form post=.*?</form>", RegexOptions.Singleline)]
    private static partial Regex PostForms();

    [GeneratedRegex("<(textarea|select)\\b|<input(?![^>]*type=\"(hidden|radio|checkbox|file|submit|tel)\")")]
    private static partial Regex TypedFields();

    [GeneratedRegex("^<form post=[^\n]*? (draft|draft-part=[^ ]+|data-draft=[^ ]+)[ >]")]
    private static partial Regex KeptForm();
}
