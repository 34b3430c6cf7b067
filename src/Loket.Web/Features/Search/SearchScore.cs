using Loket.Web.Data;

namespace Loket.Web.Features.Search;

/// <summary>Why something was found. <paramref name="Code"/>: name, short, synonym, place or text; <paramref name="Word"/>: where it stands.</summary>
public sealed record SearchWhy(string Code, string Word);

/// <summary>
/// How well a document answers a question, from 0 to 1: how much of the question it holds and where, and how whole the
/// phrase is that holds it. The same question and the same data give the same answer.
/// </summary>
public static class SearchScore
{
    private const double InBody = 0.42;
    private const double InBodyOfStory = 0.15;
    private const double Phrase = 0.38;

    /// <summary>From here on a word is taken to be the other.</summary>
    internal const double Sure = 0.7;

    public static (double Score, SearchWhy Why) Of(SearchDocument document, SearchEntry entry, SearchQuestion question)
    {
        Field[] fields =
        [
            new("short", document.Short, 1, entry.Short),
            new("name", document.Names, 1, entry.NameNl == entry.NameEn ? [entry.NameNl] : [entry.NameNl, entry.NameEn]),
            new("synonym", document.Synonyms, 0.94, entry.Synonyms),
            new("place", document.Place, 0.9, [entry.Place ?? ""]),
        ];
        var inBody = question.IsStory ? InBodyOfStory : InBody;
        var body = document.Body.Split(' ').ToHashSet(StringComparer.Ordinal);
        var held = question.Words.Sum(w => w.Weight * Math.Max(fields.Max(f => f.Holds(w)), inBody * Best(body, w)));
        var (whole, field, phrase) = fields.SelectMany(f => f.Phrases.Select((p, i) => (Whole: f.Weight * Whole(p, question), Field: f, Phrase: i)))
            .DefaultIfEmpty((Whole: 0, Field: fields[1], Phrase: 0)).MaxBy(x => x.Whole);
        var score = (Math.Min(1, held / question.Weight) * (1 - Phrase)) + (whole * Phrase);
        return (score * Prior(entry.Kind), whole > 0 ? new SearchWhy(field.Code, field.Shown[phrase]) : new SearchWhy("text", entry.NameNl));
    }

    /// <summary>How much of the phrase was asked, times how much of the question the phrase holds.</summary>
    private static double Whole(string[] phrase, SearchQuestion question)
    {
        var asked = phrase.Count(p => question.Words.Any(w => w.Likes.GetValueOrDefault(p) >= Sure)) / (double)phrase.Length;
        if (asked == 0)
        {
            return 0;
        }

        var holds = question.Words.Sum(w => w.Weight * phrase.Max(p => w.Likes.GetValueOrDefault(p))) / question.Weight;
        return (0.35 + (0.65 * asked)) * Math.Min(1, holds);
    }

    private static double Best(HashSet<string> words, SearchQuestion.Word word)
    {
        var best = 0d;
        foreach (var (like, value) in word.Likes)
        {
            if (value > best && words.Contains(like))
            {
                best = value;
            }
        }

        return best;
    }

    // Of two that answer as well, the one that tells a desk most.
    private static double Prior(string kind) => kind switch
    {
        "scheme" => 1,
        "life_event" => 0.98,
        "topic" => 0.96,
        "line" => 0.95,
        "organisation" => 0.93,
        _ => 0.92,
    };

    private sealed class Field(string code, string text, double weight, IReadOnlyList<string> shown)
    {
        private readonly HashSet<string> words = [.. text.Split([' ', '|'], StringSplitOptions.RemoveEmptyEntries)];

        public string Code => code;

        public double Weight => weight;

        public IReadOnlyList<string> Shown => shown;

        public string[][] Phrases { get; } = text.Length == 0 ? [] : [.. text.Split(" | ").Select(p => p.Split(' '))];

        public double Holds(SearchQuestion.Word word) => weight * Best(words, word);
    }
}
