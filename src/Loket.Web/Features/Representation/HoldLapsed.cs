using System.Globalization;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Shared;
using Loket.Web.Jobs;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Representation;

/// <summary>
/// An authority that has lapsed: what was still to go out by it is held, and the chain owner has a promise to decide, within a
/// working day: record a new authority, or go on with the citizen. At once when it is revoked, by sweep when its last day is over.
/// </summary>
public sealed class HoldLapsed(Db db, Promises promises, Deadlines deadlines, InDutch dutch, SetAside aside) : IJob
{
    private const int Batch = 100;

    public async Task RunAsync(CancellationToken ct)
    {
        var day = Dates.Machine(AmsterdamTime.DateOf(db.Now()));
        var due = await db.ReadAsync(r => r.QueryAsync<long>(
            $"""
            SELECT a.case_id FROM representation a JOIN case_file c ON c.id = a.case_id
            WHERE a.state = 'current' AND a.held_at IS NULL AND a.ends_on IS NOT NULL AND a.ends_on < @day AND c.state = 'open'
              AND NOT EXISTS (SELECT 1 FROM set_aside x WHERE x.job = 'hold' AND x.subject_id = a.case_id AND x.next_at > @Now)
            ORDER BY a.ends_on, a.id {r.Dialect.First(Batch)}
            """,
            new { day, r.Now }));
        await aside.EachAsync("hold", due, id => id, due.Count < Batch, async id => (await db.WriteAsync<bool>(unit => Hold(unit, id))).Refusal, ct);
    }

    /// <summary>Holds what the current authority of a case was to send, once; false when there is nothing to hold.</summary>
    internal bool Hold(Unit unit, long caseId)
    {
        if (StoredAuthority.Find(unit, caseId) is not { HeldAt: null } now || unit.Find<string>("SELECT state FROM case_file WHERE id = @caseId", new { caseId }) != "open")
        {
            return false;
        }

        if (!now.HasLapsed(unit.Now))
        {
            // Its day is of before a correction of the day of birth: reckoned anew, else the sweep finds it for ever.
            Authorities.Reckon(unit, caseId);
            return false;
        }

        var owner = Actor.Load(unit, Reachable.Person(unit, unit.Scalar<long>("SELECT owner_id FROM case_file WHERE id = @caseId", new { caseId })))!;
        var promise = promises.Make(unit, owner, caseId, null, dutch.Text("representation.promise"), deadlines.OneWorkingDay(unit.Now));
        // Read inside this unit: whoever revoked it a moment ago in it changed the version.
        unit.ExecuteGuarded(
            "UPDATE representation SET held_at = @Now, promise_id = @promise, version = version + 1 WHERE id = @Id AND version = @Version",
            new { unit.Now, promise = long.Parse(promise.Value.PromiseId, CultureInfo.InvariantCulture), now.Id, now.Version });
        unit.Execute("UPDATE outgoing_message SET held_at = @Now WHERE representation_id = @Id AND sent_at IS NULL AND held_at IS NULL", new { unit.Now, now.Id });
        unit.Append(new Entry(caseId, "representation_lapsed", now.Id, null, owner.OrganisationCode, new { notify = Notify.Ids(owner.Id) }));
        return true;
    }
}
