using Loket.Domain.Search;
using Loket.Web.Data;

namespace Loket.Web.Features.Search;

/// <summary>
/// One answer. <paramref name="Score"/> is between 0 and 1. <paramref name="Line"/> is the line that answers for it,
/// when that is known: national, or in the municipality asked for.
/// </summary>
public sealed record SearchHit(string Kind, string Code, string Name, string? BodyCode, string? BodyName, string? Topic, string? Line, double Score, SearchWhy Why);

/// <summary>Finds schemes, life events, topics, products, organisations and lines in the reference data. Keeps nothing of a question.</summary>
public sealed class SearchReference(SearchIndex index)
{
    private const int MostOfMany = 80;
    private const int MostLines = 40;
    private const double Least = 0.2;
    private const double LeastOfStory = 0.3;
    private const double LeastBeside = 0.5;

    /// <summary>The best answers, best first; empty when nothing is like what was typed.</summary>
    /// <param name="municipality">A code; its lines are named then, and its own organisation and lines come first among equals.</param>
    public IReadOnlyList<SearchHit> Find(string text, bool english, string? municipality, int most) =>
        Find(SearchQuestion.Read(text, index.Now), english, municipality, most, Least);

    /// <summary>The best answers to a story that somebody tells, best first; none when its words say too little.</summary>
    public IReadOnlyList<SearchHit> FindForStory(string text, bool english, string? municipality, int most) =>
        Find(SearchQuestion.Read(text, index.Now, story: true), english, municipality, most, LeastOfStory);

    /// <summary>The best answers to what the story tells besides <paramref name="told"/>: its words that none of those is called by.</summary>
    public IReadOnlyList<SearchHit> FindBeside(IReadOnlyList<SearchHit> told, string text, bool english, string? municipality, int most)
    {
        var called = told.SelectMany(h => SearchWords.Of($"{h.Name} {h.Why.Word}")).ToHashSet(StringComparer.Ordinal);
        return Find(SearchQuestion.Read(text, index.Now, story: true).Without(called), english, municipality, most, LeastBeside);
    }

    private IReadOnlyList<SearchHit> Find(SearchQuestion question, bool english, string? municipality, int most, double least)
    {
        var now = index.Now;
        var words = question.All;
        return words.Count == 0 ? [] :
        [
            .. now.File.Find(0, words, int.MaxValue)
                .Concat(now.File.Find(1, words, MostOfMany))
                .Concat(now.File.FindAtPlace(2, words, MostLines))
                .Select(d => Hit(d, question, english, municipality))
                .Where(h => h.Score >= least)
                .OrderByDescending(h => h.Score).ThenBy(h => h.Name, StringComparer.Ordinal).ThenBy(h => h.Code, StringComparer.Ordinal)
                .Take(most),
        ];
    }

    private static SearchHit Hit(SearchDocument document, SearchQuestion question, bool english, string? municipality)
    {
        var entry = SearchEntry.Of(document);
        var (score, why) = SearchScore.Of(document, entry, question);
        var near = municipality is not null && entry.Municipality == municipality ? 1.05 : 1;
        var line = entry.Line ?? (municipality is not null && entry is { Topic: not null, BodyCode: null } ? SearchEntries.LineOf(municipality, entry.Topic) : null);
        return new SearchHit(
            entry.Kind, entry.Code, entry.Name(english), entry.BodyCode, entry.BodyName, entry.Topic, line, Math.Round(Math.Min(1, score * near), 4), why);
    }
}
