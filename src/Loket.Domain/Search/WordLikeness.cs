using System.Numerics;

namespace Loket.Domain.Search;

/// <summary>How much a word that was typed is like a word that exists: 1 is the same, 0 is not at all.</summary>
public static class WordLikeness
{
    private const int ShortestPrefix = 3;
    private const int ShortestPart = 4;

    /// <summary>The likeness of two words as <see cref="SearchWords"/> gives them; typing errors only when <paramref name="forgive"/>.</summary>
    public static double Of(string typed, string word, bool forgive)
    {
        if (typed == word)
        {
            return 1;
        }

        if (typed.Length >= ShortestPrefix && word.StartsWith(typed, StringComparison.Ordinal))
        {
            return 0.7 + (0.25 * typed.Length / word.Length);
        }

        if (typed.Length >= ShortestPart && word.Contains(typed, StringComparison.Ordinal))
        {
            return 0.55 + (0.25 * typed.Length / word.Length);
        }

        // "bijstandsaanvraag" holds "bijstand".
        if (word.Length > ShortestPart && typed.Contains(word, StringComparison.Ordinal))
        {
            return 0.3 + (0.5 * word.Length / typed.Length);
        }

        return forgive ? Mistyped(typed, word) : 0;
    }

    /// <summary>One slip in a word of four letters or more, two in one of eight or more; a wrong first letter weighs more.</summary>
    private static double Mistyped(string typed, string word)
    {
        var allowed = typed.Length < 4 ? 0 : typed.Length < 8 ? 1 : 2;
        if (allowed == 0 || Math.Abs(typed.Length - word.Length) > allowed || BitOperations.PopCount(Letters(typed) ^ Letters(word)) > 2 * allowed)
        {
            return 0;
        }

        var slips = Distance(typed, word, allowed);
        return slips > allowed ? 0 : 0.9 - (0.12 * slips) - (typed[0] == word[0] ? 0 : 0.1);
    }

    /// <summary>Letters to add, drop, change or swap with their neighbour; more than <paramref name="most"/> is not counted further.</summary>
    public static int Distance(string a, string b, int most)
    {
        Span<int> before = stackalloc int[b.Length + 1];
        Span<int> last = stackalloc int[b.Length + 1];
        Span<int> row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var changed = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(changed, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }

                least = Math.Min(least, row[j]);
            }

            if (least > most)
            {
                return most + 1;
            }

            var oldest = before;
            before = last;
            last = row;
            row = oldest;
        }

        return last[b.Length];
    }

    private static uint Letters(string word)
    {
        var letters = 0u;
        foreach (var c in word)
        {
            letters |= 1u << (c & 31);
        }

        return letters;
    }
}
