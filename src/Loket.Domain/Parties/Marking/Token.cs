using System.Text.RegularExpressions;

namespace Loket.Domain.Parties.Marking;

/// <summary>A word of the text with what the name rules ask of it.</summary>
internal sealed partial class Token
{
    private Token(string plain, Match match, bool opensSentence)
    {
        (Start, End, Text, OpensSentence) = (match.Index, match.Index + match.Length, match.Value, opensSentence);
        var letters = Text.TrimStart('\'');
        Folded = Plain.Fold(Possessive().Replace(letters, ""));
        HasElision = Elision().IsMatch(letters);
        IsCapital = char.IsUpper(letters[0]) || HasElision;
        IsAllCapitals = letters.Length > 1 && letters.All(c => !char.IsLower(c));
        IsBetween = Surnames.Between.Has(Text.Length > 1 && Text[0] == '\'' ? Text.ToLowerInvariant() : Folded);
        IsInitial = letters.Length == 1 && IsCapital && End < plain.Length && plain[End] == '.';
    }

    public int Start { get; }

    public int End { get; }

    public string Text { get; }

    /// <summary>Lower case, without accents and without a possessive s.</summary>
    public string Folded { get; }

    public bool OpensSentence { get; }

    public bool IsCapital { get; }

    public bool IsAllCapitals { get; }

    /// <summary>d'Angelo, O'Brien, al-Amin.</summary>
    public bool HasElision { get; }

    /// <summary>A tussenvoegsel: van, de, der, 't.</summary>
    public bool IsBetween { get; }

    public bool IsInitial { get; }

    public bool IsGiven => Has(GivenNames.All);

    public bool IsGivenAndWord => Has(GivenNames.AlsoWords);

    public bool IsSurname => Surnames.All.Has(Folded);

    public bool IsSurnameOnly => IsSurname && !Surnames.AlsoWords.Has(Folded);

    public bool IsNever => OrdinaryWords.Never.Has(Folded);

    public bool IsPlace => OrdinaryWords.Places.Has(Folded) || OrdinaryWords.Places.Has(Plain.Fold(Text));

    public bool IsThing => OrdinaryWords.IsThing(Folded);

    /// <summary>The parts of a name, folded, without what stands between them.</summary>
    public static HashSet<string> PartsOf(string name, int shortest) =>
        [.. Of(Plain.Of(name)).Where(t => !t.IsBetween && t.Text.Length >= shortest).Select(t => t.Folded)];

    public static IReadOnlyList<Token> Of(string plain)
    {
        var tokens = new List<Token>();
        foreach (Match match in Word().Matches(plain))
        {
            var from = tokens.Count == 0 ? 0 : tokens[^1].End;
            var previous = tokens.Count == 0 ? null : tokens[^1];
            var ends = previous is null
                || SentenceEnd().IsMatch(plain[from..match.Index])
                && !(plain[from] == '.' && (previous.IsInitial || Abbreviation().IsMatch(previous.Text)));
            tokens.Add(new(plain, match, ends));
        }

        return tokens;
    }

    /// <summary>The word or, for double names, its first part.</summary>
    private bool Has(WordList list)
    {
        if (list.Has(Folded))
        {
            return true;
        }

        var hyphen = Folded.IndexOf('-', StringComparison.Ordinal);
        return hyphen > 2 ? list.Has(Folded[..hyphen]) : Folded.Length > 4 && Folded[^1] == 's' && IsCapital && list.Has(Folded[..^1]);
    }

    [GeneratedRegex(@"(?:(?<![\p{L}0-9'])'(?=[tTsS]\b))?\p{L}[\p{L}\p{M}]*(?:['\-]\p{L}[\p{L}\p{M}]*)*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"[.!?:;\n\r""“”„(\[•*/]|(?:^|\s)[\-–](?:\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"\A(?:mw|mevr|dhr|mej|fam|dr|drs|ing|ir|mr|mrs|ms|geb|nr|tel|bijv|bv|evt|art|ca|vd)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Abbreviation();

    [GeneratedRegex(@"\A(?:[dDlO]'|(?:al|el)-)\p{Lu}\p{Ll}", RegexOptions.CultureInvariant)]
    private static partial Regex Elision();

    [GeneratedRegex("'s?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Possessive();
}
