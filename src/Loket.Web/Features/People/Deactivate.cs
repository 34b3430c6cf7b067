using System.Globalization;
using Loket.Domain;
using Loket.Domain.Handoffs;
using Loket.Domain.Lines;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Presence;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.People;

public sealed record Deactivated(string ProfessionalId, int CasesMoved);

/// <summary>
/// A colleague leaves. In the same transaction the duty supervisor takes over, by office, what they owned and owed
/// (DESIGN 4.2), and what they were talking about goes back to the queue: nothing is left with nobody.
/// </summary>
public sealed class Deactivate(Db db, Dispatch dispatch, Conversation conversation, PresenceStore presence)
{
    public Task<Outcome<Deactivated>> RunAsync(Actor actor, long professionalId, string? key) =>
        db.WriteAsync<Deactivated>(Command.Of(actor.Id, "professional-deactivate", key, new { professionalId }), unit =>
        {
            var leaver = Actor.Load(unit, professionalId);
            if (leaver is null || leaver.OrganisationCode != actor.OrganisationCode || !actor.Supervisor)
            {
                return new Refusal("professional-unknown");
            }

            if (Reachable.DutySupervisor(unit, leaver.OrganisationCode, except: professionalId) is not { } successorId)
            {
                return new Refusal("no-successor");
            }

            var successor = Actor.Load(unit, successorId)!;
            unit.Execute(
                "UPDATE professional SET active = 0, duty_supervisor = 0, version = version + 1 WHERE id = @professionalId", new { professionalId });
            unit.Execute("UPDATE professional SET duty_supervisor = 1 WHERE id = @successorId", new { successorId });
            StopTalking(unit, leaver);
            var moved = MoveCases(unit, leaver, successor);
            MoveObligations(unit, leaver, successor);
            return new Deactivated(professionalId.ToString(CultureInfo.InvariantCulture), moved);
        });

    private void StopTalking(Unit unit, Actor leaver)
    {
        foreach (var offer in unit.Query<StoredOffer>(
            $"SELECT {StoredOffer.Columns} FROM offer o WHERE o.professional_id = @Id AND o.state = 'pending'", new { leaver.Id }))
        {
            dispatch.EndOffer(unit, offer, OfferAction.TimeOut);
            dispatch.MoveOn(unit, offer.HandoffId);
        }

        foreach (var handoff in unit.Query<StoredHandoff>(
            $"SELECT {StoredHandoff.Columns} FROM handoff h WHERE h.specialist_id = @Id AND h.state IN ('accepted', 'connected')", new { leaver.Id }))
        {
            conversation.GiveBack(unit, handoff, null, null);
        }

        presence.Move(unit, leaver.Id, PresenceAction.LoseConnection);
    }

    private static int MoveCases(Unit unit, Actor leaver, Actor successor)
    {
        var cases = unit.Query<long>("SELECT id FROM case_file WHERE owner_id = @Id AND state = 'open'", new { leaver.Id });
        foreach (var caseId in cases)
        {
            Ownership.Give(unit, caseId, successor, byOffice: true);
            unit.Append(new Entry(caseId, "ownership_by_office", caseId, null, leaver.OrganisationCode, new
            {
                from = leaver.Id.ToString(CultureInfo.InvariantCulture), notify = Notify.Ids(successor.Id),
            }));
        }

        foreach (var request in unit.Query<long>("SELECT id FROM ownership_request WHERE to_id = @Id AND state = 'asked'", new { leaver.Id }))
        {
            unit.Execute("UPDATE ownership_request SET state = 'withdrawn', answered_at = @Now, version = version + 1 WHERE id = @request", new { unit.Now, request });
            Deadlines.End(unit, "ownership", request, met: false);
        }

        return cases.Count;
    }

    // The dates stay what they were: only the person who is chased changes.
    private static void MoveObligations(Unit unit, Actor leaver, Actor successor)
    {
        var args = new { from = leaver.Id, to = successor.Id, successor.OrganisationCode };
        var cases = unit.Query<long>("SELECT DISTINCT case_id FROM deadline WHERE professional_id = @from AND state = 'running'", args);
        unit.Execute("UPDATE promise SET professional_id = @to, version = version + 1 WHERE professional_id = @from AND state = 'open'", args);
        unit.Execute("UPDATE callback SET professional_id = @to, version = version + 1 WHERE professional_id = @from AND state IN ('scheduled', 'attempting', 'failed')", args);
        unit.Execute("UPDATE handoff SET sender_id = @to WHERE sender_id = @from AND closed_at IS NULL", args);
        unit.Execute("UPDATE deadline SET professional_id = @to, version = version + 1 WHERE professional_id = @from AND state = 'running'", args);
        unit.Execute("UPDATE case_participant SET until = @Now WHERE professional_id = @from AND until IS NULL", new { unit.Now, args.from });
        foreach (var caseId in cases)
        {
            Participants.Join(unit, caseId, successor, null, "sender");
            unit.Append(new Entry(caseId, "obligations_moved", successor.Id, null, successor.OrganisationCode, new { notify = Notify.Ids(successor.Id) }));
        }
    }
}
