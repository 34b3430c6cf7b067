using Loket.Domain.Search;

namespace Loket.Web.Features.Search;

/// <summary>
/// What somebody typed, word by word, with the words of the index that each may stand for: itself, its other forms, a
/// word it is part of, a slip of the hand, or what people mean by it.
/// </summary>
public sealed class SearchQuestion
{
    private const int MostWords = 40;
    private const int MostLikes = 20;
    private const double LeastLike = 0.5;
    private const double Meant = 0.9;
    private const double Joined = 0.95;
    private const double UnknownWeight = 0.3;
    private const double EnoughOfStory = 2.2;
    private const int LongInStory = 6;

    private SearchQuestion(IReadOnlyList<Word> words, bool story)
    {
        Words = words;
        IsStory = story;
        Weight = story ? Math.Min(EnoughOfStory, words.Sum(w => w.Weight)) : words.Sum(w => w.Weight);
    }

    /// <summary>A typed word. <paramref name="Weight"/>: rare words tell more. <paramref name="Likes"/>: words of the index, and how like each is.</summary>
    public sealed record Word(string Typed, double Weight, IReadOnlyDictionary<string, double> Likes);

    public IReadOnlyList<Word> Words { get; }

    /// <summary>Every word of the index to look for.</summary>
    public IReadOnlyCollection<string> All => Words.SelectMany(w => w.Likes.Keys).Distinct(StringComparer.Ordinal).ToList();

    /// <summary>Somebody's own story rather than search words: no answer has to hold all of it.</summary>
    public bool IsStory { get; }

    /// <summary>How much an answer can hold at most.</summary>
    public double Weight { get; }

    public static SearchQuestion Read(string text, SearchIndex.State index, bool story = false)
    {
        var typed = SearchWords.Telling(text).Distinct(StringComparer.Ordinal).Take(MostWords).ToList();
        var likes = typed.ConvertAll(t => Likes(SearchWords.Stem(t), index, story));
        Join(typed, likes, index);
        var most = Math.Log(1 + index.File.Words.Count);
        return new([.. typed.Select((t, i) => new Word(t, WeightOf(likes[i], index, most), likes[i]))], story);
    }

    /// <summary>The same without the words that stand for one of <paramref name="called"/>.</summary>
    public SearchQuestion Without(IReadOnlySet<string> called) => new([.. Words.Where(w => !w.Likes.Any(l => l.Value >= SearchScore.Sure && called.Contains(l.Key)))], IsStory);

    private static Dictionary<string, double> Likes(string stem, SearchIndex.State index, bool story)
    {
        var known = index.File.Words;
        var forgive = !known.ContainsKey(stem) && !index.Means.ContainsKey(stem);
        var likes = new List<(string Word, double Like)>();
        foreach (var word in known.Keys)
        {
            // In a story a short word is only itself: "man" is no "mantelzorg".
            var like = story && stem.Length < LongInStory ? (stem == word ? 1 : 0) : WordLikeness.Of(stem, word, forgive);
            if (like >= LeastLike)
            {
                likes.Add((word, like));
            }
        }

        var best = likes.OrderByDescending(l => l.Like).ThenBy(l => l.Word, StringComparer.Ordinal).Take(MostLikes).ToDictionary(l => l.Word, l => l.Like, StringComparer.Ordinal);
        foreach (var meant in index.Means.GetValueOrDefault(stem, []).Where(known.ContainsKey))
        {
            best[meant] = Math.Max(best.GetValueOrDefault(meant), Meant);
        }

        return best;
    }

    // "huur toeslag" is "huurtoeslag".
    private static void Join(List<string> typed, List<Dictionary<string, double>> likes, SearchIndex.State index)
    {
        for (var i = 0; i + 1 < typed.Count; i++)
        {
            var joined = SearchWords.Stem(typed[i] + typed[i + 1]);
            if (index.File.Words.ContainsKey(joined))
            {
                likes[i][joined] = Joined;
                likes[i + 1][joined] = Joined;
            }
        }
    }

    private static double WeightOf(Dictionary<string, double> likes, SearchIndex.State index, double most)
    {
        if (likes.Count == 0)
        {
            return UnknownWeight;
        }

        var best = likes.Values.Max();
        var documents = likes.Where(l => l.Value >= best - 0.05).Sum(l => index.File.Words.GetValueOrDefault(l.Key));
        return 0.4 + (1 - (Math.Log(1 + documents) / most));
    }
}
