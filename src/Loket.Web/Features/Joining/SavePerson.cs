using System.Globalization;
using Loket.Domain;
using Loket.Domain.Joining;
using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Loket.Web.Features.SignIn;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Joining;

public sealed record PersonSaved(string ProfessionalId, int Version);

/// <summary>
/// Adds a colleague or changes name, sign-on, team, roles and skills. A role on which something still hangs stays until
/// that has another holder. Takes effect at once: rights are asked of the database at each request.
/// </summary>
public sealed class SavePerson(Db db, SignOnSetting signOn, LiveHints hints)
{
    public Task<Outcome<PersonSaved>> AddAsync(Actor actor, PersonForm form, string? key) =>
        db.WriteAsync<PersonSaved>(Command.Of(actor.Id, "person-add", key, form), unit => Add(unit, actor, form));

    public Task<Outcome<PersonSaved>> ChangeAsync(Actor actor, long id, PersonForm form, string? key) =>
        db.WriteAsync<PersonSaved>(Command.Of(actor.Id, "person-change", key, new { id, form }), unit =>
        {
            if (!Actor.Hold(unit, id) || StoredPerson.Load(unit, actor.OrganisationCode, id) is not { } stored)
            {
                return new Refusal("professional-unknown");
            }

            if (stored.Version != form.Version)
            {
                return new Refusal("stale");
            }

            if (Wrong(unit, actor.OrganisationCode, form, id).FirstOrDefault() is { } wrong)
            {
                return wrong.Refusal;
            }

            return PersonRoles.Check(stored.Roles, form.Roles, StandingOf(unit, actor.OrganisationCode, stored, form)) is { } no ? no : Apply(unit, actor, stored, form);
        });

    /// <summary>Adds somebody who was checked with <see cref="Wrong"/> or is checked here.</summary>
    internal Outcome<PersonSaved> Add(Unit unit, Actor actor, PersonForm form)
    {
        if (Wrong(unit, actor.OrganisationCode, form, null).FirstOrDefault() is { } wrong)
        {
            return wrong.Refusal;
        }

        var id = unit.NewId();
        unit.Execute(
            "INSERT INTO professional (id, organisation_code, team_code, name, active) VALUES (@id, @OrganisationCode, @Team, @name, 1)",
            new { id, actor.OrganisationCode, form.Team, name = form.Name.Trim() });
        return Apply(unit, actor, new StoredPerson(id, form.Name.Trim(), null, form.Team, 1, [], [], [], [], []), form);
    }

    /// <summary>What is wrong with it by itself and as the database is now.</summary>
    internal IEnumerable<FieldError> Wrong(Unit unit, string organisation, PersonForm form, long? id)
    {
        foreach (var error in form.Errors())
        {
            yield return error;
        }

        var teams = form.Leads.Append(form.Team).Distinct(StringComparer.Ordinal).ToList();
        var known = unit.Query<string>("SELECT code FROM team WHERE organisation_code = @organisation AND code IN @teams", new { organisation, teams });
        if (teams.Except(known, StringComparer.Ordinal).FirstOrDefault() is { } nowhere)
        {
            yield return new(nowhere == form.Team ? "team" : "leads", new Refusal("team-unknown", nowhere));
        }

        if (form.Roles.Contains(PersonRoles.InformationPoint)
            && unit.Scalar<long>("SELECT COUNT(*) FROM organisation WHERE code = @organisation AND kind = 'municipality'", new { organisation }) == 0)
        {
            yield return new("roles", new Refusal("information-point-municipality"));
        }

        var topics = form.Topics.Count == 0 ? [] : unit.Query<string>("SELECT code FROM topic WHERE code IN @Topics", new { form.Topics });
        if (form.Topics.Except(topics, StringComparer.Ordinal).FirstOrDefault() is { } topic)
        {
            yield return new("topics", new Refusal("line-member-topic", topic));
        }

        if (form.Subject is null && signOn.IsSet && id is null)
        {
            yield return new("subject", new Refusal("person-subject-missing"));
        }
        else if (form.Subject is { } subject && unit.Scalar<int>(
            """
            SELECT COUNT(*) FROM professional_identity i JOIN professional p ON p.id = i.professional_id
            WHERE i.issuer = @Issuer AND i.subject = @subject AND i.professional_id <> @id AND (p.active = 1 OR p.organisation_code <> @organisation)
            """,
            new { signOn.Issuer, subject = subject.Trim(), id = id ?? 0, organisation }) > 0)
        {
            yield return new("subject", new Refusal("person-subject-taken"));
        }
    }

    private static Standing StandingOf(Unit unit, string organisation, StoredPerson stored, PersonForm form)
    {
        var leads = form.Roles.Contains(PersonRoles.Supervisor) ? form.Leads : [];
        var leaves = stored.Leads.Except(leads, StringComparer.Ordinal).ToList();
        bool Any(string sql) => unit.Scalar<long>(sql, new { stored.Id, organisation }) > 0;
        return new Standing(
            IsLastAdministrator: IsLastAdministrator(unit, organisation, stored.Id),
            IsOnDuty: Any("SELECT COUNT(*) FROM professional WHERE id = @Id AND duty_supervisor = 1")
                || Any("SELECT COUNT(*) FROM organisation_duty WHERE professional_id = @Id"),
            IsOnLines: stored.Lines.Count > 0,
            HasOpenWork: Any("SELECT COUNT(*) FROM deadline WHERE professional_id = @Id AND state IN ('running', 'suspended')")
                || Any("SELECT COUNT(*) FROM case_file WHERE owner_id = @Id AND state = 'open'")
                || Any("SELECT COUNT(*) FROM handoff WHERE specialist_id = @Id AND state IN ('accepted', 'connected', 'wrapping')"),
            OnlyLeads: leaves.Count == 0 ? [] : unit.Query<string>(
                """
                SELECT t.name FROM team t WHERE t.code IN @leaves AND NOT EXISTS (
                    SELECT 1 FROM team_supervisor o JOIN professional p ON p.id = o.professional_id AND p.active = 1 WHERE o.team_code = t.code AND o.professional_id <> @Id)
                ORDER BY t.code
                """,
                new { leaves, stored.Id }));
    }

