using Loket.Web.Features.Cases;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Identity;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Cases;

/// <summary>Opening and changing a case: what is refused, and that nothing half-done stays.</summary>
public sealed class CaseFormTests
{
    private static readonly OpenCaseForm Right = new("Ik kan de huur niet betalen.", "person", "debts", "gm0518");

    public static readonly TheoryData<OpenCaseForm, string> Wrong = new()
    {
        { Right with { Bsn = "111222334" }, "bsn-wrong" },
        { Right with { Bsn = "12345678" }, "bsn-length" },
        { Right with { Bsn = "000000000" }, "bsn-wrong" },
        { Right with { Bsn = "abcdefghi" }, "bsn-wrong" },
        { Right with { Kind = "business", Rsin = "111222334" }, "rsin-wrong" },
        { Right with { Kind = "business", Kvk = "123" }, "kvk-length" },
        { Right with { Municipality = "gm9999" }, "municipality-unknown" },
        { Right with { Municipality = "so0719" }, "municipality-unknown" },
        { Right with { Municipality = null }, "municipality-missing" },
        { Right with { Topic = "weather" }, "topic-unknown" },
        { Right with { Topic = null }, "topic-missing" },
        { Right with { Question = " " }, "question-missing" },
        { Right with { Question = new string('a', 2001) }, "question-too-long" },
        { Right with { Kind = "animal" }, "kind-missing" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_wrong_form_is_refused_and_nothing_of_it_stays(OpenCaseForm form, string code)
    {
        await using var scene = await Scene.NewAsync();
        await scene.Given.Organisation("so0719");

        var answer = await scene.World.The<OpenCase>().RunAsync(scene.Desk, form, "key");

        Assert.Equal(code, answer.Refusal?.Code);
        foreach (var table in (string[])["case_file", "party", "case_participant", "journal", "counter", "fact"])
        {
            Assert.Equal(0, await scene.World.ScalarAsync<long>($"SELECT COUNT(*) FROM {table}"));
        }
    }

    [Fact]
    public async Task A_right_bsn_is_kept_sealed_and_a_person_without_any_number_is_served_all_the_same()
    {
        await using var scene = await Scene.NewAsync();
        Assert.True((await scene.World.The<OpenCase>().RunAsync(scene.Desk, Right with { Bsn = "111222333" }, null)).IsOk);
        Assert.True((await scene.World.The<OpenCase>().RunAsync(scene.Desk, Right with { Kind = "none" }, null)).IsOk);

        Assert.Equal(["333"], await scene.World.QueryAsync<string>("SELECT number_tail FROM party WHERE number_sealed IS NOT NULL"));
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM party WHERE number_sealed LIKE '%111222333%' OR number_index LIKE '%111222333%'"));
    }

    [Fact]
    public async Task Only_a_desk_opens_a_case()
    {
        await using var scene = await Scene.NewAsync();
        Assert.Equal("case-open-desk-only", (await scene.World.The<OpenCase>().RunAsync(scene.Members[0], Right, null)).Refusal?.Code);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_stale_version_is_refused_and_overwrites_nothing(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk);
        var save = scene.World.The<SaveCase>();
        Assert.Equal(2, (await save.RunAsync(scene.Desk, caseId, new SaveCaseForm("Eerste", "Vraag", "debts", "gm0518", null, 1), null)).Value.Version);

        Assert.Equal("stale", (await save.RunAsync(scene.Desk, caseId, new SaveCaseForm("Tweede", "Andere vraag", "debts", "gm0518", null, 1), null)).Refusal?.Code);

        Assert.Equal(["Eerste"], await scene.World.QueryAsync<string>("SELECT v.value FROM case_file c JOIN personal_value v ON v.id = c.title_id"));
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM personal_value WHERE value = 'Tweede' OR value = 'Andere vraag'"));
        Assert.Equal(["case_opened", "case_changed", "case_titled"], await scene.World.TimelineAsync(caseId));
        Assert.Equal("municipality-unknown", (await save.RunAsync(scene.Desk, caseId, new SaveCaseForm("T", "V", "debts", "gm9999", null, 2), null)).Refusal?.Code);
    }

    [Fact]
    public async Task Without_a_title_of_its_own_a_case_is_called_by_its_topic_in_the_readers_language()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk);
        Assert.True((await scene.World.The<SaveCase>().RunAsync(scene.Desk, caseId, new SaveCaseForm("Huurschuld", "Vraag", "debts", "gm0518", null, 1), null)).IsOk);
        Assert.True((await scene.World.The<SaveCase>().RunAsync(scene.Desk, caseId, new SaveCaseForm(" ", "Vraag", "debts", "gm0518", null, 2), null)).IsOk);

        Assert.Equal(1, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM case_file WHERE title_id IS NULL"));
        Assert.Equal("Schulden", await scene.World.Node.AskAsync((Say say) => Task.FromResult(say.Title("", "debts"))));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Of_sixteen_saves_of_one_version_one_wins(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => Task.Run(() =>
            scene.World.The<SaveCase>().RunAsync(scene.Desk, caseId, new SaveCaseForm($"Titel {n}", "Vraag", "debts", "gm0518", null, 1), null))));

        Assert.Single(answers, a => a.IsOk);
        Assert.All(answers.Where(a => !a.IsOk), a => Assert.Equal("stale", a.Refusal!.Code));
    }

