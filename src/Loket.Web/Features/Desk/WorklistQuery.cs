using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Security;

namespace Loket.Web.Features.Desk;

/// <summary>"What I owe": the open cases a person owns or owes a promise, a call or a step in, soonest date first.</summary>
public static class WorklistQuery
{
    public const int Longest = 60;

    public static async Task<IReadOnlyList<WorklistItem>> LoadAsync(Reader reader, Actor actor, long? current)
    {
        var rows = await reader.QueryAsync<Row>(
            $"""
            SELECT c.id AS case_id, {CaseNames.Title} AS title, c.topic_code AS topic, c.next_due AS due_at, {CaseNames.PartyName} AS party_name, {CaseNames.WaitsFor} AS waits_for
            FROM case_file c JOIN party p ON p.id = c.party_id
            WHERE c.state = 'open' AND c.id IN (
                SELECT m.id FROM case_file m WHERE m.owner_id = @Id AND m.state = 'open'
                UNION SELECT d.case_id FROM deadline d WHERE d.professional_id = @Id AND d.state = 'running' AND d.subject_kind IN ('promise', 'callback', 'step'))
            ORDER BY CASE WHEN c.next_due IS NULL THEN 1 ELSE 0 END, c.next_due, c.id {reader.Dialect.First(Longest)}
            """,
            new { actor.Id, actor.OrganisationCode });
        return rows.ConvertAll(r => new WorklistItem
        {
            CaseId = r.CaseId, Title = r.Title, Topic = r.Topic, PartyName = r.PartyName, WaitsFor = r.WaitsFor, DueAt = r.DueAt, HasTime = true, IsCurrent = r.CaseId == current,
        });
    }

    private sealed class Row
    {
        public long CaseId { get; init; }

        public string Title { get; init; } = "";

        public string Topic { get; init; } = "";

        public string? PartyName { get; init; }

        public string? WaitsFor { get; init; }

        public DateTime? DueAt { get; init; }
    }
}
