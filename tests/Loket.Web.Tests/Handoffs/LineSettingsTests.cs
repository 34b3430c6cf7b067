using Loket.Domain.Handoffs;
using Loket.Domain.Terms;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Presence;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Handoffs;

/// <summary>What a line manager sets, at work: opening hours, overflow, skills, the switch, the wrap-up, the usual wait.</summary>
public sealed class LineSettingsTests
{
    // The clock starts on Tuesday 10 February 2026 at 10:00 in Amsterdam.
    [Theory]
    [InlineData(null, true)]
    [InlineData("mon-fri 08:30-17:00", true)]
    [InlineData("mon-fri 10:00-17:00", true)]
    [InlineData("mon-fri 10:01-17:00", false)]
    [InlineData("mon-fri 08:30-10:00", false)]
    [InlineData("mon 08:30-17:00", false)]
    [InlineData("mon 08:30-17:00; 2026-02-10 09:00-12:00", true)]
    [InlineData("mon-fri 08:30-17:00; 2026-02-10 closed", false)]
    public async Task A_closed_line_does_not_ring(string? hours, bool rings)
    {
        await using var scene = await Scene.NewAsync(members: 1);
        await scene.Given.Set(Scene.Debts, "hours", hours);

        var handoff = await scene.RingAsync("consult");

        Assert.Equal(rings ? HandoffState.Offered : HandoffState.CallbackScheduled, await scene.StateAsync(handoff));
    }

