using System.Globalization;
using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Chain;

public sealed record EscalationAcknowledged(string EscalationId);

/// <summary>One rung of the ladder reaches one person, once; that person acknowledges it by name.</summary>
public sealed class Escalations(Db db)
{
    /// <summary>Raises a rung for a person; a second time has no effect.</summary>
    public static void Raise(Unit unit, string kind, long subjectId, long caseId, int step, long toId)
    {
        var deadline = unit.Find<long?>(
            "SELECT id FROM deadline WHERE subject_kind = @kind AND subject_id = @subjectId AND state = 'running'", new { kind, subjectId });
        if (deadline is { } id)
        {
            Raise(unit, id, kind, subjectId, caseId, step, toId);
        }
    }

    public static void Raise(Unit unit, long deadlineId, string kind, long subjectId, long caseId, int step, long toId)
    {
        if (unit.Scalar<long>("SELECT COUNT(*) FROM escalation WHERE deadline_id = @deadlineId AND step = @step AND to_id = @toId", new { deadlineId, step, toId }) > 0)
        {
            return;
        }

        var id = unit.NewId();
        unit.Execute(
            "INSERT INTO escalation (id, deadline_id, case_id, step, to_id, raised_at) VALUES (@id, @deadlineId, @caseId, @step, @toId, @Now)",
            new { id, deadlineId, caseId, step, toId, unit.Now });
        unit.Append(new Entry(caseId, "escalation_raised", id, null, null, new
        {
            step, subject = kind, subjectId = subjectId.ToString(CultureInfo.InvariantCulture), notify = Notify.Ids(toId),
        }));
    }

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
            return new EscalationAcknowledged(escalationId.ToString(CultureInfo.InvariantCulture));
        });

    private sealed class Row
    {
        public long DeadlineId { get; init; }

        public long CaseId { get; init; }

        public int Step { get; init; }

        public long ToId { get; init; }
    }
}
