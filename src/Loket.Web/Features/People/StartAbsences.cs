using Loket.Domain.Lines;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Presence;
using Loket.Web.Jobs;
using Loket.Web.Security;

namespace Loket.Web.Features.People;

/// <summary>
/// What an absence brings about at its moment. At the start everything open goes to the stand-in and nobody asks the
/// person on a line; without a stand-in the supervisor spreads it, reminders reach the supervisor meanwhile, and after a
/// working day the duty supervisor owns the chains by office (DESIGN 4.2).
/// </summary>
public sealed class StartAbsences(Db db, HandOver handOver, ServiceDates dates, ILogger<StartAbsences> log) : IJob
{
    public async Task RunAsync(CancellationToken ct)
    {
        var due = await db.ReadAsync(r => r.QueryAsync<long>(
            $"SELECT id FROM absence WHERE next_at IS NOT NULL AND next_at <= @now ORDER BY next_at, id {r.Dialect.First(500)}", new { now = db.Now() }), ct);
        foreach (var id in due)
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                await db.WriteAsync<bool>(unit => Next(unit, id));
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "Absence {Id} could not be taken further; it is tried again", id);
            }
        }
    }

    /// <summary>
    /// The start. Who is in a talk finishes it first, unless somebody says that they are away now: then it goes back to
    /// the queue.
    /// </summary>
    internal void Begin(Unit unit, StoredAbsence absence, bool evenInTalk)
    {
        if (!evenInTalk && PresenceStore.Get(unit, absence.ProfessionalId).PresenceState == PresenceState.Engaged)
        {
            return;
        }

        var person = Actor.Load(unit, absence.ProfessionalId);
        DateTime? office = null;
        if (person is not null)
        {
            handOver.StopTalking(unit, person.Id);
            if (Reachable.Load(unit, [person.Id]).StandInFor(person.Id) is { } standIn && Actor.Hold(unit, standIn))
            {
                Take(unit, person, Actor.Load(unit, standIn)!);
            }
            else
            {
                office = dates.OneWorkingDay(absence.FromAt);
            }
        }

        unit.ExecuteGuarded(
            "UPDATE absence SET started_at = @Now, next_at = @next, version = version + 1 WHERE id = @Id AND version = @Version",
            new { unit.Now, next = office < absence.UntilAt ? office : null, absence.Id, absence.Version });
    }

    private bool Next(Unit unit, long id)
    {
        var absence = unit.Find<StoredAbsence>($"SELECT {StoredAbsence.Columns} FROM absence a WHERE a.id = @id AND a.next_at <= @Now", new { id, unit.Now });
        if (absence is { StartedAt: null })
        {
            Begin(unit, absence, evenInTalk: false);
        }
        else if (absence is not null)
        {
            OwnByOffice(unit, absence);
        }

        return true;
    }

    private static void Take(Unit unit, Actor person, Actor standIn)
    {
        // Whoever owns a chain already cannot be asked to own it.
        HandOver.WithdrawAsked(unit, person, ofOwner: standIn.Id);
        HandOver.All(unit, person, standIn);
        // The chain stays the owner's; who stands in can work on it.
        foreach (var caseId in unit.Query<long>("SELECT id FROM case_file WHERE owner_id = @Id AND state = 'open'", new { person.Id }))
        {
            Participants.TakePart(unit, caseId, standIn);
        }
    }

    private static void OwnByOffice(Unit unit, StoredAbsence absence)
    {
        if (Actor.Load(unit, absence.ProfessionalId) is { } person
            && Reachable.Load(unit, [person.Id]).DutySupervisor(person.OrganisationCode, except: person.Id) is { } successor && Actor.Hold(unit, successor))
        {
            HandOver.OwnByOffice(unit, person, Actor.Load(unit, successor)!);
        }

        unit.ExecuteGuarded("UPDATE absence SET next_at = NULL, version = version + 1 WHERE id = @Id AND version = @Version", new { absence.Id, absence.Version });
    }
}