    [Fact]
    public async Task A_closed_line_is_passed_over_for_one_that_is_open()
    {
        await using var scene = await Scene.NewAsync(members: 1);
        var general = await scene.Given.Line("gm0518-general", members: 1);
        await scene.Given.Available(general.Members);
        await scene.Given.Set(Scene.Debts, "hours", "sat 10:00-12:00");

        Assert.Equal([general.Members[0].Id], await scene.RingingAtAsync(await scene.RingAsync()));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_callback_is_planned_within_the_lines_own_hours(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1);
        await scene.Given.Set(Scene.Debts, "hours", "wed 13:00-15:00; 2026-02-11 closed");

        var handoff = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));

        // Tuesday; Wednesday is closed this once; so the Wednesday after.
        var callback = await scene.CallbackAsync(handoff);
        Assert.Equal(AmsterdamTime.ToUtc(new DateTime(2026, 2, 18, 13, 0, 0)), callback.FromAt);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_a_line_cannot_take_goes_to_its_overflow_line_before_the_rest_of_the_route(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1);
        var general = await scene.Given.Line("gm0518-general", members: 1);
        var neighbour = await scene.Given.Line("gm0599-debts", members: 1);
        await scene.Given.Available([.. general.Members, .. neighbour.Members]);
        await scene.Given.Set(Scene.Debts, "overflow_line", neighbour.Code);

        var handoff = await scene.RingAsync();
        Assert.Equal([Scene.Debts, neighbour.Code, general.Code], await scene.World.QueryAsync<string>("SELECT line_code FROM handoff_line WHERE handoff_id = @handoff ORDER BY position", new { handoff }));
        await scene.DeclineAsync(scene.Members[0]);

        Assert.Equal([neighbour.Members[0].Id], await scene.RingingAtAsync(handoff));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_speaks_the_language_is_asked_first_and_the_handoff_says_so(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 4);
        await scene.Given.Available(scene.Members);
        foreach (var polish in scene.Members.Skip(1))
        {
            await scene.Given.Speaks(polish, "pl");
        }

        var handoff = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk), language: "pl");

        var offer = Assert.Single(await scene.World.QueryAsync<StoredOffer>($"SELECT {StoredOffer.Columns} FROM offer o WHERE o.handoff_id = @handoff", new { handoff }));
        Assert.Equal((scene.Members[1].Id, "longest_idle", 3, "pl", 1), (offer.ProfessionalId, offer.Why, offer.WhyCount, offer.WhyLanguage, offer.Tier));
        foreach (var polish in scene.Members.Skip(1))
        {
            await scene.DeclineAsync(polish);
        }

        Assert.Equal([scene.Members[0].Id], await scene.RingingAtAsync(handoff));
    }

    [Fact]
    public async Task A_language_that_is_required_to_the_end_rings_at_nobody_else()
    {
        await using var scene = await Scene.NewAsync(members: 2);
        await scene.Given.Tiers(Scene.Debts, "longest_idle");
        await scene.Given.Available(scene.Members);

        Assert.Equal(HandoffState.CallbackScheduled, await scene.StateAsync(await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk), language: "pl")));
        Assert.Equal(HandoffState.Offered, await scene.StateAsync(await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk), language: "nl")));
    }

    [Fact]
    public async Task On_the_general_line_who_knows_the_topic_goes_first()
    {
        await using var scene = await Scene.NewAsync(members: 0);
        var general = await scene.Given.Line("gm0518-general", members: 2);
        await scene.Given.Skill(general.Members[1], "topic", "debts");
        await scene.Given.Available(general.Members);

        var handoff = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));

        Assert.Equal([general.Members[1].Id], await scene.RingingAtAsync(handoff));
        Assert.Equal("debts", await scene.World.ScalarAsync<string>("SELECT why_topic FROM offer WHERE handoff_id = @handoff", new { handoff }));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_switches_a_line_on_is_offered_what_waits_there(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 2);
        await scene.Given.Available(scene.Members[0]);
        var lines = scene.World.The<SwitchLine>();
        await lines.RunAsync(scene.Members[0], Scene.Debts, on: false, null);
        // The other one talks, so that the question waits.
        await scene.TalkAsync("consult", scene.Members[1]);
        var handoff = await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk));
        Assert.Empty(await scene.RingingAtAsync(handoff));

        Assert.Null((await lines.RunAsync(scene.Members[0], Scene.Debts, on: true, null)).Refusal);

        Assert.Equal([scene.Members[0].Id], await scene.RingingAtAsync(handoff));
        Assert.Equal("no-such-line", (await lines.RunAsync(scene.Members[0], "gm0518-permits", on: true, null)).Refusal?.Code);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_wrap_up_is_extended_by_a_minute_each_time_up_to_ten(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1);
        var handoff = await scene.TalkAsync("consult");
        await scene.World.The<Conversation>().FinishAsync(scene.Members[0], handoff, new FinishForm("answered", null), null);
        var extend = scene.World.The<ExtendWrapUp>();

        Assert.True((await extend.RunAsync(scene.Members[0], null)).IsOk);
        await scene.AfterAsync(119);
        Assert.Equal("wrap_up", await scene.PresenceAsync(scene.Members[0]));
        for (var n = 0; n < 8; n++)
        {
            Assert.True((await extend.RunAsync(scene.Members[0], null)).IsOk);
        }

        Assert.Equal("wrap-up-longest", (await extend.RunAsync(scene.Members[0], null)).Refusal?.Code);
        await scene.AfterAsync(480);
        Assert.Equal("wrap_up", await scene.PresenceAsync(scene.Members[0]));
        await scene.AfterAsync(1);
        Assert.Equal("available", await scene.PresenceAsync(scene.Members[0]));
        Assert.Equal(HandoffState.Closed, await scene.StateAsync(handoff));
        Assert.Equal("presence-not-now", (await extend.RunAsync(scene.Members[0], null)).Refusal?.Code);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_usual_wait_is_that_of_this_hour_and_says_nothing_below_five(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1);
        var keep = scene.World.The<KeepWaits>();
        await keep.RunAsync(default);
        for (var n = 1; n <= 5; n++)
        {
            Assert.Null(await WaitAsync(scene));
            await scene.Given.Available(scene.Members[0]);
            await scene.Given.Handoff(scene.Desk, await scene.Given.Case(scene.Desk), "consult");
            scene.Clock.Advance(TimeSpan.FromSeconds(2 * n));
            await scene.AcceptAsync(scene.Members[0]);
            var handoff = await scene.World.ScalarAsync<long>("SELECT MAX(id) FROM handoff");
            await scene.World.The<Conversation>().FinishAsync(scene.Members[0], handoff, new FinishForm("answered", null), null);
            await scene.World.The<Conversation>().DoneAsync(scene.Members[0], handoff, null);
            await keep.RunAsync(default);
            await keep.RunAsync(default);
        }

        Assert.Equal(6, await WaitAsync(scene));
        scene.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(await WaitAsync(scene));
        scene.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(6, await WaitAsync(scene));
        scene.Clock.Advance(TimeSpan.FromDays(28));
        Assert.Null(await WaitAsync(scene));
    }

    [Fact]
    public async Task Two_nodes_count_an_acceptance_once()
    {
        await using var scene = await Scene.NewAsync(members: 1);
        var other = await scene.World.AnotherNodeAsync();
        await scene.World.The<KeepWaits>().RunAsync(default);
        await scene.TalkAsync("consult");

        await Task.WhenAll(scene.World.The<KeepWaits>().RunAsync(default), other.The<KeepWaits>().RunAsync(default));

        Assert.Equal(1, await scene.World.ScalarAsync<int>("SELECT answered FROM line_wait"));
    }

    private static Task<int?> WaitAsync(Scene scene) => scene.World.Db.ReadAsync(r => UsualWait.OfAsync(r, Scene.Debts, scene.Clock.UtcNow));
}
