using Loket.Domain;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Letters;
using Loket.Web.Features.Steps;
using Loket.Web.Security;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Steps;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Letters;

/// <summary>The letter says what the case holds, no more: who does what by when, and nothing in another body's name.</summary>
public sealed class AgreedLetterTests
{
    private static Task<Outcome<AgreedLetter>> AskAsync(Scene scene, Actor person, long caseId, string? size = null, string? name = null) =>
        scene.World.AskAsync((AgreedLetterQuery letters) => letters.LoadAsync(person, caseId, new LetterChoice(size, name)));

    [Theory, OnSqlite, OnSqlServer]
    public async Task It_lists_what_is_open_soonest_first_and_promises_nothing_for_who_has_not_said_yes(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk);
        var promises = scene.World.The<Promises>();
        var kept = (await promises.MakeAsync(scene.Desk, caseId, new PromiseForm("Ik bel de verhuurder", scene.Clock.UtcNow.AddDays(2)), null)).Value.PromiseId;
        await promises.MakeAsync(scene.Desk, caseId, new PromiseForm("Ik stuur het formulier", scene.Clock.UtcNow.AddDays(100)), null);
        var step = await StepTests.AddAsync(scene, caseId, new StepForm("Beslissen op de aanvraag", "gm0518", TermStart: "2026-02-09", Term: "P8W", Basis: "act", Article: "Awb 4:13"));

        var letter = (await AskAsync(scene, scene.Desk, caseId, size: "large")).Value;
        Assert.Equal(["promise", "asked", "promise"], letter.Rows.Select(r => r.Kind));
        Assert.Equal(scene.Desk.Name, letter.Rows[1].Who);
        Assert.Equal((true, scene.Desk.Name, false), (letter.Large, letter.OwnerName, letter.HasName));

        await promises.KeepAsync(scene.Desk, Given.Id(kept), null);
        var request = Given.Id((await scene.World.The<AskStep>().AskAsync(scene.Desk, step, new AskStepForm(Scene.Debts), null)).Value.RequestId);
        Assert.Null((await scene.World.The<AskStep>().AcceptAsync(scene.Members[1], request, null)).Refusal);
        letter = (await AskAsync(scene, scene.Desk, caseId)).Value;
        Assert.Equal([("step", scene.Members[1].Name), ("promise", scene.Desk.Name)], letter.Rows.Select(r => (r.Kind, r.Who)));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_name_can_stay_off_and_only_who_works_the_case_makes_it(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk);
        Assert.True((await scene.World.The<Facts>().AddAsync(scene.Desk, caseId, new FactForm("", "Anne-Marie Verheul", "citizen", "name"), null)).IsOk);

        Assert.Equal("Anne-Marie Verheul", (await AskAsync(scene, scene.Desk, caseId)).Value.Name);
        var without = (await AskAsync(scene, scene.Desk, caseId, name: "no")).Value;
        Assert.Equal((null, true), (without.Name, without.HasName));
        Assert.Equal("case-unknown", (await AskAsync(scene, scene.Members[0], caseId)).Refusal?.Code);
    }
}
