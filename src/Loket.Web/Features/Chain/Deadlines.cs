using Loket.Domain;
using Loket.Domain.Chain;
using Loket.Web.Data;

namespace Loket.Web.Features.Chain;

/// <summary>
/// The running dates: one row for each open handoff, callback, promise, ownership request, step and asked step, and the
/// first sign of life of a case; written in the transaction that makes the promise and ended in the one that keeps it.
/// </summary>
public sealed class Deadlines(ServiceDates dates)
{
    public DateTime OneWorkingDay(DateTime utc) => dates.OneWorkingDay(utc);

    /// <summary>
    /// What counted as the first sign of life came to nothing (the citizen left the talk): where nothing else in the case has a
    /// date its owner has one working day again, so that it stands still for nobody.
    /// </summary>
    public void StartAgain(Unit unit, long caseId)
    {
        var owner = unit.Find<long?>(
            """
            SELECT c.owner_id FROM case_file c WHERE c.id = @caseId AND c.state = 'open'
            AND NOT EXISTS (SELECT 1 FROM deadline d WHERE d.case_id = c.id AND d.state IN ('running', 'suspended'))
            """,
            new { caseId });
        if (owner is not null)
        {
            Start(unit, "case", caseId, caseId, owner.Value, OneWorkingDay(unit.Now));
        }
    }

    /// <summary>Starts the date. <paramref name="firstStep"/> skips rungs of the ladder that make no sense, as a reminder within two minutes.</summary>
    public static void Start(Unit unit, string kind, long subjectId, long caseId, long professionalId, DateTime dueAt, int firstStep = 0)
    {
        // Something with a date of its own was agreed: that is the sign of life.
        if (kind is "promise" or "callback" or "step")
        {
            End(unit, "case", caseId, met: true);
        }

        unit.Execute(
            """
            INSERT INTO deadline (id, subject_kind, subject_id, case_id, professional_id, starts_at, due_at, state, steps_fired, next_at, version)
            VALUES (@id, @kind, @subjectId, @caseId, @professionalId, @Now, @dueAt, 'running', @firstStep, @next, 1)
            """,
            new { id = unit.NewId(), kind, subjectId, caseId, professionalId, unit.Now, dueAt, firstStep, next = NextAt(unit.Now, dueAt, firstStep, Ladders.OfPerson(unit, professionalId)) });
        RefreshCase(unit, caseId);
        unit.AtEnd("open", caseId, () => RequireOpen(unit, caseId));
    }

    /// <summary>
    /// A new person or date for the same obligation: a new row, so that the ladder starts again from now and everybody
    /// on it hears of the new date too.
    /// </summary>
    public static void Move(Unit unit, string kind, long subjectId, long caseId, long professionalId, DateTime dueAt)
    {
        End(unit, kind, subjectId, met: false);
        Start(unit, kind, subjectId, caseId, professionalId, dueAt);
    }

    /// <summary>Ends the date: met, or withdrawn with the obligation.</summary>
    public static void End(Unit unit, string kind, long subjectId, bool met)
    {
        var ended = unit.Execute(
            """
            UPDATE deadline SET state = @state, ended_at = @Now, next_at = NULL, version = version + 1
            WHERE subject_kind = @kind AND subject_id = @subjectId AND state IN ('running', 'suspended')
            """,
            new { state = met ? "met" : "withdrawn", unit.Now, kind, subjectId });
        if (ended > 0)
        {
            RefreshCaseOf(unit, kind, subjectId);
        }
    }

    /// <summary>The date stands still: nobody is chased until <see cref="Move"/> says when it is due.</summary>
    public static void Suspend(Unit unit, string kind, long subjectId)
    {
        unit.Execute(
            "UPDATE deadline SET state = 'suspended', next_at = NULL, version = version + 1 WHERE subject_kind = @kind AND subject_id = @subjectId AND state = 'running'",
            new { kind, subjectId });
        RefreshCaseOf(unit, kind, subjectId);
    }

    /// <summary>Another person for the same date; without effect when none runs. A date that stands still keeps standing still.</summary>
    public static void Reassign(Unit unit, string kind, long subjectId, long caseId, long professionalId)
    {
        if (unit.Find<DateTime?>("SELECT due_at FROM deadline WHERE subject_kind = @kind AND subject_id = @subjectId AND state = 'running'", new { kind, subjectId }) is { } due)
        {
            Move(unit, kind, subjectId, caseId, professionalId, due);
            return;
        }

        unit.Execute(
            "UPDATE deadline SET professional_id = @professionalId, version = version + 1 WHERE subject_kind = @kind AND subject_id = @subjectId AND state = 'suspended'",
            new { professionalId, kind, subjectId });
    }

    /// <summary>The moment of the next rung by these rules (the defaults without), or null at the top of the ladder.</summary>
    public static DateTime? NextAt(DateTime startsAt, DateTime dueAt, int stepsFired, LadderRules? rules = null)
    {
        var steps = EscalationLadder.For(startsAt, dueAt, rules).Steps;
        return stepsFired < steps.Count ? steps[stepsFired].At : null;
    }

    private static void RefreshCaseOf(Unit unit, string kind, long subjectId)
    {
        foreach (var caseId in kind == "case" ? [subjectId] : unit.Query<long>(
            "SELECT case_id FROM deadline WHERE subject_kind = @kind AND subject_id = @subjectId", new { kind, subjectId }))
        {
            RefreshCase(unit, caseId);
        }
    }

    // The soonest date stands on the case, so that the lists by date read one index and nothing more. While a handoff rings
    // its date is the net under the live time: it chases, but it was given to nobody and says nothing to who reads a list.
    private static void RefreshCase(Unit unit, long caseId) => unit.AtEnd("next_due", caseId, () => unit.Execute(
        """
        UPDATE case_file SET next_due = (
            SELECT MIN(d.due_at) FROM deadline d WHERE d.case_id = @caseId AND d.state = 'running'
            AND NOT (d.subject_kind = 'handoff' AND EXISTS (SELECT 1 FROM handoff h WHERE h.id = d.subject_id AND h.specialist_id IS NULL)))
        WHERE id = @caseId
        """,
        new { caseId }));

    // After the case was refreshed, which waits for who closes it meanwhile: nothing is asked or promised in a closed case.
    private static void RequireOpen(Unit unit, long caseId)
    {
        if (unit.Find<string>("SELECT state FROM case_file WHERE id = @caseId", new { caseId }) == "closed")
        {
            throw new RefusedException(new Refusal("case-closed"));
        }
    }
}
