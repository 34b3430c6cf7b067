using System.Globalization;
using System.Text;

namespace Loket.Domain.Parties.Marking;

/// <summary>Values the case knows, found whatever the case, accents, spaces or (in numbers) separators.</summary>
internal static class KnownMarks
{
    private const int FewestDigits = 6;
    private const int ShortestWord = 2;

    public static IReadOnlySet<DateOnly> Dates(IEnumerable<KnownValue> known)
    {
        var dates = new HashSet<DateOnly>();
        foreach (var value in known)
        {
            dates.UnionWith(DateMarks.Find(Plain.Of(value.Text)).Where(d => d.HasFullYear).Select(d => d.Date));
            if (DateOnly.TryParseExact(value.Text.Trim(), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                dates.Add(date);
            }
        }

        return dates;
    }

    public static IEnumerable<Mark> In(string plain, IReadOnlyCollection<KnownValue> known)
    {
        if (known.Count == 0)
        {
            return [];
        }

        var folded = new Folded(plain);
        return known.SelectMany(value => Whole(folded, value).Concat(Digits(plain, value)).Concat(Parts(plain, value)));
    }

    private static IEnumerable<Mark> Whole(Folded text, KnownValue value)
    {
        var sought = new Folded(Plain.Of(value.Text.Trim())).Text;
        for (var at = sought.Length < ShortestWord ? -1 : text.Text.IndexOf(sought, StringComparison.Ordinal);
             at >= 0;
             at = text.Text.IndexOf(sought, at + 1, StringComparison.Ordinal))
        {
            if (text.IsWhole(at, sought.Length))
            {
                yield return text.Mark(at, sought.Length, value.Kind);
            }
        }
    }

    /// <summary>A number in any grouping; of phone numbers the last nine digits are enough.</summary>
    private static IEnumerable<Mark> Digits(string plain, KnownValue value)
    {
        var sought = string.Concat(Plain.Of(value.Text).Where(char.IsAsciiDigit));
        sought = value.Kind == MarkKind.Phone && sought.Length > 9 ? sought[^9..] : sought;
        if (sought.Length < FewestDigits || value.Kind is MarkKind.Name or MarkKind.BirthDate)
        {
            yield break;
        }

        for (var start = 0; start < plain.Length; start++)
        {
            var (at, found, gap) = (start, 0, 0);
            while (at < plain.Length && found < sought.Length && gap <= 3)
            {
                if (plain[at] == sought[found])
                {
                    (found, gap) = (found + 1, 0);
                }
                else if (char.IsLetterOrDigit(plain[at]) || found == 0)
                {
                    break;
                }
                else
                {
                    gap++;
                }

                at++;
            }

            if (found == sought.Length)
            {
                yield return new(start, at - start, value.Kind);
            }
        }
    }

    /// <summary>Each name of a known name ("weduwe Drenth" of Ilse Drenth): with a capital, or in lower case when it is no ordinary word.</summary>
    private static IEnumerable<Mark> Parts(string plain, KnownValue value)
    {
        if (value.Kind != MarkKind.Name)
        {
            yield break;
        }

        var parts = Token.PartsOf(value.Text, ShortestWord);
        foreach (var token in Token.Of(plain))
        {
            var rare = token.IsCapital || token.IsSurnameOnly || (token.IsGiven && !token.IsGivenAndWord) || (token.Folded.Length > 5 && !token.IsThing);
            if (rare && (parts.Contains(token.Folded) || (token.Folded.EndsWith('s') && parts.Contains(token.Folded[..^1]))))
            {
                yield return new(token.Start, token.End - token.Start, MarkKind.Name);
            }
        }
    }

    /// <summary>Folded text that remembers where each character came from; runs of white space are one space.</summary>
    private sealed class Folded
    {
        private readonly List<int> from = [];
        private readonly List<int> until = [];

        public Folded(string plain)
        {
            var text = new StringBuilder(plain.Length);
            for (var i = 0; i < plain.Length; i++)
            {
                var c = char.IsWhiteSpace(plain[i]) ? " " : Fold(plain[i]);
                foreach (var folded in c)
                {
                    if (folded == ' ' && text.Length > 0 && text[^1] == ' ')
                    {
                        continue;
                    }

                    text.Append(folded);
                    from.Add(i);
                    until.Add(i + 1);
                }
            }

            Text = text.ToString();
        }

        public string Text { get; }

        public Mark Mark(int at, int length, MarkKind kind) => new(from[at], until[at + length - 1] - from[at], kind);

        public bool IsWhole(int at, int length) =>
            !(at > 0 && char.IsLetterOrDigit(Text[at - 1]) && char.IsLetterOrDigit(Text[at]))
            && !(at + length < Text.Length && char.IsLetterOrDigit(Text[at + length]) && char.IsLetterOrDigit(Text[at + length - 1]));

        private static string Fold(char c) => char.IsSurrogate(c) ? c.ToString() : Plain.Fold(c.ToString());
    }
}
