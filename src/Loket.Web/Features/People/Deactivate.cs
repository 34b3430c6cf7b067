using System.Globalization;
using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Joining;
using Loket.Web.Features.Steps;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.People;

public sealed record Deactivated(string ProfessionalId, int CasesMoved);

/// <summary>
/// A colleague leaves, by word of a supervisor or the administrator of the organisation. In the same transaction the duty supervisor takes over, by office, what they owned and owed
/// (DESIGN 4.2), and what they were talking about goes back to the queue: nothing is left with nobody.
/// </summary>
public sealed class Deactivate(Db db, HandOver handOver, LiveHints hints)
{
    public Task<Outcome<Deactivated>> RunAsync(Actor actor, long professionalId, string? key) =>
        db.WriteAsync<Deactivated>(Command.Of(actor.Id, "professional-deactivate", key, new { professionalId }), unit =>
        {
            var leaver = Actor.Load(unit, professionalId);
            if (leaver is null || leaver.OrganisationCode != actor.OrganisationCode || !(actor.Supervisor || actor.OrganisationAdministrator))
            {
                return new Refusal("professional-unknown");
            }

            if (leaver.OrganisationAdministrator && SavePerson.IsLastAdministrator(unit, leaver.OrganisationCode, leaver.Id))
            {
                return new Refusal("last-administrator");
            }

            if (Reachable.Load(unit, [professionalId]).DutySupervisor(leaver.OrganisationCode, except: professionalId) is not { } successorId)
            {
                return new Refusal("no-successor");
            }

            // They may be leaving themselves at this moment: then whoever succeeds them is found anew.
            if (!Actor.Hold(unit, successorId))
            {
                throw new ConflictException();
            }

            var successor = Actor.Load(unit, successorId)!;
            unit.Execute(
                "UPDATE professional SET active = 0, duty_supervisor = 0, version = version + 1 WHERE id = @professionalId", new { professionalId });
            unit.Execute("UPDATE professional SET duty_supervisor = 1 WHERE id = @successorId", new { successorId });
            handOver.StopTalking(unit, professionalId);
            var moved = HandOver.OwnByOffice(unit, leaver, successor);
            HandOver.WithdrawAsked(unit, leaver);
            StepHands.Leave(unit, leaver);
            HandOver.All(unit, leaver, successor);
            unit.Execute("UPDATE case_participant SET until = @Now WHERE professional_id = @professionalId AND until IS NULL", new { unit.Now, professionalId });
            MoveTeams(unit, leaver, successor);
            unit.Execute("UPDATE organisation_duty SET professional_id = @successorId WHERE professional_id = @professionalId", new { successorId, professionalId });
            SavePerson.Record(unit, actor, professionalId, "left", null, null);
            unit.AfterCommit(() => hints.SignedOut(professionalId));
            return new Deactivated(professionalId.ToString(CultureInfo.InvariantCulture), moved);
        });

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
}
