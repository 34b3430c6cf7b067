using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Steps;

/// <summary>Steps that were asked and not answered. Before acceptance: the step and its topic, never who it is about (DOMAIN 5).</summary>
internal static class StepAsks
{
    public const int Longest = 50;

    private const string Select = """
        SELECT q.id, q.step_id, q.case_id, s.title, s.product_code AS product, c.topic_code AS topic, c.municipality_code AS municipality, m.short_name AS municipality_name, q.line_code, q.to_id, t.name AS to_name,
               f.name AS from_name, o.display_name AS from_organisation, q.asked_at, q.due_at AS answer_by, s.due_at, q.asked_by
        FROM step_request q JOIN chain_step s ON s.id = q.step_id JOIN case_file c ON c.id = q.case_id JOIN professional f ON f.id = q.asked_by
        JOIN organisation o ON o.code = f.organisation_code JOIN professional t ON t.id = q.to_id LEFT JOIN organisation m ON m.code = c.municipality_code
        """;

    /// <summary>By step.</summary>
    public static async Task<Dictionary<long, StepAskRow>> OfCaseAsync(Reader r, Say say, Actor actor, CaseAccess access)
    {
        var rows = await r.QueryAsync<Row>($"{Select} WHERE q.case_id = @CaseId AND q.state = 'asked'", new { access.CaseId });
        var mine = rows.Count == 0 ? [] : await LinesAsync(r, actor);
        return (await ShownAsync(r, say, rows, actor, mine, access.MayEdit || access.IsSupervisor)).ToDictionary(a => a.StepId);
    }

    /// <summary>What waits for this person's answer: asked by name, or on one of their lines.</summary>
    public static async Task<IReadOnlyList<StepAskRow>> ToAsync(Reader r, Say say, Actor actor)
    {
        var rows = await r.QueryAsync<Row>(
            $"""
            {Select} WHERE q.id IN (
                SELECT a.id FROM step_request a WHERE a.to_id = @Id AND a.state = 'asked'
                UNION SELECT b.id FROM line_member lm JOIN step_request b ON b.line_code = lm.line_code AND b.state = 'asked' WHERE lm.professional_id = @Id)
            ORDER BY q.due_at, q.id {r.Dialect.First(Longest)}
            """,
            new { actor.Id });
        return await ShownAsync(r, say, rows, actor, await LinesAsync(r, actor), mayWithdraw: false);
    }

    private static async Task<HashSet<string>> LinesAsync(Reader r, Actor actor) =>
        [.. await r.QueryAsync<string>("SELECT line_code FROM line_member WHERE professional_id = @Id", new { actor.Id })];

    private static async Task<List<StepAskRow>> ShownAsync(Reader r, Say say, List<Row> rows, Actor actor, HashSet<string> mine, bool mayWithdraw)
    {
        var names = await LineNames.OfAsync(r, say, [.. rows.Where(q => q.LineCode is not null).Select(q => q.LineCode!).Distinct()]);
        return rows.ConvertAll(q => new StepAskRow
        {
            Id = q.Id, StepId = q.StepId, Case = q.CaseId, Title = say.Step(q.Title), Product = q.Product, Topic = q.Topic, Municipality = q.Municipality, MunicipalityName = q.MunicipalityName,
            LineName = q.LineCode is null ? null : names.GetValueOrDefault(q.LineCode, q.LineCode), ToName = q.LineCode is null ? q.ToName : null,
            FromName = q.FromName, FromOrganisation = q.FromOrganisation, AskedAt = q.AskedAt, AnswerBy = q.AnswerBy, DueAt = q.DueAt,
            MayAnswer = q.ToId == actor.Id || (q.LineCode is not null && mine.Contains(q.LineCode)), MayWithdraw = mayWithdraw || q.AskedBy == actor.Id,
        });
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public long StepId { get; init; }

        public long CaseId { get; init; }

        public string Title { get; init; } = "";

        public string? Product { get; init; }

        public string Topic { get; init; } = "";

        public string? Municipality { get; init; }

        public string? MunicipalityName { get; init; }

        public string? LineCode { get; init; }

        public long ToId { get; init; }

        public string ToName { get; init; } = "";

        public string FromName { get; init; } = "";

        public string FromOrganisation { get; init; } = "";

        public DateTime AskedAt { get; init; }

        public DateTime AnswerBy { get; init; }

        public DateTime DueAt { get; init; }

        public long AskedBy { get; init; }
    }
}
