using System.Globalization;
using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.People;

/// <summary>Who is away or will be: the viewer, or somebody they lead. Null for anybody else.</summary>
public sealed class AbsenceQuery(Db db)
{
    private const string Columns = $"""
        p.id AS person_id, p.name AS person_name, a.id AS absence_id, a.from_at, a.until_at, s.name AS stand_in_name,
        (SELECT COUNT(*) FROM deadline d WHERE d.professional_id = p.id AND {HandOver.Held}) AS running
        """;

    public Task<AbsenceView?> LoadAsync(Actor actor, long? person, FormState form) => db.ReadAsync(async r =>
    {
        var id = person ?? actor.Id;
        var leads = id != actor.Id && await Lead.LeadsAsync(r, actor, id);
        if (id != actor.Id && !leads)
        {
            return null;
        }

        var now = db.Now();
        var own = await r.QueryAsync<AbsenceRow>(
            $"""
            SELECT {Columns} FROM absence a JOIN professional p ON p.id = a.professional_id LEFT JOIN professional s ON s.id = a.stand_in_id
            WHERE a.professional_id = @id AND a.until_at > @now AND a.until_at > a.from_at ORDER BY a.from_at, a.id
            """,
            new { id, now });
        return new AbsenceView
        {
            PersonId = id,
            PersonName = id == actor.Id ? actor.Name : await r.ScalarAsync<string>("SELECT name FROM professional WHERE id = @id", new { id }),
            IsYou = id == actor.Id,
            MaySpread = leads,
            Running = (int)await r.ScalarAsync<long>($"SELECT COUNT(*) FROM deadline d WHERE d.professional_id = @id AND {HandOver.Held}", new { id }),
            Own = own,
            People = actor.Supervisor ? await LedAsync(r, actor, now) : [],
            StandIns = await StandInsAsync(r, actor, id, now),
            Form = form,
        };
    });

    private static async Task<IReadOnlyList<AbsenceRow>> LedAsync(Reader r, Actor actor, DateTime now) => (await r.QueryAsync<AbsenceRow>(
        $"""
        SELECT {Columns} FROM professional p
        LEFT JOIN absence a ON a.professional_id = p.id AND a.until_at > @now AND a.until_at > a.from_at
        LEFT JOIN professional s ON s.id = a.stand_in_id
        WHERE p.organisation_code = @OrganisationCode AND p.active = 1 AND p.id <> @Id AND (
          p.team_code IN (SELECT t.team_code FROM team_supervisor t WHERE t.professional_id = @Id)
          OR EXISTS (SELECT 1 FROM professional me WHERE me.id = @Id AND me.duty_supervisor = 1))
        ORDER BY CASE WHEN a.from_at <= @now THEN 0 WHEN a.id IS NOT NULL THEN 1 ELSE 2 END, p.name, p.id, a.from_at {r.Dialect.First(200)}
        """,
        new { actor.OrganisationCode, actor.Id, now })).DistinctBy(row => row.PersonId).ToList();

    private static async Task<IReadOnlyList<Option>> StandInsAsync(Reader r, Actor actor, long id, DateTime now) => (await r.QueryAsync<StandIn>(
        $"""
        SELECT w.id, w.name, t.name AS team FROM professional w JOIN team t ON t.code = w.team_code
        WHERE w.organisation_code = @OrganisationCode AND w.active = 1 AND {Actor.CaseWork} AND w.id <> @id
          AND NOT EXISTS (SELECT 1 FROM absence a WHERE a.professional_id = w.id AND a.until_at > @now AND a.from_at <= @now)
        ORDER BY w.name, w.id {r.Dialect.First(200)}
        """,
        new { actor.OrganisationCode, id, now })).ConvertAll(w => new Option(w.Id.ToString(CultureInfo.InvariantCulture), w.Name, w.Team));

    private sealed class StandIn
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string Team { get; init; } = "";
    }
}
