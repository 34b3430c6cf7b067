using Loket.Domain;
using Loket.Web.Data;

namespace Loket.Web.Jobs;

/// <summary>
/// Takes the rows of a sweep one by one. A row that fails is set aside and tried again, each time after longer, up to an
/// hour; the others go on. What is set aside stands on the status page. A sweep leaves out of its own list what waits:
/// <c>NOT EXISTS (SELECT 1 FROM set_aside x WHERE x.job = … AND x.next_at &gt; @Now)</c>.
/// </summary>
public sealed class SetAside(Db db, Engine engine, ILogger<SetAside> log)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <param name="job">The code under which its rows are set aside; at most 20 characters.</param>
    /// <param name="due">The rows it found to do.</param>
    /// <param name="idOf">What names a row.</param>
    /// <param name="isAll">There is no more to do than these: what was set aside and is not among them has been done or is gone.</param>
    /// <param name="work">Does one row. A refusal is a failure too: a sweep has nobody to tell.</param>
    /// <param name="ct">Stops between two rows.</param>
    public async Task EachAsync<T>(string job, IReadOnlyCollection<T> due, Func<T, long> idOf, bool isAll, Func<T, Task<Refusal?>> work, CancellationToken ct)
    {
        var aside = (await db.ReadAsync(r => r.QueryAsync<Row>("SELECT subject_id, tries FROM set_aside WHERE job = @job AND next_at <= @Now", new { job, r.Now }), ct))
            .ToDictionary(row => row.SubjectId, row => row.Tries);
        foreach (var row in due)
        {
            ct.ThrowIfCancellationRequested();
            var id = idOf(row);
            if (await FaultAsync(job, id, () => work(row)) is { } fault)
            {
                await KeepAsync(job, id, aside.GetValueOrDefault(id), fault);
            }
            else if (aside.ContainsKey(id))
            {
                await ForgetAsync(job, id);
            }
        }

        foreach (var gone in isAll ? aside.Keys.Except(due.Select(idOf)) : [])
        {
            await ForgetAsync(job, gone);
        }
    }

    /// <summary>All that is set aside, by sweep and kind of fault.</summary>
    public Task<List<RowsAside>> LoadAsync() => db.ReadAsync(r => r.QueryAsync<RowsAside>(
        "SELECT x.job, x.fault, COUNT(*) AS count, MIN(x.first_at) AS since, MIN(x.next_at) AS next_at FROM set_aside x GROUP BY x.job, x.fault ORDER BY x.job, x.fault"));

    // Neither the fault's own words nor the row: both may hold what is about a citizen.
    private async Task<string?> FaultAsync(string job, long id, Func<Task<Refusal?>> work)
    {
        try
        {
            if (await work() is not { } no)
            {
                return null;
            }

            log.LogError("Row {Id} of job {Job} was refused and is set aside: {Code}", id, job, no.Code);
            return no.Code;
        }
        catch (Exception fault) when (fault is not OperationCanceledException && !engine.IsGone(fault))
        {
            log.LogError("Row {Id} of job {Job} failed and is set aside: {Fault}{Where}", id, job, fault.GetType().Name, $"{Environment.NewLine}{fault.StackTrace}");
            return fault.GetType().Name;
        }
    }

    private Task KeepAsync(string job, long id, int tries, string fault)
    {
        var wait = TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Min(tries, 12))));
        fault = fault.Length > 60 ? fault[..60] : fault;
        return db.WriteAsync<int>(unit =>
        {
            var next = unit.Now + wait;
            var changed = unit.Execute("UPDATE set_aside SET tries = tries + 1, fault = @fault, next_at = @next WHERE job = @job AND subject_id = @id", new { fault, next, job, id });
            return changed > 0 ? changed : unit.Execute(
                "INSERT INTO set_aside (job, subject_id, tries, fault, first_at, next_at) VALUES (@job, @id, 1, @fault, @Now, @next)", new { job, id, fault, unit.Now, next });
        });
    }

    private Task ForgetAsync(string job, long id) => db.WriteAsync<int>(unit => unit.Execute("DELETE FROM set_aside WHERE job = @job AND subject_id = @id", new { job, id }));

    private sealed class Row
    {
        public long SubjectId { get; init; }

        public int Tries { get; init; }
    }
}

/// <summary>Rows of one sweep that failed for one kind of reason; which they are stands in the log.</summary>
public sealed class RowsAside
{
    public string Job { get; init; } = "";

    /// <summary>The type of the fault, or the code of the refusal.</summary>
    public string Fault { get; init; } = "";

    public int Count { get; init; }

    /// <summary>When the first of them failed (UTC).</summary>
    public DateTime Since { get; init; }

    /// <summary>When the first of them is tried again (UTC).</summary>
    public DateTime NextAt { get; init; }
}
