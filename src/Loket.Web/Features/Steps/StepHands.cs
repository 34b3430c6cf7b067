using Loket.Web.Data;
using Loket.Web.Features.Chain;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Steps;

/// <summary>Steps and asks go along when their person changes: another chain owner, or a colleague who leaves.</summary>
internal static class StepHands
{
    private const string Running = "state IN ('open', 'in_progress', 'waiting', 'suspended')";

    /// <summary>What nobody accepted yet is answered for by the chain owner: by the new one from now on.</summary>
    public static void FollowOwner(Unit unit, long caseId, long ownerId)
    {
        Deadlines.Reassign(unit, "case", caseId, caseId, ownerId);
        var steps = unit.Query<long>(
            $"SELECT id FROM chain_step WHERE case_id = @caseId AND accepted_at IS NULL AND professional_id <> @ownerId AND {Running}", new { caseId, ownerId });
        foreach (var id in steps)
        {
            unit.Execute("UPDATE chain_step SET professional_id = @ownerId, version = version + 1 WHERE id = @id", new { ownerId, id });
            Deadlines.Reassign(unit, "step", id, caseId, ownerId);
        }
    }

    /// <summary>
    /// A named ask to who left cannot be answered any more and is taken back; an ask to a line stays, and moves with the
    /// steps and all other dates of that person.
    /// </summary>
    public static void Leave(Unit unit, Actor leaver)
    {
        foreach (var asked in unit.Query<AskStep.Row>(
            "SELECT id, step_id, case_id, line_code, to_id, asked_by, state, version FROM step_request WHERE to_id = @Id AND state = 'asked' AND line_code IS NULL", new { leaver.Id }))
        {
            AskStep.End(unit, asked, "withdrawn", null, null);
            unit.Append(new Entry(asked.CaseId, "step_ask_withdrawn", asked.StepId, null, leaver.OrganisationCode, new StepEvent(Notify: Notify.Ids(asked.AskedBy))));
        }
    }
}
