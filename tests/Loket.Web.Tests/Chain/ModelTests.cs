using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Loket.Web.Journal;
using Loket.Web.Tests.Support;
using Microsoft.FSharp.Core;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Chain;

/// <summary>
/// Random sequences of actions by random people, checked after every step. A failure prints the shortest sequence and a
/// seed; <c>LOKET_REPLAY=seed,gamma,size</c> runs that one again (without a size: the whole search), <c>LOKET_MODEL_TIMES=10</c> searches ten times as long.
/// </summary>
public sealed class ModelTests(ITestOutputHelper output)
{
    [Theory]
    [OnSqlite(120, 90), OnSqlServer(8, 90)]
    public void Whatever_people_do_every_case_has_one_owner_and_every_promise_a_running_date(TestEngine engine, int sequences, int steps)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(sequences * Times).WithReplay(Replayed());
        var counts = new SortedDictionary<Act, (int Done, int Refused)>();
        Check.One(config, Prop.ForAll(ModelStep.Sequences(steps), all =>
        {
            Task.Run(() => RunAsync(engine, all, counts)).GetAwaiter().GetResult();
            return true;
        }));

        output.WriteLine($"{engine}: {counts.Values.Sum(c => c.Done + c.Refused)} steps, {counts.Values.Sum(c => c.Done)} of them done");
        output.WriteLine(string.Join(", ", counts.Select(c => $"{c.Key} {c.Value.Done}/{c.Value.Done + c.Value.Refused}")));
        // Without these the invariants would have been looked at in an empty world.
        if (Replayed() is null && engine == TestEngine.Sqlite)
        {
            Assert.All(Enum.GetValues<Act>(), act => Assert.True(counts.GetValueOrDefault(act).Done > 5, $"{act} was done {counts.GetValueOrDefault(act).Done} times"));
        }
    }

    // LOKET_MODEL_TIMES makes the search that much longer.
    private static int Times => int.TryParse(Environment.GetEnvironmentVariable("LOKET_MODEL_TIMES"), CultureInfo.InvariantCulture, out var times) ? times : 1;

    private static async Task RunAsync(TestEngine engine, ModelStep[] steps, SortedDictionary<Act, (int Done, int Refused)> counts)
    {
        await using var model = await ModelWorld.NewAsync(engine);
        for (var n = 0; n < steps.Length; n++)
        {
            var done = await model.DoAsync(steps[n]);
            var (yes, no) = counts.GetValueOrDefault(steps[n].Act);
            counts[steps[n].Act] = done ? (yes + 1, no) : (yes, no + 1);
            if (await Invariants.BrokenAsync(model.World) is { Count: > 0 } broken)
            {
                Assert.Fail($"After step {n + 1}, {steps[n]}: {string.Join("; ", broken)}");
            }
        }

        var journal = await model.World.The<VerifyJournal>().RunAsync();
        Assert.True(journal.Holds, string.Join("; ", journal.Faults));
    }

    private static FSharpOption<Replay>? Replayed()
    {
        if (Environment.GetEnvironmentVariable("LOKET_REPLAY") is not { Length: > 0 } text)
        {
            return null;
        }

        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var seed = new Rnd(ulong.Parse(parts[0], CultureInfo.InvariantCulture), ulong.Parse(parts[1], CultureInfo.InvariantCulture));
        var size = parts.Length > 2 ? FSharpOption<int>.Some(int.Parse(parts[2], CultureInfo.InvariantCulture)) : null;
        return FSharpOption<Replay>.Some(new Replay(seed, size));
    }
}
