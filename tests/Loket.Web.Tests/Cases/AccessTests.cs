using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Identity;
using Loket.Web.Security;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Cases;

/// <summary>Who may see and work a case. No part in it: it does not exist.</summary>
public sealed class AccessTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task Each_part_has_its_own_access(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 2);
        var colleague = await scene.Given.FrontOffice("gm0344");
        var otherTeam = await scene.Given.FrontOffice("gm0344", team: "gm0344-other");
        var notAtTheDesk = await scene.Given.Person("gm0344", specialist: true);
        var otherSupervisor = await scene.Given.Supervisor("gm0344", team: "gm0344-other", onDuty: false);
        var stranger = await scene.Given.FrontOffice("gm0363");
        var caseId = await scene.CaseOfAsync(await scene.TalkAsync("cold"));

        await AssertAccessAsync(scene, caseId, scene.Desk, "owns, works");
        await AssertAccessAsync(scene, caseId, colleague, "works");
        await AssertAccessAsync(scene, caseId, scene.DeskSupervisor, "supervises, sees");
        await AssertAccessAsync(scene, caseId, scene.Members[0], "works");
        await AssertAccessAsync(scene, caseId, scene.Members[1], "sees");
        await AssertAccessAsync(scene, caseId, scene.LineSupervisor, "sees");
        foreach (var nobody in (Actor[])[otherTeam, notAtTheDesk, otherSupervisor, stranger])
        {
            await AssertAccessAsync(scene, caseId, nobody, null);
        }
    }

    [Fact]
    public async Task Who_is_only_being_asked_sees_no_case()
    {
        await using var scene = await Scene.NewAsync();
        var handoff = await scene.RingAsync();
        await AssertAccessAsync(scene, await scene.CaseOfAsync(handoff), scene.Members[0], null);
        await scene.DeclineAsync(scene.Members[0]);
        await AssertAccessAsync(scene, await scene.CaseOfAsync(handoff), scene.Members[0], null);
    }

    [Fact]
    public async Task Who_is_consulted_has_the_talk_and_not_the_case_also_after_promising_something()
    {
        await using var scene = await Scene.NewAsync();
        var handoff = await scene.TalkAsync("consult");
        var caseId = await scene.CaseOfAsync(handoff);
        var talk = scene.World.The<Conversation>();

        Assert.True((await talk.SendAsync(scene.Members[0], handoff, "Dat kan", null)).IsOk);
        // Nor does the talk lend itself to a promise in another case.
        var other = await scene.Given.Case(scene.Desk);
        Assert.Equal("handoff-unknown", (await scene.World.The<Promises>().MakeAsync(scene.Desk, other, new PromiseForm("Ik bel u", scene.Clock.UtcNow.AddDays(1), handoff), null)).Refusal?.Code);
        Assert.True((await talk.FinishAsync(scene.Members[0], handoff, new FinishForm("callback", "Ik zoek het na", scene.Clock.UtcNow.AddDays(1)), null)).IsOk);

        foreach (var person in (Actor[])[scene.Members[0], scene.Members[1], scene.LineSupervisor])
        {
            await AssertAccessAsync(scene, caseId, person, null);
        }

        scene.Clock.Advance(TimeSpan.FromDays(1));
        await scene.ChaseAsync();
        await scene.ChaseAsync();
        await AssertAccessAsync(scene, caseId, scene.LineSupervisor, null);
        var told = await scene.World.ScalarAsync<long>("SELECT id FROM escalation WHERE to_id = @Id", new { scene.LineSupervisor.Id });
        Assert.True((await scene.World.The<Escalations>().AcknowledgeAsync(scene.LineSupervisor, told, null)).IsOk);

        var promise = await scene.World.ScalarAsync<long>("SELECT id FROM promise");
        Assert.Equal("promise-unknown", (await scene.World.The<Promises>().KeepAsync(scene.Members[1], promise, null)).Refusal?.Code);
        Assert.True((await scene.World.The<Promises>().KeepAsync(scene.Members[0], promise, null)).IsOk);
    }

    [Fact]
    public async Task Who_gave_the_question_back_sees_it_no_more()
    {
        await using var scene = await Scene.NewAsync(members: 1);
        var general = await scene.Given.Line("gm0518-general", members: 1);
        await scene.Given.Available(general.Members);
        var handoff = await scene.TalkAsync("cold");
        var caseId = await scene.CaseOfAsync(handoff);

        await scene.World.The<Conversation>().FinishAsync(scene.Members[0], handoff, new FinishForm("returned", "Niet voor ons"), null);

        await AssertAccessAsync(scene, caseId, scene.Members[0], null);
        await AssertAccessAsync(scene, caseId, scene.LineSupervisor, null);
        Assert.Equal("handoff-unknown", (await scene.World.The<Conversation>().SendAsync(scene.Members[0], handoff, "Nog iets", null)).Refusal?.Code);
    }

    [Fact]
    public async Task Ownership_moves_with_an_acceptance_and_the_earlier_owner_keeps_a_part()
    {
        await using var scene = await Scene.NewAsync();
        var colleague = await scene.Given.FrontOffice("gm0344");
        var caseId = await scene.CaseOfAsync(await scene.TalkAsync("cold"));
        var ownership = scene.World.The<Ownership>();
        var asked = Given.Id((await ownership.AskAsync(scene.Desk, caseId, scene.Members[0].Id, null)).Value.RequestId);
        await AssertAccessAsync(scene, caseId, scene.Desk, "owns, works");
        Assert.Equal("ownership-not-yours", (await ownership.AcceptAsync(scene.Desk, asked, null)).Refusal?.Code);
        Assert.Equal("ownership-unknown", (await ownership.AcceptAsync(await scene.Given.FrontOffice("gm0363"), asked, null)).Refusal?.Code);

        Assert.True((await ownership.AcceptAsync(scene.Members[0], asked, null)).IsOk);

        await AssertAccessAsync(scene, caseId, scene.Members[0], "owns, works");
        await AssertAccessAsync(scene, caseId, scene.Desk, "works");
        await AssertAccessAsync(scene, caseId, scene.LineSupervisor, "supervises, sees");
        await AssertAccessAsync(scene, caseId, scene.DeskSupervisor, "sees");
        await AssertAccessAsync(scene, caseId, colleague, null);
        Assert.Equal("ownership-answered", (await ownership.AcceptAsync(scene.Members[0], asked, null)).Refusal?.Code);
    }

    [Fact]
    public async Task Ownership_is_asked_by_who_may_of_who_can()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.CaseOfAsync(await scene.TalkAsync("cold"));
        var gone = await scene.Given.FrontOffice("gm0344");
        await scene.World.ExecuteAsync("UPDATE professional SET active = 0 WHERE id = @Id", new { gone.Id });
        var ownership = scene.World.The<Ownership>();

        Assert.Equal("ownership-same", (await ownership.AskAsync(scene.Desk, caseId, scene.Desk.Id, null)).Refusal?.Code);
        Assert.Equal("ownership-unreachable", (await ownership.AskAsync(scene.Desk, caseId, gone.Id, null)).Refusal?.Code);
        Assert.Equal("ownership-not-yours", (await ownership.AskAsync(scene.Members[0], caseId, scene.Members[0].Id, null)).Refusal?.Code);
        Assert.Equal("ownership-own-organisation", (await ownership.AskAsync(scene.DeskSupervisor, caseId, scene.Members[0].Id, null)).Refusal?.Code);
        Assert.Equal("case-unknown", (await ownership.AskAsync(await scene.Given.FrontOffice("gm0363"), caseId, scene.Desk.Id, null)).Refusal?.Code);
        Assert.True((await ownership.AskAsync(scene.Desk, caseId, scene.Members[0].Id, null)).IsOk);
        Assert.Equal("ownership-already-asked", (await ownership.AskAsync(scene.Desk, caseId, scene.Members[1].Id, null)).Refusal?.Code);
        Assert.Equal("ownership-reason-missing", (await ownership.RefuseAsync(scene.Members[0], await scene.World.ScalarAsync<long>("SELECT id FROM ownership_request"), " ", null)).Refusal?.Code);
        Assert.Equal(scene.Desk.Id, await scene.World.ScalarAsync<long>("SELECT owner_id FROM case_file WHERE id = @caseId", new { caseId }));
    }

    [Fact]
    public async Task Who_may_only_look_changes_nothing_and_who_may_not_finds_nothing()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.CaseOfAsync(await scene.TalkAsync("cold"));
        var stranger = await scene.Given.FrontOffice("gm0363");
        foreach (var (person, code) in ((Actor, string)[])[(scene.Members[1], "case-read-only"), (scene.DeskSupervisor, "case-read-only"), (stranger, "case-unknown")])
        {
            Assert.Equal(code, (await scene.World.The<SaveCase>().RunAsync(person, caseId, new SaveCaseForm("T", "V", "debts", "gm0518", null, 1), null)).Refusal?.Code);
            Assert.Equal(code, (await scene.World.The<EstablishIdentity>().RunAsync(person, caseId, "document", null)).Refusal?.Code);
            Assert.Equal(code, (await scene.World.The<Facts>().AddAsync(person, caseId, new FactForm("Huur", "650 euro", "citizen"), null)).Refusal?.Code);
            Assert.Equal(code, (await scene.World.The<Promises>().MakeAsync(person, caseId, new PromiseForm("Ik bel", scene.Clock.UtcNow.AddDays(1)), null)).Refusal?.Code);
            Assert.Equal(code, (await scene.World.The<RequestHandoff>().RunAsync(person, caseId, new RequestHandoffForm("warm", "desk", "Vraag"), null)).Refusal?.Code);
        }

        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM fact") + await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM promise"));
    }

    private static async Task AssertAccessAsync(Scene scene, long caseId, Actor actor, string? expected)
    {
        var access = await scene.World.Db.ReadAsync(r => CaseAccess.FindAsync(r, actor, caseId));
        var found = access is null ? null : string.Join(", ", new[]
        {
            access.IsOwner ? "owns" : null, access.IsSupervisor ? "supervises" : null, access.MayWork ? "works" : "sees",
        }.Where(part => part is not null));
        Assert.Equal((actor.Name, expected), (actor.Name, found));
    }
}
