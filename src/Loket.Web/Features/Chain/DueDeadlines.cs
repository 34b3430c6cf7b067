using Loket.Domain.Chain;
using Loket.Web.Data;
using Loket.Web.Journal;

namespace Loket.Web.Features.Chain;

/// <summary>A date that runs, and the moments (UTC) of the rungs of its ladder that are still to fire.</summary>
public sealed record RunningDeadline(long Id, IReadOnlyList<DateTime> Rungs);

/// <summary>The dates as a runner that wakes up for each of them reads them.</summary>
public sealed class DueDeadlines(Db db)
{
    /// <summary>
    /// The dates that began in the transactions that wrote <paramref name="entries"/> and still run, each once. A
    /// transaction has one moment, which its entries and its deadlines both carry.
    /// </summary>
    public Task<List<RunningDeadline>> BegunAsync(IEnumerable<StoredEntry> entries) => db.ReadAsync(async r =>
    {
        var begun = new List<RunningDeadline>();
        foreach (var (caseId, at) in entries.Select(e => (e.CaseId, e.At)).Distinct())
        {
            var rows = await r.QueryAsync<Row>(
                """
                SELECT d.id, d.starts_at, d.due_at, d.steps_fired, l.reminder_percent, l.overdue_percent
                FROM deadline d JOIN professional p ON p.id = d.professional_id LEFT JOIN organisation_ladder l ON l.organisation_code = p.organisation_code
                WHERE d.case_id = @caseId AND d.state = 'running' AND d.starts_at = @at ORDER BY d.id
                """,
                new { caseId, at });
            begun.AddRange(rows.Select(row => row.Deadline));
        }

        return begun;
    });

    /// <summary>Whether this date runs and a step of its ladder is due; not when it was met, withdrawn or already chased.</summary>
    public Task<bool> IsDueAsync(long id) => db.ReadAsync(async r => await r.ScalarAsync<long>(
        "SELECT COUNT(*) FROM deadline WHERE id = @id AND state = 'running' AND next_at <= @now", new { id, now = db.Now() }) > 0);

    private sealed class Row
    {
        public long Id { get; init; }

        public DateTime StartsAt { get; init; }

        public DateTime DueAt { get; init; }

        public int StepsFired { get; init; }

        public int? ReminderPercent { get; init; }

        public int? OverduePercent { get; init; }

        public RunningDeadline Deadline => new(Id, [.. EscalationLadder.For(StartsAt, DueAt, Ladders.Of(ReminderPercent, OverduePercent)).Steps.Skip(StepsFired).Select(step => step.At)]);
    }
}
