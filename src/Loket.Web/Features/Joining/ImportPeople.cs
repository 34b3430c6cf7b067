using System.Globalization;
using Loket.Domain;
using Loket.Domain.Joining;
using Loket.Web.Data;
using Loket.Web.Features.Lines;
using Loket.Web.Features.SignIn;
using Loket.Web.Security;

namespace Loket.Web.Features.Joining;

public sealed record PeopleImported(string ImportId, int People);

/// <summary>
/// Adds people to the own organisation from a file, on their team and their lines: first what it would do, then all of it
/// in one unit, or with a single error nothing. Who is there already stays as they are.
/// </summary>
public sealed class ImportPeople(Db db, SavePerson save, SignOnSetting signOn)
{
    /// <summary>What the file would do; nothing is stored.</summary>
    public async Task<PeopleImportView> PreviewAsync(Actor actor, string text)
    {
        PeopleImportView? view = null;
        // Refused on purpose: the same checks as the import itself, in a unit that is taken back.
        await db.WriteAsync<bool>(unit =>
        {
            var plan = Make(unit, actor, text);
            view = new PeopleImportView
            {
                Text = text, Errors = plan.Errors, NewTeams = plan.NewTeams, AlreadyThere = plan.AlreadyThere,
                People = plan.People.ConvertAll(p => new ImportedPerson(p.Name, p.Team, p.Roles, p.Lines)),
            };
            return new Refusal("import-preview");
        });
        return view!;
    }

    public Task<Outcome<PeopleImported>> RunAsync(Actor actor, string text, string? key) =>
        db.WriteAsync<PeopleImported>(Command.Of(actor.Id, "people-import", key, new { text }), unit =>
        {
            actor.RequireHere(unit);
            var plan = Make(unit, actor, text);
            if (plan.Errors.Count > 0)
            {
                return new Refusal("import-errors", plan.Errors.Count.ToString(CultureInfo.InvariantCulture));
            }

            if (plan.Ids.Count == 0)
            {
                return new Refusal("people-nobody-new");
            }

            var import = unit.NewId();
            unit.Execute(
                "INSERT INTO people_import (id, organisation_code, by_id, at, people) VALUES (@import, @OrganisationCode, @Id, @Now, @count)",
                new { import, actor.OrganisationCode, actor.Id, unit.Now, count = plan.Ids.Count });
            unit.ExecuteEach("INSERT INTO people_import_person (import_id, professional_id) VALUES (@import, @id)", plan.Ids, ("@import", _ => import), ("@id", id => id));
            return new PeopleImported(import.ToString(CultureInfo.InvariantCulture), plan.Ids.Count);
        });

    // Does what the file asks, row by row, and notes what is wrong; the caller takes everything back unless nothing is.
    private Plan Make(Unit unit, Actor actor, string text)
    {
        var (rows, errors) = PeopleFile.Read(text);
        errors.AddRange(rows.Where(p => p.Subject.Length == 0).Select(p => new ImportError(p.Row, "subject", new Refusal("person-subject-missing"))));
        errors.AddRange(rows.Where(p => p.Team.Length == 0).Select(p => new ImportError(p.Row, "team", new Refusal("team-name"))));
        errors.AddRange(rows.Where(p => p.Subject.Length > 0).GroupBy(p => p.Subject, StringComparer.Ordinal).SelectMany(g => g.Skip(1))
            .Select(p => new ImportError(p.Row, "subject", new Refusal("import-person-twice", p.Subject))));
        var there = There(unit, actor, rows);
        var people = rows.FindAll(p => !there.Contains(p.Subject));
        var wrongRows = errors.Select(e => e.Row).ToHashSet();
        var lines = unit.Query<string>("SELECT code FROM line WHERE organisation_code = @OrganisationCode AND successor_code IS NULL", new { actor.OrganisationCode }).ToHashSet(StringComparer.Ordinal);
        var teams = unit.Query<Named>("SELECT code, name FROM team WHERE organisation_code = @OrganisationCode ORDER BY code DESC", new { actor.OrganisationCode })
            .GroupBy(t => t.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.Last().Code, StringComparer.OrdinalIgnoreCase);
        var (ids, newTeams) = (new List<long>(), new List<string>());
        foreach (var person in people.Where(p => !wrongRows.Contains(p.Row)))
        {
            if (!teams.TryGetValue(person.Team, out var team))
            {
                if (Teams.Check(person.Team) is { } unfit)
                {
                    errors.Add(new ImportError(person.Row, "team", unfit));
                    continue;
                }

                teams[person.Team] = team = Teams.Add(unit, actor.OrganisationCode, person.Team);
                newTeams.Add(person.Team);
            }

            var wrong = new List<ImportError>(person.Lines.Where(l => !lines.Contains(l)).Select(l => new ImportError(person.Row, "lines", new Refusal("import-line", l))));
            if (person.Lines.Count > 0 && !person.Roles.Contains(PersonRoles.Specialist) && person.Roles.All(PersonRoles.All.Contains))
            {
                wrong.Add(new ImportError(person.Row, "roles", new Refusal("import-line-specialist")));
            }

            var form = new PersonForm(
                1, person.Name, person.Subject, team, person.Roles, person.Roles.Contains(PersonRoles.Supervisor) ? [team] : [], person.Languages, person.Topics);
            wrong.AddRange(save.Wrong(unit, actor.OrganisationCode, form, null).Select(e => new ImportError(person.Row, e.Field, e.Refusal)));
            if (wrong.Count > 0)
            {
                errors.AddRange(wrong);
                continue;
            }

            var id = long.Parse(save.Add(unit, actor, form).Value.ProfessionalId, CultureInfo.InvariantCulture);
            foreach (var line in person.Lines)
            {
                unit.Execute("INSERT INTO line_member (line_code, professional_id) VALUES (@line, @id)", new { line, id });
            }

            ids.Add(id);
        }

        return new Plan([.. errors.OrderBy(e => e.Row)], people, ids, newTeams, rows.Count - people.Count);
    }

    private HashSet<string> There(Unit unit, Actor actor, List<FilePerson> rows) => [.. rows.Select(p => p.Subject).Distinct().Chunk(1000).SelectMany(subjects => unit.Query<string>(
        """
        SELECT i.subject FROM professional_identity i JOIN professional p ON p.id = i.professional_id
        WHERE i.issuer = @Issuer AND i.subject IN @subjects AND p.organisation_code = @OrganisationCode AND p.active = 1
        """,
        new { signOn.Issuer, subjects, actor.OrganisationCode }))];

    private sealed record Plan(List<ImportError> Errors, List<FilePerson> People, List<long> Ids, List<string> NewTeams, int AlreadyThere);
}
