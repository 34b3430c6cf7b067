using Loket.Domain.Handoffs;
using Loket.Web.Features.Handoffs;

namespace Loket.Web.Tests.Handoffs;

/// <summary>
/// Who is offered what, when, to the second. A script says at which second somebody does something, and at whom the
/// latest question rings then: <c>3 A declines => B</c>. A, B and C are free in the order B, C, A; their places are A 1,
/// B 2, C 3. Time passes second by second, with the sweep in each.
/// </summary>
public sealed class StrategyScriptTests
{
    [Theory]
    [InlineData("longest_idle", "0 asks => B; 4 B declines => C; 33 => C; 34 => A; 63 => A; 64 => callback")]
    [InlineData("ring_all", "0 asks => ABC; 5 A declines => BC; 29 => BC; 30 => callback")]
    [InlineData("ring_all", "0 asks => ABC; 12 C accepts => talk C")]
    [InlineData("round_robin", "0 asks => A; 2 withdraws => -; 3 asks => B; 5 withdraws => -; 6 asks => C; 8 withdraws => -; 9 asks => A; 10 A declines => B; 39 => B; 40 => C")]
    [InlineData("fewest_handled", "0 asks => B; 1 B accepts => talk B; 11 B ends => -; 12 asks => C; 13 C accepts => talk C; 20 C ends => -; 21 asks => A; 22 A accepts => talk A; 30 A ends => -; 31 asks => B")]
    [InlineData("least_talk_time", "0 asks => B; 1 B accepts => talk B; 31 B ends => -; 32 asks => C; 33 C accepts => talk C; 43 C ends => -; 44 asks => A; 45 A accepts => talk A; 65 A ends => -; 66 asks => C; 67 C declines => A; 96 => A; 97 => B")]
    [InlineData("top_down", "0 asks => A; 2 A declines => B; 31 => B; 32 => C; 40 C declines => callback; 41 asks => A")]
    [InlineData("weighted", "0 asks => A; 1 withdraws => -; 2 asks => A; 3 withdraws => -; 4 asks => B; 5 withdraws => -; 6 asks => C; 7 withdraws => -; 8 asks => A; 9 withdraws => -; 10 asks => A")]
    public async Task A_strategy_asks_in_its_order(string strategy, string script)
    {
        await using var scene = await PlayAsync(strategy, [], script);
    }

    // Tier 1 is A, tier 2 B, tier 3 C: ten seconds, ten seconds, and then until the live time ends.
    [Theory]
    [InlineData("0 asks => A; 9 => A; 10 => B; 19 => B; 20 => C; 49 => C; 50 => callback")]
    [InlineData("0 asks => A; 3 A declines => B; 19 => B; 20 => C; 49 => C; 50 => callback")]
    [InlineData("0 asks => A; 3 A declines => B; 4 B declines => C; 33 => C; 34 => callback")]
    [InlineData("0 A break => -; 0 asks => B; 19 => B; 20 => C")]
    [InlineData("0 A break => -; 0 B break => -; 0 asks => C; 29 => C; 30 => callback")]
    [InlineData("0 A break => -; 0 B break => -; 0 asks => C; 5 A free => C; 12 C declines => A; 19 => A; 20 => callback")]
    [InlineData("0 asks => A; 6 A declines => B; 17 B declines => C")]
    [InlineData("0 C break => -; 0 asks => A; 10 => B; 20 => callback")]
    [InlineData("0 C break => -; 0 asks => A; 3 A declines => B; 9 A break => B; 10 B declines => callback")]
    public async Task Tier_deadlines_add_up_from_entry_and_a_tier_that_can_make_no_offer_is_skipped(string script)
    {
        await using var scene = await PlayAsync("longest_idle", ["top_down 10", "longest_idle 10", "ring_all"], script, 2, 3);
    }

    // Two tiers of ten seconds and no more: the line is over at second twenty, to the second, also while it waits.
    [Theory]
    [InlineData("0 C break => -; 0 B wrap_up => -; 0 asks => A; 9 => A; 10 => -; 19 => -; 20 => callback")]
    [InlineData("0 C break => -; 0 B wrap_up => -; 0 asks => A; 10 => -; 15 B free => B; 19 => B; 20 => callback")]
    [InlineData("0 C break => -; 0 B wrap_up => -; 0 asks => A; 10 => -; 15 => -; 16 B free => callback")]
    public async Task A_line_whose_tiers_are_over_is_over(string script)
    {
        await using var scene = await PlayAsync("longest_idle", ["top_down 10", "top_down 10"], script, 2, 2);
    }