    [Fact]
    public async Task Nothing_of_the_register_is_shown_before_identity_is_established()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk, bsn: World.Wilma.Bsn);
        Assert.Equal((null, 0), await SeenAsync(scene, scene.Desk, caseId));
        Assert.True((await scene.World.The<EstablishIdentity>().RunAsync(scene.Desk, caseId, "not_established", null)).IsOk);
        Assert.Equal((null, 0), await SeenAsync(scene, scene.Desk, caseId));
        Assert.Equal("identity-method-missing", (await scene.World.The<EstablishIdentity>().RunAsync(scene.Desk, caseId, "looks_familiar", null)).Refusal?.Code);
        Assert.Equal((null, 0), await SeenAsync(scene, scene.Desk, caseId));

        Assert.True((await scene.World.The<EstablishIdentity>().RunAsync(scene.Desk, caseId, "document", null)).IsOk);
        Assert.Equal(("Wilma van Zon", 4), await SeenAsync(scene, scene.Desk, caseId));
        Assert.True((await scene.World.The<EstablishIdentity>().RunAsync(scene.Desk, caseId, "digid", null)).IsOk);
        Assert.Equal(("Wilma van Zon", 4), await SeenAsync(scene, scene.Desk, caseId));
    }

    [Theory]
    [InlineData("", "650 euro", "citizen", null, "fact-label-missing")]
    [InlineData("Huur", " ", "citizen", null, "fact-value-missing")]
    [InlineData("Huur", "650 euro", "", null, "fact-source-missing")]
    [InlineData("Huur", "650 euro", "citizen", "gossip", "fact-kind-unknown")]
    [InlineData("Partner", "999993112", "citizen", null, "fact-has-bsn")]
    public async Task A_fact_needs_what_it_is_and_where_it_comes_from(string label, string value, string source, string? kind, string code)
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk);
        Assert.Equal(code, (await scene.World.The<Facts>().AddAsync(scene.Desk, caseId, new FactForm(label, value, source, kind), null)).Refusal?.Code);
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM fact"));
    }

    private static Task<(string? Name, int Facts)> SeenAsync(Scene scene, Actor actor, long caseId) => scene.World.Db.ReadAsync(async r =>
    {
        var facts = await VisibleFacts.LoadAsync(r, actor, caseId);
        return ((await PartyQuery.LoadAsync(r, actor, caseId, facts)).Name, facts.Count);
    });
}
