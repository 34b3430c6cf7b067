using System.Globalization;
using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Retention;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Cases;

/// <summary>
/// The end of a case: whoever decides about it closes it when nothing is open any more, and opens it again when it turns out
/// otherwise. From its closing on the period runs for which it is kept (<c>Features/Retention</c>).
/// </summary>
public sealed class CloseCase(Db db, Deadlines deadlines)
{
    public Task<Outcome<CaseSaved>> CloseAsync(Actor actor, long caseId, string? key) =>
        db.WriteAsync<CaseSaved>(Command.Of(actor.Id, "case-close", key, new { caseId }), unit =>
        {
            CaseAccess.RequireEdit(unit, actor, caseId);
            // First the case, then the question what is open: who asks or promises something meanwhile waits for this row.
            unit.ExecuteGuarded(
                "UPDATE case_file SET state = 'closed', closed_at = @Now, version = version + 1 WHERE id = @caseId AND state = 'open'", new { unit.Now, caseId });
            if (IsBusy(unit, caseId))
            {
                return new Refusal("case-busy");
            }

            Deadlines.End(unit, "case", caseId, met: true);
            unit.Append(new Entry(caseId, "case_closed", caseId, actor.Id, actor.OrganisationCode, new { notify = Notify.Ids(actor.Id) }));
            return Saved(unit, caseId);
        });

    public Task<Outcome<CaseSaved>> ReopenAsync(Actor actor, long caseId, string? key) =>
        db.WriteAsync<CaseSaved>(Command.Of(actor.Id, "case-reopen", key, new { caseId }), unit =>
        {
            if (CaseAccess.Find(unit, actor, caseId) is not { } access)
            {
                return new Refusal("case-unknown");
            }

            if (!access.MayEdit)
            {
                return new Refusal("case-read-only");
            }

            if (access.State == "open")
            {
                return new Refusal("case-is-open");
            }

            unit.ExecuteGuarded(
                "UPDATE case_file SET state = 'open', closed_at = NULL, proposed_at = NULL, version = version + 1 WHERE id = @caseId AND state = 'closed'", new { caseId });
            if (!Destructions.Withdraw(unit, caseId))
            {
                return new Refusal("destruction-under-way");
            }

            // As at its start: a first sign of life, so that no open case is without a date.
            Deadlines.Start(unit, "case", caseId, caseId, access.OwnerId, deadlines.OneWorkingDay(unit.Now));
            unit.Append(new Entry(caseId, "case_reopened", caseId, actor.Id, actor.OrganisationCode, new { notify = Notify.Ids(actor.Id, access.OwnerId) }));
            return Saved(unit, caseId);
        });

    /// <summary>Something waits for somebody: a talk, a call, a promise, a step, an answer.</summary>
    private static bool IsBusy(Unit unit, long caseId) => unit.Scalar<long>(
        """
        SELECT (SELECT COUNT(*) FROM deadline d WHERE d.case_id = @caseId AND d.state IN ('running', 'suspended') AND d.subject_kind <> 'case')
             + (SELECT COUNT(*) FROM handoff h WHERE h.case_id = @caseId AND h.closed_at IS NULL AND h.state <> 'draft')
             + (SELECT COUNT(*) FROM fact_ask a WHERE a.case_id = @caseId AND a.state = 'asked')
        """,
        new { caseId }) > 0;

    private static CaseSaved Saved(Unit unit, long caseId) => new(
        caseId.ToString(CultureInfo.InvariantCulture), unit.Scalar<int>("SELECT version FROM case_file WHERE id = @caseId", new { caseId }));
}
