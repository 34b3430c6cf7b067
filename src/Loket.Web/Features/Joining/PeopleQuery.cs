using System.Globalization;
using Loket.Web.Data;
using Loket.Web.Features.Lines;
using Loket.Web.Features.Shared;
using Loket.Web.Features.SignIn;
using Loket.Web.Security;

namespace Loket.Web.Features.Joining;

/// <summary>The people of the administrator's own organisation: all of them, one of them, and the rules for their roles.</summary>
public sealed class PeopleQuery(Db db, Say say, SignOnSetting signOn, ManagedLinesQuery lines)
{
    private const int Most = 1000;

    public Task<PeopleView> ListAsync(Actor actor, FormState? form = null, PeopleImportView? import = null, int? imported = null) => db.ReadAsync(async r =>
    {
        var people = await r.QueryAsync<Row>(
            $"""
            SELECT p.id, p.name, t.name AS team, p.front_office, p.specialist, p.supervisor, p.line_manager, p.organisation_administrator, p.privacy_officer, p.information_point,
                   (SELECT COUNT(*) FROM line_member m WHERE m.professional_id = p.id) AS lines,
                   (SELECT COUNT(*) FROM signed_in s WHERE s.professional_id = p.id) AS sign_ins
            FROM professional p JOIN team t ON t.code = p.team_code
            WHERE p.organisation_code = @OrganisationCode AND p.active = 1 ORDER BY t.name, p.name, p.id {r.Dialect.First(Most + 1)}
            """,
            new { actor.OrganisationCode });
        return new PeopleView
        {
            OrganisationName = actor.OrganisationName,
            People = [.. people.Take(Most).Select(p => new PersonRow(p.Id, p.Name, p.Team, p.Roles, p.Lines, p.SignIns > 0))],
            More = people.Count > Most,
            Teams = await TeamsAsync(r, actor),
            Intake = actor.OrganisationKind == "municipality" ? await IntakeAsync(r, actor) : null,
            Progress = (await r.FindAsync<JoiningProgress>(
                """
                SELECT (SELECT COUNT(*) FROM professional WHERE organisation_code = @OrganisationCode AND active = 1) AS people,
                       (SELECT COUNT(*) FROM professional WHERE organisation_code = @OrganisationCode AND active = 1 AND supervisor = 1) AS supervisors,
                       (SELECT COUNT(*) FROM organisation_duty WHERE organisation_code = @OrganisationCode) AS duty_days,
                       (SELECT COUNT(*) FROM line WHERE organisation_code = @OrganisationCode AND successor_code IS NULL) AS lines,
                       (SELECT COUNT(*) FROM line l WHERE l.organisation_code = @OrganisationCode AND EXISTS (
                           SELECT 1 FROM line_member m JOIN professional p ON p.id = m.professional_id AND p.active = 1 WHERE m.line_code = l.code)) AS lines_with_people,
                       (SELECT COUNT(*) FROM line WHERE organisation_code = @OrganisationCode AND is_live = 1) AS lines_live
                FROM organisation WHERE code = @OrganisationCode
                """,
                new { actor.OrganisationCode }))!,
            Imports = await r.QueryAsync<ImportRow>(
                $"""
                SELECT i.id, i.at, w.name AS by_name, i.people, i.undone_at FROM people_import i JOIN professional w ON w.id = i.by_id
                WHERE i.organisation_code = @OrganisationCode ORDER BY i.id DESC {r.Dialect.First(5)}
                """,
                new { actor.OrganisationCode }),
            Import = import,
            NeedsSubject = signOn.IsSet,
            Imported = imported,
            Form = form ?? FormState.Empty,
        };
    });

    /// <summary>One colleague, or null when the organisation has no such active person.</summary>
    public async Task<PersonView?> PersonAsync(Actor actor, long id, FormState? form = null, bool saved = false) => await db.ReadAsync(async r =>
        await StoredPerson.LoadAsync(r, actor.OrganisationCode, id) is not { } person ? null : new PersonView
        {
            Id = id, Name = person.Name, Subject = person.Subject, Team = person.Team, Version = person.Version, Roles = person.Roles, Leads = person.Leads,
            LanguagesText = string.Join(", ", person.Languages.Select(l => say.Code("language", l))),
            TopicsText = string.Join(", ", person.Topics.Select(say.Topic)),
            Lines = [.. (await LineNames.OfAsync(r, say, person.Lines)).Values],
            Teams = await TeamsAsync(r, actor),
            HasRules = await r.ScalarAsync<long>("SELECT COUNT(*) FROM role_rule WHERE organisation_code = @OrganisationCode", new { actor.OrganisationCode }) > 0,
            IsYou = id == actor.Id,
            Saved = saved,
            Changes = (await r.QueryAsync<ChangeRow>(
                $"""
                SELECT c.at, w.name AS by_name, c.field, c.was, c.became FROM professional_change c JOIN professional w ON w.id = c.by_id
                WHERE c.professional_id = @id ORDER BY c.id DESC {r.Dialect.First(50)}
                """,
                new { id })).ConvertAll(c => new LineChangeRow(c.At, c.ByName, c.Field, null, c.Was, c.Became)),
            Form = form ?? FormState.Empty,
        });

    public Task<RulesView> RulesAsync(Actor actor, FormState? form = null, RulePreview? preview = null) => db.ReadAsync(async r => new RulesView
    {
        OrganisationName = actor.OrganisationName,
        Rules = await r.QueryAsync<RuleRow>(
            """
            SELECT u.id, u.claim, u.value, u.role, t.name AS team_name FROM role_rule u LEFT JOIN team t ON t.code = u.team_code
            WHERE u.organisation_code = @OrganisationCode ORDER BY u.id
            """,
            new { actor.OrganisationCode }),
        Teams = await TeamsAsync(r, actor),
        Preview = preview,
        Form = form ?? FormState.Empty,
    });

    /// <summary>The words that a form understands for languages and topics.</summary>
    public Task<LineWords> WordsAsync() => lines.WordsAsync();

    private static async Task<IntakeView> IntakeAsync(Reader r, Actor actor)
    {
        var choices = (await r.QueryAsync<Choice>(
            $"""
            SELECT p.id, p.name FROM professional p
            WHERE p.organisation_code = @OrganisationCode AND p.active = 1 AND p.front_office + p.supervisor > 0 ORDER BY p.name, p.id {r.Dialect.First(Most)}
            """,
            new { actor.OrganisationCode })).ConvertAll(p => new Option(p.Id.ToString(CultureInfo.InvariantCulture), p.Name));
        var named = await r.FindAsync<long?>("SELECT professional_id FROM intake_owner WHERE organisation_code = @OrganisationCode", new { actor.OrganisationCode });
        return new IntakeView(choices.Find(c => c.Value == named?.ToString(CultureInfo.InvariantCulture))?.Value, choices);
    }

    private static async Task<IReadOnlyList<Option>> TeamsAsync(Reader r, Actor actor) => (await r.QueryAsync<Named>(
        "SELECT code, name FROM team WHERE organisation_code = @OrganisationCode ORDER BY name, code", new { actor.OrganisationCode })).ConvertAll(t => new Option(t.Code, t.Name));

    private sealed class Row : RoleColumns
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string Team { get; init; } = "";

        public int Lines { get; init; }

        public int SignIns { get; init; }
    }

    private sealed class Choice
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";
    }

    private sealed class ChangeRow
    {
        public DateTime At { get; init; }

        public string ByName { get; init; } = "";

        public string Field { get; init; } = "";

        public string? Was { get; init; }

        public string? Became { get; init; }
    }
}
