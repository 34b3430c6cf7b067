using Loket.Web.Features.Cases;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Identity;
using Loket.Web.Security;
using Loket.Web.Tests.Support;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Cases;

/// <summary>The keys of citizens' numbers change while everybody works.</summary>
public sealed class KeyRotationTests(ITestOutputHelper output)
{
    private const string Number = "999990019";
    private const int Cases = 120;

    [Theory, OnSqlite, OnSqlServer]
    public async Task Keys_change_under_load_and_no_lookup_misses_a_case(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var other = await world.AnotherNodeAsync();
        var desk = await world.Given.FrontOffice("gm0344");
        for (var i = 0; i < Cases; i++)
        {
            await world.Given.Case(desk, bsn: Number);
        }

        var parties = await world.QueryAsync<long>("SELECT id FROM party ORDER BY id");
        using var stop = new CancellationTokenSource();
        var (lookups, misses, opened) = (0, 0, 0);
        var load = new[] { world.Node, other }.SelectMany(node => Enumerable.Range(0, 3).Select(n => Task.Run(async () =>
        {
            var random = new Random(n);
            while (!stop.IsCancellationRequested)
            {
                var found = await world.Db.ReadAsync(r => node.The<OtherCasesQuery>().LoadAsync(r, desk, parties[random.Next(parties.Count)]));
                Interlocked.Increment(ref lookups);
                if (found.Count < Cases - 1)
                {
                    Interlocked.Increment(ref misses);
                }

                if (random.Next(20) == 0)
                {
                    Assert.True((await node.The<OpenCase>().RunAsync(desk, new OpenCaseForm("Nog een vraag", "person", "debts", "gm0518", Bsn: Number), null)).IsOk);
                    Interlocked.Increment(ref opened);
                }
            }
        }))).ToList();

        for (var round = 2; round <= 3; round++)
        {
            KeyFile.AddVersion(Path.Combine(world.Folder, "keys", "keys.json"), world.Clock.UtcNow);
            for (var second = 0; second <= KeyFile.Notice.TotalSeconds; second += 5)
            {
                world.Clock.Advance(TimeSpan.FromSeconds(5));
                await Task.WhenAll(world.The<RenewNumbers>().RunAsync(default), other.The<RenewNumbers>().RunAsync(default));
                await WaitForAsync(() => Volatile.Read(ref lookups), 20);
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(load);
        await world.The<RenewNumbers>().RunAsync(default);
        output.WriteLine($"{lookups} lookups and {opened} new cases during two changes of keys; {misses} lookups failed");
        Assert.Equal(0, misses);
        Assert.Equal([3], await world.QueryAsync<int>("SELECT DISTINCT number_key FROM party"));
        Assert.Equal(1, await world.ScalarAsync<long>("SELECT COUNT(DISTINCT number_index) FROM party"));
        var sealedNumbers = await world.QueryAsync<string>("SELECT number_sealed FROM party");
        Assert.Equal(Cases + opened, sealedNumbers.Count);
        Assert.All(sealedNumbers, text => Assert.StartsWith("3.", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_number_moved_to_another_row_does_not_open()
    {
        await using var world = await World.NewAsync();
        var desk = await world.Given.FrontOffice("gm0344");
        var mine = await world.Given.Case(desk, bsn: Number);
        await world.Given.Case(desk, bsn: World.Wilma.Bsn);
        var parties = await world.QueryAsync<long>("SELECT id FROM party ORDER BY id");

        await world.ExecuteAsync("UPDATE party SET number_sealed = (SELECT p.number_sealed FROM party p WHERE p.id = @from) WHERE id = @to", new { from = parties[1], to = parties[0] });

        await Assert.ThrowsAnyAsync<System.Security.Cryptography.CryptographicException>(
            () => world.The<EstablishIdentity>().RunAsync(desk, mine, "document", null));
    }

    private static async Task WaitForAsync(Func<int> count, int more)
    {
        var until = count() + more;
        while (count() < until)
        {
            await Task.Yield();
        }
    }
}
