using Loket.Web.Features.Callbacks;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Handoffs;
using Loket.Web.Security;
using Loket.Web.Tests.Chain;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Cases;

/// <summary>Which facts reach whom: by a rule, by choice, at acceptance, and until it ends.</summary>
public sealed class DisclosureTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task Only_chosen_facts_that_a_rule_allows_reach_the_line_that_accepts(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        await scene.Given.Available(scene.Members[0]);
        var caseId = await scene.Given.Case(scene.Desk, name: "Wilma van Zon");
        var chosen = new List<long> { await FactAsync(scene, caseId, "name") };
        chosen.Add(await AddAsync(scene, caseId, "debts", "Huurachterstand", "1.900 euro"));
        chosen.Add(await AddAsync(scene, caseId, "health", "Diagnose", "Geheim een"));
        chosen.Add(await AddAsync(scene, caseId, null, "Huisdier", "Geheim twee"));
        await AddAsync(scene, caseId, "income", "Loon", "Geheim drie");

        await RequestAsync(scene, caseId, "warm", chosen);
        Assert.Empty(await SeenAsync(scene, scene.Members[0], caseId));
        await scene.AcceptAsync(scene.Members[0]);

        Assert.Equal(["Wilma van Zon", "1.900 euro"], await SeenAsync(scene, scene.Members[0], caseId));
        Assert.Equal(["Wilma van Zon", "1.900 euro"], await SeenAsync(scene, scene.Members[1], caseId));
        Assert.Empty(await SeenAsync(scene, await scene.Given.Specialist("gm0518-permits"), caseId));
        Assert.Equal(5, (await SeenAsync(scene, scene.Desk, caseId)).Count);
        Assert.Equal(["wgs-8-1-body-to-debts"], await scene.World.QueryAsync<string>("SELECT DISTINCT rule_id FROM disclosure"));
    }

    [Fact]
    public async Task A_consult_discloses_nothing_whatever_is_chosen()
    {
        await using var scene = await Scene.NewAsync();
        await scene.Given.Available(scene.Members[0]);
        var caseId = await scene.Given.Case(scene.Desk, name: "Wilma van Zon");

        await RequestAsync(scene, caseId, "consult", [await FactAsync(scene, caseId, "name")]);
        await scene.AcceptAsync(scene.Members[0]);

        Assert.Empty(await SeenAsync(scene, scene.Members[0], caseId));
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM disclosure"));
    }

    [Fact]
    public async Task No_rule_for_the_topic_no_disclosure()
    {
        await using var scene = await Scene.NewAsync();
        var taxes = await scene.Given.Line("oorg12368-taxes", members: 1);
        await scene.Given.Available(taxes.Members);
        var caseId = await scene.Given.Case(scene.Desk, topic: "taxes", name: "Wilma van Zon");

        await RequestAsync(scene, caseId, "warm", [await FactAsync(scene, caseId, "name")]);
        await scene.AcceptAsync(taxes.Members[0]);

        Assert.Empty(await SeenAsync(scene, taxes.Members[0], caseId));
    }

    [Fact]
    public async Task A_fact_of_another_organisation_or_case_is_not_given_on()
    {
        await using var scene = await Scene.NewAsync();
        var otherCase = await scene.Given.Case(scene.Desk, name: "Iemand Anders");
        var caseId = await scene.CaseOfAsync(await scene.TalkAsync("warm"));
        var theirs = await scene.World.The<Facts>().AddAsync(scene.Members[0], caseId, new FactForm("Schuld", "900 euro", "citizen", "debts"), null);
        await scene.Given.Available(scene.Members[1]);

        await RequestAsync(scene, caseId, "warm", [Given.Id(theirs.Value.FactId), await FactAsync(scene, otherCase, "name")]);
        await scene.AcceptAsync(scene.Members[1]);

        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM disclosure"));
        Assert.Empty(await SeenAsync(scene, scene.Desk, caseId));
    }

    [Fact]
    public async Task What_was_disclosed_ends_when_the_question_is_given_back_and_goes_to_the_next_line_only()
    {
        await using var scene = await Scene.NewAsync(members: 1);
        var general = await scene.Given.Line("gm0518-general", members: 1);
        await scene.Given.Available([.. scene.Members, .. general.Members]);
        var caseId = await scene.Given.Case(scene.Desk, name: "Wilma van Zon");
        var handoff = await RequestAsync(scene, caseId, "warm", [await FactAsync(scene, caseId, "name")]);
        await scene.AcceptAsync(scene.Members[0]);

        await scene.World.The<Conversation>().FinishAsync(scene.Members[0], handoff, new FinishForm("returned", "Niet voor ons"), null);
        Assert.Empty(await SeenAsync(scene, scene.Members[0], caseId));
        Assert.Empty(await SeenAsync(scene, general.Members[0], caseId));
        await scene.AcceptAsync(general.Members[0]);

        Assert.Empty(await SeenAsync(scene, scene.Members[0], caseId));
        Assert.Equal(["Wilma van Zon"], await SeenAsync(scene, general.Members[0], caseId));
    }

    [Fact]
    public async Task A_line_that_gave_it_back_and_accepts_it_later_sees_it_again()
    {
        await using var scene = await Scene.NewAsync();
        await scene.Given.Available(scene.Members);
        var caseId = await scene.Given.Case(scene.Desk, name: "Wilma van Zon");
        var handoff = await RequestAsync(scene, caseId, "warm", [await FactAsync(scene, caseId, "name")]);
        var first = (await scene.RingingAtAsync(handoff))[0] == scene.Members[0].Id ? scene.Members[0] : scene.Members[1];
        await scene.AcceptAsync(first);
        await scene.World.The<Conversation>().FinishAsync(first, handoff, new FinishForm("returned", "Collega weet dit beter"), null);

        var second = first == scene.Members[0] ? scene.Members[1] : scene.Members[0];
        await scene.AcceptAsync(second);

        Assert.Equal(["Wilma van Zon"], await SeenAsync(scene, second, caseId));
    }

    [Fact]
    public async Task Who_calls_back_sees_what_was_chosen_and_a_supervisor_who_takes_it_over_too()
    {
        await using var scene = await Scene.NewAsync(members: 1);
        var caseId = await scene.Given.Case(scene.Desk, name: "Wilma van Zon");
        var handoff = await RequestAsync(scene, caseId, "warm", [await FactAsync(scene, caseId, "name")]);
        var callback = await scene.CallbackAsync(handoff);
        Assert.Equal(["Wilma van Zon"], await SeenAsync(scene, scene.Members[0], caseId));

        await scene.CallInVainAsync(handoff);

        Assert.Equal(["Wilma van Zon"], await SeenAsync(scene, scene.LineSupervisor, caseId));

        // Done: nothing stays with either of the two who had it.
        Assert.True((await scene.World.The<AttemptCallback>().RunAsync(scene.LineSupervisor, callback.Id, new AttemptForm("reached", null), null)).IsOk);
        Assert.Empty(await SeenAsync(scene, scene.Members[0], caseId));
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM disclosure WHERE until IS NULL"));
    }

    [Fact]
    public async Task A_consult_that_ends_with_the_supervisor_gives_them_the_question_and_not_the_case()
    {
        await using var scene = await Scene.NewAsync(members: 1);
        var caseId = await scene.Given.Case(scene.Desk);
        var handoff = await RequestAsync(scene, caseId, "consult", []);
        var callback = await scene.CallbackAsync(handoff);
        await scene.CallInVainAsync(handoff);

        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM case_participant WHERE case_id = @caseId AND professional_id IN (@a, @b)", new { caseId, a = scene.LineSupervisor.Id, b = scene.Members[0].Id }));
        Assert.True((await scene.World.The<AttemptCallback>().RunAsync(scene.LineSupervisor, callback.Id, new AttemptForm("reached", null), null)).IsOk);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_callback_that_is_withdrawn_or_done_leaves_nothing_with_who_would_have_called(TestEngine engine)
    {
        foreach (var withdrawn in new[] { true, false })
        {
            await using var scene = await Scene.NewAsync(engine);
            var caseId = await scene.Given.Case(scene.Desk, name: "Wilma van Zon");
            var handoff = await RequestAsync(scene, caseId, "warm", [await FactAsync(scene, caseId, "name")]);
            var callback = await scene.CallbackAsync(handoff);
            var caller = scene.Members.Single(m => m.Id == callback.ProfessionalId);
            Assert.Equal(["Wilma van Zon"], await SeenAsync(scene, caller, caseId));

            Assert.Null(withdrawn
                ? (await scene.World.The<StopRinging>().WithdrawAsync(scene.Desk, handoff, null)).Refusal
                : (await scene.World.The<AttemptCallback>().RunAsync(caller, callback.Id, new AttemptForm("reached", null), null)).Refusal);

            Assert.Empty(await SeenAsync(scene, caller, caseId));
            Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM disclosure WHERE until IS NULL"));
            Assert.Empty(await Invariants.BrokenAsync(scene.World));
        }
    }

    private static async Task<long> RequestAsync(Scene scene, long caseId, string mode, IReadOnlyList<long> facts) =>
        Given.Id((await scene.World.The<RequestHandoff>().RunAsync(scene.Desk, caseId, new RequestHandoffForm(mode, "desk", "Kan dit opnieuw?", Facts: facts), null)).Value.HandoffId);

    private static Task<long> FactAsync(Scene scene, long caseId, string kind) =>
        scene.World.ScalarAsync<long>("SELECT id FROM fact WHERE case_id = @caseId AND kind = @kind", new { caseId, kind });

    private static async Task<long> AddAsync(Scene scene, long caseId, string? kind, string label, string value) =>
        Given.Id((await scene.World.The<Facts>().AddAsync(scene.Desk, caseId, new FactForm(label, value, "citizen", kind), null)).Value.FactId);

    private static async Task<List<string>> SeenAsync(Scene scene, Actor actor, long caseId) =>
        (await scene.World.Db.ReadAsync(r => VisibleFacts.LoadAsync(r, actor, caseId))).ConvertAll(f => f.Value);
}
