using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Chain;

/// <summary>Who owns the chain, who is asked to, and who could be asked.</summary>
public static class OwnershipQuery
{
    private const string Select = $"""
        SELECT q.id, q.case_id, c.number AS case_number, {CaseNames.Title} AS case_title, c.topic_code AS topic, f.name AS from_name, o.display_name AS from_organisation, t.name AS to_name,
               q.asked_at, q.to_id, q.asked_by
        FROM ownership_request q JOIN case_file c ON c.id = q.case_id JOIN professional f ON f.id = q.asked_by
        JOIN organisation o ON o.code = f.organisation_code JOIN professional t ON t.id = q.to_id
        """;

    public static async Task<OwnershipAsk?> RunningAsync(Reader r, Say say, Actor actor, CaseAccess access, CaseScope scope) =>
        await r.FindAsync<Row>($"{Select} WHERE q.case_id = @CaseId AND q.state = 'asked'", new { access.CaseId, actor.OrganisationCode }) is { } row && (scope.IsWhole || row.ToId == actor.Id || row.AskedBy == actor.Id)
            ? await ShownAsync(r, row, say, actor, access.IsOwner || access.IsSupervisor) : null;

    public static async Task<IReadOnlyList<OwnershipAsk>> ToAsync(Reader r, Say say, Actor actor)
    {
        var asks = new List<OwnershipAsk>();
        foreach (var row in await r.QueryAsync<Row>(
            $"{Select} WHERE q.to_id = @Id AND q.state = 'asked' ORDER BY q.due_at, q.id {r.Dialect.First(50)}", new { actor.Id, actor.OrganisationCode }))
        {
            asks.Add(await ShownAsync(r, row, say, actor, decides: false));
        }

        return asks;
    }

    /// <summary>Who takes part in the case, and the owner's own team: people who know it.</summary>
    public static async Task<IReadOnlyList<Option>> CandidatesAsync(Reader r, long caseId, DateTime now) => (await r.QueryAsync<CandidateRow>(
        $"""
        SELECT w.id, w.name, o.display_name AS organisation,
               CASE WHEN cp.case_id IS NULL THEN 1 ELSE 0 END AS rank
        FROM case_file c JOIN professional w ON w.active = 1 AND {Actor.CaseWork} AND w.id <> c.owner_id
        JOIN organisation o ON o.code = w.organisation_code
        LEFT JOIN case_participant cp ON cp.case_id = c.id AND cp.professional_id = w.id AND cp.until IS NULL
        WHERE c.id = @caseId
          AND w.id IN (SELECT x.professional_id FROM case_participant x WHERE x.case_id = @caseId AND x.until IS NULL
                       UNION SELECT t.id FROM case_file k JOIN professional t ON t.team_code = k.owner_team WHERE k.id = @caseId AND t.active = 1)
          AND NOT EXISTS (SELECT 1 FROM absence a WHERE a.professional_id = w.id AND a.until_at > @now AND a.from_at <= @now)
        ORDER BY CASE WHEN cp.case_id IS NULL THEN 1 ELSE 0 END, w.name, w.id {r.Dialect.First(40)}
        """,
        new { caseId, now })).ConvertAll(c => new Option(c.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), c.Name, c.Organisation));

    private static async Task<OwnershipSight> SightAsync(Reader r, Say say, Actor actor, long caseId)
    {
        var facts = await VisibleFacts.LoadAsync(r, actor, caseId);
        return new OwnershipSight(
            (int)await r.ScalarAsync<long>("SELECT COUNT(*) FROM chain_step WHERE case_id = @caseId", new { caseId }),
            (int)await r.ScalarAsync<long>("SELECT COUNT(*) FROM handoff WHERE case_id = @caseId", new { caseId }),
            [.. facts.Select(f => say.Code("fact-kind", f.Kind)).Distinct()], await VisibleFacts.HiddenAsync(r, caseId, facts.Count));
    }

    private static async Task<OwnershipAsk> ShownAsync(Reader r, Row q, Say say, Actor actor, bool decides) => new()
    {
        Id = q.Id, CaseId = q.CaseId, CaseNumber = q.CaseNumber, CaseTitle = say.Title(q.CaseTitle, q.Topic), FromName = q.FromName, FromOrganisation = q.FromOrganisation, ToName = q.ToName,
        AskedAt = q.AskedAt, ToYou = q.ToId == actor.Id, MayWithdraw = decides || q.AskedBy == actor.Id,
        Sight = q.ToId == actor.Id ? await SightAsync(r, say, actor, q.CaseId) : null,
    };

    private sealed class CandidateRow
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string Organisation { get; init; } = "";
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public long CaseId { get; init; }

        public string CaseNumber { get; init; } = "";

        public string CaseTitle { get; init; } = "";

        public string Topic { get; init; } = "";

        public string FromName { get; init; } = "";

        public string FromOrganisation { get; init; } = "";

        public string ToName { get; init; } = "";

        public DateTime AskedAt { get; init; }

        public long ToId { get; init; }

        public long AskedBy { get; init; }
    }
}
