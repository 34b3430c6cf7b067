using System.Text.Json;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Steps;
using Loket.Web.Security;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Chain;

/// <summary>What saying yes to owning a chain lets somebody see is said before, and is all they see after.</summary>
public sealed class OwnershipSightTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_is_asked_is_told_what_they_will_see_and_then_sees_that_and_no_more(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var asked = scene.Members[0];
        await scene.Given.Available(asked);
        var caseId = await scene.Given.Case(scene.Desk, name: "Wilma van Zon");
        foreach (var (kind, value) in new[] { ("income", "Qzinkomen"), ("health", "Qzgezond") })
        {
            Assert.True((await scene.World.The<Facts>().AddAsync(scene.Desk, caseId, new FactForm(null, value, "citizen", kind), null)).IsOk);
        }

        var name = await scene.World.ScalarAsync<long>("SELECT id FROM fact WHERE kind = 'name'");
        Assert.True((await scene.World.The<RequestHandoff>().RunAsync(scene.Desk, caseId, new RequestHandoffForm("warm", "desk", "Kan het in een regeling?", Facts: [name]), null)).IsOk);
        Assert.True((await scene.AcceptAsync(asked)).IsOk);
        Assert.True((await scene.World.The<AddSteps>().RunAsync(scene.Desk, caseId, new StepForm("Schuldregeling", "gm0344", DueDay: "2027-01-01"), null)).IsOk);
        var request = Given.Id((await scene.World.The<Ownership>().AskAsync(scene.Desk, caseId, asked.Id, null)).Value.RequestId);

        var told = Assert.Single(await AsksAsync(scene, asked));
        Assert.Equal((1, 1, "Naam", 2), (told.Sight!.Steps, told.Sight.Talks, Assert.Single(told.Sight.Facts), told.Sight.HiddenFacts));
        Assert.All((string[])["Wilma", "Qz", "Schuldregeling"], value => Assert.DoesNotContain(value, JsonSerializer.Serialize(told), StringComparison.Ordinal));
        Assert.Equal((0, 1), await SeenAsync(scene, asked, caseId));
        Assert.Null((await DeskAsync(scene, scene.Desk, caseId)).OwnershipAsk!.Sight);

        Assert.True((await scene.World.The<Ownership>().AcceptAsync(asked, request, null)).IsOk);

        Assert.Equal((told.Sight.Steps, told.Sight.Facts.Count), await SeenAsync(scene, asked, caseId));
        Assert.Equal(told.Sight.HiddenFacts, (await DeskAsync(scene, asked, caseId)).HiddenFacts);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_supervisor_is_in_her_own_list_and_who_takes_it_over_herself_owns_it_at_once(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk, name: "Wilma van Zon");
        var panel = await scene.World.AskAsync<ChainQuery, ChainPanel?>(chain => chain.PanelAsync(scene.DeskSupervisor, caseId, FormState.Empty));
        Assert.Equal((scene.DeskSupervisor.Name, "Uzelf"), (panel!.Colleagues[0].Name, panel.Colleagues[0].Group));

        var taken = (await scene.World.The<Ownership>().AskAsync(scene.DeskSupervisor, caseId, scene.DeskSupervisor.Id, null)).Value;

        Assert.Equal("accepted", taken.State);
        Assert.Equal(scene.DeskSupervisor.Id, await scene.World.ScalarAsync<long>("SELECT owner_id FROM case_file"));
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM deadline WHERE subject_kind = 'ownership' AND state = 'running'"));
        Assert.True((await DeskAsync(scene, scene.DeskSupervisor, caseId)).MayEdit);
        Assert.Equal(["ownership_asked", "ownership_accepted"], (await scene.World.TimelineAsync(caseId)).Where(kind => kind.StartsWith("ownership", StringComparison.Ordinal)));
        Assert.Equal("case-unknown", (await scene.World.The<Ownership>().AskAsync(scene.Members[0], caseId, scene.Members[0].Id, null)).Refusal?.Code);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_was_asked_and_stays_silent_does_not_keep_the_supervisor_from_taking_it_over(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk, name: "Wilma van Zon");
        var ownership = scene.World.The<Ownership>();
        var request = Given.Id((await ownership.AskAsync(scene.Desk, caseId, scene.Members[0].Id, null)).Value.RequestId);
        Assert.Equal("ownership-already-asked", (await ownership.AskAsync(scene.DeskSupervisor, caseId, scene.DeskSupervisor.Id, null)).Refusal?.Code);
        Assert.Equal((true, true), ((await DeskAsync(scene, scene.DeskSupervisor, caseId)).OwnershipAsk!.MayWithdraw, (await DeskAsync(scene, scene.Desk, caseId)).OwnershipAsk!.MayWithdraw));
        Assert.Equal("ownership-not-yours", (await ownership.WithdrawAsync(scene.Members[0], request, null)).Refusal?.Code);

        Assert.True((await ownership.WithdrawAsync(scene.DeskSupervisor, request, null)).IsOk);

        Assert.Equal("accepted", (await ownership.AskAsync(scene.DeskSupervisor, caseId, scene.DeskSupervisor.Id, null)).Value.State);
        Assert.Equal("ownership-answered", (await ownership.AcceptAsync(scene.Members[0], request, null)).Refusal?.Code);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_is_asked_sees_it_where_they_work_and_who_has_no_case_work_is_not_asked(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk, name: "Wilma van Zon");
        var colleague = await scene.Given.FrontOffice("gm0344");
        var manager = await scene.Given.Person("gm0344", name: "Annelies Brouwer");
        Assert.Equal("ownership-unreachable", (await scene.World.The<Ownership>().AskAsync(scene.Desk, caseId, manager.Id, null)).Refusal?.Code);
        var offered = (await scene.World.PageAsync(scene.Desk, caseId, "steps")).OwnerCandidates.Select(o => o.Name).ToList();
        Assert.Equal((true, false), (offered.Contains(colleague.Name), offered.Contains(manager.Name)));
        async Task<IReadOnlyList<OwnershipAsk>> AtDeskAsync() => (await scene.World.AskAsync<DeskQuery, DeskView>(desk => desk.NewAsync(colleague, FormState.Empty))).OwnershipAsks;
        Assert.Empty(await AtDeskAsync());

        Assert.True((await scene.World.The<Ownership>().AskAsync(scene.Desk, caseId, colleague.Id, null)).IsOk);

        Assert.Equal((caseId, true), (Assert.Single(await AtDeskAsync()).CaseId, (await AtDeskAsync())[0].ToYou));
    }

    private static Task<IReadOnlyList<OwnershipAsk>> AsksAsync(Scene scene, Actor who) =>
        scene.World.AskAsync<Say, IReadOnlyList<OwnershipAsk>>(say => scene.World.Db.ReadAsync(r => OwnershipQuery.ToAsync(r, say, who)));

    private static async Task<DeskCase> DeskAsync(Scene scene, Actor who, long caseId) =>
        (await scene.World.PageAsync(who, caseId, "steps")).Case!;

    // The steps on the screen and the facts that this person can read.
    private static async Task<(int Steps, int Facts)> SeenAsync(Scene scene, Actor who, long caseId)
    {
        var shown = await scene.World.PageAsync(who, caseId, "steps");
        return (shown.Steps!.Steps.Count, (await scene.World.Db.ReadAsync(r => VisibleFacts.LoadAsync(r, who, caseId))).Count);
    }
}
