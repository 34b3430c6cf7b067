using System.Text.RegularExpressions;
using Loket.Domain.Parties;

namespace Loket.Web.Tests.Support;

/// <summary>Finds what could be a citizen's number: nine digits by themselves that pass the elfproef.</summary>
public static partial class CitizenNumbers
{
    public static IEnumerable<string> In(string text) => Nine().Matches(text).Select(m => m.Value).Where(n => Bsn.Parse(n).IsOk);

    // Not in the middle of something longer: an id, a hash, a moment with its fractions.
    [GeneratedRegex("(?<![0-9A-Za-z.,+])[0-9]{9}(?![0-9A-Za-z+=])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Nine();
}
