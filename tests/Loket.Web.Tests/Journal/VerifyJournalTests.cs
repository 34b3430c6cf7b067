using Loket.Web.Features.Chain;
using Loket.Web.Features.Handoffs;
using Loket.Web.Journal;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Journal;

/// <summary>The journal verifies, and whoever changes it past the program is found out (DESIGN 4.9).</summary>
public sealed class VerifyJournalTests
{
    /// <summary>A case with facts, an accepted handoff, messages and a promise; and a second one beside it.</summary>
    private static async Task<(World World, long CaseId)> WorkloadAsync(TestEngine engine)
    {
        var world = await World.NewAsync(engine);
        var line = await world.Given.Line("gm0518-debts", members: 1);
        var desk = await world.Given.FrontOffice("gm0344");
        var caseId = await world.Given.Case(desk, name: "Wilma van Zon", bsn: World.Wilma.Bsn);
        await world.Given.Case(desk, question: "Een andere vraag.");
        var handoff = await world.Given.AcceptedHandoff(desk, caseId, line.Members[0], "consult");
        foreach (var text in (string[])["Goedemorgen", "Er is al een regeling", "Dank"])
        {
            Assert.Null((await world.The<Conversation>().SendAsync(desk, handoff, text, null)).Refusal);
        }

        var due = world.Clock.UtcNow.AddDays(1);
        Assert.Null((await world.The<Promises>().MakeAsync(desk, caseId, new PromiseForm("Terugbellen", due), null)).Refusal);
        return (world, caseId);
    }

