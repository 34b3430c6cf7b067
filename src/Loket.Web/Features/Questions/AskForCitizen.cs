using System.Globalization;
using Loket.Domain;
using Loket.Domain.Callbacks;
using Loket.Domain.Parties;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Questions;

/// <summary><paramref name="Reach"/>: a phone number or an e-mail address; without one the citizen comes back for the answer.</summary>
public sealed record QuestionForm(string? Topic, string? Question, string? Reach);

public sealed record QuestionAsked(string QuestionId);

/// <summary>
/// An information point asks something for a citizen: no number, no register, no case of its own. The municipality's
/// intake owner has the chain from the first moment, and the right line is asked as in any other handoff.
/// </summary>
public sealed class AskForCitizen(Db db, OpenCase cases, RequestHandoff handoffs)
{
    public const int LongestQuestion = RequestHandoff.LongestQuestion;
    public const int LongestReach = 120;

    public Task<Outcome<QuestionAsked>> RunAsync(Actor actor, QuestionForm form, string? key)
    {
        if (Check(form).FirstOrDefault() is { } error)
        {
            return Task.FromResult<Outcome<QuestionAsked>>(error.Refusal);
        }

        var read = RequestHandoff.Read(form.Question!);
        return db.WriteAsync<QuestionAsked>(Command.Of(actor.Id, "question-ask", key, form), unit =>
        {
            actor.RequireHere(unit);
            if (IntakeOwner.Now(unit, actor.OrganisationCode) is not { } owner)
            {
                return new Refusal("intake-nobody");
            }

            var opened = cases.Open(unit, actor, owner, new OpenCaseForm(form.Question, Code.Of(PartyKind.Person), form.Topic, actor.OrganisationCode));
            if (opened.Refusal is { } no)
            {
                return no;
            }

            var caseId = long.Parse(opened.Value.CaseId, CultureInfo.InvariantCulture);
            unit.Execute(
                "UPDATE party SET channel = @channel WHERE id = (SELECT c.party_id FROM case_file c WHERE c.id = @caseId)", new { channel = Code.Of(ChannelOf(form.Reach)), caseId });
            var asked = handoffs.Ask(unit, actor, owner, caseId, new RequestHandoffForm(Code.Of(Domain.Handoffs.HandoffMode.Cold), Code.Of(Domain.Handoffs.CitizenPlace.Absent), form.Question!, Phone: form.Reach), read);
            // Without any line the question is the owner's to answer; for any other reason nothing was asked.
            if (asked.Refusal is { } notAsked && notAsked.Code != "route-empty")
            {
                return notAsked;
            }

            var id = unit.NewId();
            unit.Execute(
                """
                INSERT INTO asked_question (id, case_id, team_code, asked_by, asked_at, topic_code, question_id, handoff_id)
                SELECT @id, c.id, @TeamCode, @by, @Now, c.topic_code, c.question_id, @handoff FROM case_file c WHERE c.id = @caseId
                """,
                new { id, actor.TeamCode, by = actor.Id, unit.Now, handoff = asked.IsOk ? long.Parse(asked.Value.HandoffId, CultureInfo.InvariantCulture) : (long?)null, caseId });
            return new QuestionAsked(id.ToString(CultureInfo.InvariantCulture));
        });
    }

    /// <summary>Every mistake that needs no database, by field.</summary>
    public static IEnumerable<FieldError> Check(QuestionForm form)
    {
        if (RequestHandoff.CheckQuestion(form.Question) is { } empty)
        {
            yield return new("question", empty);
        }
        else if (Unfit(LongestQuestion, form.Question) is { } question)
        {
            yield return new("question", question);
        }

        if (string.IsNullOrWhiteSpace(form.Topic))
        {
            yield return new("topic", new Refusal("topic-missing"));
        }

        if (Unfit(LongestReach, form.Reach) is { } reach)
        {
            yield return new("reach", reach);
        }
        else if (ChannelOf(form.Reach) == ContactChannel.Phone && !PhoneText.CanBeCalled(form.Reach!))
        {
            yield return new("reach", new Refusal("reach-unfit"));
        }
    }

    // Here is no field where a number does belong.
    private static Refusal? Unfit(int longest, string? text) => FreeText.Check(longest, text) is { } no ? no.Code == "text-has-bsn" ? new Refusal("question-has-bsn") : no : null;

    private static ContactChannel ChannelOf(string? reach) => string.IsNullOrWhiteSpace(reach) ? ContactChannel.Desk
        : reach.Contains('@', StringComparison.Ordinal) ? ContactChannel.Email
        : ContactChannel.Phone;
}
