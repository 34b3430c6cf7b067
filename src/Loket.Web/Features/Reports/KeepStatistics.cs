using Loket.Web.Data;
using Loket.Web.Jobs;
using Loket.Web.Journal;

namespace Loket.Web.Features.Reports;

/// <summary>
/// Keeps what the reports show (<c>stat_day</c>): what each entry of the journal adds, in the transaction that marks it as
/// read. What an entry adds follows from the case's own journal up to it, so that counting anew gives the same.
/// </summary>
public sealed class KeepStatistics(Db db) : IJob
{
    private const string Name = "statistics";
    private const int StretchesOfReader = 16;

    private readonly JournalFollower follower = new(Name, db);

    public Task RunAsync(CancellationToken ct) => follower.CatchUpAsync(Add, ct);

    /// <summary>What was committed before now is counted, unless the count is far behind.</summary>
    public Task CatchUpAsync() => follower.BringInAsync(Add, StretchesOfReader);

    /// <summary>Counts the whole journal anew. Nodes that are counting meanwhile start again too.</summary>
    public async Task RecountAsync(CancellationToken ct)
    {
        await db.WriteAsync<int>(unit =>
        {
            unit.Execute("DELETE FROM stat_day");
            return unit.Execute("UPDATE consumer_cursor SET seq = 0 WHERE name = @Name", new { Name });
        });
        await RunAsync(ct);
    }

    private static void Add(Unit unit, List<StoredEntry> entries)
    {
        var sums = new Dictionary<Stat, long>();
        foreach (var ofCase in entries.GroupBy(e => e.CaseId))
        {
            var fresh = ofCase.Select(e => e.N).ToHashSet();
            var fold = new CaseFold(unit);
            foreach (var entry in History(unit, ofCase.Key, fresh.Max()))
            {
                foreach (var (stat, n) in fold.Take(entry, fresh.Contains(entry.N)))
                {
                    sums[stat] = sums.GetValueOrDefault(stat) + n;
                }
            }
        }

        // In one order on every node, so that two that add to the same rows wait and do not lock each other out.
        foreach (var (stat, n) in sums.Where(s => s.Value != 0).OrderBy(s => s.Key.ToString(), StringComparer.Ordinal))
        {
            Add(unit, stat, n);
        }
    }

    private static void Add(Unit unit, Stat stat, long n)
    {
        var args = new { stat.Organisation, stat.Measure, stat.Day, stat.Topic, stat.Line, stat.Other, stat.Kind, stat.Bucket, n };
        if (unit.Execute(
            """
            UPDATE stat_day SET n = n + @n
            WHERE organisation_code = @Organisation AND measure = @Measure AND day = @Day AND topic_code = @Topic
              AND line_code = @Line AND other_code = @Other AND kind = @Kind AND bucket = @Bucket
            """,
            args) == 0)
        {
            unit.Execute(
                """
                INSERT INTO stat_day (organisation_code, measure, day, topic_code, line_code, other_code, kind, bucket, n)
                VALUES (@Organisation, @Measure, @Day, @Topic, @Line, @Other, @Kind, @Bucket, @n)
                """,
                args);
        }
    }

    private static List<StoredEntry> History(Unit unit, long caseId, int until) => unit.Query<StoredEntry>(
        "SELECT n, case_id, kind, subject_id, organisation_code, at, payload FROM journal WHERE case_id = @caseId AND n <= @until ORDER BY n", new { caseId, until });
}

/// <summary>One row of <c>stat_day</c>: whose figure, of what, on which day (yyyymmdd in Amsterdam), and about what.</summary>
/// <param name="Other">The other organisation in it; empty when there is none.</param>
/// <param name="Bucket">The measure's own number: seconds waited, organisations in a chain, 1 for kept.</param>
public sealed record Stat(string Organisation, string Measure, int Day, string Topic, string Line = "", string Other = "", string Kind = "", int Bucket = 0);
