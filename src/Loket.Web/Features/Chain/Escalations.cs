using System.Globalization;
using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Chain;

public sealed record EscalationAcknowledged(string EscalationId);

/// <summary>A rung of a deadline's ladder that is reached, and the one or two people who hear of it.</summary>
/// <param name="SubjectKind">What the deadline is of, such as <c>promise</c>, with <paramref name="SubjectId"/>.</param>
/// <param name="Step">1 is the first rung.</param>
internal sealed record Rung(long DeadlineId, string SubjectKind, long SubjectId, long CaseId, int Step, long[] People);

/// <summary>One rung of the ladder reaches one person, once; that person acknowledges it by name.</summary>
public sealed class Escalations(Db db)
{
    /// <summary>The kind of journal entry that says a rung is reached; what it says is told to its people (<see cref="TellRungs"/>).</summary>
    internal const string Raised = JournalFollower.Warning;

    /// <summary>Raises a rung of the running deadline of this subject for a person; a second time has no effect.</summary>
    public static void Raise(Unit unit, string kind, long subjectId, long caseId, int step, long toId)
    {
        var deadline = unit.Find<long?>(
            """
            SELECT d.id FROM deadline d WHERE d.subject_kind = @kind AND d.subject_id = @subjectId AND d.state = 'running'
            AND NOT EXISTS (SELECT 1 FROM escalation e WHERE e.deadline_id = d.id AND e.step = @step AND e.to_id = @toId)
            """,
            new { kind, subjectId, step, toId });
        if (deadline is { } id)
        {
            // At once: with the list comes the right to see the case. It stands there when the journal is told.
            Add(unit, [new Told(id, caseId, step, toId, unit.Now)]);
            Journal(unit, new Rung(id, kind, subjectId, caseId, step, [toId]));
        }
    }

    /// <summary>Puts each of these in the list of the person it reaches.</summary>
    internal static void Add(Unit unit, IReadOnlyList<Told> told) => unit.ExecuteEach(
        "INSERT INTO escalation (id, deadline_id, case_id, step, to_id, raised_at) VALUES (@id, @deadlineId, @caseId, @step, @toId, @at)", told,
        ("@id", _ => unit.NewId()), ("@deadlineId", t => t.DeadlineId), ("@caseId", t => t.CaseId), ("@step", t => t.Step), ("@toId", t => t.ToId), ("@at", t => t.At));

    /// <summary>Says in the journal that a rung is reached, and to whom it is told.</summary>
    internal static void Journal(Unit unit, Rung rung) => unit.Append(new Entry(rung.CaseId, Raised, rung.DeadlineId, null, null, new
    {
        step = rung.Step, subject = rung.SubjectKind, subjectId = Text(rung.SubjectId), notify = Array.ConvertAll(rung.People, Text),
    }));

    public Task<Outcome<EscalationAcknowledged>> AcknowledgeAsync(Actor actor, long escalationId, string? key) =>
        db.WriteAsync<EscalationAcknowledged>(Command.Of(actor.Id, "escalation-acknowledge", key, new { escalationId }), unit =>
        {
            var row = unit.Find<Row>("SELECT deadline_id, case_id, step, to_id FROM escalation WHERE id = @escalationId", new { escalationId });
            // Whoever it reached answers it; the supervisor of the owner answers for who did not.
            if (row is null || (row.ToId != actor.Id && CaseAccess.Find(unit, actor, row.CaseId) is not { IsSupervisor: true }))
            {
                return new Refusal(row is null || CaseAccess.Find(unit, actor, row.CaseId) is null ? "escalation-unknown" : "escalation-not-yours");
            }

            if (unit.Execute(
                "UPDATE escalation SET acknowledged_by = @Id, acknowledged_at = @Now, climb = 'over' WHERE id = @escalationId AND acknowledged_at IS NULL",
                new { actor.Id, unit.Now, escalationId }) == 0)
            {
                return new Refusal("escalation-acknowledged");
            }

            // Somebody answers for this step by name: what had climbed from it goes no higher.
            unit.Execute("UPDATE escalation SET climb = 'over' WHERE deadline_id = @DeadlineId AND step = @Step AND level > 0 AND climb = 'waits'", new { row.DeadlineId, row.Step });
            unit.Append(new Entry(row.CaseId, "escalation_acknowledged", escalationId, actor.Id, actor.OrganisationCode, new { notify = Notify.Ids(row.ToId) }));
            return new EscalationAcknowledged(Text(escalationId));
        });

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    internal sealed record Told(long DeadlineId, long CaseId, int Step, long ToId, DateTime At);

    private sealed class Row
    {
        public long DeadlineId { get; init; }

        public long CaseId { get; init; }

        public int Step { get; init; }

        public long ToId { get; init; }
    }
}
