using Loket.Domain;
using Loket.Domain.Chain;
using Loket.Domain.Parties;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Partners;
using Loket.Web.Journal;
using Loket.Web.Security;

namespace Loket.Web.Features.Steps;

public sealed record StepChanged(string StepId, string CaseId, string State, DateTime DueAt);

/// <summary>Work began; <paramref name="On"/> is the day the term starts after (receipt), <paramref name="DueDay"/> a day agreed for a step without a term.</summary>
public sealed record StartStepForm(string? On = null, string? DueDay = null);

/// <summary>
/// What the citizen was asked for, and by which day. <paramref name="Suspends"/>: it is an invitation to complete the
/// application with that period, so the term stands still (Awb 4:15 lid 1 onder a).
/// </summary>
public sealed record AskCitizenForm(string? Text, string? Until, bool Suspends = false);

/// <summary>The term stands still from a day on, for one of the reasons of Awb 4:15.</summary>
public sealed record SuspendStepForm(string? Kind, string? On = null);

/// <summary>
/// The work on a step by who answers for it: begin, ask the citizen, let the term stand still, go on, done, or no longer
/// needed. Each moves its date in the same transaction.
/// </summary>
public sealed class WorkStep(Db db, StepDates dates)
{
    public const int LongestText = 500;

    public Task<Outcome<StepChanged>> StartAsync(Actor actor, long stepId, StartStepForm form, string? key) => RunAsync(actor, stepId, StepAction.Start, form, key, (unit, step) =>
    {
        if (Day(form.On) is var on && step.Term is not null && step.TermStart is null)
        {
            var start = on ?? Today(unit);
            if (start > Today(unit))
            {
                throw new RefusedException(new Refusal("step-day-future"));
            }

            unit.Execute("UPDATE chain_step SET term_start = @start WHERE id = @Id", new { start = StoredStep.Text(start), step.Id });
            Due(unit, step, dates.Due(StoredStep.Of(StoredStep.Text(start), step.Term, step.Basis, step.Article, step.Pauses(unit)), unit.Now));
        }
        else if (step.Term is null && Day(form.DueDay) is { } agreed)
        {
            Due(unit, step, Ahead(unit, agreed));
        }

        step.Append(unit, "step_started", actor);
    });

    public Task<Outcome<StepChanged>> AskCitizenAsync(Actor actor, long stepId, AskCitizenForm form, string? key) => RunAsync(actor, stepId, StepAction.AskCitizen, form, key, (unit, step) =>
    {
        var text = Required(form.Text, "step-asked-missing");
        var until = Day(form.Until) ?? throw new RefusedException(new Refusal("step-until-missing"));
        Ahead(unit, until);
        var personal = PersonalValues.Add(unit, step.CaseId, actor.OrganisationCode, text);
        unit.Execute("UPDATE chain_step SET asked_id = @personal, asked_until = @until WHERE id = @Id", new { personal, until = StoredStep.Text(until), step.Id });
        if (form.Suspends)
        {
            if (!step.HasLegalTerm)
            {
                throw new RefusedException(new Refusal("step-no-term"));
            }

            // The period ends the suspension by itself: the date runs on, at its latest possible day.
            Pause(unit, step, StepPause.Begin(SuspensionKind.Completion, Today(unit)) with { Until = until });
            Due(unit, step, dates.Due(step.TermOf(unit)!, unit.Now));
        }

        step.Append(unit, "step_waiting", actor, new(What: StoredStep.Text(until)), personal);
    });

    public Task<Outcome<StepChanged>> SuspendAsync(Actor actor, long stepId, SuspendStepForm form, string? key) => RunAsync(actor, stepId, StepAction.Suspend, form, key, (unit, step) =>
    {
        // An invitation to complete suspends only with a period: that is asking the citizen.
        if (!Code.TryParse<SuspensionKind>(form.Kind, out var kind) || kind == SuspensionKind.Completion)
        {
            throw new RefusedException(new Refusal("step-suspend-kind"));
        }

        var on = Day(form.On) ?? Today(unit);
        if (on > Today(unit) || (step.TermStart is { } start && on < StoredStep.Day(start)))
        {
            throw new RefusedException(new Refusal("step-suspend-day"));
        }

        Pause(unit, step, StepPause.Begin(kind, on));
        Deadlines.Suspend(unit, "step", step.Id);
        step.Append(unit, "step_suspended", actor, new(What: $"suspension:{Code.Of(kind)}"));
    });

    /// <summary>The citizen answered, or what made the term stand still is over: the date moves by the days it really lasted.</summary>
    public Task<Outcome<StepChanged>> ResumeAsync(Actor actor, long stepId, string? key) => RunAsync(actor, stepId, StepAction.Resume, stepId, key, (unit, step) =>
    {
        var days = EndPauses(unit, step);
        unit.Execute("UPDATE chain_step SET asked_id = NULL, asked_until = NULL WHERE id = @Id", new { step.Id });
        var stoodStill = step.StepState == StepState.Suspended;
        var due = step.TermOf(unit) is { } term ? dates.Due(term, unit.Now) : stoodStill ? StepDates.Later(step.DueAt, days) : step.DueAt;
        if (stoodStill || due != step.DueAt)
        {
            Due(unit, step, due);
        }

        step.Append(unit, "step_resumed", actor, new(Due: due));
    });

