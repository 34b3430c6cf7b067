using Loket.Web.Data;
using Loket.Web.Journal;

namespace Loket.Web.Features.Chain;

/// <summary>A date that runs, and the moment it is due (UTC).</summary>
public sealed class RunningDeadline
{
    public long Id { get; init; }

    public DateTime DueAt { get; init; }
}

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
            begun.AddRange(await r.QueryAsync<RunningDeadline>(
                "SELECT id, due_at FROM deadline WHERE case_id = @caseId AND state = 'running' AND starts_at = @at ORDER BY id",
                new { caseId, at }));
        }

        return begun;
    });

    /// <summary>Whether this date runs and a step of its ladder is due; not when it was met, withdrawn or already chased.</summary>
    public Task<bool> IsDueAsync(long id) => db.ReadAsync(async r => await r.ScalarAsync<long>(
        "SELECT COUNT(*) FROM deadline WHERE id = @id AND state = 'running' AND next_at <= @now", new { id, now = db.Now() }) > 0);
}
