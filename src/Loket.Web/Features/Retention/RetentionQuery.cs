using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Retention;

/// <summary>What the own organisation is to destroy, holds, and has destroyed.</summary>
public sealed class RetentionQuery(Db db, RetentionBook book)
{
    public const int Longest = 50;

    private const string Select = """
        SELECT d.id, c.number AS case_number, c.topic_code AS topic, d.rule_id, c.closed_at, d.due_on, d.state, f.name AS first_by, s.name AS second_by, d.destroyed_at,
               CASE WHEN EXISTS (SELECT 1 FROM legal_hold h WHERE h.case_id = d.case_id AND h.lifted_at IS NULL) THEN 1 ELSE 0 END AS is_held,
               CASE WHEN d.state = 'proposed' AND COALESCE(d.first_by, 0) <> @Id
                     AND NOT EXISTS (SELECT 1 FROM legal_hold h WHERE h.case_id = d.case_id AND h.lifted_at IS NULL) THEN 1 ELSE 0 END AS may_approve,
               (SELECT COALESCE(SUM(n.n), 0) FROM destruction_count n WHERE n.destruction_id = d.id) AS pieces
        FROM destruction d JOIN case_file c ON c.id = d.case_id
        LEFT JOIN professional f ON f.id = d.first_by LEFT JOIN professional s ON s.id = d.second_by
        """;

    public Task<RetentionView> LoadAsync(Actor actor, FormState form) => db.ReadAsync(async r => new RetentionView
    {
        Proposed = await r.QueryAsync<DestructionRow>(
            $"{Select} WHERE (d.organisation_code = @OrganisationCode OR d.organisation_code IN {Actor.PastCodes}) AND d.state IN ('proposed', 'approved', 'destroying') ORDER BY d.due_on, d.id {r.Dialect.First(Longest)}",
            new { actor.OrganisationCode, actor.Id }),
        Holds = await r.QueryAsync<HoldRow>(
            $"""
            SELECT h.id, c.number AS case_number, h.reason, w.name AS placed_by, h.placed_at
            FROM legal_hold h JOIN case_file c ON c.id = h.case_id JOIN professional w ON w.id = h.placed_by
            WHERE (h.organisation_code = @OrganisationCode OR h.organisation_code IN {Actor.PastCodes}) AND h.lifted_at IS NULL ORDER BY h.placed_at, h.id {r.Dialect.First(Longest)}
            """,
            new { actor.OrganisationCode }),
        Destroyed = await r.QueryAsync<DestructionRow>(
            $"{Select} WHERE (d.organisation_code = @OrganisationCode OR d.organisation_code IN {Actor.PastCodes}) AND d.state = 'destroyed' ORDER BY d.due_on DESC, d.id DESC {r.Dialect.First(Longest)}",
            new { actor.OrganisationCode, actor.Id }),
        Rules = book.Rules,
        Form = form,
    });
}
