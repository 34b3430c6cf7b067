using Loket.Web.Features.Cases;
using Loket.Web.Features.Handoffs;
using Loket.Web.Tests.Support;
using static Loket.Web.Tests.Handoffs.Conference;

namespace Loket.Web.Tests.Handoffs;

/// <summary>What goes along to a line that joins a talk: the facts and the earlier messages chosen for that line, and nothing else.</summary>
public sealed class GivenAlongTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task Only_the_ticked_earlier_messages_go_to_the_line_that_joins(TestEngine engine)
    {
        await using var scene = await NewAsync(engine);
        var first = await scene.TalkAsync("warm");
        await SayAsync(scene, scene.Desk, first, "dit mag mee");
        await SayAsync(scene, scene.Desk, first, "dit blijft hier");
        var earlier = await scene.World.QueryAsync<long>("SELECT id FROM message ORDER BY id");
        var joined = await AskAsync(scene, scene.Desk, first, messages: [earlier[0], 123456]);

        Assert.Empty(await scene.World.QueryAsync<long>("SELECT n FROM journal WHERE kind = 'message_disclosed'"));
        await scene.AcceptAsync(scene.Members[2]);

        var read = (await PageAsync(scene, scene.Members[2], joined))!.Messages.Messages.Where(m => m.Text is not null).ToList();
        Assert.Equal([("dit mag mee", true)], read.Select(m => (m.Text!, m.IsEarlier)));
        Assert.Single(await scene.World.QueryAsync<long>("SELECT n FROM journal WHERE kind = 'message_disclosed'"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task While_it_rings_the_case_shows_what_was_chosen_and_not_what_a_rule_would_tick(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        await scene.Given.Available(scene.Members);
        var caseId = await scene.Given.Case(scene.Desk);
        var facts = scene.World.The<Facts>();
        Assert.True((await facts.AddAsync(scene.Desk, caseId, new FactForm("", "Wilma van Zon", "citizen", "name"), null)).IsOk);
        async Task<(string Goes, int? Count)> ShownAsync() => await scene.World.PageAsync(scene.Desk, caseId) is { } view
            ? (string.Join(", ", view.Case!.Facts.Where(f => f.GoesAlong).Select(f => f.Stored).Order(StringComparer.Ordinal)), view.Lines.Preview?.FactCount) : default;
        Assert.Equal(("Wilma van Zon", 1), await ShownAsync());

        var asked = await scene.World.The<RequestHandoff>().RunAsync(scene.Desk, caseId, new RequestHandoffForm("warm", "phone", "Kan dit?", Phone: "06 12 34 56 78"), null);
        Assert.Null(asked.Refusal);
        Assert.True((await facts.AddAsync(scene.Desk, caseId, new FactForm("", "2.316 euro", "citizen", "debts"), null)).IsOk);
        Assert.Equal(("06 12 34 56 78", 1), await ShownAsync());

        Assert.True((await scene.World.The<StopRinging>().WithdrawAsync(scene.Desk, Given.Id(asked.Value.HandoffId), null)).IsOk);
        Assert.Equal("2.316 euro, Wilma van Zon", (await ShownAsync()).Goes);
    }

    [Fact]
    public async Task Nobody_passes_on_what_they_did_not_hear_and_without_a_rule_nothing_goes()
    {
        await using var scene = await NewAsync();
        var first = await scene.TalkAsync("warm");
        await SayAsync(scene, scene.Desk, first, "vóór het UWV");
        var before = await scene.World.ScalarAsync<long>("SELECT id FROM message");
        await JoinAsync(scene, scene.Desk, first);
        await scene.Given.Line("svb-unheard-of", 1);
        await scene.Given.Line("coa-debts", 1);

        var ruled = await AskAsync(scene, scene.Members[2], await JoinedAsync(scene), "coa-debts", messages: [before]);
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM message_disclosure WHERE handoff_id = @ruled", new { ruled }));
        await scene.World.The<StopRinging>().WithdrawAsync(scene.Members[2], ruled, null);
        var ruleless = await AskAsync(scene, scene.Desk, first, "svb-unheard-of", messages: [before]);
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM message_disclosure WHERE handoff_id = @ruleless", new { ruleless }));
    }

    [Fact]
    public async Task A_line_named_as_better_does_not_get_the_messages_chosen_for_another()
    {
        await using var scene = await NewAsync();
        var other = await scene.Given.Line("svb-debts", 1);
        await scene.Given.Available(other.Members);
        var first = await scene.TalkAsync("warm");
        await SayAsync(scene, scene.Desk, first, "voor het UWV");
        var joined = await AskAsync(scene, scene.Desk, first, messages: await scene.World.QueryAsync<long>("SELECT id FROM message"));
        var asked = scene.Members[2];
        await scene.DeclineAsync(asked, "not_competent", null, "svb-debts");
        Assert.True((await scene.AcceptAsync(other.Members[0])).IsOk);

        Assert.Empty(await ReadAsync(scene, other.Members[0], joined));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_each_line_sees_is_what_was_given_to_that_line(TestEngine engine)
    {
        await using var scene = await NewAsync(engine);
        await scene.Given.Available(scene.Members[0]);
        var caseId = await scene.Given.Case(scene.Desk, name: "Wilma van Zon");
        var name = await scene.World.ScalarAsync<long>("SELECT id FROM fact WHERE case_id = @caseId AND kind = 'name'", new { caseId });
        var asked = await scene.World.The<RequestHandoff>().RunAsync(scene.Desk, caseId, new RequestHandoffForm("warm", "desk", "Kan de regeling opnieuw?"), null);
        var first = Given.Id(asked.Value.HandoffId);
        await scene.AcceptAsync(scene.Members[0]);

        var joined = await AskAsync(scene, scene.Desk, first, facts: [name]);
        Assert.Empty((await PageAsync(scene, scene.Members[0], first))!.Facts);
        await scene.AcceptAsync(scene.Members[2]);

        Assert.Equal(["Wilma van Zon"], (await PageAsync(scene, scene.Members[2], joined))!.Facts.Select(f => f.Value));
        Assert.Empty((await PageAsync(scene, scene.Members[0], first))!.Facts);
    }
}
