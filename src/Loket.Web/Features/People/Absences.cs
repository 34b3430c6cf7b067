using System.Globalization;
using Loket.Domain;
using Loket.Domain.Chain;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.People;

public sealed record AbsenceSet(string AbsenceId);

/// <summary>The first and the last day away (Amsterdam), no last day until further notice, and who stands in; never a reason.</summary>
public sealed record AbsenceForm(DateOnly? From, DateOnly? Until, long? StandIn);

/// <summary>
/// Somebody is away: set by the person or by who leads them. Only one absence covers a moment. At its end nothing moves
/// back by itself: whoever took a promise over has meanwhile spoken to the citizen.
/// </summary>
public sealed class Absences(Db db, StartAbsences start)
{
    /// <summary>Whether this person is away now.</summary>
    public static bool IsAway(Unit unit, long professionalId) => IsAway(unit, professionalId, unit.Now, unit.Now.AddMilliseconds(1));

    public Task<Outcome<AbsenceSet>> SetAsync(Actor actor, long professionalId, AbsenceForm form, string? key) =>
        db.WriteAsync<AbsenceSet>(Command.Of(actor.Id, "absence-set", key, new { professionalId, form }), unit =>
        {
            if (Actor.Load(unit, professionalId) is not { } person || !Lead.MaySetAbsence(unit, actor, person))
            {
                return new Refusal("professional-unknown");
            }

            var today = AmsterdamTime.DateOf(unit.Now);
            if (AbsenceRules.CheckPeriod(form.From, form.Until, today) is { } no)
            {
                return no;
            }

            // In the order of their ids: two who stand in for each other at the same moment wait for one another.
            foreach (var id in new[] { professionalId, form.StandIn ?? professionalId }.Distinct().Order())
            {
                Actor.Hold(unit, id);
            }

            var from = form.From == today ? unit.Now : AmsterdamTime.StartOfDay(form.From!.Value);
            var until = form.Until is { } last ? AmsterdamTime.StartOfDay(last.AddDays(1)) : AbsenceRules.NoEnd;
            if (IsAway(unit, professionalId, from, until))
            {
                return new Refusal("absence-overlaps");
            }

            var standIn = form.StandIn is { } named ? Actor.Load(unit, named) : null;
            if (AbsenceRules.CheckStandIn(
                named: form.StandIn is not null,
                isSelf: form.StandIn == professionalId,
                worksHere: standIn?.OrganisationCode == person.OrganisationCode && standIn.WorksCases,
                isAwayThen: standIn is not null && IsAway(unit, standIn.Id, from, until),
                supervisorIsHereThen: OtherSupervisorIsHere(unit, person, from, until)) is { } notThisOne)
            {
                return standIn is null ? notThisOne : notThisOne with { Args = [standIn.Name] };
            }

            var absence = new StoredAbsence { Id = unit.NewId(), ProfessionalId = professionalId, FromAt = from, UntilAt = until, StandInId = form.StandIn, Version = 1 };
            unit.Execute(
                """
                INSERT INTO absence (id, professional_id, from_at, until_at, stand_in_id, set_by, set_at, next_at, version)
                VALUES (@Id, @ProfessionalId, @FromAt, @UntilAt, @StandInId, @by, @Now, @FromAt, 1)
                """,
                new { absence.Id, absence.ProfessionalId, absence.FromAt, absence.UntilAt, absence.StandInId, by = actor.Id, unit.Now });
            if (from <= unit.Now)
            {
                start.Begin(unit, absence, evenInTalk: true);
            }

            return new AbsenceSet(absence.Id.ToString(CultureInfo.InvariantCulture));
        });

    /// <summary>The person is back, or does not go: the absence ends now, or never begins.</summary>
    public Task<Outcome<AbsenceSet>> EndAsync(Actor actor, long absenceId, string? key) =>
        db.WriteAsync<AbsenceSet>(Command.Of(actor.Id, "absence-end", key, new { absenceId }), unit =>
        {
            var absence = unit.Find<StoredAbsence>($"SELECT {StoredAbsence.Columns} FROM absence a WHERE a.id = @absenceId", new { absenceId });
            if (absence is null || Actor.Load(unit, absence.ProfessionalId) is not { } person || !Lead.MaySetAbsence(unit, actor, person))
            {
                return new Refusal("absence-unknown");
            }

            if (absence.UntilAt <= unit.Now || absence.UntilAt <= absence.FromAt)
            {
                return new Refusal("absence-over");
            }

            unit.ExecuteGuarded(
                "UPDATE absence SET until_at = @end, next_at = NULL, version = version + 1 WHERE id = @Id AND version = @Version",
                new { end = absence.FromAt > unit.Now ? absence.FromAt : unit.Now, absence.Id, absence.Version });
            return new AbsenceSet(absenceId.ToString(CultureInfo.InvariantCulture));
        });

    // An absence that was cancelled before it began is empty: it overlaps with nothing.
    private static bool IsAway(Unit unit, long professionalId, DateTime from, DateTime until) => unit.Scalar<long>(
        "SELECT COUNT(*) FROM absence WHERE professional_id = @professionalId AND until_at > @from AND from_at < @until AND until_at > from_at",
        new { professionalId, from, until }) > 0;

    private static bool OtherSupervisorIsHere(Unit unit, Actor person, DateTime from, DateTime until) => unit.Scalar<long>(
        """
        SELECT COUNT(*) FROM professional p
        WHERE p.organisation_code = @OrganisationCode AND p.active = 1 AND p.supervisor = 1 AND p.id <> @Id
          AND NOT EXISTS (SELECT 1 FROM absence a WHERE a.professional_id = p.id AND a.until_at > @from AND a.from_at < @until AND a.until_at > a.from_at)
        """,
        new { person.OrganisationCode, person.Id, from, until }) > 0;
}

/// <summary>An absence as stored.</summary>
public sealed class StoredAbsence
{
    public const string Columns = "a.id, a.professional_id, a.from_at, a.until_at, a.stand_in_id, a.started_at, a.version";

    public long Id { get; init; }

    public long ProfessionalId { get; init; }

    public DateTime FromAt { get; init; }

    public DateTime UntilAt { get; init; }

    public long? StandInId { get; init; }

    public DateTime? StartedAt { get; init; }

    public int Version { get; init; }
}
