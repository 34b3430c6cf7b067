using Loket.Web.Features.Cases;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Sharing;
using Loket.Web.Security;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Sharing;

/// <summary>Facts after the handoff: asked for, given, taken back, and never without a rule.</summary>
public sealed class ShareFactTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task A_line_asks_for_a_fact_sees_it_once_given_and_loses_it_when_withdrawn(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var (caseId, income) = await TalkAsync(scene);
        var specialist = scene.Members[0];
        Assert.Equal(["Wilma van Zon"], await SeenAsync(scene, specialist, caseId));

        var asked = await scene.World.The<AskFact>().AskAsync(specialist, caseId, new AskFactForm("income", "Voor de regeling"), null);
        Assert.Empty((await SharingAsync(scene, specialist, caseId)).Asks[0].Facts);
        var row = Assert.Single((await SharingAsync(scene, scene.Desk, caseId)).Asks);
        Assert.Equal(("income", "Voor de regeling", income), (row.Kind, row.Why, Given.Id(Assert.Single(row.Facts).Value)));

        var answer = new ShareFactForm(income, Scene.Debts, Given.Id(asked.Value.AskId));
        Assert.True((await scene.World.The<ShareFact>().GiveAsync(scene.Desk, caseId, answer, null)).IsOk);
        Assert.Equal(["Wilma van Zon", "1.400 euro"], await SeenAsync(scene, specialist, caseId));
        Assert.Equal("fact-ask-over", (await scene.World.The<ShareFact>().GiveAsync(scene.Desk, caseId, answer, null)).Refusal?.Code);

        Assert.True((await scene.World.The<ShareFact>().WithdrawAsync(scene.Desk, caseId, new ShareFactForm(income, Scene.Debts), null)).IsOk);
        Assert.Equal(["Wilma van Zon"], await SeenAsync(scene, specialist, caseId));
        Assert.Equal("fact-not-given", (await scene.World.The<ShareFact>().WithdrawAsync(scene.Desk, caseId, new ShareFactForm(income, Scene.Debts), null)).Refusal?.Code);
        Assert.Equal(
            ["fact_asked", "fact_given", "fact_withdrawn"], (await scene.World.TimelineAsync(caseId)).Where(k => k is "fact_asked" or "fact_given" or "fact_withdrawn"));
    }

    [Fact]
    public async Task What_was_withdrawn_stays_away_when_the_line_gets_the_same_question_again()
    {
        await using var scene = await Scene.NewAsync();
        var (caseId, _) = await TalkAsync(scene);
        var handoff = await scene.World.ScalarAsync<long>("SELECT MAX(id) FROM handoff");
        var name = await scene.World.ScalarAsync<long>("SELECT id FROM fact WHERE kind = 'name'");
        Assert.True((await scene.World.The<ShareFact>().WithdrawAsync(scene.Desk, caseId, new ShareFactForm(name, Scene.Debts), null)).IsOk);

        await scene.Given.Available(scene.Members[1]);
        await scene.World.The<Conversation>().FinishAsync(scene.Members[0], handoff, new FinishForm("returned", "Collega weet dit beter"), null);
        await scene.AcceptAsync(scene.Members[1]);

        Assert.Empty(await SeenAsync(scene, scene.Members[1], caseId));
    }

    [Fact]
    public async Task A_refused_request_gives_nothing_and_a_new_one_may_be_made()
    {
        await using var scene = await Scene.NewAsync();
        var (caseId, income) = await TalkAsync(scene);
        var ask = scene.World.The<AskFact>();
        var asked = Given.Id((await ask.AskAsync(scene.Members[0], caseId, new AskFactForm("income", "Nodig"), null)).Value.AskId);
        Assert.Equal("fact-asked-already", (await ask.AskAsync(scene.Members[0], caseId, new AskFactForm("income", "Nog eens"), null)).Refusal?.Code);

        Assert.True((await ask.RefuseAsync(scene.Desk, caseId, asked, null)).IsOk);

        Assert.Equal("fact-ask-over", (await ask.RefuseAsync(scene.Desk, caseId, asked, null)).Refusal?.Code);
        Assert.Equal(
            "fact-ask-over", (await scene.World.The<ShareFact>().GiveAsync(scene.Desk, caseId, new ShareFactForm(income, Scene.Debts, asked), null)).Refusal?.Code);
        Assert.Equal(["Wilma van Zon"], await SeenAsync(scene, scene.Members[0], caseId));
        Assert.True((await ask.AskAsync(scene.Members[0], caseId, new AskFactForm("income", "Toch nodig"), null)).IsOk);
    }

    [Fact]
    public async Task Nobody_but_who_decides_gives_and_nothing_goes_without_a_rule_or_to_a_line_that_is_not_there()
    {
        await using var scene = await Scene.NewAsync();
        var (caseId, income) = await TalkAsync(scene);
        await scene.Given.Line("gm0518-permits", members: 1);
        var health = await AddAsync(scene, caseId, "health", "Diagnose");
        var other = await AddAsync(scene, caseId, "other", "Huisdier");
        var share = scene.World.The<ShareFact>();
        async Task<string?> GiveAsync(Actor actor, long fact, string? line) => (await share.GiveAsync(actor, caseId, new ShareFactForm(fact, line), null)).Refusal?.Code;

        Assert.Equal("case-read-only", await GiveAsync(scene.Members[0], income, Scene.Debts));
        Assert.Equal("case-unknown", await GiveAsync(await scene.Given.FrontOffice("gm0599"), income, Scene.Debts));
        Assert.Equal("line-not-in-case", await GiveAsync(scene.Desk, income, "gm0518-permits"));
        Assert.Equal("line-not-in-case", await GiveAsync(scene.Desk, income, null));
        Assert.Equal("fact-no-rule", await GiveAsync(scene.Desk, health, Scene.Debts));
        Assert.Equal("fact-no-rule", await GiveAsync(scene.Desk, other, Scene.Debts));
        Assert.Equal("fact-unknown", await GiveAsync(scene.Desk, 1, Scene.Debts));
        Assert.Equal("fact-no-rule", (await scene.World.The<AskFact>().AskAsync(scene.Members[0], caseId, new AskFactForm("health", "Nodig"), null)).Refusal?.Code);
        Assert.Equal("text-has-bsn", (await scene.World.The<AskFact>().AskAsync(scene.Members[0], caseId, new AskFactForm("income", "Over 999993112"), null)).Refusal?.Code);
        Assert.Equal(["Wilma van Zon"], await SeenAsync(scene, scene.Members[0], caseId));
    }

    [Fact]
    public async Task No_sharing_rule_no_bytes_whatever_is_chosen_asked_or_given()
    {
        await using var scene = await Scene.NewAsync();
        var taxes = await scene.Given.Line("oorg12368-taxes", members: 1);
        await scene.Given.Available(taxes.Members);
        var caseId = await scene.Given.Case(scene.Desk, topic: "taxes", name: "Wilma van Zon");
        var kinds = scene.World.The<SharingRules>().Kinds;
        foreach (var kind in kinds.Where(k => k != "name"))
        {
            await AddAsync(scene, caseId, kind, "Kenmerk");
        }

        var facts = await scene.World.QueryAsync<long>("SELECT id FROM fact WHERE case_id = @caseId", new { caseId });
        Assert.True((await scene.World.The<RequestHandoff>().RunAsync(scene.Desk, caseId, new RequestHandoffForm("warm", "desk", "Wie helpt?", Facts: facts), null)).IsOk);
        await scene.AcceptAsync(taxes.Members[0]);

        Assert.True(facts.Count > 15);
        foreach (var fact in facts)
        {
            Assert.Equal("fact-no-rule", (await scene.World.The<ShareFact>().GiveAsync(scene.Desk, caseId, new ShareFactForm(fact, taxes.Code), null)).Refusal?.Code);
        }

        foreach (var kind in kinds)
        {
            Assert.Equal("fact-no-rule", (await scene.World.The<AskFact>().AskAsync(taxes.Members[0], caseId, new AskFactForm(kind, "Nodig"), null)).Refusal?.Code);
        }

        Assert.Empty(await SeenAsync(scene, taxes.Members[0], caseId));
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM disclosure"));
    }

    // A case in which the debts line has the name and not the income.
    private static async Task<(long CaseId, long Income)> TalkAsync(Scene scene)
    {
        await scene.Given.Available(scene.Members[0]);
        var caseId = await scene.Given.Case(scene.Desk, name: "Wilma van Zon");
        var name = await scene.World.ScalarAsync<long>("SELECT id FROM fact WHERE kind = 'name'");
        var income = await AddAsync(scene, caseId, "income", "1.400 euro");
        Assert.True((await scene.World.The<RequestHandoff>().RunAsync(scene.Desk, caseId, new RequestHandoffForm("warm", "desk", "Kan het in een regeling?", Facts: [name]), null)).IsOk);
        Assert.True((await scene.AcceptAsync(scene.Members[0])).IsOk);
        return (caseId, income);
    }

    private static async Task<long> AddAsync(Scene scene, long caseId, string kind, string value) =>
        Given.Id((await scene.World.The<Facts>().AddAsync(scene.Desk, caseId, new FactForm(kind == "other" ? "Huisdier" : null, value, "citizen", kind), null)).Value.FactId);

    private static async Task<IEnumerable<string>> SeenAsync(Scene scene, Actor person, long caseId) =>
        (await scene.World.Db.ReadAsync(r => VisibleFacts.LoadAsync(r, person, caseId))).Select(f => f.Value);

    private static Task<SharingView> SharingAsync(Scene scene, Actor person, long caseId) => scene.World.AskAsync<Features.Shared.Say, SharingView>(say => scene.World.Db.ReadAsync(async r =>
        await FactAsksQuery.LoadAsync(
            r, say, scene.World.The<SharingRules>(), person, (await CaseAccess.FindAsync(r, person, caseId))!, await VisibleFacts.LoadAsync(r, person, caseId), await RulesOff.OfAsync(r, person.OrganisationCode))));
}