    [Fact]
    public async Task An_unanswered_ring_all_makes_nobody_missed_and_warns_the_line()
    {
        await using var scene = await PlayAsync("ring_all", [], "0 asks => ABC; 30 => callback");

        foreach (var person in scene.Members)
        {
            Assert.Equal("available", await scene.PresenceAsync(person));
        }

        Assert.Equal(3, await scene.World.ScalarAsync<int>("SELECT asked FROM line_warning WHERE line_code = 'gm0518-debts'"));
    }

    [Fact]
    public async Task A_ring_all_that_somebody_refused_warns_nobody()
    {
        await using var scene = await PlayAsync("ring_all", [], "0 asks => ABC; 3 A declines => BC; 30 => callback");

        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM line_warning"));
    }

    private static async Task<Scene> PlayAsync(string strategy, string[] tiers, string script, int tierOfB = 1, int tierOfC = 1)
    {
        var scene = await Scene.NewAsync(members: 3, strategy: strategy);
        var (a, b, c) = (scene.Members[0], scene.Members[1], scene.Members[2]);
        await scene.Given.Tiers(Scene.Debts, tiers);
        await scene.World.ExecuteAsync("UPDATE line_member SET tier = @tierOfB WHERE professional_id = @Id", new { tierOfB, b.Id });
        await scene.World.ExecuteAsync("UPDATE line_member SET tier = @tierOfC WHERE professional_id = @Id", new { tierOfC, c.Id });
        await scene.Given.Place(Scene.Debts, a, 1, weight: 3);
        await scene.Given.Place(Scene.Debts, b, 2);
        await scene.Given.Place(Scene.Debts, c, 3);
        foreach (var person in new[] { b, c, a })
        {
            await scene.Given.Available(person);
            scene.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var start = scene.Clock.UtcNow;
        var latest = 0L;
        foreach (var step in script.Split(';', StringSplitOptions.TrimEntries))
        {
            var (does, expected) = step.Split("=>", StringSplitOptions.TrimEntries) is [var left, var right] ? (left.Split(' '), right) : throw new FormatException(step);
            while (scene.Clock.UtcNow < start.AddSeconds(int.Parse(does[0])))
            {
                await scene.AfterAsync(1);
            }

            latest = await DoAsync(scene, latest, does);
            Assert.True(expected == await SeenAsync(scene, latest), $"{step}: {await SeenAsync(scene, latest)}");
        }

        return scene;
    }

    private static async Task<long> DoAsync(Scene scene, long latest, string[] does)
    {
        var who = does.Length == 3 ? scene.Members[does[1][0] - 'A'] : null;
        switch (does[^1])
        {
            case "asks":
                return await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk), "consult");
            case "withdraws":
                Assert.Null((await scene.World.The<StopRinging>().WithdrawAsync(scene.Desk, latest, null)).Refusal);
                break;
            case "declines":
                await scene.DeclineAsync(who!);
                break;
            case "accepts":
                Assert.Null((await scene.AcceptAsync(who!)).Refusal);
                break;
            case "ends":
                Assert.Null((await scene.World.The<Conversation>().FinishAsync(who!, latest, new FinishForm("answered", null), null)).Refusal);
                Assert.Null((await scene.World.The<Conversation>().DoneAsync(who!, latest, null)).Refusal);
                break;
            case "break" or "wrap_up":
                Assert.Null((await scene.SetPresenceAsync(who!, does[^1])).Refusal);
                break;
            case "free":
                Assert.Null((await scene.SetPresenceAsync(who!, "available")).Refusal);
                break;
        }

        return latest;
    }

    private static async Task<string> SeenAsync(Scene scene, long handoff)
    {
        string Name(long id) => ((char)('A' + scene.Members.Select(m => m.Id).ToList().IndexOf(id))).ToString();
        if (handoff == 0)
        {
            return "-";
        }

        var ringing = string.Concat((await scene.RingingAtAsync(handoff)).Select(Name).Order(StringComparer.Ordinal));
        return await scene.StateAsync(handoff) switch
        {
            HandoffState.CallbackScheduled => "callback",
            HandoffState.Connected => $"talk {Name(await scene.FieldAsync<long>(handoff, "specialist_id"))}",
            _ => ringing.Length > 0 ? ringing : "-",
        };
    }
}
