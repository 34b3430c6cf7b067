using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Desk;

/// <summary>The promises of a case or a talk, soonest first.</summary>
public static class PromiseQuery
{
    private const string Select = """
        SELECT q.id, v.value AS text, q.due_at, w.name AS who_name, o.display_name AS who_organisation, q.state, q.professional_id
        FROM promise q JOIN personal_value v ON v.id = q.personal_id JOIN professional w ON w.id = q.professional_id
        JOIN organisation o ON o.code = q.organisation_code
        """;

    public static async Task<IReadOnlyList<PromiseRow>> OfCaseAsync(Reader r, Actor actor, long caseId) =>
        Shown(await r.QueryAsync<Row>($"{Select} WHERE q.case_id = @caseId ORDER BY q.due_at, q.id", new { caseId }), actor);

    public static async Task<IReadOnlyList<PromiseRow>> OfHandoffAsync(Reader r, Actor actor, long handoffId, long caseId) => Shown(
        await r.QueryAsync<Row>($"{Select} WHERE q.case_id = @caseId AND q.handoff_id = @handoffId ORDER BY q.due_at, q.id", new { caseId, handoffId }), actor);

    private static List<PromiseRow> Shown(List<Row> rows, Actor actor) => rows.ConvertAll(q => new PromiseRow
    {
        Id = q.Id, Text = q.Text ?? "", DueAt = q.DueAt, HasTime = true, WhoName = q.WhoName, WhoOrganisation = q.WhoOrganisation, IsYours = q.ProfessionalId == actor.Id, State = q.State,
    });

    private sealed class Row
    {
        public long Id { get; init; }

        public string? Text { get; init; }

        public DateTime DueAt { get; init; }

        public string WhoName { get; init; } = "";

        public string WhoOrganisation { get; init; } = "";

        public string State { get; init; } = "";

        public long ProfessionalId { get; init; }
    }
}

/// <summary>Agreed moments to call a citizen back: of a case, or of the person who makes the calls.</summary>
public static class CallbackQuery
{
    private const string Select = """
        SELECT b.id, b.case_id, c.number AS case_number, c.title AS case_title, b.line_code, o.display_name AS organisation, b.from_at, b.until_at, b.attempts,
               b.max_attempts, b.state, b.professional_id
        FROM callback b JOIN case_file c ON c.id = b.case_id JOIN organisation o ON o.code = b.organisation_code
        """;

    public static async Task<IReadOnlyList<CallbackRow>> OfCaseAsync(Reader r, Say say, Actor actor, long caseId) =>
        await ShownAsync(r, say, actor, await r.QueryAsync<Row>($"{Select} WHERE b.case_id = @caseId AND b.state <> 'withdrawn' ORDER BY b.id", new { caseId }));

    public static async Task<IReadOnlyList<CallbackRow>> OfPersonAsync(Reader r, Say say, Actor actor) => await ShownAsync(r, say, actor, await r.QueryAsync<Row>(
        $"{Select} WHERE b.professional_id = @Id AND b.state IN ('scheduled', 'attempting', 'failed') ORDER BY b.from_at, b.id {r.Dialect.First(50)}", new { actor.Id }));

    private static async Task<IReadOnlyList<CallbackRow>> ShownAsync(Reader r, Say say, Actor actor, List<Row> rows)
    {
        var names = await LineNames.OfAsync(r, say, [.. rows.Where(b => b.LineCode is not null).Select(b => b.LineCode!).Distinct()]);
        return rows.ConvertAll(b => new CallbackRow
        {
            Id = b.Id, CaseId = b.CaseId, CaseNumber = b.CaseNumber, CaseTitle = b.CaseTitle, LineName = b.LineCode is null ? b.Organisation : names[b.LineCode],
            From = b.FromAt, Until = b.UntilAt, Attempts = b.Attempts, MaxAttempts = b.MaxAttempts, State = b.State, IsYours = b.ProfessionalId == actor.Id,
        });
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public long CaseId { get; init; }

        public string CaseNumber { get; init; } = "";

        public string CaseTitle { get; init; } = "";

        public string? LineCode { get; init; }

        public string Organisation { get; init; } = "";

        public DateTime FromAt { get; init; }

        public DateTime UntilAt { get; init; }

        public int Attempts { get; init; }

        public int MaxAttempts { get; init; }

        public string State { get; init; } = "";

        public long ProfessionalId { get; init; }
    }
}

