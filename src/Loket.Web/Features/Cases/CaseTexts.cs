using Loket.Web.Data;
using Loket.Web.Journal;
using Loket.Web.Security;

namespace Loket.Web.Features.Cases;

/// <summary>
/// What a case is called and what it asks, kept apart as personal values of the organisation that wrote them. The name of the
/// party is the value of a fact.
/// </summary>
public static class CaseTexts
{
    /// <summary>The entry that comes with a title; the timeline does not show it.</summary>
    public const string Titled = "case_titled";

    /// <summary>The entries that come with the texts of a case from before they were kept apart.</summary>
    public const string Moved = "case_texts_moved";

    /// <summary>Which values a case has; <see cref="NewTitleId"/> and <see cref="NewQuestionId"/> those written just now.</summary>
    public sealed record Ids(long? TitleId, long? QuestionId, long? NewTitleId = null, long? NewQuestionId = null);

    public static Ids Add(Unit unit, long caseId, string organisation, string? title, string question) => new(
        Trimmed(title) is { } called ? PersonalValues.Add(unit, caseId, organisation, called) : null,
        PersonalValues.Add(unit, caseId, organisation, question.Trim()));

    /// <summary>New values for what changed, the same for what did not; <paramref name="question"/> null leaves the question.</summary>
    public static Ids Change(Unit unit, long caseId, string organisation, string? title, string? question)
    {
        var now = unit.Find<Row>(
            $"SELECT c.title_id, c.question_id, {CaseNames.AnyTitle} AS title, {CaseNames.Question} AS question FROM case_file c WHERE c.id = @caseId", new { caseId })!;
        long? newTitle = Trimmed(title) is { } called && called != now.Title ? PersonalValues.Add(unit, caseId, organisation, called) : null;
        long? newQuestion = Trimmed(question) is { } asked && asked != now.Question ? PersonalValues.Add(unit, caseId, organisation, asked) : null;
        return new Ids(newTitle ?? (Trimmed(title) is null ? null : now.TitleId), newQuestion ?? now.QuestionId, newTitle, newQuestion);
    }

    /// <summary>Every value stands in an entry, so that it verifies.</summary>
    public static void JournalTitle(Unit unit, long caseId, Actor actor, long? titleId)
    {
        if (titleId is not null)
        {
            unit.Append(new Entry(caseId, Titled, caseId, actor.Id, actor.OrganisationCode, new { }, titleId));
        }
    }

    /// <summary>The party is called by what this fact says.</summary>
    public static void CallParty(Unit unit, long partyId, long factId) => unit.Execute(
        "UPDATE party SET name_id = (SELECT f.personal_id FROM fact f WHERE f.id = @factId) WHERE id = @partyId", new { factId, partyId });

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private sealed class Row
    {
        public long? TitleId { get; init; }

        public long? QuestionId { get; init; }

        public string? Title { get; init; }

        public string? Question { get; init; }
    }
}
