using System.Globalization;
using System.Text.RegularExpressions;

namespace Loket.Domain.Parties.Marking;

/// <summary>A date in the text: with a year, or a day and month only.</summary>
internal sealed record FoundDate(int Start, int Length, DateOnly Date, bool HasYear, bool HasFullYear)
{
    public int End => Start + Length;
}

/// <summary>
/// Birth dates in Dutch and English spellings. A date is one when a word of birth or a name stands before it, when it
/// is known, or when its year lies far enough back. Other dates (a hearing, the start of a scheme) are the question itself.
/// </summary>
internal static partial class DateMarks
{
    private const int LatestYearWithoutCue = 2012;
    private const int CueReach = 40;
    private const string Months =
        "januari|january|jan|februari|february|feb|maart|march|mrt|mar|april|apr|mei|may|juni|june|jun|juli|july|jul"
        + "|augustus|august|aug|september|sept|sep|oktober|october|okt|oct|november|nov|december|dec";

    private static readonly string[] MonthStarts = ["jan", "feb", "m", "apr", "mei", "jun", "jul", "aug", "sep", "o", "nov", "dec"];

    public static IEnumerable<Mark> In(string plain, IReadOnlyList<FoundDate> dates, IReadOnlySet<DateOnly> known, IReadOnlyList<Mark> names)
    {
        foreach (var date in dates)
        {
            var certain = known.Contains(date.Date) && date.HasYear;
            if (certain || HasCue(plain, date.Start) || (date.HasYear && (date.Date.Year <= LatestYearWithoutCue || FollowsName(plain, date.Start, names))))
            {
                yield return new(date.Start, date.Length, MarkKind.BirthDate);
            }
        }
    }

    /// <summary>All dates, also those that identify nobody.</summary>
    public static IReadOnlyList<FoundDate> Find(string plain)
    {
        var found = new List<FoundDate>();
        foreach (var match in Iso().Matches(plain).Concat(Numeric().Matches(plain)).Concat(DayMonth().Matches(plain)).Concat(MonthDay().Matches(plain)))
        {
            // "7.3.11" is an article of law unless a word of birth stands before it.
            var article = match.Groups["s"].Value == "." && match.Groups["y"].Length == 2 && !HasCue(plain, match.Index);
            if (!article && Read(match) is { } date && !found.Exists(f => f.Start < date.End && date.Start < f.End))
            {
                found.Add(date);
            }
        }

        foreach (Match match in Glued().Matches(plain))
        {
            if (HasCue(plain, match.Index) && (Read(match, "yyyyMMdd") ?? Read(match, "ddMMyyyy")) is { } date)
            {
                found.Add(date);
            }
        }

        return found;
    }

    private static FoundDate? Read(Match match)
    {
        var year = match.Groups["y"].Success ? int.Parse(match.Groups["y"].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var full = match.Groups["y"].Length == 4;
        var hasYear = match.Groups["y"].Success;
        year = full ? year : hasYear ? year + (year > 30 ? 1900 : 2000) : 2000;
        var day = int.Parse(match.Groups["d"].ValueSpan, CultureInfo.InvariantCulture);
        var month = match.Groups["m"].Success
            ? int.Parse(match.Groups["m"].ValueSpan, CultureInfo.InvariantCulture)
            : MonthOf(match.Groups["name"].Value);
        if (month > 12)
        {
            (day, month) = (month, day);
        }

        return year is >= 1850 and <= 2100 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new(match.Index, match.Length, new DateOnly(year, month, day), hasYear, full)
            : null;
    }

    private static FoundDate? Read(Match match, string form) =>
        DateOnly.TryParseExact(match.Value, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1850 and <= 2100
            ? new(match.Index, match.Length, date, true, true)
            : null;

    private static int MonthOf(string name)
    {
        var folded = name.ToLowerInvariant();
        return folded switch
        {
            "mei" or "may" => 5,
            _ => Array.FindIndex(MonthStarts, start => folded.StartsWith(start, StringComparison.Ordinal)) + 1,
        };
    }

    private static bool HasCue(string plain, int start)
    {
        var from = Math.Max(0, start - CueReach);
        return Cue().IsMatch(plain[from..start]);
    }

    private static bool FollowsName(string plain, int start, IReadOnlyList<Mark> names) =>
        names.Any(n => n.End <= start && start - n.End <= 4 && plain[n.End..start].All(c => !char.IsLetterOrDigit(c)));

    [GeneratedRegex(@"(?<![0-9])(?<y>[0-9]{4})[-/.](?<m>[0-9]{1,2})[-/.](?<d>[0-9]{1,2})(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Iso();

    [GeneratedRegex(@"(?<![0-9])(?<d>[0-9]{1,2}) ?(?<s>[-/.]) ?(?<m>[0-9]{1,2}) ?\k<s> ?(?:(?<y>[0-9]{4})|'?(?<y>[0-9]{2}))(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Numeric();

    [GeneratedRegex(
        @"(?<![0-9])(?<d>[0-9]{1,2})(?:e|ste|de|st|nd|rd|th)?[ .\-/]{0,2}(?:of )?(?<name>" + Months + @")\b\.?(?:,?[ \-/]{0,2}(?:(?<y>[0-9]{4})|'(?<y>[0-9]{2}))(?![0-9]))?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DayMonth();

    [GeneratedRegex(@"\b(?<name>" + Months + @")\.? (?<d>[0-9]{1,2})(?:st|nd|rd|th)?(?:,? (?<y>[0-9]{4}))?(?![0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MonthDay();

    [GeneratedRegex("(?<![0-9])[0-9]{8}(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Glued();

    /// <summary>A word of birth, and no end of sentence after it ("geb." is no end).</summary>
    [GeneratedRegex(@"\b(?:geboren|geboorte\p{L}*|geb|gebdat|jarig|verjaardag|born|birth\p{L}*|dob|d\.o\.b)\b\.?[^.!?\n]*\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Cue();
}
