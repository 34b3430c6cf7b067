using Loket.Web.Features.Cases;
using Loket.Web.Features.Identity;
using Loket.Web.Journal;
using Loket.Web.Security;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Cases;

/// <summary>A number that comes later: found, joined and looked up as if the case had been opened with it.</summary>
public sealed class AddNumberTests
{
    private const string Wilma = "999993112";

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_number_that_comes_later_joins_the_case_and_waits_with_looking_up_until_identity_is_established(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var world = scene.World;
        var earlier = await world.Given.Case(scene.Desk, bsn: Wilma);
        var caseId = await world.Given.Case(scene.Desk);
        Assert.True((await world.ShownAsync(scene.Desk, caseId)).MayAddNumber);

        Assert.True((await AddAsync(world, scene.Desk, caseId, new("9999 93 112"))).IsOk);
        var shown = await world.ShownAsync(scene.Desk, caseId);
        Assert.Equal(("112", false, 0, 0), (shown.Party.BsnTail, shown.MayAddNumber, shown.Facts.Count, shown.OtherCases.Count));

        await world.The<EstablishIdentity>().RunAsync(scene.Desk, caseId, "document", null);
        shown = await world.ShownAsync(scene.Desk, caseId);
        Assert.Equal(("Wilma van Zon", earlier), (shown.Party.Name, Assert.Single(shown.OtherCases).CaseId));
        Assert.Contains("number_added", await world.TimelineAsync(caseId));
        Assert.DoesNotContain(await world.QueryAsync<string>("SELECT payload FROM journal"), text => text.Contains(Wilma, StringComparison.Ordinal));
        Assert.Empty((await world.The<VerifyJournal>().RunAsync()).Faults);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Where_identity_was_established_already_the_register_is_asked_at_once(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk);
        await scene.World.The<EstablishIdentity>().RunAsync(scene.Desk, caseId, "document", null);
        Assert.Empty((await scene.World.ShownAsync(scene.Desk, caseId)).Facts);

        Assert.True((await AddAsync(scene.World, scene.Desk, caseId, new(Wilma))).IsOk);
        Assert.Equal("Wilma van Zon", (await scene.World.ShownAsync(scene.Desk, caseId)).Party.Name);
    }

    [Fact]
    public async Task Only_who_decides_about_a_case_of_their_own_adds_a_right_number_and_only_once()
    {
        await using var scene = await Scene.NewAsync();
        var world = scene.World;
        var caseId = await world.Given.Case(scene.Desk);
        await world.Given.AcceptedHandoff(scene.Desk, caseId, scene.Members[0]);
        async Task<string?> WhyAsync(Actor who, NumberForm form) => (await AddAsync(world, who, caseId, form)).Refusal?.Code;
        Assert.Equal("bsn-wrong", await WhyAsync(scene.Desk, new("999993113")));
        Assert.Equal("bsn-length", await WhyAsync(scene.Desk, new("12345678")));
        Assert.Equal("number-missing", await WhyAsync(scene.Desk, new()));
        Assert.Equal("number-missing", await WhyAsync(scene.Desk, new(Kvk: "12345678")));
        Assert.Equal("case-read-only", await WhyAsync(scene.Members[0], new(Wilma)));
        Assert.Equal("case-unknown", await WhyAsync(await world.Given.FrontOffice("gm0599"), new(Wilma)));
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM party WHERE number_kind IS NOT NULL"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => AddAsync(world, scene.Desk, caseId, new(Wilma)))));
        Assert.Single(answers, a => a.IsOk);
        Assert.All(answers.Where(a => !a.IsOk), a => Assert.Equal("number-stays", a.Refusal!.Code));
        Assert.Equal("number-stays", await WhyAsync(scene.Desk, new("999990019")));
    }

    [Fact]
    public async Task The_same_key_adds_once_and_another_number_under_it_is_refused()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk);
        var add = scene.World.The<AddNumber>();
        var first = await add.RunAsync(scene.Desk, caseId, new(Wilma), "sleutel");
        Assert.Equal(first.Value, (await add.RunAsync(scene.Desk, caseId, new(Wilma), "sleutel")).Value);
        Assert.Equal("key-reused", (await add.RunAsync(scene.Desk, caseId, new("999990019"), "sleutel")).Refusal?.Code);
    }

    [Fact]
    public async Task Who_was_helped_without_a_number_becomes_a_person_and_a_business_gets_its_own_kind_of_number()
    {
        await using var world = await World.NewAsync();
        var desk = await world.Given.FrontOffice("gm0344");
        await world.Given.Case(desk);
        async Task<long> OpenAsync(string kind) => Given.Id((await world.The<OpenCase>().RunAsync(desk, new OpenCaseForm("Een vraag", kind, "debts", "gm0518"), null)).Value.CaseId);

        var nobody = await OpenAsync("none");
        Assert.True((await AddAsync(world, desk, nobody, new(Wilma))).IsOk);
        Assert.Equal(("person", "112"), (await world.ShownAsync(desk, nobody)).Party is var party ? (party.Kind, party.BsnTail) : default);

        var business = await OpenAsync("business");
        Assert.Equal("number-missing", (await AddAsync(world, desk, business, new(Wilma))).Refusal?.Code);
        Assert.True((await AddAsync(world, desk, business, new(Kvk: "12345678"))).IsOk);
        Assert.Equal("12345678", (await world.ShownAsync(desk, business)).Party.Kvk);
    }

    private static Task<Domain.Outcome<CaseSaved>> AddAsync(World world, Actor who, long caseId, NumberForm form) => world.The<AddNumber>().RunAsync(who, caseId, form, null);
}
