using System.Globalization;
using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Joining;
using Loket.Web.Security;

namespace Loket.Web.Features.Questions;

public sealed record IntakeOwnerNamed(string? ProfessionalId);

/// <summary>Who owns, by office and from the start, the chain of what information points of the municipality ask (DOMAIN 1).</summary>
public sealed class IntakeOwner(Db db)
{
    /// <summary>Names somebody who works at the desk or supervises; null takes the name away.</summary>
    public Task<Outcome<IntakeOwnerNamed>> NameAsync(Actor actor, long? professionalId, string? key) =>
        db.WriteAsync<IntakeOwnerNamed>(Command.Of(actor.Id, "intake-owner", key, new { professionalId }), unit =>
        {
            actor.RequireHere(unit);
            if (actor.OrganisationKind != "municipality")
            {
                return new Refusal("information-point-municipality");
            }

            if (professionalId is { } id && !(Actor.Hold(unit, id) && Actor.Load(unit, id) is { } person && person.OrganisationCode == actor.OrganisationCode && MayOwn(person)))
            {
                return new Refusal("intake-owner-unfit");
            }

            unit.Execute("DELETE FROM intake_owner WHERE organisation_code = @OrganisationCode", new { actor.OrganisationCode });
            if (professionalId is { } named)
            {
                unit.Execute(
                    "INSERT INTO intake_owner (organisation_code, professional_id, named_by, named_at) VALUES (@OrganisationCode, @named, @Id, @Now)",
                    new { actor.OrganisationCode, named, actor.Id, unit.Now });
                SavePerson.Record(unit, actor, named, "intake-owner", null, null);
            }

            return new IntakeOwnerNamed(professionalId?.ToString(CultureInfo.InvariantCulture));
        });

    /// <summary>
    /// Who owns what is asked now: the one who was named, or who stands in for them; when nobody is, the duty supervisor.
    /// Null when nobody there supervises either.
    /// </summary>
    internal static Actor? Now(Unit unit, string organisation)
    {
        var named = unit.Find<long?>("SELECT professional_id FROM intake_owner WHERE organisation_code = @organisation", new { organisation });
        return Fit(named is { } id ? Reachable.Person(unit, id) : null) ?? Fit(Reachable.DutySupervisor(unit, organisation));

        // Whoever changes organisation or role meanwhile is not the one who was meant.
        Actor? Fit(long? person) => person is { } who && Actor.Hold(unit, who) && Actor.Load(unit, who) is { } found && found.OrganisationCode == organisation && MayOwn(found)
            ? found
            : null;
    }

    private static bool MayOwn(Actor person) => person.FrontOffice || person.Supervisor;
}
