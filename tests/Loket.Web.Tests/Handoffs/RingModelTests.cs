using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Loket.Web.Tests.Support;
using Microsoft.FSharp.Core;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Handoffs;

/// <summary>
/// Random connects, drops, accepts, declines, timeouts, switches and settings on two nodes, with everything that must hold
/// checked after every step, and what an offer is made on checked when it is made. A failure prints the shortest sequence
/// and its seed; <c>LOKET_REPLAY=seed,gamma,size</c> runs it again, <c>LOKET_MODEL_TIMES=10</c> searches ten times as long.
/// </summary>
public sealed class RingModelTests(ITestOutputHelper output)
{
    private static readonly (int Weight, RingAct Act)[] Weights =
    [
        (16, RingAct.Ask), (20, RingAct.Accept), (12, RingAct.Decline), (3, RingAct.MoreTime), (24, RingAct.Say), (5, RingAct.Switch), (10, RingAct.Wait),
        (5, RingAct.Drop), (4, RingAct.Connect), (9, RingAct.Finish), (5, RingAct.Done), (3, RingAct.Return), (2, RingAct.Withdraw), (24, RingAct.NextLine),
        (2, RingAct.SignOut), (2, RingAct.Set), (8, RingAct.Join),
    ];

    private static readonly Gen<RingStep> One =
        from act in Gen.Frequency(Weights.Select(w => (w.Weight, Gen.Constant(w.Act))))
        from who in Gen.Choose(0, 999)
        from what in Gen.Choose(0, 999)
        from how in Gen.Choose(0, 999)
        select new RingStep(act, who, what, how);

    [Theory]
    [OnSqlite(50, 90), OnSqlServer(4, 90)]
    public void Whatever_happens_nobody_has_two_offers_and_no_question_is_lost(TestEngine engine, int sequences, int steps)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(sequences * Times).WithReplay(Replayed());
        var done = new SortedDictionary<RingAct, int>();
        var offers = 0L;
        Check.One(config, Prop.ForAll(Arb.From(Gen.ArrayOf(One, steps), Shorter), all =>
        {
            offers += Task.Run(() => RunAsync(engine, all, done)).GetAwaiter().GetResult();
            return true;
        }));

        output.WriteLine($"{engine}: {sequences * Times * steps} steps, {done.Values.Sum()} of them done, {offers} offers");
        output.WriteLine(string.Join(", ", done.Select(c => $"{c.Key} {c.Value}")));
        if (Replayed() is null && engine == TestEngine.Sqlite)
        {
            Assert.All(Enum.GetValues<RingAct>(), act => Assert.True(done.GetValueOrDefault(act) > 5, $"{act} was hardly ever done"));
            Assert.True(offers > sequences * 5, "hardly anything rang");
        }
    }

    private static async Task<long> RunAsync(TestEngine engine, RingStep[] steps, SortedDictionary<RingAct, int> done)
    {
        await using var model = await RingModelWorld.NewAsync(engine);
        var before = await SnapshotAsync(model.World);
        for (var n = 0; n < steps.Length; n++)
        {
            // Ids of two nodes are in order only from one millisecond to the next.
            model.World.Clock.Advance(TimeSpan.FromMilliseconds(1));
            if (await model.DoAsync(steps[n]))
            {
                done[steps[n].Act] = done.GetValueOrDefault(steps[n].Act) + 1;
            }

            var after = await SnapshotAsync(model.World);
            var broken = await RingInvariants.BrokenAsync(model.World);
            broken.AddRange(await NewOffersAsync(model.World, before, after));
            if (broken.Count > 0)
            {
                Assert.Fail($"After step {n + 1}, {steps[n]}: {string.Join("; ", broken)}");
            }

            before = after;
        }

        return await model.World.ScalarAsync<long>("SELECT COUNT(*) FROM offer");
    }

    // What an offer was made on: the switch of the line is on, and there was room for one more talk.
    private static async Task<List<string>> NewOffersAsync(World world, Snapshot before, Snapshot after)
    {
        var wrong = new List<string>();
        foreach (var offer in after.Offers.Where(o => o.State == "pending" && before.Offers.All(b => b.Id != o.Id)))
        {
            var made = (await world.QueryAsync<Made>(
                """
                SELECT m.is_on, l.capacity, (SELECT COUNT(*) FROM handoff h WHERE h.specialist_id = @ProfessionalId AND h.state IN ('accepted', 'connected')) AS talks,
                       h.language, (SELECT COUNT(*) FROM line_tier t WHERE t.line_code = m.line_code AND t.tier = o.tier AND t.needs_language = 1) AS needs,
                       (SELECT COUNT(*) FROM professional_skill s WHERE s.professional_id = @ProfessionalId AND s.kind = 'language' AND s.code = h.language) AS speaks
                FROM offer o JOIN handoff h ON h.id = o.handoff_id JOIN line_member m ON m.line_code = o.line_code AND m.professional_id = o.professional_id JOIN line l ON l.code = m.line_code
                WHERE o.id = @Id
                """,
                offer)).Single();
            if (made.IsOn == 0)
            {
                wrong.Add($"offered on a line that is switched off: {offer.Id}");
            }

            if (made.Talks >= made.Capacity)
            {
                wrong.Add($"offered above the capacity, {made.Talks} talks of {made.Capacity}: {offer.Id}");
            }

            if (made is { Needs: 1, Language: not null, Speaks: 0 })
            {
                wrong.Add($"offered to who does not speak {made.Language}: {offer.Id}");
            }
        }

        return wrong;
    }

    private static async Task<Snapshot> SnapshotAsync(World world) =>
        new(await world.QueryAsync<OfferRow>("SELECT id, professional_id, state FROM offer"));

    private static IEnumerable<RingStep[]> Shorter(RingStep[] steps)
    {
        for (var size = steps.Length / 2; size >= 1; size /= 2)
        {
            for (var from = 0; from + size <= steps.Length; from += size)
            {
                yield return [.. steps[..from], .. steps[(from + size)..]];
            }
        }
    }

    private static int Times => int.TryParse(Environment.GetEnvironmentVariable("LOKET_MODEL_TIMES"), CultureInfo.InvariantCulture, out var times) ? times : 1;

    private static FSharpOption<Replay>? Replayed() => Environment.GetEnvironmentVariable("LOKET_REPLAY") is { Length: > 0 } text && text.Split(',', StringSplitOptions.TrimEntries) is { Length: > 1 } parts
        ? FSharpOption<Replay>.Some(new Replay(
            new Rnd(ulong.Parse(parts[0], CultureInfo.InvariantCulture), ulong.Parse(parts[1], CultureInfo.InvariantCulture)),
            parts.Length > 2 ? FSharpOption<int>.Some(int.Parse(parts[2], CultureInfo.InvariantCulture)) : null))
        : null;

    private sealed record Snapshot(List<OfferRow> Offers);

    private sealed class OfferRow
    {
        public long Id { get; init; }

        public long ProfessionalId { get; init; }

        public string State { get; init; } = "";
    }

    private sealed class Made
    {
        public int IsOn { get; init; }

        public int Capacity { get; init; }

        public int Talks { get; init; }

        public string? Language { get; init; }

        public int Needs { get; init; }

        public int Speaks { get; init; }
    }
}
