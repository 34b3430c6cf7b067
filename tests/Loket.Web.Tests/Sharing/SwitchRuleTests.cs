using Loket.Web.Features.Cases;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Sharing;
using Loket.Web.Security;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Sharing;

/// <summary>A row of the sharing rules that an organisation does not use.</summary>
public sealed class SwitchRuleTests
{
    private const string Rule = "wgs-8-1-body-to-debts";

    [Theory, OnSqlite, OnSqlServer]
    public async Task Nothing_is_given_by_a_rule_that_is_off_and_what_runs_is_listed_and_taken_back(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var officer = await OfficerAsync(scene, "gm0344");
        var (caseId, name) = await TalkAsync(scene);
        var income = Given.Id((await scene.World.The<Facts>().AddAsync(scene.Desk, caseId, new FactForm(null, "1.400 euro", "citizen", "income"), null)).Value.FactId);

        var off = await scene.World.The<SwitchRule>().RunAsync(officer, new SwitchRuleForm(Rule, false, "Nog niet getoetst"), null);
        Assert.Equal(1, off.Value.Running);

        Assert.Equal(["Wilma van Zon"], await SeenAsync(scene, caseId));
        Assert.Equal("fact-no-rule", (await scene.World.The<ShareFact>().GiveAsync(scene.Desk, caseId, new ShareFactForm(income, Scene.Debts), null)).Refusal?.Code);
        Assert.Equal("fact-no-rule", (await scene.World.The<AskFact>().AskAsync(scene.Members[0], caseId, new AskFactForm("income", "Nodig"), null)).Refusal?.Code);
        var row = (await RulesAsync(scene, officer)).Single(r => r.Id == Rule);
        var running = Assert.Single(row.ToWithdraw);
        Assert.Equal((scene.Desk.Name, 1, "Nog niet getoetst", officer.Name), (running.OwnerName, running.Facts, row.OffReason, row.OffByName));
        // Another organisation decides for itself.
        Assert.Null((await RulesAsync(scene, await OfficerAsync(scene, "gm0518"))).Single(r => r.Id == Rule).OffAt);

        Assert.True((await scene.World.The<SwitchRule>().WithdrawAsync(officer, Rule, null)).IsOk);
        Assert.Empty(await SeenAsync(scene, caseId));
        Assert.Equal(0, (await RulesAsync(scene, officer)).Single(r => r.Id == Rule).Running);
        Assert.Equal(1, (await scene.World.TimelineAsync(caseId)).Count(k => k == "disclosure_ended"));

        Assert.True((await scene.World.The<SwitchRule>().RunAsync(officer, new SwitchRuleForm(Rule, true), null)).IsOk);
        Assert.True((await scene.World.The<ShareFact>().GiveAsync(scene.Desk, caseId, new ShareFactForm(name, Scene.Debts), null)).IsOk);
        Assert.Equal(["Wilma van Zon"], await SeenAsync(scene, caseId));
    }

    [Fact]
    public async Task What_was_ticked_before_it_went_off_does_not_go_at_acceptance()
    {
        await using var scene = await Scene.NewAsync();
        await scene.Given.Available(scene.Members[0]);
        var caseId = await scene.Given.Case(scene.Desk, name: "Wilma van Zon");
        var name = await scene.World.ScalarAsync<long>("SELECT id FROM fact WHERE kind = 'name'");
        Assert.True((await scene.World.The<RequestHandoff>().RunAsync(scene.Desk, caseId, new RequestHandoffForm("warm", "desk", "Kan het?", Facts: [name]), null)).IsOk);
        Assert.True((await scene.World.The<SwitchRule>().RunAsync(await OfficerAsync(scene, "gm0344"), new SwitchRuleForm(Rule, false, "Nee"), null)).IsOk);

        await scene.AcceptAsync(scene.Members[0]);

        Assert.Empty(await SeenAsync(scene, caseId));
    }

    [Fact]
    public async Task Only_the_officer_or_the_administrator_switches_with_a_reason_and_only_a_rule_that_is_there()
    {
        await using var scene = await Scene.NewAsync();
        var officer = await OfficerAsync(scene, "gm0344");
        var change = scene.World.The<SwitchRule>();
        async Task<string?> TryAsync(Actor who, string? rule, string? reason) => (await change.RunAsync(who, new SwitchRuleForm(rule, false, reason), null)).Refusal?.Code;

        Assert.Equal("rule-switch-not-yours", await TryAsync(scene.Desk, Rule, "Nee"));
        Assert.Equal("rule-switch-not-yours", await TryAsync(scene.DeskSupervisor, Rule, "Nee"));
        Assert.Equal("sharing-rule-unknown", await TryAsync(officer, "niets", "Nee"));
        Assert.Equal("rule-reason-missing", await TryAsync(officer, Rule, " "));
        Assert.Equal("rule-is-on", (await change.WithdrawAsync(officer, Rule, null)).Refusal?.Code);
        Assert.Null(await TryAsync(officer, Rule, "Nee"));
        Assert.Null(await TryAsync(officer, Rule, "Nog eens"));
        Assert.Equal(1, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM sharing_rule_off"));
    }

    private static async Task<Actor> OfficerAsync(Scene scene, string organisation)
    {
        var officer = await scene.World.Given.Person(organisation);
        await scene.World.ExecuteAsync("UPDATE professional SET privacy_officer = 1 WHERE id = @Id", new { officer.Id });
        return await scene.World.ActorAsync(officer.Id);
    }

    private static async Task<(long CaseId, long Name)> TalkAsync(Scene scene)
    {
        await scene.Given.Available(scene.Members[0]);
        var caseId = await scene.Given.Case(scene.Desk, name: "Wilma van Zon");
        var name = await scene.World.ScalarAsync<long>("SELECT id FROM fact WHERE kind = 'name'");
        Assert.True((await scene.World.The<RequestHandoff>().RunAsync(scene.Desk, caseId, new RequestHandoffForm("warm", "desk", "Kan het in een regeling?", Facts: [name]), null)).IsOk);
        Assert.True((await scene.AcceptAsync(scene.Members[0])).IsOk);
        return (caseId, name);
    }

    private static async Task<IEnumerable<string>> SeenAsync(Scene scene, long caseId) =>
        (await scene.World.Db.ReadAsync(r => VisibleFacts.LoadAsync(r, scene.Members[0], caseId))).Select(f => f.Value);

    private static async Task<IReadOnlyList<RuleRow>> RulesAsync(Scene scene, Actor who) =>
        (await scene.World.AskAsync<SharingRulesQuery, SharingRulesView>(query => query.LoadAsync(who, FormState.Empty))).Rules;
}
