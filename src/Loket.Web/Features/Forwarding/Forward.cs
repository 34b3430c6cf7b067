using Loket.Domain;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Steps;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Forwarding;

/// <param name="Asked">False when nobody of that body is on Loket yet: then it goes by hand, and stays with the chain owner until it did.</param>
public sealed record Forwarded(string ForwardingId, string StepId, bool Asked);

/// <summary>To which line, the day the question was received here (yyyy-MM-dd, today when empty), and how its sender was told.</summary>
/// <param name="Told"><c>desk</c>, <c>phone</c> or <c>letter</c>.</param>
public sealed record ForwardForm(string? Line, string? ReceivedOn = null, string? Told = null);

/// <summary>
/// Duty to forward (Awb 2:3 lid 1): what is not for us goes at once to the body it is for, and its sender is told. Both
/// are recorded with their dates, in one transaction.
/// </summary>
public sealed class Forward(Db db, AddSteps steps, AskStep asks)
{
    private static readonly string[] ToldBy = ["desk", "phone", "letter"];

    /// <summary>The question of a case. The right body gets it as a step that somebody there accepts; until then it stays the chain owner's.</summary>
    public Task<Outcome<Forwarded>> CaseAsync(Actor actor, long caseId, ForwardForm form, string? key) =>
        Check(form) is { } error
            ? Task.FromResult<Outcome<Forwarded>>(error.Refusal)
            : db.WriteAsync<Forwarded>(Command.Of(actor.Id, "forward-case", key, new { caseId, form }), unit =>
            {
                CaseAccess.RequireWork(unit, actor, caseId);
                var received = AddSteps.Blank(form.ReceivedOn) is { } day ? StoredStep.Day(day) : Today(unit);
                if (received > Today(unit))
                {
                    return new Refusal("forward-day-future");
                }

                var to = BodyOf(unit, actor, form.Line);
                // A case without a title goes by its topic, as in every list.
                var title = unit.Find<string>($"SELECT COALESCE(NULLIF({CaseNames.AnyTitle}, ''), t.name_nl) AS title FROM case_file c JOIN topic t ON t.code = c.topic_code WHERE c.id = @caseId", new { caseId })!;
                var reached = AskStep.Chased(unit, form.Line!, to) is not null;
                var step = steps.Add(unit, actor, caseId, [new(new StepForm(title, to, Line: reached ? form.Line : null))])[0];
                return new Forwarded(StoredStep.Text(Record(unit, actor, caseId, null, step, actor.OrganisationCode, form.Line!, to, received, form.Told!)), StoredStep.Text(step), reached);
            });

    /// <summary>A step that was asked of us and is another body's: it is asked there instead, and who asked us hears it from Loket.</summary>
    public Task<Outcome<Forwarded>> AskAsync(Actor actor, long requestId, string? line, string? key) =>
        db.WriteAsync<Forwarded>(Command.Of(actor.Id, "forward-ask", key, new { requestId, line }), unit =>
        {
            var (row, step) = AskStep.Asked(unit, actor, requestId, toAnswer: true);
            var to = BodyOf(unit, actor, line);
            AskStep.End(unit, row, "refused", actor.Id, null);
            unit.ExecuteGuarded(
                "UPDATE chain_step SET organisation_code = @to, partner_id = NULL, version = version + 1 WHERE id = @Id AND version = @Version", new { to, step.Id, step.Version });
            var chased = AskStep.Chased(unit, line!, to);
            if (chased is { } person)
            {
                asks.Insert(unit, actor, step, line, person);
            }

            var received = AmsterdamTime.DateOf(row.AskedAt);
            var id = Record(unit, actor, row.CaseId, null, step.Id, actor.OrganisationCode, line!, to, received, "colleague", row.AskedBy, step.OwnerId);
            return new Forwarded(StoredStep.Text(id), StoredStep.Text(step.Id), chased is not null);
        });

    /// <summary>
    /// Writes down that <paramref name="from"/> sent a question on and that its sender was told. For a colleague
    /// (<paramref name="told"/> = <c>colleague</c>) this entry is the telling.
    /// </summary>
    internal static long Record(
        Unit unit, Actor actor, long caseId, long? handoffId, long? stepId, string from, string line, string to, DateOnly received, string told, params IEnumerable<long?> notify)
    {
        var id = unit.NewId();
        unit.Execute(
            """
            INSERT INTO forwarding (id, case_id, handoff_id, step_id, from_organisation, to_organisation, to_line, received_on, forwarded_by, forwarded_at, told, told_at)
            VALUES (@id, @caseId, @handoffId, @stepId, @from, @to, @line, @received, @actor, @Now, @told, @Now)
            """,
            new { id, caseId, handoffId, stepId, from, to, line, received = StoredStep.Text(received), actor = actor.Id, unit.Now, told });
        // Other organisations see that a line sent it on, never who there (DOMAIN 2).
        var who = told == "colleague" ? (long?)null : actor.Id;
        unit.Append(new Entry(caseId, "question_forwarded", id, who, from, new StepEvent(Line: line, What: told, Notify: Notify.Ids([actor.Id, .. notify]))));
        return id;
    }

    /// <summary>A refused question in a handoff that was not made at the desk but sent: the line that sends it on is recorded too.</summary>
    internal static void Refused(Unit unit, Actor actor, Handoffs.StoredHandoff handoff, string fromLine, string line)
    {
        var (from, to) = (OrganisationOf(unit, fromLine), OrganisationOf(unit, line));
        if (handoff.Mode == "cold" && from is not null && to is not null && from != to)
        {
            Record(unit, actor, handoff.CaseId, handoff.Id, null, from, line, to, AmsterdamTime.DateOf(handoff.QueuedAt), "colleague", handoff.SenderId);
        }
    }

    public static FieldError? Check(ForwardForm form) =>
        string.IsNullOrWhiteSpace(form.Line) ? new("line", new Refusal("forward-line-missing"))
        : AddSteps.CheckDay(form.ReceivedOn) is { } day ? new("receivedOn", day)
        : !ToldBy.Contains(form.Told) ? new("told", new Refusal("forward-told-missing"))
        : null;

    private static string BodyOf(Unit unit, Actor actor, string? line)
    {
        var to = OrganisationOf(unit, line) ?? throw new RefusedException(new Refusal("forward-line-missing"));
        return to == actor.OrganisationCode ? throw new RefusedException(new Refusal("forward-own")) : to;
    }

    private static string? OrganisationOf(Unit unit, string? line) => unit.Find<string>("SELECT organisation_code FROM line WHERE code = @line", new { line });

    private static DateOnly Today(Unit unit) => AmsterdamTime.DateOf(unit.Now);
}
