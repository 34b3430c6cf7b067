using System.Collections.Frozen;

namespace Loket.Domain.Parties.Marking;

/// <summary>A list of words, compared without case and accents.</summary>
internal sealed class WordList
{
    private readonly FrozenSet<string> words;

    public WordList(params string[] lists) => words = lists
        .SelectMany(list => list.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .Select(Plain.Fold)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <param name="folded">See <see cref="Plain.Fold"/>.</param>
    public bool Has(string folded) => words.Contains(folded);
}