    private static Task<VerifyReport> VerifyAsync(World world) => world.The<VerifyJournal>().RunAsync();

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_journal_that_nobody_touched_verifies_also_after_a_restart(TestEngine engine)
    {
        var (world, caseId) = await WorkloadAsync(engine);
        await using var _ = world;
        await world.The<AnchorJournal>().RunAsync(CancellationToken.None);

        var report = await VerifyAsync(world);
        await world.RestartAsync();

        Assert.Empty(report.Faults);
        Assert.Equal((2, (await world.TimelineAsync(caseId)).Count + 1), (report.Cases, report.Entries));
        Assert.Empty((await VerifyAsync(world)).Faults);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task With_another_key_nothing_verifies(TestEngine engine)
    {
        var (world, _) = await WorkloadAsync(engine);
        await using var __ = world;
        File.Delete(Path.Combine(world.Folder, "keys", "keys.json"));
        await world.RestartAsync();

        var report = await VerifyAsync(world);

        Assert.Equal(report.Entries, report.Faults.Count(f => f.EndsWith("was changed", StringComparison.Ordinal)));
    }

    // What was done past the program to the case @c (its third entry, its last entry, its values), and the fault that names it.
    public static IEnumerable<object[]> Damage { get; } =
    [
        ["the payload", "UPDATE journal SET payload = '{}' WHERE case_id = @c AND n = 3", "entry 3 was changed"],
        ["the kind", "UPDATE journal SET kind = 'message_sent' WHERE case_id = @c AND n = 3", "entry 3 was changed"],
        ["the subject", "UPDATE journal SET subject_id = subject_id + 1 WHERE case_id = @c AND n = 3", "entry 3 was changed"],
        ["the person", "UPDATE journal SET actor_id = 1 WHERE case_id = @c AND n = 3", "entry 3 was changed"],
        ["the organisation", "UPDATE journal SET organisation_code = 'gm9999' WHERE case_id = @c AND n = 3", "entry 3 was changed"],
        ["the moment", "UPDATE journal SET at = @later WHERE case_id = @c AND n = 3", "entry 3 was changed"],
        ["the hash", "UPDATE journal SET hash = 'x' WHERE case_id = @c AND n = 3", "entry 3 was changed"],
        ["which value belongs to it", "UPDATE journal SET personal_id = NULL WHERE case_id = @c AND n = 2", "entry 2 was changed"],
        ["its digest", "UPDATE journal SET personal_digest = 'x' WHERE case_id = @c AND n = 2", "entry 2 was changed"],
        ["a value", "UPDATE personal_value SET value = 'iets anders' WHERE id = @p", "personal value {p} was changed"],
        ["a salt", "UPDATE personal_value SET salt = 'x' WHERE id = @p", "personal value {p} was changed"],
        ["a value made empty", "UPDATE personal_value SET value = NULL WHERE id = @p", "personal value {p} was changed"],
        ["a value called destroyed and kept", "UPDATE personal_value SET value = 'iets anders', destroyed_at = @later WHERE id = @p", "personal value {p} was changed"],
        ["a value added", "INSERT INTO personal_value (id, case_id, organisation_code, value, salt) VALUES (1, @c, 'gm0344', 'erbij', 'x')", "personal value 1 is in no entry"],
        ["an entry in the middle gone", "DELETE FROM journal WHERE case_id = @c AND n = 3", "entry 4 follows 2"],
        ["the first entry gone", "DELETE FROM journal WHERE case_id = @c AND n = 1", "entry 2 follows 0"],
        ["the last entry gone", "DELETE FROM journal WHERE case_id = @c AND n = @last", "the journal ends before its head"],
        ["an entry gone and the numbers closed up", "DELETE FROM journal WHERE case_id = @c AND n = 3; UPDATE journal SET n = n - 1 WHERE case_id = @c AND n = 4", "entry 3 was changed"],
        ["two entries the other way round", "UPDATE journal SET n = 1000 WHERE case_id = @c AND n = 3; UPDATE journal SET n = 3 WHERE case_id = @c AND n = 4; UPDATE journal SET n = 4 WHERE case_id = @c AND n = 1000", "entry 3 was changed"],
        ["two positions the other way round", "UPDATE journal SET seq = seq + 1000 WHERE case_id = @c AND n = 3; UPDATE journal SET seq = seq - 1 WHERE case_id = @c AND n = 4; UPDATE journal SET seq = seq - 999 WHERE case_id = @c AND n = 3", "entry 4 was moved"],
        ["an entry in another shard", "UPDATE journal SET shard = shard + 100 WHERE case_id = @c AND n = 3", "entry 3 was moved"],
        ["an entry put in at the end", "INSERT INTO journal (shard, seq, case_id, n, kind, subject_id, at, payload, hash) SELECT shard, seq + 1, case_id, n + 1, kind, subject_id, at, payload, hash FROM journal WHERE case_id = @c AND n = @last", "was changed"],
        ["the head's hash", "UPDATE case_head SET hash = 'x' WHERE case_id = @c", "its head does not fit"],
        ["the head's number", "UPDATE case_head SET n = n - 1 WHERE case_id = @c", "its head does not fit"],
        ["the head gone", "DELETE FROM case_head WHERE case_id = @c", "its head is gone"],
        ["the whole case gone but for its head", "DELETE FROM journal WHERE case_id = @c", "the journal ends before its head"],
        ["the shard's number", "UPDATE journal_shard SET last_seq = last_seq + 1 WHERE shard = @shard", "and {seq+1} were written"],
    ];

    [Theory, OnSqlite(From = nameof(Damage)), OnSqlServer(From = nameof(Damage))]
    public async Task Damage_is_found_and_named(TestEngine engine, string what, string sql, string fault)
    {
        var (world, caseId) = await WorkloadAsync(engine);
        await using var _ = world;
        var last = await world.ScalarAsync<int>("SELECT MAX(n) FROM journal WHERE case_id = @caseId", new { caseId });
        var personal = await world.ScalarAsync<long>("SELECT personal_id FROM journal WHERE case_id = @caseId AND n = 2", new { caseId });
        var shard = JournalChain.ShardOf(caseId);
        var seq = await world.ScalarAsync<long>("SELECT last_seq FROM journal_shard WHERE shard = @shard", new { shard });

        foreach (var statement in sql.Split("; "))
        {
            Assert.True(await world.ExecuteAsync(statement, new { c = caseId, p = personal, last, shard, later = world.Clock.UtcNow.AddDays(1) }) > 0, what);
        }

        var report = await VerifyAsync(world);
        var expected = fault.Replace("{p}", $"{personal}", StringComparison.Ordinal).Replace("{seq+1}", $"{seq + 1}", StringComparison.Ordinal);
        Assert.Contains(report.Faults, f => f.Contains(expected, StringComparison.Ordinal));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Destroying_a_personal_value_leaves_the_journal_whole(TestEngine engine)
    {
        var (world, caseId) = await WorkloadAsync(engine);
        await using var _ = world;
        await world.The<AnchorJournal>().RunAsync(CancellationToken.None);

        var destroyed = await world.ExecuteAsync(
            "UPDATE personal_value SET value = NULL, salt = NULL, destroyed_at = @UtcNow WHERE case_id = @caseId", new { world.Clock.UtcNow, caseId });

        Assert.True(destroyed >= 5);
        Assert.Empty((await VerifyAsync(world)).Faults);
    }
}
