using System.Diagnostics;
using Loket.Web.Data;
using Loket.Web.Journal;
using Loket.Web.Tests.Chain;
using Loket.Web.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Server;

/// <summary>Ten thousand deadlines due at one moment, in real processes: exactly once per step, whatever ends or shares the work.</summary>
[Collection(ServerCollection.Name)]
public sealed class DeadlineFiringTests(ITestOutputHelper output)
{
    private const int Count = 10_000;
    private const int Utrecht = 1001;
    private const int SpecialistOfDebts = 1336;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_kill_in_the_middle_of_the_firing_and_a_start_fire_each_deadline_once()
    {
        using var data = new TempFolder();
        await using var outside = Outside(data.Path);
        var db = outside.GetRequiredService<Db>();
        await using (var server = await ServerProcess.StartAsync(data.Path))
        {
            await InsertAsync(server, db);
            await FiredAsync(db, 1);
            await server.KillAsync();
        }

        var atTheKill = await ManyDeadlines.FiredAsync(db);
        output.WriteLine($"{atTheKill} of {Count} had fired at the kill");
        Assert.InRange(atTheKill, 1, Count - 1);
        // Who hears of it was written where it fired.
        Assert.Equal(atTheKill, await db.ReadAsync(r => r.ScalarAsync<long>("SELECT COUNT(*) FROM journal WHERE kind = 'escalation_raised'")));

        await using (var server = await ServerProcess.StartAsync(data.Path))
        {
            await ToldAsync(db);
            await server.KillAsync();
        }

        await ManyDeadlines.AssertFiredOnceAsync(db, outside.GetRequiredService<VerifyJournal>(), Count);
    }

    [Fact]
    public async Task A_kill_in_the_middle_of_the_telling_and_a_start_tell_each_person_once()
    {
        using var data = new TempFolder();
        await using var outside = Outside(data.Path);
        var db = outside.GetRequiredService<Db>();
        await using (var server = await ServerProcess.StartAsync(data.Path))
        {
            await InsertAsync(server, db);
            await UntilAsync(() => ManyDeadlines.ToldAsync(db), 1, "people to be told");
            await server.KillAsync();
        }

        var atTheKill = await ManyDeadlines.ToldAsync(db);
        output.WriteLine($"{atTheKill} of {2 * Count} were told at the kill");
        Assert.InRange(atTheKill, 1, (2 * Count) - 1);

        await using (var server = await ServerProcess.StartAsync(data.Path))
        {
            await ToldAsync(db);
            await server.KillAsync();
        }

        await ManyDeadlines.AssertFiredOnceAsync(db, outside.GetRequiredService<VerifyJournal>(), Count);
    }

    [Fact]
    public async Task Two_processes_on_one_database_of_which_one_is_killed_fire_each_deadline_once()
    {
        using var data = new TempFolder();
        await using var outside = Outside(data.Path);
        var db = outside.GetRequiredService<Db>();
        await using (var first = await ServerProcess.StartAsync(data.Path))
        await using (var second = await ServerProcess.StartAsync(data.Path))
        {
            await InsertAsync(first, db);
            await FiredAsync(db, Count / 3);
            await first.KillAsync();
            await ToldAsync(db);
            await second.KillAsync();
        }

        // An id tells which process made it.
        var nodes = (await db.ReadAsync(r => r.QueryAsync<long>("SELECT id FROM escalation"))).GroupBy(id => (id >> 12) % IdSource.Nodes);
        output.WriteLine($"escalations by process: {string.Join(", ", nodes.Select(n => n.Count()))}");
        await ManyDeadlines.AssertFiredOnceAsync(db, outside.GetRequiredService<VerifyJournal>(), Count);
    }

    private static async Task InsertAsync(ServerProcess server, Db db)
    {
        using var desk = await Session.At(server.Address).SignInAsync(Utrecht);
        var like = await desk.OpenCaseAsync();
        await ManyDeadlines.InsertAsync(db, Count, long.Parse(like, System.Globalization.CultureInfo.InvariantCulture), SpecialistOfDebts, db.Now());
    }

    private static Task FiredAsync(Db db, int atLeast) => UntilAsync(() => ManyDeadlines.FiredAsync(db), atLeast, "deadlines to fire");

    private static Task ToldAsync(Db db) => UntilAsync(() => ManyDeadlines.ToldAsync(db), 2 * Count, "people to be told");

    // Without a pause between two looks: the middle of the firing is short.
    private static async Task UntilAsync(Func<Task<long>> count, int atLeast, string what)
    {
        var since = Stopwatch.GetTimestamp();
        while (await count() < atLeast)
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < Patience, $"Waited in vain for {atLeast} {what}");
        }
    }

    /// <summary>The database of the processes, seen and written from this one.</summary>
    private static ServiceProvider Outside(string data)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddLocalization(options => options.ResourcesPath = "Texts");
        services.AddLoketCore(new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["Data:Path"] = data }).Build());
        return services.BuildServiceProvider();
    }
}
