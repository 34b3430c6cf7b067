using Loket.Domain.Chain;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.People;

/// <summary>The preview of a spread: what the colleague has open, and who would get it. Null when the viewer does not lead them.</summary>
public sealed class SpreadQuery(Db db, Say say)
{
    public Task<SpreadView?> LoadAsync(Actor actor, long personId, IReadOnlyCollection<long>? chosen, FormState form) => db.ReadAsync(async r =>
    {
        var person = actor.Id != personId && await Lead.LeadsAsync(r, actor, personId)
            ? await r.FindAsync<Person>("SELECT id, name, team_code FROM professional WHERE id = @personId", new { personId })
            : null;
        if (person is null)
        {
            return null;
        }

        var now = db.Now();
        var colleagues = await ColleaguesAsync(r, actor, person, now);
        var taking = chosen is { Count: > 0 } ? colleagues.Where(c => chosen.Contains(c.Id)).ToList() : colleagues.Where(c => c.TeamCode == person.TeamCode && c.Supervisor == 0).ToList();
        var items = await ItemsAsync(r, actor, personId);
        var proposal = EvenSpread.Propose(items.Count, taking.OrderBy(c => c.Running).ThenBy(c => c.Id).Select(c => (c.Id, c.Running)).ToList());
        return new SpreadView
        {
            PersonId = personId,
            PersonName = person.Name,
            AwayUntil = await r.FindAsync<DateTime?>(
                "SELECT until_at FROM absence WHERE professional_id = @personId AND until_at > @now AND from_at <= @now", new { personId, now }),
            Colleagues = colleagues.ConvertAll(c => new SpreadColleague { Id = c.Id, Name = c.Name, Running = c.Running, Takes = taking.Contains(c) }),
            Items = [.. items.Select((item, n) => new SpreadItem
            {
                Kind = item.Kind, Id = item.Id, CaseId = item.CaseId, CaseNumber = item.MaySee == 1 ? item.Number : null,
                Title = item.MaySee == 1 ? say.Title(item.Title, item.Topic) : null, DueAt = item.DueAt,
                To = n < proposal.Count ? proposal[n] : null,
            })],
            More = items.Count == Spread.MostRows,
            Form = form,
        };
    });

    private static Task<List<Colleague>> ColleaguesAsync(Reader r, Actor actor, Person person, DateTime now) => r.QueryAsync<Colleague>(
        $"""
        SELECT w.id, w.name, w.team_code, w.supervisor,
               (SELECT COUNT(*) FROM deadline d WHERE d.professional_id = w.id AND d.state = 'running') AS running
        FROM professional w
        WHERE w.organisation_code = @OrganisationCode AND w.active = 1 AND {Actor.CaseWork} AND w.id <> @Id
          AND NOT EXISTS (SELECT 1 FROM absence a WHERE a.professional_id = w.id AND a.until_at > @now AND a.from_at <= @now)
        ORDER BY CASE WHEN w.team_code = @TeamCode THEN 0 ELSE 1 END, w.name, w.id {r.Dialect.First(60)}
        """,
        new { actor.OrganisationCode, person.Id, person.TeamCode, now });

    // Dates first, soonest first; then the chains. A case is named only to who may see it: a consult gives nobody the case.
    private static async Task<List<ItemRow>> ItemsAsync(Reader r, Actor actor, long personId)
    {
        var dates = await r.QueryAsync<ItemRow>(
            $"""
            SELECT d.subject_kind AS kind, d.id, d.case_id, d.due_at, c.number, {CaseNames.Title} AS title, c.topic_code AS topic,
                   CASE WHEN s.team_code IS NOT NULL OR EXISTS (SELECT 1 FROM case_participant cp JOIN professional w ON w.id = cp.professional_id
                     JOIN team_supervisor t ON t.team_code = w.team_code WHERE cp.case_id = d.case_id AND cp.until IS NULL AND t.professional_id = @Id) THEN 1 ELSE 0 END AS may_see
            FROM deadline d JOIN case_file c ON c.id = d.case_id LEFT JOIN team_supervisor s ON s.team_code = c.owner_team AND s.professional_id = @Id
            WHERE d.professional_id = @personId AND {HandOver.Held} ORDER BY d.due_at, d.id {r.Dialect.First(Spread.MostRows)}
            """,
            new { actor.Id, actor.OrganisationCode, personId });
        var chains = await r.QueryAsync<ItemRow>(
            $"""
            SELECT 'chain' AS kind, c.id, c.id AS case_id, c.next_due AS due_at, c.number, {CaseNames.Title} AS title, c.topic_code AS topic, 1 AS may_see
            FROM case_file c JOIN team_supervisor s ON s.team_code = c.owner_team AND s.professional_id = @Id
            WHERE c.owner_id = @personId AND c.state = 'open' AND NOT EXISTS (SELECT 1 FROM ownership_request q WHERE q.case_id = c.id AND q.state = 'asked')
            ORDER BY c.next_due, c.id {r.Dialect.First(Spread.MostRows)}
            """,
            new { actor.Id, actor.OrganisationCode, personId });
        return [.. dates.Concat(chains).Take(Spread.MostRows)];
    }

    private sealed class Person
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string TeamCode { get; init; } = "";
    }

    private sealed class Colleague
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string TeamCode { get; init; } = "";

        public int Supervisor { get; init; }

        public int Running { get; init; }
    }

    private sealed class ItemRow
    {
        public string Kind { get; init; } = "";

        public long Id { get; init; }

        public long CaseId { get; init; }

        public DateTime? DueAt { get; init; }

        public string Number { get; init; } = "";

        public string Title { get; init; } = "";

        public string Topic { get; init; } = "";

        public int MaySee { get; init; }
    }
}
