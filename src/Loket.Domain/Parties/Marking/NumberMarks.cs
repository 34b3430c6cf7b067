using System.Text.RegularExpressions;

namespace Loket.Domain.Parties.Marking;

/// <summary>BSN, bank account, phone, e-mail and other long numbers.</summary>
internal static partial class NumberMarks
{
    private const int LongNumber = 7;

    /// <summary>Pieces with a shape of their own, found before loose digits are weighed.</summary>
    public static IEnumerable<Mark> Shaped(string plain)
    {
        foreach (Match match in Email().Matches(plain))
        {
            yield return new(match.Index, match.Length, MarkKind.Email);
        }

        foreach (Match match in Iban().Matches(plain).Where(IsIban))
        {
            yield return new(match.Index, match.Length, MarkKind.Iban);
        }

        foreach (var match in DutchPhone().Matches(plain).Concat(ForeignPhone().Matches(plain)))
        {
            yield return new(match.Index, match.Length, MarkKind.Phone);
        }
    }

    /// <param name="explained">Shaped pieces and dates: a BSN spread over groups does not cut through them.</param>
    public static IEnumerable<Mark> Loose(string plain, IReadOnlyList<(int Start, int End)> explained)
    {
        foreach (Match group in Grouped().Matches(plain))
        {
            var runs = Run().Matches(group.Value);
            for (var first = 0; first < runs.Count; first++)
            {
                foreach (var mark in From(plain, group.Index, runs, first, explained))
                {
                    yield return mark;
                }
            }
        }
    }

    private static IEnumerable<Mark> From(
        string plain, int offset, MatchCollection runs, int first, IReadOnlyList<(int Start, int End)> explained)
    {
        var start = offset + runs[first].Index;
        var digits = "";
        for (var last = first; last < runs.Count && digits.Length < 9; last++)
        {
            digits += runs[last].Value;
            var end = offset + runs[last].Index + runs[last].Length;
            var free = !explained.Any(e => e.Start < end && start < e.End);
            // Nine digits by themselves count even where a phone number seems to begin with them ("004330353 12").
            var whole = last == first && !explained.Any(e => e.Start < start && end <= e.End);
            if (digits.Length == 9 && (free || whole) && Digits.PassesElfproef(digits))
            {
                yield return new(start, end - start, MarkKind.Bsn);
            }
            else if (digits.Length == 8 && free && BsnCue().IsMatch(plain[..start]) && Digits.PassesElfproef("0" + digits))
            {
                yield return new(start, end - start, MarkKind.Bsn);
            }
            else if (free && digits.Length is >= LongNumber and <= 9 && BsnCue().IsMatch(plain[..start]))
            {
                yield return new(start, end - start, MarkKind.Number);
            }
            else if (free && last == first && digits.Length >= LongNumber && !IsAmount(plain, start, end))
            {
                yield return new(start, end - start, MarkKind.Number);
            }
        }
    }

    private static bool IsAmount(string plain, int start, int end) =>
        AmountBefore().IsMatch(plain[..start]) || AmountAfter().IsMatch(plain, end);

    /// <summary>The check digits of ISO 7064 (mod 97), or the Dutch shape, so that a typing error is not a leak.</summary>
    private static bool IsIban(Match match)
    {
        var iban = match.Value.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        if (iban.StartsWith("NL", StringComparison.Ordinal) && iban.Length == 18)
        {
            return true;
        }

        var rest = 0;
        foreach (var c in iban[4..] + iban[..4])
        {
            var value = char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10;
            rest = ((rest * (value > 9 ? 100 : 10)) + value) % 97;
        }

        return iban.Length is >= 15 and <= 34 && rest == 1;
    }

    [GeneratedRegex(@"[\p{L}0-9._%+\-]+@[\p{L}0-9\-]+(?:\.[\p{L}0-9\-]+)+", RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    [GeneratedRegex(@"(?<![\p{L}0-9])[A-Za-z]{2}[0-9]{2}(?: ?[A-Za-z]{4}(?: ?[0-9]){10}|(?: ?[A-Za-z0-9]{4}){2,7}(?: ?[A-Za-z0-9]{1,3})?)(?![\p{L}0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Iban();

    [GeneratedRegex(@"(?<![0-9+])(?<![0-9][\-/.])(?:(?:\+ ?31|0031)[ .\-/]{0,2}(?:\(0\))?[ .\-/]{0,2}0?[1-8]|\(?0[1-8])(?:(?: - |[)/] |[ .\-/)])?[0-9]){8}(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex DutchPhone();

    [GeneratedRegex(@"(?<![0-9+])(?<![0-9][\-/.])(?:\+|00)(?!31)[1-9](?:[ .\-/()]{0,2}[0-9]){8,13}(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex ForeignPhone();

    /// <summary>Digits in groups, one separator between two groups.</summary>
    [GeneratedRegex(@"[0-9]+(?:(?: - |\. |  |[ .\-_/,])[0-9]+)*", RegexOptions.CultureInvariant)]
    private static partial Regex Grouped();

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Run();

    [GeneratedRegex(@"\b(?:bsn|burgerservicenummer|sofi(?:-?nummer)?)\b[^0-9\n]{0,12}\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.RightToLeft)]
    private static partial Regex BsnCue();

    [GeneratedRegex(@"(?:€|\beuro|\beur)[ ]?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.RightToLeft)]
    private static partial Regex AmountBefore();

    [GeneratedRegex(@"\G(?:,-|,[0-9]{2})?[ ]?(?:€|euro|eur\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AmountAfter();
}
