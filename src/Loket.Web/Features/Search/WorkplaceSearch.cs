using Loket.Domain;
using Loket.Domain.Parties;
using Loket.Domain.Search;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Directory;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Search;

/// <summary>The workplace's own box: the reference data, and the person's cases by number and by words of their titles.</summary>
public sealed class WorkplaceSearch(Db db, SearchReference reference, Say say)
{
    public const int LongestQuestion = 200;
    private const int MostHits = 12;
    private const int MostCases = 5;
    private const int NewestCases = 200;

    /// <summary>Why this cannot be asked, before it is kept or looked for: too long, or a citizen's number.</summary>
    public static Refusal? Check(string? question) => FreeText.Check(LongestQuestion, question?.Trim() ?? "");

    /// <summary>What was found; refused when the question holds a citizen's number, which is never searched for.</summary>
    public async Task<Outcome<SearchView>> FindAsync(Actor actor, string? question, string? municipality)
    {
        var text = question?.Trim() ?? "";
        if (Check(text) is { } no)
        {
            return no;
        }

        return text.Length == 0 ? new SearchView() : new SearchView
        {
            Question = text,
            Cases = await CasesAsync(actor, text),
            Hits = reference.Find(text, say.IsEnglish, Municipality.Code(municipality), MostHits),
        };
    }

    private Task<IReadOnlyList<FoundCase>> CasesAsync(Actor actor, string text) => db.ReadAsync<IReadOnlyList<FoundCase>>(async r =>
        await ByNumberAsync(r, actor, text) is { } found ? [found] : await ByTitleAsync(r, actor, text));

    private static async Task<FoundCase?> ByNumberAsync(Reader r, Actor actor, string text)
    {
        var row = await r.FindAsync<FoundCase>(
            $"SELECT c.id, c.number, {CaseNames.Title} AS title, c.topic_code AS topic, c.state FROM case_file c WHERE c.number = @number", new { actor.OrganisationCode, number = text.ToUpperInvariant() });
        return row is not null && await CaseAccess.FindAsync(r, actor, row.Id) is not null ? row : null;
    }

    // The newest cases the person owns or works on, by their own index; the words are looked for here, not in the database.
    private async Task<IReadOnlyList<FoundCase>> ByTitleAsync(Reader r, Actor actor, string text)
    {
        var words = SearchWords.Telling(text).Select(SearchWords.Stem).ToList();
        var rows = await r.QueryAsync<FoundCase>(
            $"""
            SELECT c.id, c.number, {CaseNames.Title} AS title, c.topic_code AS topic, c.state FROM case_file c
            WHERE c.owner_id = @Id OR c.id IN (SELECT cp.case_id FROM case_participant cp WHERE cp.professional_id = @Id AND cp.until IS NULL)
            ORDER BY c.id DESC {r.Dialect.First(NewestCases)}
            """,
            new { actor.Id, actor.OrganisationCode });
        return [.. rows.Where(c => words.TrueForAll(w => Holds(c, w))).OrderBy(c => c.State == "open" ? 0 : 1).Take(MostCases)];
    }

    private bool Holds(FoundCase found, string word) =>
        SearchWords.Of($"{found.Title} {say.Topic(found.Topic)} {found.Number}").Any(w => WordLikeness.Of(word, w, forgive: true) >= 0.7);
}
