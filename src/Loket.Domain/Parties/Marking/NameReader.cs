using System.Text.RegularExpressions;

namespace Loket.Domain.Parties.Marking;

/// <summary>How strongly a word announces a name.</summary>
internal enum NameCue
{
    Relation,
    Naming,
    Title,
}

/// <summary>Reads names word by word: where one may start, and how far it goes.</summary>
internal sealed partial class NameReader(string plain)
{
    private static readonly WordList Prepositions = new("in op aan bij uit onder voor over tot");
    private static readonly WordList Articles = new("de het een deze dit die dat the a an 't");
    private static readonly WordList Joiners = new("en and of or");
    private static readonly WordList Rivers = new("Rijn Maas Waal Linden Horst Berg");

    // Lower-case words that are a verb or noun first, even after "mijn man".
    private static readonly WordList Verbs = new("wil will bel door storm mei april lieve lente hoop wijs al an ad als lot ster kas bo max kick per leen ben hein rein august may noël");

    private readonly IReadOnlyList<Token> tokens = Token.Of(plain);

    /// <summary>The names right after a cue that ends at a position, and the ones joined to it ("Tim, Roos en Bilal").</summary>
    public IEnumerable<(int Start, int End)> AfterCue(int position, NameCue cue)
    {
        var first = tokens.TakeWhile(t => t.Start < position).Count();
        if (first >= tokens.Count || tokens[first].Start != position)
        {
            yield break;
        }

        for (var start = first; StartsName(start, cue) is { } core; cue = NameCue.Relation)
        {
            var last = Extend(core);
            var possessive = cue == NameCue.Relation && tokens[start].Text == "van" && tokens[start + 1].IsCapital;
            yield return (tokens[possessive ? start + 1 : start].Start, tokens[last].End);
            start = last + 1;
            if (start < tokens.Count && Joiners.Has(tokens[start].Folded) && IsSpace(last, start))
            {
                start++;
            }

            if (start >= tokens.Count || !JoinGap().IsMatch(plain[tokens[start - 1].End..tokens[start].Start]))
            {
                yield break;
            }
        }
    }

