using Loket.Domain.Handoffs;
using Loket.Web.Data;
using Loket.Web.Features.Callbacks;
using Loket.Web.Live;

namespace Loket.Web.Features.Handoffs;

/// <summary>
/// The citizen was helped, or a new moment was fixed: an older callback for the same case and topic is withdrawn in the
/// same unit, so that nobody is called twice about one question.
/// </summary>
public static class Superseded
{
    public static void Withdraw(Unit unit, StoredHandoff by)
    {
        foreach (var older in unit.Query<StoredHandoff>(
            $"""
            SELECT {StoredHandoff.Columns} FROM handoff h
            WHERE h.case_id = @CaseId AND h.topic_code = @TopicCode AND h.id <> @Id AND h.state IN ('callback_scheduled', 'attempting', 'escalated')
            """,
            new { by.CaseId, by.TopicCode, by.Id }))
        {
            Dispatch.Change(unit, older, HandoffAction.Withdraw, HandoffPart.System);
            unit.Execute("UPDATE handoff SET closed_at = @Now WHERE id = @Id", new { unit.Now, older.Id });
            ScheduleCallback.WithdrawOf(unit, older);
            Dispatch.Journal(unit, older, "handoff_withdrawn", older.Id, null, new { notify = Notify.Ids(older.SenderId) });
        }
    }
}
