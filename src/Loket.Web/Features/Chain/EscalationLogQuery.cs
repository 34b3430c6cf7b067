using System.Globalization;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Chain;

/// <summary>
/// The escalation log: to whom, about what, when, taken up by whom, climbed. Of one case for who may see it; for a
/// supervisor of everybody in their teams, and their own, newest first.
/// </summary>
public sealed class EscalationLogQuery(Db db, TellRungs tell, Say say)
{
    private const int Page = 50;

    /// <summary>How far back one page looks: what a page costs does not grow with the years.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromDays(31);

    private const string Columns = $"""
        SELECT e.id, e.case_id, c.number, {CaseNames.Title} AS title, c.topic_code AS topic, d.subject_kind AS kind, e.step, e.raised_at, w.name AS to_name, b.name AS about_name, e.to_id, d.professional_id AS about_id,
               k.name AS acknowledged_by, e.acknowledged_at, e.level, e.climb, e.climbs_at, f.name AS climbed_from, CASE WHEN d.state = 'running' THEN 1 ELSE 0 END AS running,
               CASE WHEN EXISTS (SELECT 1 FROM team_supervisor s WHERE s.team_code = c.owner_team AND s.professional_id = @Id)
                 OR EXISTS (SELECT 1 FROM case_participant cp JOIN professional x ON x.id = cp.professional_id JOIN team_supervisor s ON s.team_code = x.team_code
                            WHERE cp.case_id = c.id AND cp.until IS NULL AND s.professional_id = @Id) THEN 1 ELSE 0 END AS may_see
        FROM escalation e JOIN deadline d ON d.id = e.deadline_id JOIN case_file c ON c.id = e.case_id
        JOIN professional w ON w.id = e.to_id JOIN professional b ON b.id = d.professional_id
        LEFT JOIN professional k ON k.id = e.acknowledged_by LEFT JOIN escalation g ON g.id = e.climbed_from LEFT JOIN professional f ON f.id = g.to_id
        """;

    /// <summary>Everything that was raised in one case; null when the viewer may not see the case.</summary>
    public async Task<EscalationLog?> OfCaseAsync(Actor actor, long caseId)
    {
        await tell.BringInAsync();
        return await db.ReadAsync(r => OfCaseAsync(r, actor, caseId));
    }

    public async Task<EscalationLog> OfTeamsAsync(Actor actor, string? before)
    {
        await tell.BringInAsync();
        return await db.ReadAsync(r => OfTeamsAsync(r, actor, before));
    }

    private async Task<EscalationLog?> OfCaseAsync(Reader r, Actor actor, long caseId)
    {
        if (await CaseAccess.FindAsync(r, actor, caseId) is not { } access)
        {
            return null;
        }

        var rows = await r.QueryAsync<Row>($"{Columns} WHERE e.case_id = @caseId ORDER BY e.id DESC {r.Dialect.First(200)}", new { caseId, actor.Id, actor.OrganisationCode });
        var scope = await CaseScope.LoadAsync(r, actor, access);
        return new EscalationLog
        {
            CaseId = caseId,
            CaseNumber = await r.ScalarAsync<string>("SELECT number FROM case_file WHERE id = @caseId", new { caseId }),
            Rows = [.. rows.Where(row => scope.HasPerson(row.ToId) || scope.HasPerson(row.AboutId)).Select(row => Shown(row, maySee: true))],
        };
    }

    private async Task<EscalationLog> OfTeamsAsync(Reader r, Actor actor, string? before)
    {
        var (at, beforeId) = Cursor(before) ?? (r.Now.AddMilliseconds(1), long.MaxValue);
        var since = at - Window;
        var rows = await r.QueryAsync<Row>(
            $"""
            {Columns}
            WHERE e.to_id IN (SELECT @Id UNION SELECT p.id FROM team_supervisor t JOIN professional p ON p.team_code = t.team_code WHERE t.professional_id = @Id)
              AND e.raised_at <= @at AND e.raised_at > @since AND (e.raised_at < @at OR e.id < @beforeId)
            ORDER BY e.raised_at DESC, e.id DESC {r.Dialect.First(Page + 1)}
            """,
            new { actor.Id, actor.OrganisationCode, at, beforeId, since });
        var shown = rows.Take(Page).ToList();
        var next = rows.Count > Page ? (shown[^1].RaisedAt, shown[^1].Id) : (since, long.MaxValue);
        var more = rows.Count > Page || await r.ScalarAsync<long>(
            """
            SELECT COUNT(*) FROM professional p WHERE (p.id = @Id OR p.team_code IN (SELECT t.team_code FROM team_supervisor t WHERE t.professional_id = @Id))
              AND EXISTS (SELECT 1 FROM escalation e WHERE e.to_id = p.id AND e.raised_at <= @since)
            """,
            new { actor.Id, since }) > 0;
        return new EscalationLog
        {
            Rows = shown.ConvertAll(row => Shown(row, row.MaySee == 1)),
            HasEarlier = before is not null,
            Next = more ? string.Create(CultureInfo.InvariantCulture, $"{next.Item1.Ticks}-{next.Item2}") : null,
        };
    }

    private EscalationLogRow Shown(Row row, bool maySee) => new()
    {
        Id = row.Id, CaseId = row.CaseId, CaseNumber = maySee ? row.Number : null, Title = maySee ? say.Title(row.Title, row.Topic) : null,
        Kind = row.Kind, Step = row.Step, At = row.RaisedAt, ToName = row.ToName, AboutName = row.AboutName, AcknowledgedBy = row.AcknowledgedBy,
        AcknowledgedAt = row.AcknowledgedAt, ClimbedFrom = row.ClimbedFrom,
        ClimbsAt = row is { Climb: "waits", AcknowledgedAt: null, Running: 1 } ? row.ClimbsAt : null,
        State = row.AcknowledgedAt is not null ? "taken" : row.Climb == "climbed" ? "climbed" : row.Running == 0 ? "ended" : row.Climb == "top" ? "nobody" : "open",
    };

    private static (DateTime At, long Id)? Cursor(string? before) =>
        before?.Split('-') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var t) && t <= DateTime.MaxValue.Ticks
            && t > Window.Ticks && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var i)
            ? (new DateTime(t, DateTimeKind.Utc), i)
            : null;

    private sealed class Row
    {
        public long Id { get; init; }

        public long CaseId { get; init; }

        public string Number { get; init; } = "";

        public string Title { get; init; } = "";

        public long ToId { get; init; }

        public long AboutId { get; init; }

        public string Topic { get; init; } = "";

        public string Kind { get; init; } = "";

        public int Step { get; init; }

        public DateTime RaisedAt { get; init; }

        public string ToName { get; init; } = "";

        public string AboutName { get; init; } = "";

        public string? AcknowledgedBy { get; init; }

        public DateTime? AcknowledgedAt { get; init; }

        public string Climb { get; init; } = "";

        public DateTime? ClimbsAt { get; init; }

        public string? ClimbedFrom { get; init; }

        public int Running { get; init; }

        public int MaySee { get; init; }
    }
}
