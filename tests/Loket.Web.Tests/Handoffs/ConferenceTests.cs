using Loket.Domain.Handoffs;
using Loket.Web.Features.Handoffs;
using Loket.Web.Security;
using Loket.Web.Tests.Support;
using static Loket.Web.Tests.Handoffs.Conference;

namespace Loket.Web.Tests.Handoffs;

/// <summary>
/// One more line in a talk: the desk in Utrecht, The Hague's debts line, and the national line for unemployment benefit, on
/// one case.
/// </summary>
public sealed class ConferenceTests
{
    [Theory]
    [OnSqlite("warm"), OnSqlite("consult"), OnSqlServer("warm"), OnSqlServer("consult")]
    public async Task Three_organisations_talk_and_each_reads_everything_from_joining_in_order(TestEngine engine, string mode)
    {
        await using var scene = await NewAsync(engine);
        var first = await scene.TalkAsync(mode);
        await SayAsync(scene, scene.Desk, first, "een");
        var joined = await JoinAsync(scene, scene.Members[0], first);
        await SayAsync(scene, scene.Members[0], first, "twee");
        await SayAsync(scene, scene.Members[2], joined, "drie");
        await SayAsync(scene, scene.Desk, first, "vier");

        Assert.Equal(["een", "twee", "drie", "vier"], await ReadAsync(scene, scene.Desk, first));
        Assert.Equal(["een", "twee", "drie", "vier"], await ReadAsync(scene, scene.Members[0], first));
        Assert.Equal(["twee", "drie", "vier"], await ReadAsync(scene, scene.Members[2], joined));
        Assert.Equal(HandoffState.Connected, await scene.StateAsync(joined));
        Assert.Equal(mode == "consult" ? HandoffState.Connected : HandoffState.Accepted, await scene.StateAsync(first));
        var here = (await PageAsync(scene, scene.Members[2], joined))!.Messages.Participants;
        Assert.Equal(["gm0344", "gm0518", "uwv"], here.Select(p => p.OrganisationName));
        Assert.Equal(["", "here", "here"], here.Select(p => p.LineName is null ? "" : p.State));
        Assert.Null((await PageAsync(scene, scene.Members[2], joined))!.Refusal);
        Assert.Equal(mode == "consult", (await PageAsync(scene, scene.Members[2], joined))!.Party is null);
        // Each question has its own running date.
        Assert.Equal(2, await scene.World.RunningDeadlinesAsync(await scene.CaseOfAsync(first)));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_line_that_gives_back_after_joining_rings_at_its_next_and_the_talk_goes_on(TestEngine engine)
    {
        await using var scene = await NewAsync(engine);
        var first = await scene.TalkAsync("warm");
        var joined = await JoinAsync(scene, scene.Desk, first);

        Assert.True((await scene.World.The<Conversation>().FinishAsync(scene.Members[2], joined, new FinishForm("returned", "Dit is voor mijn collega."), null)).IsOk);

        Assert.Equal([scene.Members[3].Id], await scene.RingingAtAsync(joined));
        Assert.Null(await PageAsync(scene, scene.Members[2], joined));
        Assert.Equal(["Persoon", "Persoon", "uwv"], (await PageAsync(scene, scene.Desk, first))!.Messages.Participants.Select(p => p.Name.Split([' ', ','])[0]));
        await SayAsync(scene, scene.Desk, first, "Wij gaan door");
        Assert.True((await scene.AcceptAsync(scene.Members[3])).IsOk);
        await SayAsync(scene, scene.Members[3], joined, "Dag allen");
        Assert.Equal(["Dag allen"], await ReadAsync(scene, scene.Members[3], joined));
    }

    [Fact]
    public async Task The_first_line_gives_back_and_the_others_talk_on_while_it_rings_at_the_next()
    {
        await using var scene = await NewAsync();
        var first = await scene.TalkAsync("warm");
        var joined = await JoinAsync(scene, scene.Members[0], first);
        await scene.Given.Available(scene.Members[1]);

        await scene.World.The<Conversation>().FinishAsync(scene.Members[0], first, new FinishForm("returned", "Niet voor mij"), null);

        Assert.Equal([scene.Members[1].Id], await scene.RingingAtAsync(first));
        await SayAsync(scene, scene.Desk, first, "Nog even wachten");
        Assert.Equal(["Nog even wachten"], await ReadAsync(scene, scene.Members[2], joined));
        Assert.True((await scene.AcceptAsync(scene.Members[1])).IsOk);
        await SayAsync(scene, scene.Members[1], first, "Ik ben er");
        Assert.Equal(["Nog even wachten", "Ik ben er"], await ReadAsync(scene, scene.Members[2], joined));
        Assert.Equal(["Ik ben er"], await ReadAsync(scene, scene.Members[1], first));
    }

    [Fact]
    public async Task Who_is_in_the_talk_is_not_asked_into_it_again()
    {
        await using var scene = await NewAsync();
        await scene.Given.Member(Benefit, scene.Members[0]);
        await scene.Given.Set(Benefit, "capacity", 2);
        await scene.Given.Set(Scene.Debts, "capacity", 2);
        await scene.SetPresenceAsync(scene.Members[2], "break");
        await scene.SetPresenceAsync(scene.Members[3], "break");
        var first = await scene.TalkAsync("warm");

        var joined = await AskAsync(scene, scene.Desk, first);

        Assert.Empty(await scene.RingingAtAsync(joined));
    }

    [Fact]
    public async Task Each_finishes_their_own_question_and_leaves_and_the_others_go_on()
    {
        await using var scene = await NewAsync();
        var first = await scene.TalkAsync("warm");
        var joined = await JoinAsync(scene, scene.Members[0], first);
        var talk = scene.World.The<Conversation>();
        Assert.Equal("handoff-unknown", (await talk.FinishAsync(scene.Members[0], joined, new FinishForm("answered", null), null)).Refusal?.Code);
        Assert.Equal("handoff-unknown", (await talk.FinishAsync(scene.Members[2], first, new FinishForm("answered", null), null)).Refusal?.Code);

        await talk.FinishAsync(scene.Members[2], joined, new FinishForm("answered", "Geen uitkering."), null);
        await talk.DoneAsync(scene.Members[2], joined, null);
        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        await SayAsync(scene, scene.Desk, first, "Na het UWV");

        Assert.Equal(HandoffState.Accepted, await scene.StateAsync(first));
        Assert.False(await scene.IsReleasedAsync(first));
        Assert.Equal("message-not-now", (await talk.SendAsync(scene.Members[2], joined, "Nog iets", null)).Refusal?.Code);
        Assert.Null(await PageAsync(scene, scene.Members[2], joined));
        await talk.ConfirmCitizenAsync(scene.Members[0], first, "headset", null);
        Assert.True(await scene.IsReleasedAsync(first));
        Assert.True((await talk.FinishAsync(scene.Members[0], first, new FinishForm("step_taken", null), null)).IsOk);
    }

    [Theory]
    [InlineData("finish"), InlineData("withdraw"), InlineData("left")]
    public async Task When_the_last_one_leaves_the_line_that_still_rings_stops(string how)
    {
        await using var scene = await NewAsync();
        var first = await scene.TalkAsync("cold");
        var joined = await AskAsync(scene, scene.Members[0], first);
        Assert.Equal(HandoffState.Offered, await scene.StateAsync(joined));

        if (how == "finish")
        {
            await scene.World.The<Conversation>().FinishAsync(scene.Members[0], first, new FinishForm("answered", null), null);
        }
        else if (how == "left")
        {
            await scene.World.The<StopRinging>().CitizenLeftAsync(scene.Members[0], first, null);
        }
        else
        {
            Assert.True((await scene.World.The<StopRinging>().WithdrawAsync(scene.Members[0], joined, null)).IsOk);
        }

        Assert.Equal(HandoffState.Withdrawn, await scene.StateAsync(joined));
        Assert.Empty(await scene.RingingAtAsync(joined));
        Assert.Equal("available", await scene.PresenceAsync(scene.Members[2]));
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM deadline WHERE subject_kind = 'handoff' AND subject_id = @joined AND state = 'running'", new { joined }));
    }

    [Fact]
    public async Task While_somebody_is_left_the_line_goes_on_ringing_after_its_asker_went()
    {
        await using var scene = await NewAsync();
        var first = await scene.TalkAsync("warm");
        var joined = await AskAsync(scene, scene.Desk, first);

        await scene.World.The<Conversation>().ConfirmCitizenAsync(scene.Members[0], first, "headset", null);

        Assert.Equal(HandoffState.Offered, await scene.StateAsync(joined));
        await scene.AcceptAsync(scene.Members[2]);
        await SayAsync(scene, scene.Members[2], joined, "Hier het UWV");
        Assert.Equal(["Hier het UWV"], await ReadAsync(scene, scene.Members[0], first));
    }

    [Fact]
    public async Task Nobody_free_on_the_line_ends_in_a_dated_callback_there()
    {
        await using var scene = await NewAsync();
        await scene.SetPresenceAsync(scene.Members[2], "offline");
        await scene.SetPresenceAsync(scene.Members[3], "offline");
        var first = await scene.TalkAsync("warm");

        var joined = await AskAsync(scene, scene.Desk, first);

        Assert.Equal(HandoffState.CallbackScheduled, await scene.StateAsync(joined));
        Assert.Equal(Benefit, (await scene.CallbackAsync(joined)).LineCode);
        Assert.Equal(HandoffState.Accepted, await scene.StateAsync(first));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Two_who_ask_at_once_ring_one_line(TestEngine engine)
    {
        await using var scene = await NewAsync(engine);
        var first = await scene.TalkAsync("warm");
        var asks = await Task.WhenAll(
            new[] { scene.Desk, scene.Members[0] }.Select(who => scene.World.The<AskOneMoreLine>().RunAsync(who, first, new AskOneMoreLineForm(Benefit, "Is er recht?"), null)));

        Assert.Single(asks, a => a.IsOk);
        Assert.Equal("talk-line-rings", asks.Single(a => !a.IsOk).Refusal!.Code);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_finished_stands_in_the_talk_for_those_who_were_there(TestEngine engine)
    {
        await using var scene = await NewAsync(engine);
        var first = await scene.TalkAsync("consult");
        var joined = await JoinAsync(scene, scene.Members[0], first);
        async Task<string[]> FinishedAsync(Actor who, long handoff) =>
            [.. (await PageAsync(scene, who, handoff))!.Messages.Messages.Where(m => m.Event == "talk_finished").Select(m => string.Join(' ', m.Args))];
        Assert.Empty(await FinishedAsync(scene.Desk, first));

        Assert.Null((await scene.World.The<Conversation>().FinishAsync(scene.Members[0], first, new FinishForm("answered", null), null)).Refusal);
        scene.Clock.Advance(TimeSpan.FromSeconds(1));

        string[] one = [$"{scene.Members[0].Name} outcome:answered"];
        Assert.Equal(one, await FinishedAsync(scene.Desk, first));
        Assert.Equal(one, await FinishedAsync(scene.Members[0], first));
        Assert.Equal(one, await FinishedAsync(scene.Members[2], joined));

        // Who comes after that was not there.
        Assert.Null((await scene.World.The<Conversation>().FinishAsync(scene.Members[2], joined, new FinishForm("returned", "Dit is voor een collega"), null)).Refusal);
        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await scene.AcceptAsync(scene.Members[3])).IsOk);
        Assert.Empty(await FinishedAsync(scene.Members[3], joined));
    }

    [Fact]
    public async Task The_same_key_asks_once()
    {
        await using var scene = await NewAsync();
        var first = await scene.TalkAsync("warm");
        var form = new AskOneMoreLineForm(Benefit, "Is er recht?");
        var ask = scene.World.The<AskOneMoreLine>();

        var once = await ask.RunAsync(scene.Desk, first, form, "sleutel");
        var again = await ask.RunAsync(scene.Desk, first, form, "sleutel");

        Assert.Equal(once.Value.HandoffId, again.Value.HandoffId);
    }

    [Fact]
    public async Task Strangers_know_nothing_of_it_and_a_wrong_line_or_question_is_refused()
    {
        await using var scene = await NewAsync();
        var first = await scene.TalkAsync("warm");
        var stranger = await scene.Given.FrontOffice("gm0599");
        async Task<string?> No(Actor who, string line, string question) =>
            (await scene.World.The<AskOneMoreLine>().RunAsync(who, first, new AskOneMoreLineForm(line, question), null)).Refusal?.Code;

        Assert.Equal("handoff-unknown", await No(stranger, Benefit, "Is er recht?"));
        Assert.Equal("handoff-unknown", await No(scene.Members[1], Benefit, "Is er recht?"));
        Assert.Equal("talk-line-unknown", await No(scene.Desk, "nowhere-at-all", "Is er recht?"));
        Assert.Equal("talk-line-there", await No(scene.Desk, Scene.Debts, "Is er recht?"));
        Assert.Equal("line-question-missing", await No(scene.Desk, Benefit, " "));
        Assert.Equal("line-question-bsn", await No(scene.Desk, Benefit, "Gaat om 111222333"));
        await scene.World.The<Conversation>().ConfirmCitizenAsync(scene.Members[0], first, "headset", null);
        Assert.Equal("talk-left", await No(scene.Desk, Benefit, "Is er recht?"));
    }
}
