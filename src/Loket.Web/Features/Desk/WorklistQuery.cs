using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Security;

namespace Loket.Web.Features.Desk;

/// <summary>"What I owe": the open cases a person owns, soonest date first.</summary>
public static class WorklistQuery
{
    public const int Longest = 60;

    public static async Task<IReadOnlyList<WorklistItem>> LoadAsync(Reader reader, Actor actor, long? current)
    {
        var rows = await reader.QueryAsync<Row>(
            $"""
            SELECT c.id AS case_id, c.title, c.next_due AS due_at, {CaseNames.PartyName} AS party_name, {CaseNames.WaitsFor} AS waits_for
            FROM case_file c JOIN party p ON p.id = c.party_id
            WHERE c.owner_id = @Id AND c.state = 'open'
            ORDER BY CASE WHEN c.next_due IS NULL THEN 1 ELSE 0 END, c.next_due, c.id {reader.Dialect.First(Longest)}
            """,
            new { actor.Id, actor.OrganisationCode });
        return rows.ConvertAll(r => new WorklistItem
        {
            CaseId = r.CaseId, Title = r.Title, PartyName = r.PartyName, WaitsFor = r.WaitsFor, DueAt = r.DueAt, HasTime = true, IsCurrent = r.CaseId == current,
        });
    }

    private sealed class Row
    {
        public long CaseId { get; init; }

        public string Title { get; init; } = "";

        public string? PartyName { get; init; }

        public string? WaitsFor { get; init; }

        public DateTime? DueAt { get; init; }
    }
}
