using Loket.Domain;
using Loket.Domain.Chain;
using Loket.Domain.Parties;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Security;

namespace Loket.Web.Features.Steps;

public sealed record StepAsked(string RequestId, string StepId, string State);

/// <summary>Whom to ask: a line of the step's organisation, or a colleague (of one's own organisation, or in the case already).</summary>
public sealed record AskStepForm(string? Line = null, long? To = null);

/// <summary>
/// Asking somebody to take a step, and the answer. Until one person accepts, who answered for it keeps answering for it;
/// a question nobody answers chases for one working day and then climbs.
/// </summary>
public sealed class AskStep(Db db, StepDates dates)
{
    public const int LongestReason = 300;

    public Task<Outcome<StepAsked>> AskAsync(Actor actor, long stepId, AskStepForm form, string? key) =>
        db.WriteAsync<StepAsked>(Command.Of(actor.Id, "step-ask", key, new { stepId, form }), unit => Ask(unit, actor, stepId, form));

    /// <summary>Takes a step of one's own organisation without being asked.</summary>
    public Task<Outcome<StepAsked>> TakeAsync(Actor actor, long stepId, string? key) =>
        db.WriteAsync<StepAsked>(Command.Of(actor.Id, "step-take", key, new { stepId }), unit => Take(unit, actor, stepId));

    public Task<Outcome<StepAsked>> AcceptAsync(Actor actor, long requestId, string? key) => AnswerAsync(actor, requestId, "accepted", null, key);

    public Task<Outcome<StepAsked>> RefuseAsync(Actor actor, long requestId, string? reason, string? key) => AnswerAsync(actor, requestId, "refused", reason, key);

    public Task<Outcome<StepAsked>> WithdrawAsync(Actor actor, long requestId, string? key) => AnswerAsync(actor, requestId, "withdrawn", null, key);

    /// <summary>Asks inside another unit. Refuses by <see cref="RefusedException"/>.</summary>
    internal StepAsked Ask(Unit unit, Actor actor, long stepId, AskStepForm form)
    {
        var (step, access) = StoredStep.Get(unit, actor, stepId);
        step.Move(unit, actor, access, StepAction.Ask);
        if (unit.Scalar<long>("SELECT COUNT(*) FROM step_request WHERE step_id = @stepId AND state = 'asked'", new { stepId }) > 0)
        {
            throw new RefusedException(new Refusal("step-already-asked"));
        }

        return Insert(unit, actor, step, form.Line, form.Line is null ? Person(unit, actor, step, form.To) : OfLine(unit, step, form.Line));
    }

    internal StepAsked Insert(Unit unit, Actor actor, StoredStep step, string? line, long chased)
    {
        var id = unit.NewId();
        var due = dates.FirstSign(unit.Now);
        unit.Execute(
            """
            INSERT INTO step_request (id, step_id, case_id, line_code, to_id, asked_by, asked_at, due_at, state, version)
            VALUES (@id, @stepId, @CaseId, @line, @chased, @asker, @Now, @due, 'asked', 1)
            """,
            new { id, stepId = step.Id, step.CaseId, line, chased, asker = actor.Id, unit.Now, due });
        Deadlines.Start(unit, "step_ask", id, step.CaseId, chased, due);
        step.Append(unit, "step_asked", actor, new(Line: line, To: line is null ? StoredStep.Text(chased) : null), notify: [actor.Id, chased, .. Members(unit, line)]);
        return new StepAsked(StoredStep.Text(id), StoredStep.Text(step.Id), "asked");
    }

    internal StepAsked Take(Unit unit, Actor actor, long stepId)
    {
        var (step, access) = StoredStep.Get(unit, actor, stepId);
        if (step.IsOver)
        {
            throw new RefusedException(new Refusal("step-over"));
        }

        if (!access.MayWork || (step.OrganisationCode is null ? !access.MayEdit : step.OrganisationCode != actor.OrganisationCode))
        {
            throw new RefusedException(new Refusal("step-not-yours"));
        }

        actor.RequireHere(unit);
        WithdrawOpen(unit, step);
        Give(unit, step, actor, null);
        step.Append(unit, "step_accepted", actor, notify: actor.Id);
        return new StepAsked("", StoredStep.Text(stepId), "accepted");
    }

    /// <summary>Takes back an ask that nobody answered yet, because the step goes on without it.</summary>
    internal static void WithdrawOpen(Unit unit, StoredStep step)
    {
        foreach (var asked in unit.Query<Row>($"{Select} WHERE q.step_id = @Id AND q.state = 'asked'", new { step.Id }))
        {
            End(unit, asked, "withdrawn", null, null);
        }
    }

    /// <summary>Any of the line's people may answer; who is chased is the supervisor above them, or of the organisation when nobody is on the line.</summary>
    private static long OfLine(Unit unit, StoredStep step, string line)
    {
        var organisation = unit.Find<string>("SELECT organisation_code FROM line WHERE code = @line", new { line });
        if (organisation is null || organisation != step.OrganisationCode)
        {
            throw new RefusedException(new Refusal("step-line-other"));
        }

        return Chased(unit, line, organisation) ?? throw new RefusedException(new Refusal("step-ask-nobody"));
    }