    /// <summary>Whether nobody else administers the people of the organisation.</summary>
    internal static bool IsLastAdministrator(Unit unit, string organisation, long id) => unit.Scalar<long>(
        "SELECT COUNT(*) FROM professional WHERE organisation_code = @organisation AND active = 1 AND organisation_administrator = 1 AND id <> @id",
        new { organisation, id }) == 0;

    private PersonSaved Apply(Unit unit, Actor actor, StoredPerson stored, PersonForm form)
    {
        var leads = form.Roles.Contains(PersonRoles.Supervisor) ? form.Leads.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList() : [];
        bool Has(string role) => form.Roles.Contains(role);
        unit.ExecuteGuarded(
            """
            UPDATE professional SET name = @name, team_code = @Team, front_office = @frontOffice, specialist = @specialist, supervisor = @supervisor, line_manager = @lineManager,
                   organisation_administrator = @administrator, privacy_officer = @privacy, information_point = @point, version = version + 1
            WHERE id = @Id AND version = @Version
            """,
            new
            {
                stored.Id, stored.Version, name = form.Name.Trim(), form.Team, frontOffice = Has(Policies.FrontOffice), specialist = Has(Policies.Specialist),
                supervisor = Has(Policies.Supervisor), lineManager = Has(Policies.LineManager), administrator = Has(Policies.OrganisationAdministrator),
                privacy = Has(Policies.PrivacyOfficer), point = Has(Policies.InformationPoint),
            });
        WriteLeads(unit, stored, leads);
        unit.Execute("DELETE FROM professional_skill WHERE professional_id = @Id", new { stored.Id });
        foreach (var (kind, code) in form.Languages.Distinct().Select(l => ("language", l)).Concat(form.Topics.Distinct().Select(t => ("topic", t))))
        {
            unit.Execute("INSERT INTO professional_skill (professional_id, kind, code) VALUES (@Id, @kind, @code)", new { stored.Id, kind, code });
        }

        var subject = form.Subject?.Trim();
        if (subject is not null && subject != stored.Subject)
        {
            // Somebody who left and comes back is a new colleague under the name they had.
            unit.Execute("DELETE FROM professional_identity WHERE professional_id = @Id OR (issuer = @Issuer AND subject = @subject)", new { stored.Id, signOn.Issuer, subject });
            unit.Execute(
                "INSERT INTO professional_identity (issuer, subject, professional_id, since) VALUES (@Issuer, @subject, @Id, @Now)",
                new { signOn.Issuer, subject, stored.Id, unit.Now });
        }

        Record(unit, actor, stored, form with { Subject = subject, Leads = leads });
        unit.AfterCommit(() => hints.PresenceChanged(stored.Id));
        return new PersonSaved(stored.Id.ToString(CultureInfo.InvariantCulture), stored.Version + 1);
    }

    // The first supervisor of an organisation is on duty: somebody has to answer for it (DESIGN 4.2).
    private static void WriteLeads(Unit unit, StoredPerson stored, IReadOnlyList<string> leads)
    {
        unit.Execute("DELETE FROM team_supervisor WHERE professional_id = @Id", new { stored.Id });
        foreach (var team in leads)
        {
            unit.Execute("INSERT INTO team_supervisor (team_code, professional_id) VALUES (@team, @Id)", new { team, stored.Id });
        }

        unit.Execute(
            """
            UPDATE professional SET duty_supervisor = 1 WHERE id = @Id AND supervisor = 1 AND NOT EXISTS (
                SELECT 1 FROM professional d WHERE d.organisation_code = professional.organisation_code AND d.active = 1 AND d.duty_supervisor = 1)
            """,
            new { stored.Id });
    }

    private static void Record(Unit unit, Actor actor, StoredPerson stored, PersonForm form)
    {
        static string? Joined(IEnumerable<string> codes) => string.Join(", ", codes.Order(StringComparer.Ordinal)) is { Length: > 0 } text ? text : null;
        foreach (var (field, was, became) in new (string, string?, string?)[]
        {
            ("name", stored.Name, form.Name.Trim()), ("subject", stored.Subject, form.Subject ?? stored.Subject), ("team", stored.Team, form.Team),
            ("roles", Joined(stored.Roles), Joined(form.Roles)), ("leads", Joined(stored.Leads), Joined(form.Leads)),
            ("languages", Joined(stored.Languages), Joined(form.Languages)), ("topics", Joined(stored.Topics), Joined(form.Topics)),
        })
        {
            if (was != became)
            {
                Record(unit, actor, stored.Id, field, was, became);
            }
        }
    }

    /// <summary>Who changed what of whom, for the page of the person.</summary>
    internal static void Record(Unit unit, Actor actor, long id, string field, string? was, string? became) => unit.Execute(
        "INSERT INTO professional_change (id, professional_id, at, by_id, field, was, became) VALUES (@change, @id, @Now, @by, @field, @was, @became)",
        new { change = unit.NewId(), id, unit.Now, by = actor.Id, field, was = Cut(was), became = Cut(became) });

    private static string? Cut(string? text) => text is { Length: > 400 } ? text[..400] : text;
}