    /// <summary>Names that show themselves by their own words.</summary>
    public IEnumerable<(int Start, int End)> WithoutCue()
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (StartsByItself(i) is { } core)
            {
                var last = Extend(core);
                yield return (tokens[i].Start, tokens[last].End);
                i = last;
            }
        }
    }

    /// <summary>Index of the first word that is more than a tussenvoegsel, or null when no name starts here.</summary>
    private int? StartsName(int at, NameCue cue)
    {
        var core = at;
        while (core < tokens.Count - 1 && core < at + 3 && tokens[core].IsBetween && !IsGivenHere(core) && IsSpace(core, core + 1))
        {
            core++;
        }

        var token = tokens[core];
        var afterBetween = core > at;
        if (!token.IsCapital)
        {
            var known = (token.IsGiven && !afterBetween && !Verbs.Has(token.Folded)) || (cue == NameCue.Title && token.IsSurname && (afterBetween || token.IsSurnameOnly));
            return known ? core : null;
        }

        var known2 = token.IsGiven || token.IsSurname;
        var ordinary = token.IsNever && !(cue == NameCue.Title && OrdinaryWords.SurnameToo.Has(token.Folded));
        if (ordinary || (token.IsAllCapitals && token.Text.Length < 6 && !known2) || (afterBetween && cue != NameCue.Title && Articles.Has(tokens[at].Folded) && !known2))
        {
            return null;
        }

        return cue == NameCue.Title || known2 || (!token.IsPlace && !token.IsThing && !(token.OpensSentence && OrdinaryWords.Openers.Has(token.Folded))) ? core : null;
    }

    private bool IsGivenHere(int at) => tokens[at].IsCapital && tokens[at].IsGiven;

    private int? StartsByItself(int i)
    {
        var token = tokens[i];
        if (i > 0 && OrdinaryWords.BodyCues.Has(tokens[i - 1].Folded) && IsSpace(i - 1, i))
        {
            return null;
        }

        if (!token.IsCapital)
        {
            return token.IsBetween ? SurnameAfterBetween(i)
                : token.IsGiven && !token.IsGivenAndWord && token.Folded.Length > 3 && !token.IsPlace ? i : null;
        }

        if (token.IsGiven && !token.IsNever && !(token.IsPlace && !BeforeSurname(i)) && (BeforeSurname(i) || !NeedsSurname(token)))
        {
            return i;
        }

        // "Omgevingsdienst Groene Metropool": the name of a body goes on.
        var body = i > 0 && (tokens[i - 1].IsThing || (tokens[i - 1].IsCapital && tokens[i - 1].IsNever)) && IsSpace(i - 1, i);
        if (token.IsBetween && SurnameAfterBetween(i) is { } core && !(body && !tokens[core].IsSurname))
        {
            return core;
        }

        return token.HasElision || (token.IsSurnameOnly && !token.IsNever && !token.IsPlace && !token.IsAllCapitals) || (!body && IsUnknownPair(i)) ? i : null;
    }

    private static bool NeedsSurname(Token token) =>
        GivenNames.OnlyAfterCue.Has(token.Folded) || (token.IsGivenAndWord && (token.OpensSentence || token.IsAllCapitals))
        || (token.IsAllCapitals && token.Text.Length < 4);

    private bool BeforeSurname(int i) => Extend(i) > i;

    /// <summary>"van der Meijden", "Van Dijk": the index of the surname.</summary>
    private int? SurnameAfterBetween(int i)
    {
        var core = i;
        while (core < tokens.Count - 1 && core < i + 3 && tokens[core].IsBetween && IsSpace(core, core + 1))
        {
            core++;
        }

        var (first, before, last) = (tokens[i], tokens[core - 1 < i ? i : core - 1], tokens[core]);
        var opensLater = !first.IsCapital && core > i + 1 && tokens[i + 1].IsCapital;
        if (core == i || opensLater || !last.IsCapital || last.IsBetween || last.IsNever || last.IsThing || last.IsAllCapitals)
        {
            return null;
        }

        var van = first.Folded is "van" or "von" or "el" or "al";
        var strongPair = core > i + 1 && before.Folded is "der" or "den" or "t" && !last.IsPlace;
        var capital = first.IsCapital && !first.OpensSentence && (van || !last.IsPlace) && !Prepositions.Has(first.Folded);
        var listed = last.IsSurname && !Rivers.Has(last.Folded) && (van || (first.IsCapital && first.OpensSentence && first.Folded is "de"));
        return strongPair || capital || (listed && !last.IsPlace) || (last.IsSurnameOnly && !last.IsPlace) ? core : null;
    }

    /// <summary>Two words with capitals that no list knows: "Rodney Plieger", "Paolo de Jager".</summary>
    private bool IsUnknownPair(int i)
    {
        var first = tokens[i];
        var opens = first.OpensSentence && VerbLike().IsMatch(first.Folded);
        if (opens || first.IsBetween || !IsUnknown(first) || (i > 0 && Articles.Has(tokens[i - 1].Folded) && IsSpace(i - 1, i)))
        {
            return false;
        }

        return NextPart(i) is { } next && tokens[next].IsCapital && IsUnknown(tokens[next]);
    }

    private static bool IsUnknown(Token token) => !token.IsNever && !token.IsPlace && !token.IsAllCapitals && token.Text.Length > 1
        && !OrdinaryWords.LooksOrdinary(token.Folded) && !OrdinaryWords.Openers.Has(token.Folded);

    /// <summary>The last word of a name whose (first) core word is at <paramref name="core"/>.</summary>
    private int Extend(int core)
    {
        var last = core;
        while (NextPart(last) is { } next)
        {
            last = next;
        }

        return last;
    }

    private int? NextPart(int last)
    {
        var next = last + 1;
        if (next >= tokens.Count || !IsSpace(last, next))
        {
            return null;
        }

        var lower = !tokens[last].IsCapital;
        if (!tokens[next].IsBetween || IsGivenHere(next))
        {
            return IsPart(next, lower) ? next : null;
        }

        var core = next;
        while (core < tokens.Count - 1 && core < next + 3 && tokens[core].IsBetween && IsSpace(core, core + 1))
        {
            core++;
        }

        var preposition = Prepositions.Has(tokens[next].Folded);
        var bound = core > next + 1 && tokens[core - 1].Folded is "t" or "den" or "der";
        if (tokens[core].IsBetween || !IsPart(core, lower) || (tokens[next].Folded == "te" && tokens[core].IsPlace) || (preposition && !bound && !(core > next + 1 && tokens[core].IsSurname)))
        {
            return null;
        }

        // "Tim van Utrecht naar Rotterdam" speaks of a move.
        var moves = tokens[core].IsPlace && core + 1 < tokens.Count && tokens[core + 1].Folded is "naar" or "to";
        return moves ? null : core;
    }

    private bool IsPart(int at, bool lower)
    {
        var token = tokens[at];
        if (!token.IsCapital)
        {
            return lower && token.IsSurname;
        }

        var surname = OrdinaryWords.SurnameToo.Has(token.Folded) && at > 0 && tokens[at - 1].IsBetween;
        return (!token.IsNever || surname) && !token.IsThing && !(token.IsAllCapitals && token.Text.Length < 6 && !token.IsInitial && !token.IsSurname);
    }

    private bool IsSpace(int left, int right)
    {
        var gap = plain.AsSpan()[tokens[left].End..tokens[right].Start];
        return gap is " " or "  " || (gap is ". " or "." && (tokens[left].IsInitial || tokens[left].Folded is "v" or "d"));
    }

    [GeneratedRegex(@"\A(?:,? ?|, | & | / )\z", RegexOptions.CultureInvariant)]
    private static partial Regex JoinGap();

    [GeneratedRegex("(?:t|en|de|te|den|ten)$", RegexOptions.CultureInvariant)]
    private static partial Regex VerbLike();
}