    /// <summary>Whom an ask to this line chases; null when nobody of the organisation is on Loket.</summary>
    internal static long? Chased(Unit unit, string line, string organisation) => Members(unit, line) is [{ } first, ..]
        ? Reachable.SupervisorOf(unit, first)
        : Reachable.DutySupervisor(unit, organisation);

    private static long Person(Unit unit, Actor actor, StoredStep step, long? to)
    {
        var target = to is { } id ? Actor.Load(unit, id) : null;
        if (target is not { WorksCases: true } || !Actor.Hold(unit, target.Id))
        {
            throw new RefusedException(new Refusal(to is null ? "step-person-missing" : "step-person-unreachable"));
        }

        // Names of another organisation are known only of who takes part.
        if (target.OrganisationCode != actor.OrganisationCode && unit.Scalar<long>(
            "SELECT COUNT(*) FROM case_participant WHERE case_id = @CaseId AND professional_id = @Id AND until IS NULL", new { step.CaseId, target.Id }) == 0)
        {
            throw new RefusedException(new Refusal("step-person-unreachable"));
        }

        return target.Id != step.ProfessionalId || step.AcceptedAt is null ? target.Id : throw new RefusedException(new Refusal("step-same"));
    }

    private Task<Outcome<StepAsked>> AnswerAsync(Actor actor, long requestId, string answer, string? reason, string? key) =>
        db.WriteAsync<StepAsked>(Command.Of(actor.Id, $"step-ask-{answer}", key, new { requestId, reason }), unit =>
        {
            var (row, step) = Asked(unit, actor, requestId, toAnswer: answer != "withdrawn");
            if (FreeText.Check(LongestReason, reason) is { } no)
            {
                return no;
            }

            if (answer == "refused" && string.IsNullOrWhiteSpace(reason))
            {
                return new Refusal("step-reason-missing");
            }

            End(unit, row, answer, actor.Id, reason);
            if (answer == "accepted")
            {
                actor.RequireHere(unit);
                Give(unit, step, actor, row.LineCode);
            }

            step.Append(
                unit, answer == "withdrawn" ? "step_ask_withdrawn" : $"step_{answer}", actor, new(Line: row.LineCode), notify: [row.AskedBy, row.ToId, actor.Id, .. Members(unit, row.LineCode)]);
            return new StepAsked(StoredStep.Text(requestId), StoredStep.Text(row.StepId), answer);
        });

    /// <summary>An ask that waits, for who was asked (or, to take it back, for the owner's side).</summary>
    internal static (Row Asked, StoredStep Step) Asked(Unit unit, Actor actor, long requestId, bool toAnswer)
    {
        var row = unit.Find<Row>($"{Select} WHERE q.id = @requestId", new { requestId });
        var asked = row is not null && (row.ToId == actor.Id || Members(unit, row.LineCode).Contains(actor.Id));
        var access = row is null ? null : CaseAccess.Find(unit, actor, row.CaseId);
        if (row is null || (!asked && access is null))
        {
            throw new RefusedException(new Refusal("step-ask-unknown"));
        }

        if (toAnswer ? !asked : row.AskedBy != actor.Id && access is not { MayEdit: true } && access is not { IsSupervisor: true })
        {
            throw new RefusedException(new Refusal("step-ask-not-yours"));
        }

        return row.State == "asked"
            ? (row, unit.Find<StoredStep>($"SELECT {StoredStep.Columns} FROM chain_step s JOIN case_file c ON c.id = s.case_id WHERE s.id = @StepId", new { row.StepId })!)
            : throw new RefusedException(new Refusal("step-ask-answered"));
    }

    internal static void End(Unit unit, Row row, string state, long? by, string? reason)
    {
        unit.ExecuteGuarded(
            """
            UPDATE step_request SET state = @state, answered_by = @by, answered_at = @Now, reason = @reason, version = version + 1
            WHERE id = @Id AND version = @Version
            """,
            new { state, by, unit.Now, reason = AddSteps.Blank(reason), row.Id, row.Version });
        Deadlines.End(unit, "step_ask", row.Id, met: state != "withdrawn");
    }

    // From here on this person answers for it, with the same date.
    private static void Give(Unit unit, StoredStep step, Actor actor, string? line)
    {
        unit.ExecuteGuarded(
            "UPDATE chain_step SET professional_id = @actor, accepted_at = @Now, version = version + 1 WHERE id = @Id AND version = @Version",
            new { actor = actor.Id, unit.Now, step.Id, step.Version });
        Participants.Join(unit, step.CaseId, actor, line, "specialist");
        Deadlines.Reassign(unit, "step", step.Id, step.CaseId, actor.Id);
    }

    internal static List<long?> Members(Unit unit, string? line) => line is null ? [] : unit.Query<long?>(
        "SELECT p.id FROM line_member m JOIN professional p ON p.id = m.professional_id AND p.active = 1 WHERE m.line_code = @line ORDER BY m.tier, p.id", new { line });

    private const string Select = "SELECT q.id, q.step_id, q.case_id, q.line_code, q.to_id, q.asked_by, q.asked_at, q.state, q.version FROM step_request q";

    internal sealed class Row
    {
        public long Id { get; init; }

        public long StepId { get; init; }

        public long CaseId { get; init; }

        public string? LineCode { get; init; }

        public long ToId { get; init; }

        public long AskedBy { get; init; }

        public DateTime AskedAt { get; init; }

        public string State { get; init; } = "";

        public int Version { get; init; }
    }
}
