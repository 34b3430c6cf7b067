using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Wall;
using Loket.Web.Security;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Wall;

/// <summary>The wall shows what happened today and stands now, to each side what that side may know.</summary>
public sealed class WallTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task The_figures_of_a_line_are_what_happened_today(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var (first, second) = (scene.Members[0], scene.Members[1]);
        // Refused by one after 2 s, taken by the other at 12 s; then one missed and withdrawn while it rings at the other.
        await scene.RingAsync("cold");
        await scene.AfterAsync(2);
        Assert.True((await scene.DeclineAsync(first)).IsOk);
        await scene.AfterAsync(10);
        var taken = Given.Id((await scene.AcceptAsync(second)).Value.HandoffId);
        var talk = scene.World.The<Conversation>();
        Assert.True((await talk.FinishAsync(second, taken, new FinishForm("answered", null), null)).IsOk);
        await talk.DoneAsync(second, taken, null);
        var left = await scene.RingAsync("warm", first);
        await scene.AfterAsync(31);
        Assert.True((await scene.World.The<StopRinging>().CitizenLeftAsync(scene.Desk, left, null)).IsOk);

        var line = Assert.Single((await WallAsync(scene, scene.LineSupervisor)).Own);

        Assert.Equal((4, 1, 1, 1, 1), (line.Offered, line.Accepted, line.Declined, line.Missed, line.Abandoned));
        Assert.Equal((15, 15), (line.P50, line.P90));
        Assert.Equal([new WallHour(10, 1, 15, 15)], line.Hours.Select(h => h with { Hour = 10 }));
        Assert.Equal(0, line.Waiting);
        // The day after it starts anew.
        scene.Clock.Advance(TimeSpan.FromDays(1));
        var next = Assert.Single((await WallAsync(scene, scene.LineSupervisor)).Own);
        Assert.Equal((0, 0, 0, 0, 0, null), (next.Offered, next.Accepted, next.Declined, next.Missed, next.Abandoned, next.P50));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_asks_sees_who_is_free_and_the_own_requests_and_no_name(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        await scene.RingAsync();
        await scene.AfterAsync(3);
        // Another desk asks the same line.
        var other = await scene.Given.FrontOffice("gm0363");
        await scene.Given.Handoff(other, await scene.Given.Case(other));
        await scene.World.The<KeepWall>().RunAsync(default);

        var ours = await WallAsync(scene, scene.DeskSupervisor);
        var theirs = await WallAsync(scene, scene.LineSupervisor);
        var strangers = await WallAsync(scene, await scene.Given.Supervisor("gm0599"));

        var asked = Assert.Single(ours.Asked);
        Assert.Empty(ours.Own);
        Assert.Null(asked.People);
        Assert.Empty(asked.Hours);
        Assert.Equal((Scene.Debts, 0, 1, 1L), (asked.Code, asked.Free, asked.Waiting, asked.Offered));
        Assert.True(asked.HasNobody);
        var own = Assert.Single(theirs.Own);
        Assert.Empty(theirs.Asked);
        Assert.Equal((2, 2L), (own.Waiting, own.Offered));
        Assert.Equal(scene.Members.Select(m => (m.Name, "reserved")).Order(), own.People!.Select(p => (p.Name, p.State)).Order());
        Assert.Equal((0, 0), (strangers.Own.Count, strangers.Asked.Count));
    }

    [Fact]
    public async Task A_line_whose_people_are_all_on_a_break_has_nobody_free_and_one_without_people_is_not_counted()
    {
        await using var scene = await Scene.NewAsync();
        var calm = Assert.Single((await WallAsync(scene, scene.LineSupervisor)).Own);
        Assert.False(calm.HasNobody);

        foreach (var member in scene.Members)
        {
            Assert.True((await scene.SetPresenceAsync(member, "break")).IsOk);
        }

        Assert.True(Assert.Single((await WallAsync(scene, scene.LineSupervisor)).Own).HasNobody);
        foreach (var member in scene.Members)
        {
            Assert.True((await scene.SetPresenceAsync(member, "offline")).IsOk);
        }

        Assert.False(Assert.Single((await WallAsync(scene, scene.LineSupervisor)).Own).HasNobody);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Reasons_of_a_pair_are_shown_from_ten_on_to_both_sides_and_to_nobody_else(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1);
        for (var i = 1; i <= 10; i++)
        {
            var handoff = await scene.RingAsync();
            Assert.True((await scene.DeclineAsync(scene.Members[0], i <= 7 ? "no_capacity" : "outside_area")).IsOk);
            await scene.SetPresenceAsync(scene.Members[0], "offline");
            if (i == 9)
            {
                Assert.Null(Assert.Single((await WallAsync(scene, scene.DeskSupervisor)).Declines).Reasons);
            }
        }

        var (ours, theirs) = ((await WallAsync(scene, scene.DeskSupervisor)).Declines, (await WallAsync(scene, scene.LineSupervisor)).Declines);

        Assert.Equal([new DeclineCount("no_capacity", 7), new DeclineCount("outside_area", 3)], Assert.Single(ours).Reasons!);
        Assert.Equal((ours[0].Asker, ours[0].Answerer, 10L), (theirs[0].Asker, theirs[0].Answerer, theirs[0].Count));
        Assert.Empty((await WallAsync(scene, await scene.Given.Supervisor("gm0363"))).Declines);
    }

    [Fact]
    public async Task A_ring_of_everybody_that_nobody_answers_is_one_offer_and_missed_once()
    {
        await using var scene = await Scene.NewAsync(members: 3, strategy: "ring_all");
        await scene.RingAsync();
        await scene.AfterAsync(31);

        var line = Assert.Single((await WallAsync(scene, scene.LineSupervisor)).Own);
        Assert.Equal((1, 1), (line.Offered, line.Missed));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_question_that_came_back_has_waited_once(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var handoff = await scene.TalkAsync("warm");
        scene.Clock.Advance(TimeSpan.FromMinutes(10));
        await scene.Given.Available(scene.Members[1]);
        Assert.True((await scene.World.The<Conversation>().FinishAsync(scene.Members[0], handoff, new FinishForm("returned", "Niet van ons."), null)).IsOk);
        Assert.True((await scene.AcceptAsync(scene.Members[1])).IsOk);

        var line = Assert.Single((await WallAsync(scene, scene.LineSupervisor)).Own);
        Assert.Equal((2, 0), (line.Accepted, line.P90));
        Assert.Equal(1, line.Hours.Sum(h => h.Answered));
    }

    [Fact]
    public async Task Two_counters_at_once_and_a_count_from_the_start_give_the_same()
    {
        await using var scene = await Scene.NewAsync();
        await scene.TalkAsync("warm");
        var keep = scene.World.The<KeepWall>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => keep.RunAsync(default)));
        var before = await scene.World.QueryAsync<long>("SELECT n FROM wall_day ORDER BY line_code, measure, asker_code, kind, bucket");
        await scene.World.ExecuteAsync("DELETE FROM wall_day");
        await scene.World.ExecuteAsync("UPDATE consumer_cursor SET seq = 0 WHERE name = 'wall'");
        await keep.RunAsync(default);

        Assert.Equal([1L, 1L, 1L], before);
        Assert.Equal(before, await scene.World.QueryAsync<long>("SELECT n FROM wall_day ORDER BY line_code, measure, asker_code, kind, bucket"));
    }

    private static Task<WallView> WallAsync(Scene scene, Actor supervisor) => scene.World.Node.AskAsync((WallQuery wall) => wall.LoadAsync(supervisor));
}
