using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Questions;

/// <summary>The questions of the person's own information point (their team), and nobody else's.</summary>
public sealed class QuestionsQuery(Db db)
{
    private const int Page = 25;

    public Task<QuestionsView> LoadAsync(Actor actor, long? before = null, bool sent = false, FormState? form = null) => db.ReadAsync(async r =>
    {
        var rows = await r.QueryAsync<Row>(
            $"""
            SELECT q.id, q.case_id, q.asked_at, q.topic_code, v.value AS question, c.state AS case_state, p.channel, h.id AS handoff_id, h.state, h.outcome, ov.value AS outcome_text,
                   (SELECT o.display_name FROM line l JOIN organisation o ON o.code = l.organisation_code WHERE l.code = h.line_code) AS answered_by
            FROM asked_question q JOIN case_file c ON c.id = q.case_id JOIN party p ON p.id = c.party_id
            LEFT JOIN personal_value v ON v.id = q.question_id LEFT JOIN handoff h ON h.id = q.handoff_id LEFT JOIN personal_value ov ON ov.id = h.outcome_id
            WHERE q.team_code = @TeamCode AND q.id < @before ORDER BY q.id DESC {r.Dialect.First(Page + 1)}
            """,
            new { actor.TeamCode, before = before ?? long.MaxValue });
        var shown = rows.Take(Page).ToList();
        var cases = shown.Select(q => q.CaseId).Append(0).ToArray();
        var calls = (await r.QueryAsync<CallRow>(
            """
            SELECT k.handoff_id, k.from_at, k.until_at, o.display_name AS by_name FROM callback k JOIN organisation o ON o.code = k.organisation_code
            WHERE k.case_id IN @cases AND k.state IN ('scheduled', 'attempting', 'failed', 'fulfilled') ORDER BY k.id
            """,
            new { cases })).ToLookup(k => k.HandoffId);
        // What was promised about this question, and by the municipality to this citizen; nothing of what else the case grew into.
        var promises = (await r.QueryAsync<PromiseOf>(
            """
            SELECT q.id, v.value AS text, p.due_at, p.state, o.display_name AS by_name
            FROM asked_question q JOIN team t ON t.code = q.team_code JOIN promise p ON p.case_id = q.case_id JOIN organisation o ON o.code = p.organisation_code
            LEFT JOIN personal_value v ON v.id = p.personal_id
            WHERE q.team_code = @TeamCode AND q.case_id IN @cases AND (p.handoff_id = q.handoff_id OR (p.handoff_id IS NULL AND p.organisation_code = t.organisation_code))
            ORDER BY p.due_at, p.id
            """,
            new { actor.TeamCode, cases })).ToLookup(p => p.Id, p => new QuestionPromise(p.Text, p.DueAt, p.State, p.ByName));
        var topics = await r.QueryAsync<TopicRow>("SELECT code, layer FROM topic ORDER BY position");
        return new QuestionsView
        {
            PointName = await r.FindAsync<string>("SELECT name FROM team WHERE code = @TeamCode", new { actor.TeamCode }) ?? "",
            OrganisationName = actor.OrganisationName,
            MunicipalTopics = [.. topics.Where(t => t.Layer == "municipal").Select(t => t.Code)],
            NationalTopics = [.. topics.Where(t => t.Layer == "national").Select(t => t.Code)],
            Questions = shown.ConvertAll(q => Shown(q, calls[q.HandoffId ?? 0].LastOrDefault(), [.. promises[q.Id]])),
            Older = rows.Count > Page ? shown[^1].Id : null,
            Sent = sent,
            Form = form ?? FormState.Empty,
        };
    });

    private static AskedQuestion Shown(Row q, CallRow? call, IReadOnlyList<QuestionPromise> promises)
    {
        var state = StateOf(q, call);
        return new AskedQuestion
        {
            Id = q.Id, AboutCase = q.CaseId, AskedAt = q.AskedAt, Topic = q.TopicCode, Question = q.Question, State = state, By = call?.ByName ?? q.AnsweredBy,
            Outcome = q.OutcomeText, CallFrom = state is "call" or "visit" ? call?.FromAt : null, CallUntil = state is "call" or "visit" ? call?.UntilAt : null, Promises = promises,
        };
    }

    private static string StateOf(Row q, CallRow? call) => q switch
    {
        { Question: null } => "gone",
        { Outcome: "answered" } => "answered",
        { Outcome: "step_taken" } => "taken",
        { Outcome: "callback" } => "promised",
        { State: "fulfilled" } => "called",
        { State: "queued" or "offered" } => "asking",
        { State: "accepted" or "connected" or "wrapping" } => "looking",
        _ when call is not null => q.Channel == "desk" ? "visit" : "call",
        { CaseState: "closed" } => "closed",
        _ => "owner",
    };

    private sealed class Row
    {
        public long Id { get; init; }

        public long CaseId { get; init; }

        public DateTime AskedAt { get; init; }

        public string TopicCode { get; init; } = "";

        public string? Question { get; init; }

        public string CaseState { get; init; } = "";

        public string? Channel { get; init; }

        public long? HandoffId { get; init; }

        public string? State { get; init; }

        public string? Outcome { get; init; }

        public string? OutcomeText { get; init; }

        public string? AnsweredBy { get; init; }
    }

    private sealed class CallRow
    {
        public long HandoffId { get; init; }

        public DateTime FromAt { get; init; }

        public DateTime UntilAt { get; init; }

        public string ByName { get; init; } = "";
    }

    private sealed class PromiseOf
    {
        public long Id { get; init; }

        public string? Text { get; init; }

        public DateTime DueAt { get; init; }

        public string State { get; init; } = "";

        public string ByName { get; init; } = "";
    }

    private sealed class TopicRow
    {
        public string Code { get; init; } = "";

        public string Layer { get; init; } = "";
    }
}