/// <summary>The handoffs of a case, newest first.</summary>
public static class CaseHandoffsQuery
{
    public static async Task<IReadOnlyList<HandoffRow>> LoadAsync(Reader r, Say say, long caseId)
    {
        var rows = await r.QueryAsync<Row>(
            """
            SELECT h.id, COALESCE(h.line_code, (SELECT MIN(hl.line_code) FROM handoff_line hl WHERE hl.handoff_id = h.id AND hl.position = h.route_position)) AS line_code,
                   h.mode, h.state, h.outcome, w.name AS specialist_name, h.queued_at,
                   (SELECT COUNT(*) FROM message m WHERE m.handoff_id = h.id) AS messages
            FROM handoff h LEFT JOIN professional w ON w.id = h.specialist_id WHERE h.case_id = @caseId ORDER BY h.id DESC
            """,
            new { caseId });
        var names = await LineNames.OfAsync(r, say, [.. rows.Where(h => h.LineCode is not null).Select(h => h.LineCode!).Distinct()]);
        return rows.ConvertAll(h => new HandoffRow
        {
            Id = h.Id, LineName = names.GetValueOrDefault(h.LineCode ?? "", ""), Mode = h.Mode, State = h.State, Outcome = h.Outcome, SpecialistName = h.SpecialistName,
            StartedAt = h.QueuedAt, MessageCount = h.Messages,
        });
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public string? LineCode { get; init; }

        public string Mode { get; init; } = "";

        public string State { get; init; } = "";

        public string? Outcome { get; init; }

        public string? SpecialistName { get; init; }

        public DateTime QueuedAt { get; init; }

        public int Messages { get; init; }
    }
}

/// <summary>Who owns the chain, who is asked to, and who could be asked.</summary>
public static class OwnershipQuery
{
    private const string Select = """
        SELECT q.id, q.case_id, c.number AS case_number, c.title AS case_title, f.name AS from_name, o.display_name AS from_organisation, t.name AS to_name,
               q.asked_at, q.to_id, q.asked_by, q.from_id
        FROM ownership_request q JOIN case_file c ON c.id = q.case_id JOIN professional f ON f.id = q.asked_by
        JOIN organisation o ON o.code = f.organisation_code JOIN professional t ON t.id = q.to_id
        """;

    public static async Task<OwnershipAsk?> RunningAsync(Reader r, Actor actor, long caseId) =>
        await r.FindAsync<Row>($"{Select} WHERE q.case_id = @caseId AND q.state = 'asked'", new { caseId }) is { } row ? Shown(row, actor) : null;

    public static async Task<IReadOnlyList<OwnershipAsk>> ToAsync(Reader r, Actor actor) => (await r.QueryAsync<Row>(
        $"{Select} WHERE q.to_id = @Id AND q.state = 'asked' ORDER BY q.due_at, q.id {r.Dialect.First(50)}", new { actor.Id })).ConvertAll(row => Shown(row, actor));

    /// <summary>Who takes part in the case, and the owner's own team: people who know it.</summary>
    public static async Task<IReadOnlyList<Option>> CandidatesAsync(Reader r, long caseId) => (await r.QueryAsync<CandidateRow>(
        $"""
        SELECT w.id, w.name, o.display_name AS organisation,
               CASE WHEN cp.case_id IS NULL THEN 1 ELSE 0 END AS rank
        FROM case_file c JOIN professional w ON w.active = 1 AND w.id <> c.owner_id
        JOIN organisation o ON o.code = w.organisation_code
        LEFT JOIN case_participant cp ON cp.case_id = c.id AND cp.professional_id = w.id AND cp.until IS NULL
        WHERE c.id = @caseId AND (cp.case_id IS NOT NULL OR w.team_code = c.owner_team)
        ORDER BY CASE WHEN cp.case_id IS NULL THEN 1 ELSE 0 END, w.name, w.id {r.Dialect.First(40)}
        """,
        new { caseId })).ConvertAll(c => new Option(c.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), c.Name, c.Organisation));

    private static OwnershipAsk Shown(Row q, Actor actor) => new()
    {
        Id = q.Id, CaseId = q.CaseId, CaseNumber = q.CaseNumber, CaseTitle = q.CaseTitle, FromName = q.FromName, FromOrganisation = q.FromOrganisation, ToName = q.ToName,
        AskedAt = q.AskedAt, ToYou = q.ToId == actor.Id, MayWithdraw = q.AskedBy == actor.Id || q.FromId == actor.Id,
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

        public string FromName { get; init; } = "";

        public string FromOrganisation { get; init; } = "";

        public string ToName { get; init; } = "";

        public DateTime AskedAt { get; init; }

        public long ToId { get; init; }

        public long AskedBy { get; init; }

        public long FromId { get; init; }
    }
}
