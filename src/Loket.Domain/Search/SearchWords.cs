using System.Globalization;
using System.Text;

namespace Loket.Domain.Search;

/// <summary>
/// How a text becomes words that can be compared: without capitals, accents and endings, so that "Huren", "huur" and
/// "hurend" are one word. Dutch and English together, because professionals mix them. The same for index and question.
/// </summary>
public static class SearchWords
{
    private static readonly string[] Endings = ["ingen", "heden", "heid", "tjes", "ende", "ing", "tje", "end", "en", "es", "ed", "e", "s"];

    private const int ShortestStem = 3;

    // Words that say nothing about what is asked.
    private static readonly HashSet<string> Empty = new(StringComparer.Ordinal)
    {
        "de", "het", "een", "en", "of", "van", "voor", "met", "op", "in", "te", "tot", "aan", "bij", "naar", "om", "uit", "over", "door", "als", "dat", "die", "dit", "is", "zijn",
        "word", "wordt", "worden", "wat", "waar", "wanneer", "hoe", "wie", "welke", "ik", "u", "je", "jij", "hij", "zij", "ze", "we", "wij", "mijn", "uw", "haar", "hem", "er", "nu", "niet",
        "geen", "wel", "ook", "maar", "dan", "nog", "al", "heeft", "heb", "hebben", "had", "kan", "kunnen", "moet", "moeten", "wil", "willen", "mag", "krijg", "krijgen", "ga", "gaan",
        "gaat", "doen", "graag", "mevrouw", "meneer", "klant", "vraag", "regelen", "week", "vorige", "weken", "weet", "vandaag", "gisteren", "gekregen", "kreeg", "kregen", "last", "know", "got", "gets", "they", "their", "helpen", "mij", "the", "a", "an", "and", "or", "to", "for", "my", "on", "at", "are", "was", "be", "i",
        "you", "it", "do", "does", "how", "what", "where", "when", "can", "cannot", "have", "has", "he", "she", "his", "her", "with", "from", "need", "want", "get", "not", "no", "me",
    };

    /// <summary>The words of a text in order, each as it compares; letters and digits of any script.</summary>
    public static IReadOnlyList<string> Of(string? text) => [.. Raw(text).Select(Stem)];

    /// <summary>The words of a question that say something; all of them when none does.</summary>
    public static IReadOnlyList<string> Telling(string? text)
    {
        var raw = Raw(text);
        var telling = raw.Where(w => !Empty.Contains(w)).ToList();
        return telling.Count > 0 ? telling : raw;
    }

    /// <summary>A word without its ending, and with its long vowels and doubled consonants made one.</summary>
    public static string Stem(string word)
    {
        var stem = word;
        foreach (var ending in Endings)
        {
            if (stem.Length - ending.Length >= (ending.Length == 1 ? ShortestStem + 1 : ShortestStem) && stem.EndsWith(ending, StringComparison.Ordinal))
            {
                stem = stem[..^ending.Length];
                break;
            }
        }

        return Single(stem);
    }

    /// <summary>The words as typed: lower case, without accents.</summary>
    public static IReadOnlyList<string> Raw(string? text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var c in (text ?? "").Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(c))
            {
                word.Append(char.ToLowerInvariant(c));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && c is not ('\'' or '’') && word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words;
    }

    // "huur" and "hur(en)", "trap" and "trapp(en)", "brief" and "briev(en)", "huis" and "huiz(en)". Numbers stay as they are.
    private static string Single(string word)
    {
        if (word.Length < ShortestStem || char.IsAsciiDigit(word[0]))
        {
            return word;
        }

        var single = new StringBuilder(word.Length);
        foreach (var c in word)
        {
            if (single.Length == 0 || single[^1] != c)
            {
                single.Append(c);
            }
        }

        single[^1] = single[^1] switch { 'v' => 'f', 'z' => 's', var last => last };
        return single.ToString();
    }
}
