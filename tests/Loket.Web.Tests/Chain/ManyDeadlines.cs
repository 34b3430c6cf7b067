using System.Globalization;
using Loket.Web.Data;
using Loket.Web.Journal;

namespace Loket.Web.Tests.Chain;

/// <summary>Very many deadlines at once, each of a case of its own, written past the use cases; and what became of them.</summary>
internal static class ManyDeadlines
{
    private const long FirstCase = 10_000_000;
    private const long FirstDeadline = 20_000_000;

    /// <summary>Promises of this person of which the reminder was sent, all due at one moment, in cases like this one.</summary>
    public static Task InsertAsync(Db db, int count, long likeCase, long professionalId, DateTime due) => db.WriteAsync<int>(unit =>
    {
        var numbers = Enumerable.Range(0, count).ToList();
        unit.ExecuteEach(
            """
            INSERT INTO case_file (id, number, party_id, organisation_code, title, question, topic_code, state, owner_id, owner_organisation, owner_team, opened_by, opened_at, version)
            SELECT @id, @number, party_id, organisation_code, title, question, topic_code, state, owner_id, owner_organisation, owner_team, opened_by, opened_at, 1
            FROM case_file WHERE id = @likeCase
            """,
            numbers, ("@id", i => FirstCase + i), ("@number", i => i.ToString(CultureInfo.InvariantCulture)), ("@likeCase", _ => likeCase));
        unit.ExecuteEach(
            """
            INSERT INTO deadline (id, subject_kind, subject_id, case_id, professional_id, starts_at, due_at, state, steps_fired, next_at, version)
            VALUES (@id, 'promise', @id, @caseId, @professionalId, @start, @due, 'running', 1, @due, 1)
            """,
            numbers, ("@id", i => FirstDeadline + i), ("@caseId", i => FirstCase + i), ("@professionalId", _ => professionalId),
            ("@start", _ => due.AddHours(-8)), ("@due", _ => due));
        return count;
    });

    public static Task<long> FiredAsync(Db db) => db.ReadAsync(r => r.ScalarAsync<long>(
        "SELECT COUNT(*) FROM deadline WHERE steps_fired = 2 AND id >= @FirstDeadline AND id < @end", new { FirstDeadline, end = 2 * FirstDeadline }));

    public static Task<long> ToldAsync(Db db) => db.ReadAsync(r => r.ScalarAsync<long>("SELECT COUNT(*) FROM escalation"));

    /// <summary>Each of them told the person and the supervisor, once, with one entry in a journal that verifies.</summary>
    public static async Task AssertFiredOnceAsync(Db db, VerifyJournal journal, int count)
    {
        var told = await db.ReadAsync(r => r.QueryAsync<Told>(
            "SELECT deadline_id, COUNT(*) AS times, COUNT(DISTINCT to_id) AS people FROM escalation WHERE step = 2 GROUP BY deadline_id"));
        Assert.Equal(count, told.Count);
        Assert.All(told, t => Assert.Equal((2, 2), (t.Times, t.People)));
        Assert.Equal(2 * count, await db.ReadAsync(r => r.ScalarAsync<long>("SELECT COUNT(*) FROM escalation")));
        Assert.Equal(count, await db.ReadAsync(r => r.ScalarAsync<long>("SELECT COUNT(*) FROM journal WHERE kind = 'escalation_raised'")));
        Assert.Equal(count, await db.ReadAsync(r => r.ScalarAsync<long>("SELECT COUNT(DISTINCT subject_id) FROM journal WHERE kind = 'escalation_raised'")));
        Assert.Empty((await journal.RunAsync()).Faults);
    }

    private sealed class Told
    {
        public long DeadlineId { get; init; }

        public int Times { get; init; }

        public int People { get; init; }
    }
}
