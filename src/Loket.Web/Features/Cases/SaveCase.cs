using System.Globalization;
using Loket.Domain;
using Loket.Domain.Parties;
using Loket.Web.Data;
using Loket.Web.Features.Journeys;
using Loket.Web.Features.Shared;
using Loket.Web.Journal;
using Loket.Web.Security;

namespace Loket.Web.Features.Cases;

/// <summary>The fields of a case that a person edits, with the version they were read at. Without a title a case is called by its topic.</summary>
public sealed record SaveCaseForm(string? Title, string? Question, string? Topic, string? Municipality, string? LifeEvent, int Version);

public sealed record CaseSaved(string CaseId, int Version);

/// <summary>Changes title, question, topic and place.</summary>
public sealed class SaveCase(Db db, LifeEvents lifeEvents)
{
    public Task<Outcome<CaseSaved>> RunAsync(Actor actor, long caseId, SaveCaseForm form, string? key) =>
        db.WriteAsync<CaseSaved>(Command.Of(actor.Id, "case-save", key, new { caseId, form }), unit =>
        {
            var access = CaseAccess.RequireEdit(unit, actor, caseId);
            if (Check(form).FirstOrDefault() is { } error)
            {
                return error.Refusal;
            }

            if (!lifeEvents.Knows(form.LifeEvent))
            {
                return new Refusal("life-event-unknown");
            }

            if (OpenCase.CheckPlace(unit, form.Topic!, form.Municipality) is { } wrong)
            {
                return wrong;
            }

            // A chain partner who owns the case reads the line question; the citizen's own words are not theirs to change.
            var texts = CaseTexts.Change(unit, caseId, actor.OrganisationCode, form.Title, access.IsOwnOrganisation ? form.Question : null);
            if (unit.Execute(
                """
                UPDATE case_file SET title_id = @TitleId, question_id = @QuestionId, topic_code = @Topic, municipality_code = @municipality, life_event = @lifeEvent,
                       version = version + 1
                WHERE id = @caseId AND version = @Version
                """,
                new
                {
                    texts.TitleId, texts.QuestionId, form.Topic,
                    municipality = string.IsNullOrWhiteSpace(form.Municipality) ? null : form.Municipality,
                    lifeEvent = string.IsNullOrWhiteSpace(form.LifeEvent) ? null : form.LifeEvent, caseId, form.Version,
                }) == 0)
            {
                return new Refusal("stale");
            }

            unit.Append(new Entry(caseId, "case_changed", caseId, actor.Id, actor.OrganisationCode, new { topic = form.Topic }, texts.NewQuestionId));
            CaseTexts.JournalTitle(unit, caseId, actor, texts.NewTitleId);
            return new CaseSaved(caseId.ToString(CultureInfo.InvariantCulture), form.Version + 1);
        });

    public static IEnumerable<FieldError> Check(SaveCaseForm form)
    {
        if (form.Title?.Length > OpenCase.LongestTitle)
        {
            yield return new("title", new Refusal("title-too-long"));
        }
        else if (OpenCase.CheckTitle(form.Title) is { } title)
        {
            yield return new("title", title);
        }

        if (string.IsNullOrWhiteSpace(form.Question))
        {
            yield return new("question", new Refusal("question-missing"));
        }
        else if (form.Question.Length > OpenCase.LongestQuestion)
        {
            yield return new("question", new Refusal("question-too-long"));
        }
        else if (FreeText.Check(OpenCase.LongestQuestion, form.Question) is { } question)
        {
            yield return new("question", question);
        }

        if (string.IsNullOrWhiteSpace(form.Topic))
        {
            yield return new("topic", new Refusal("topic-missing"));
        }
    }
}
