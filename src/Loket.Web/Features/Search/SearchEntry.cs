using System.Text.Json;
using Loket.Domain.Search;
using Loket.Web.Data;

namespace Loket.Web.Features.Search;

/// <summary>What can be found, as people know it. <see cref="Kind"/>: scheme, life_event, topic, product, organisation or line.</summary>
public sealed class SearchEntry
{
    public string Kind { get; init; } = "";

    public string Code { get; init; } = "";

    public string NameNl { get; init; } = "";

    public string NameEn { get; init; } = "";

    public IReadOnlyList<string> Short { get; init; } = [];

    public IReadOnlyList<string> Synonyms { get; init; } = [];

    /// <summary>Who answers for it: a code and a name; null when the citizen's municipality decides that.</summary>
    public string? BodyCode { get; init; }

    public string? BodyName { get; init; }

    public string? Topic { get; init; }

    /// <summary>The line that is the same everywhere; null when the municipality decides it.</summary>
    public string? Line { get; init; }

    /// <summary>A name of a place that has to be in the question too.</summary>
    public string? Place { get; init; }

    /// <summary>The municipality of a line or organisation.</summary>
    public string? Municipality { get; init; }

    public string Name(bool english) => english ? NameEn : NameNl;

    /// <summary>As the index keeps it; <paramref name="body"/> is further text to look in.</summary>
    public SearchDocument ToDocument(int part, string body = "") => new(
        part,
        Phrases(NameEn == NameNl ? [NameNl] : [NameNl, NameEn]),
        Phrases(Short),
        Phrases(Synonyms),
        Phrases(Place is null ? [] : [Place]),
        string.Join(' ', SearchWords.Of(body).Distinct(StringComparer.Ordinal)),
        JsonSerializer.Serialize(this));

    public static SearchEntry Of(SearchDocument document) => JsonSerializer.Deserialize<SearchEntry>(document.Shown)!;

    private static string Phrases(IEnumerable<string> texts) => string.Join(" | ", texts.Select(t => string.Join(' ', SearchWords.Of(t))));
}
