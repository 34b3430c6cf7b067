using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Loket.Web.Data;
using Loket.Web.Journal;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Journal;

/// <summary>What is hashed never changes: a journal of years ago verifies. And a chain is right however its head was read.</summary>
public sealed class JournalChainTests
{
    private static readonly DateTime At = new(2026, 3, 9, 7, 5, 4, 30, DateTimeKind.Utc);

    public static TheoryData<string, long?, string?, string, long?, string?> Entries { get; } = new()
    {
        { "", null, null, "{}", null, null },
        { "vorige", 42, "gm0344", """{"line":"gm0518-debts"}""", -7, "digest" },
        { "vorige", long.MinValue, "gm0344", $$"""{"text":"café €5 {{new string('é', 3000)}}"}""", long.MaxValue, "digest" },
    };

    [Theory, MemberData(nameof(Entries))]
    public void The_hash_is_over_all_parts_with_their_lengths(string previous, long? actor, string? organisation, string payload, long? personal, string? digest)
    {
        var entry = new StoredEntry
        {
            CaseId = 123456789012, N = 3, Kind = "fact_added", SubjectId = 9, ActorId = actor, OrganisationCode = organisation, At = At, Payload = payload,
            PersonalId = personal, PersonalDigest = digest,
        };
        var key = Encoding.UTF8.GetBytes("a key of no journal");
        string?[] parts = [previous, "123456789012", "3", "fact_added", "9", Text(actor), organisation, "2026-03-09 07:05:04.030", payload, Text(personal), digest];
        var text = string.Concat(parts.Select(part => $"{(part ?? "").Length}:{part}"));
        var expected = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

        using var mac = JournalChain.Mac(key);

        Assert.Equal(expected, JournalChain.Hash(mac, previous, entry));
        Assert.Equal(expected, JournalChain.Hash(mac, previous, entry));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Entries_follow_the_head_as_it_is_now_also_when_another_was_seen_before(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        await AppendAsync(world, null);
        var head = await world.Db.ReadAsync(r => r.FindAsync<CaseHead>("SELECT case_id, n, hash FROM case_head WHERE case_id = 7"));

        await AppendAsync(world, head);
        await AppendAsync(world, head);

        Assert.Equal([1, 2, 3], await world.QueryAsync<int>("SELECT n FROM journal WHERE case_id = 7 ORDER BY n"));
        Assert.Empty((await world.The<VerifyJournal>().RunAsync()).Faults);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_200_000)]
    [InlineData(1_230_000)]
    [InlineData(9_999_999)]
    public void A_moment_is_written_as_it_is_read_and_as_NET_writes_it(int ticks)
    {
        var moment = new DateTime(2026, 11, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(ticks);
        var text = new byte[Moment.MostBytes];

        var written = Encoding.ASCII.GetString(text, 0, Moment.Write(moment, text));

        Assert.Equal(moment.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture), written);
        Assert.Equal(moment, Moment.Parse(written));
    }

    private static Task AppendAsync(World world, CaseHead? seen) => world.Db.WriteAsync<int>(unit =>
    {
        if (seen is not null)
        {
            unit.HasSeen(seen);
        }

        unit.Append(new Entry(7, "test", 1, null, null, new { }));
        return 0;
    });

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
