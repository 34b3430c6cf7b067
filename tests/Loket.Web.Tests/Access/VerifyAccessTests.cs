using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Loket.Web.Access;
using Loket.Web.Journal;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Access;

/// <summary>The access log verifies, and whoever changes it past the program is found out.</summary>
public sealed class VerifyAccessTests
{
    private static async Task<World> WithReadingsAsync(TestEngine engine)
    {
        var world = await World.NewAsync(engine);
        var desk = await world.Given.FrontOffice("gm0344");
        var caseId = await world.Given.Case(desk);
        await ReadAsync(world, desk, caseId, 6);
        return world;
    }

    private static async Task ReadAsync(World world, Loket.Web.Security.Actor person, long caseId, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var showing = new Showing(world.Clock.UtcNow, $"desk-{i}", i.ToString("x32", CultureInfo.InvariantCulture), i.ToString("x16", CultureInfo.InvariantCulture));
            await world.The<AccessLog>().RecordAsync(person, showing, [new ShownCase(caseId, Opened: true, i == 3 ? "Met een reden" : null)]);
        }
    }

    private static Task<AccessReport> VerifyAsync(World world) => world.The<VerifyAccess>().RunAsync();

    [Theory]
    [InlineData("", null, null, null, null, "")]
    [InlineData("vorige", 42L, "gm0344", "omdat ik café Zoë sprak", null, "=omdat ik café Zoë sprak")]
    [InlineData("vorige", long.MaxValue, "gm0344", "omdat", "digest", "#digest")]
    public void The_hash_is_over_all_parts_with_their_lengths_and_never_changes(string previous, long? person, string? organisation, string? reason, string? digest, string hashed)
    {
        var at = new DateTime(2026, 3, 9, 7, 5, 4, 30, DateTimeKind.Utc);
        var entry = new AccessEntry
        {
            Node = 7, Day = "2026-03-09", N = 3, BeganAt = at, At = at.AddMilliseconds(1), ProfessionalId = person, OrganisationCode = organisation, CaseId = 123456789012,
            What = "desk", How = "opened", Why = "owner", Reason = reason, ReasonDigest = digest, TraceId = new string('a', 32), SpanId = new string('b', 16),
        };
        string[] parts =
        [
            previous, "7", "2026-03-09", "3", "2026-03-09 07:05:04.030", "2026-03-09 07:05:04.031", person?.ToString(CultureInfo.InvariantCulture) ?? "", organisation ?? "",
            "123456789012", "desk", "opened", "owner", hashed, new string('a', 32), new string('b', 16),
        ];
        var key = Encoding.UTF8.GetBytes("a key of no log");
        var expected = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Concat(parts.Select(part => $"{part.Length}:{part}")))));

        using var mac = JournalChain.Mac(key);

        Assert.Equal(expected, entry.HashAfter(mac, previous));
        Assert.Equal(expected, entry.HashAfter(mac, previous));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_log_that_nobody_touched_verifies_over_two_days_and_after_a_restart(TestEngine engine)
    {
        await using var world = await WithReadingsAsync(engine);
        await world.The<AnchorAccess>().RunAsync(CancellationToken.None);
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.RestartAsync();
        var person = await world.ActorAsync(await world.ScalarAsync<long>("SELECT MIN(professional_id) FROM access_log"));
        await ReadAsync(world, person, await world.ScalarAsync<long>("SELECT MIN(id) FROM case_file"), 2);
        await world.The<AnchorAccess>().RunAsync(CancellationToken.None);

        var report = await VerifyAsync(world);

        Assert.Empty(report.Faults);
        Assert.Equal((2, 8), (report.Chains, report.Entries));
    }

    // What was done past the program to a chain of six readings, and the fault that names it.
    public static IEnumerable<object[]> Damage { get; } =
    [
        ["the person", "UPDATE access_log SET professional_id = professional_id + 1 WHERE n = 3", "reading 3 was changed"],
        ["no person any more", "UPDATE access_log SET professional_id = NULL WHERE n = 3", "reading 3 was changed"],
        ["the organisation", "UPDATE access_log SET organisation_code = 'gm9999' WHERE n = 3", "reading 3 was changed"],
        ["the case", "UPDATE access_log SET case_id = case_id + 1 WHERE n = 3", "reading 3 was changed"],
        ["the screen", "UPDATE access_log SET what = 'cases' WHERE n = 3", "reading 3 was changed"],
        ["opened or listed", "UPDATE access_log SET how = 'listed' WHERE n = 3", "reading 3 was changed"],
        ["the part", "UPDATE access_log SET why = 'team' WHERE n = 3", "reading 3 was changed"],
        ["the reason", "UPDATE access_log SET reason = 'Een betere reden' WHERE n = 4", "reading 4 was changed"],
        ["the reason made empty", "UPDATE access_log SET reason = NULL WHERE n = 4", "reading 4 was changed"],
        ["the digest of the reason", "UPDATE access_log SET reason_digest = 'x' WHERE n = 4", "reading 4 was changed"],
        ["the moment", "UPDATE access_log SET at = @later WHERE n = 3", "reading 3 was changed"],
        ["the moment it began", "UPDATE access_log SET began_at = @later WHERE n = 3", "reading 3 was changed"],
        ["the trace", "UPDATE access_log SET trace_id = 'x' WHERE n = 3", "reading 3 was changed"],
        ["the span", "UPDATE access_log SET span_id = 'x' WHERE n = 3", "reading 3 was changed"],
        ["the hash", "UPDATE access_log SET hash = 'x' WHERE n = 3", "reading 3 was changed"],
        ["a reading in the middle gone", "DELETE FROM access_log WHERE n = 3", "reading 4 follows 2"],
        ["the first reading gone", "DELETE FROM access_log WHERE n = 1", "reading 2 follows 0"],
        ["the last reading gone", "DELETE FROM access_log WHERE n = 6", "the log ends before its head 6"],
        ["a reading gone and the numbers closed up", "DELETE FROM access_log WHERE n = 3; UPDATE access_log SET n = 3 WHERE n = 4; UPDATE access_log SET n = 4 WHERE n = 5; UPDATE access_log SET n = 5 WHERE n = 6", "reading 3 was changed"],
        ["two readings the other way round", "UPDATE access_log SET n = 1000 WHERE n = 3; UPDATE access_log SET n = 3 WHERE n = 4; UPDATE access_log SET n = 4 WHERE n = 1000", "reading 3 was changed"],
        ["a reading on another day", "UPDATE access_log SET day = '2020-01-01', n = 1 WHERE n = 6", "reading 1 was changed"],
        ["a reading of another node", "UPDATE access_log SET node = node + 1, n = 1 WHERE n = 6", "reading 1 was changed"],
        ["the head's hash", "UPDATE access_head SET hash = 'x'", "its head does not fit"],
        ["the head's number", "UPDATE access_head SET n = 5", "its head does not fit"],
        ["the head gone", "DELETE FROM access_head", "its head is gone"],
        ["the whole day gone but for its head", "DELETE FROM access_log", "the log ends before its head 6"],
    ];

    [Theory, OnSqlite(From = nameof(Damage)), OnSqlServer(From = nameof(Damage))]
    public async Task Damage_is_found_and_named(TestEngine engine, string what, string sql, string fault)
    {
        await using var world = await WithReadingsAsync(engine);

        foreach (var statement in sql.Split("; "))
        {
            Assert.True(await world.ExecuteAsync(statement, new { later = world.Clock.UtcNow.AddDays(1) }) > 0, what);
        }

        Assert.Contains((await VerifyAsync(world)).Faults, f => f.Contains(fault, StringComparison.Ordinal));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_log_cut_off_with_its_head_adjusted_or_a_day_gone_as_a_whole_is_told_by_the_anchor(TestEngine engine)
    {
        await using var world = await WithReadingsAsync(engine);
        await world.The<AnchorAccess>().RunAsync(CancellationToken.None);

        await world.ExecuteAsync("DELETE FROM access_log WHERE n = 6");
        await world.ExecuteAsync("UPDATE access_head SET n = 5, hash = (SELECT l.hash FROM access_log l WHERE l.n = 5)");
        Assert.Contains((await VerifyAsync(world)).Faults, f => f.EndsWith("the anchored reading 6 is not there as it was", StringComparison.Ordinal));

        await world.ExecuteAsync("DELETE FROM access_log");
        await world.ExecuteAsync("DELETE FROM access_head");
        await world.The<AnchorAccess>().RunAsync(CancellationToken.None);
        Assert.Single((await VerifyAsync(world)).Faults, f => f.EndsWith("the anchored reading 6 is not there as it was", StringComparison.Ordinal));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_reason_goes_with_its_case_and_the_chain_still_verifies(TestEngine engine)
    {
        await using var world = await WithReadingsAsync(engine);
        var caseId = await world.ScalarAsync<long>("SELECT MIN(case_id) FROM access_log");
        var reasons = Features.Retention.CitizenColumns.OfCase.Single(k => k.Table == "access_log");
        await world.ExecuteAsync(reasons.Sql, new { caseId });
        Assert.NotEmpty((await VerifyAsync(world)).Faults);

        await world.ExecuteAsync("UPDATE case_file SET destroyed_at = opened_at WHERE id = @caseId", new { caseId });

        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM access_log WHERE reason IS NOT NULL OR reason_salt IS NOT NULL"));
        Assert.Empty((await VerifyAsync(world)).Faults);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task With_another_key_nothing_verifies(TestEngine engine)
    {
        await using var world = await WithReadingsAsync(engine);
        File.Delete(Path.Combine(world.Folder, "keys", "keys.json"));
        await world.RestartAsync();

        Assert.Equal(6, (await VerifyAsync(world)).Faults.Count(f => f.EndsWith("was changed", StringComparison.Ordinal)));
    }
}