    public Task<Outcome<StepChanged>> FinishAsync(Actor actor, long stepId, string? result, string? key) => RunAsync(actor, stepId, StepAction.Finish, result, key, (unit, step) =>
    {
        if (unit.Find<string>(
            $"""
            SELECT b.title FROM chain_step_need n JOIN chain_step b ON b.id = n.needs_step_id
            WHERE n.step_id = @Id AND b.state IN ('open', 'in_progress', 'waiting', 'suspended') ORDER BY b.position {unit.Dialect.First(1)}
            """,
            new { step.Id }) is { } first)
        {
            throw new RefusedException(new Refusal("step-needs-first", first));
        }

        End(unit, step, result, met: true);
        // Who waited for this can begin, and hears it.
        var waited = unit.Query<long?>(
            "SELECT f.professional_id FROM chain_step_need n JOIN chain_step f ON f.id = n.step_id WHERE n.needs_step_id = @Id AND f.ended_at IS NULL", new { step.Id });
        step.Append(unit, "step_done", actor, notify: waited);
    });

    public Task<Outcome<StepChanged>> CancelAsync(Actor actor, long stepId, string? reason, string? key) => RunAsync(actor, stepId, StepAction.Cancel, reason, key, (unit, step) =>
    {
        End(unit, step, Required(reason, "step-reason-missing"), met: false);
        step.Append(unit, "step_cancelled", actor);
    });

    private Task<Outcome<StepChanged>> RunAsync(Actor actor, long stepId, StepAction action, object? body, string? key, Action<Unit, StoredStep> work) =>
        db.WriteAsync<StepChanged>(Command.Of(actor.Id, $"step-{Code.Of(action)}", key, new { stepId, body }), unit =>
        {
            var (step, access) = StoredStep.Get(unit, actor, stepId);
            actor.RequireHere(unit);
            step.Move(unit, actor, access, action);
            Participants.TakePart(unit, step.CaseId, actor);
            work(unit, step);
            var now = StoredStep.Get(unit, actor, stepId).Step;
            return new StepChanged(StoredStep.Text(stepId), StoredStep.Text(step.CaseId), now.State, now.DueAt);
        });

    private static void Due(Unit unit, StoredStep step, DateTime due)
    {
        unit.Execute("UPDATE chain_step SET due_at = @due WHERE id = @Id", new { due, step.Id });
        Deadlines.Move(unit, "step", step.Id, step.CaseId, step.ProfessionalId, due);
    }

    private static void End(Unit unit, StoredStep step, string? reason, bool met)
    {
        if (FreeText.Check(AskStep.LongestReason, reason) is { } no)
        {
            throw new RefusedException(no);
        }

        unit.Execute("UPDATE chain_step SET end_reason = @reason, asked_id = NULL, asked_until = NULL WHERE id = @Id", new { reason = AddSteps.Blank(reason), step.Id });
        EndPauses(unit, step);
        AskStep.WithdrawOpen(unit, step);
        Outgoing.WithdrawLink(unit, step.Id);
        Deadlines.End(unit, "step", step.Id, met);
    }

    private static void Pause(Unit unit, StoredStep step, StepPause pause) => unit.Execute(
        """
        INSERT INTO chain_step_suspension (step_id, n, from_day, until_day, kind)
        SELECT @Id, COALESCE(MAX(n), 0) + 1, @from, @until, @kind FROM chain_step_suspension WHERE step_id = @Id
        """,
        new { step.Id, from = StoredStep.Text(pause.From), until = pause.Until is { } until ? StoredStep.Text(until) : null, kind = Code.Of(pause.Kind) });

    // What still stands still ends today; the days it lasted.
    private static int EndPauses(Unit unit, StoredStep step)
    {
        var days = 0;
        var pauses = step.Pauses(unit);
        for (var n = 0; n < pauses.Count; n++)
        {
            if (pauses[n].End(Today(unit)) is var ended && ended != pauses[n])
            {
                days += ended.Days;
                unit.Execute(
                    "UPDATE chain_step_suspension SET until_day = @until WHERE step_id = @Id AND n = @n",
                    new { until = StoredStep.Text(ended.Until!.Value), step.Id, n = n + 1 });
            }
        }

        return days;
    }

    private static DateOnly Today(Unit unit) => AmsterdamTime.DateOf(unit.Now);

    private static DateOnly? Day(string? text) =>
        AddSteps.CheckDay(text) is { } no ? throw new RefusedException(no) : AddSteps.Blank(text) is { } day ? StoredStep.Day(day) : null;

    private static DateTime Ahead(Unit unit, DateOnly day) =>
        day > Today(unit).AddYears(2) ? throw new RefusedException(new Refusal("promise-date-far")) : StepDates.Ahead(unit.Now, day);

    private static string Required(string? text, string code) => string.IsNullOrWhiteSpace(text) ? throw new RefusedException(new Refusal(code))
        : FreeText.Check(LongestText, text) is { } no ? throw new RefusedException(no)
        : text.Trim();
}
