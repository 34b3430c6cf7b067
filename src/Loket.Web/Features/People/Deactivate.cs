using System.Globalization;
using Loket.Domain;
using Loket.Domain.Handoffs;
using Loket.Domain.Lines;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Presence;
using Loket.Web.Features.Steps;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.People;

public sealed record Deactivated(string ProfessionalId, int CasesMoved);

/// <summary>
/// A colleague leaves. In the same transaction the duty supervisor takes over, by office, what they owned and owed
/// (DESIGN 4.2), and what they were talking about goes back to the queue: nothing is left with nobody.
/// </summary>
public sealed class Deactivate(Db db, Dispatch dispatch, Conversation conversation, PresenceStore presence, LiveHints hints)
{
    public Task<Outcome<Deactivated>> RunAsync(Actor actor, long professionalId, string? key) =>
        db.WriteAsync<Deactivated>(Command.Of(actor.Id, "professional-deactivate", key, new { professionalId }), unit =>
        {
            var leaver = Actor.Load(unit, professionalId);
            if (leaver is null || leaver.OrganisationCode != actor.OrganisationCode || !actor.Supervisor)
            {
                return new Refusal("professional-unknown");
            }

            if (Reachable.Load(unit, [professionalId]).DutySupervisor(leaver.OrganisationCode, except: professionalId) is not { } successorId)
            {
                return new Refusal("no-successor");
            }

            var successor = Actor.Load(unit, successorId)!;
            unit.Execute(
                "UPDATE professional SET active = 0, duty_supervisor = 0, version = version + 1 WHERE id = @professionalId", new { professionalId });
            unit.Execute("UPDATE professional SET duty_supervisor = 1 WHERE id = @successorId", new { successorId });
            StopTalking(unit, leaver);
            var moved = MoveCases(unit, leaver, successor);
            WithdrawAsked(unit, leaver);
            StepHands.Leave(unit, leaver, successor);
            MoveObligations(unit, leaver, successor);
            MoveTeams(unit, leaver, successor);
            unit.AfterCommit(() => hints.SignedOut(professionalId));
            return new Deactivated(professionalId.ToString(CultureInfo.InvariantCulture), moved);
        });

    private void StopTalking(Unit unit, Actor leaver)
    {
        foreach (var offer in unit.Query<StoredOffer>(
            $"SELECT {StoredOffer.Columns} FROM offer o WHERE o.professional_id = @Id AND o.state = 'pending'", new { leaver.Id }))
        {
            dispatch.EndOffer(unit, offer, OfferAction.TimeOut);
            Dispatch.Journal(unit, StoredHandoff.Get(unit, offer.HandoffId), "offer_vanished", offer.Id, null, new { line = offer.LineCode });
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

        return cases.Count;
    }

    // An answer cannot come any more; whoever owns the case asks somebody else.
    private static void WithdrawAsked(Unit unit, Actor leaver)
    {
        foreach (var asked in unit.Query<AskedRow>("SELECT id, case_id, from_id, asked_by FROM ownership_request WHERE to_id = @Id AND state = 'asked'", new { leaver.Id }))
        {
            unit.Execute("UPDATE ownership_request SET state = 'withdrawn', answered_at = @Now, version = version + 1 WHERE id = @Id", new { unit.Now, asked.Id });
            Deadlines.End(unit, "ownership", asked.Id, met: false);
            unit.Append(new Entry(asked.CaseId, "ownership_withdrawn", asked.Id, null, leaver.OrganisationCode, new { notify = Notify.Ids(asked.FromId, asked.AskedBy) }));
        }
    }

    // The dates stay what they were: only the person who is chased changes.
    private static void MoveObligations(Unit unit, Actor leaver, Actor successor)
    {
        var args = new { from = leaver.Id, to = successor.Id, unit.Now };
        // While a handoff is talked about its date runs at the specialist: who sent it has none, and is somebody all the same.
        var parts = unit.Query<PartRow>(
            """
            SELECT o.case_id, cp.line_code, CASE WHEN cp.professional_id IS NULL THEN 0 ELSE 1 END AS took_part
            FROM (SELECT d.case_id FROM deadline d WHERE d.professional_id = @from AND d.state IN ('running', 'suspended')
                  UNION SELECT h.case_id FROM handoff h WHERE h.sender_id = @from AND h.closed_at IS NULL) o
            LEFT JOIN case_participant cp ON cp.case_id = o.case_id AND cp.professional_id = @from AND cp.until IS NULL
            """,
            args);
        unit.Execute("UPDATE promise SET professional_id = @to, version = version + 1 WHERE professional_id = @from AND state = 'open'", args);
        unit.Execute("UPDATE callback SET professional_id = @to, version = version + 1 WHERE professional_id = @from AND state IN ('scheduled', 'attempting', 'failed')", args);
        unit.Execute("UPDATE handoff SET sender_id = @to WHERE sender_id = @from AND closed_at IS NULL", args);
        unit.Execute("UPDATE deadline SET professional_id = @to, version = version + 1 WHERE professional_id = @from AND state IN ('running', 'suspended')", args);
        unit.Execute(
            """
            UPDATE escalation SET to_id = @to WHERE to_id = @from AND acknowledged_at IS NULL
              AND NOT EXISTS (SELECT 1 FROM escalation e WHERE e.deadline_id = escalation.deadline_id AND e.step = escalation.step AND e.to_id = @to)
            """,
            args);
        unit.Execute("UPDATE case_participant SET until = @Now WHERE professional_id = @from AND until IS NULL", args);
        foreach (var part in parts)
        {
            // A consult gave the leaver no part in the case, so it gives the successor none.
            if (part.TookPart == 1)
            {
                Participants.Join(unit, part.CaseId, successor, part.LineCode, part.LineCode is null ? "sender" : "specialist");
            }

            unit.Append(new Entry(part.CaseId, "obligations_moved", successor.Id, null, successor.OrganisationCode, new { notify = Notify.Ids(successor.Id) }));
        }
    }

    // A team that would be left without a supervisor gets the successor: its board and its escalations need somebody.
    private static void MoveTeams(Unit unit, Actor leaver, Actor successor)
    {
        unit.Execute(
            """
            INSERT INTO team_supervisor (team_code, professional_id)
            SELECT t.team_code, @to FROM team_supervisor t
            WHERE t.professional_id = @from AND NOT EXISTS (
                SELECT 1 FROM team_supervisor o JOIN professional p ON p.id = o.professional_id AND p.active = 1
                WHERE o.team_code = t.team_code AND o.professional_id <> @from)
            """,
            new { from = leaver.Id, to = successor.Id });
        unit.Execute("DELETE FROM team_supervisor WHERE professional_id = @Id", new { leaver.Id });
    }

    private sealed class AskedRow
    {
        public long Id { get; init; }

        public long CaseId { get; init; }

        public long FromId { get; init; }

        public long AskedBy { get; init; }
    }

    private sealed class PartRow
    {
        public long CaseId { get; init; }

        public string? LineCode { get; init; }

        public int TookPart { get; init; }
    }
}
