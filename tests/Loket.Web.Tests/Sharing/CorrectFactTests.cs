using Loket.Web.Features.Cases;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Sharing;
using Loket.Web.Journal;
using Loket.Web.Security;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Sharing;

/// <summary>A fact that was wrong: put right for everybody who has it, with its history for who recorded it alone.</summary>
public sealed class CorrectFactTests
{
    private const string Why = "Paspoort gezien, de oude naam was van haar zus";

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_corrected_fact_is_seen_by_the_line_that_has_it_and_the_old_value_stays_with_the_owner(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var (caseId, name) = await scene.NameGivenAsync();

        Assert.Equal(2, (await CorrectAsync(scene, scene.Desk, caseId, name, "Wilma de Groot")).Value.Version);

        var seen = Assert.Single(await RowsAsync(scene, scene.Members[0], caseId));
        Assert.Equal(("Wilma de Groot", true, 0), (seen.Value, seen.IsCorrected, seen.Was.Count));
        var own = Assert.Single(await RowsAsync(scene, scene.Desk, caseId));
        var was = Assert.Single(own.Was);
        Assert.Equal(("Wilma de Groot", "Wilma van Zon", Why, scene.Desk.Name), (own.Value, was.Value, was.Why, was.CorrectedByName));
        Assert.Equal("Wilma de Groot", await scene.World.ScalarAsync<string>("SELECT v.value FROM party p JOIN personal_value v ON v.id = p.name_id"));
        Assert.Empty((await scene.World.The<VerifyJournal>().RunAsync()).Faults);
        // The old name still says who it is about.
        Assert.NotEmpty((await scene.World.The<RequestHandoff>().InspectAsync(caseId, "Kan Wilma van Zon dit?")).Marks);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Each_line_that_received_it_is_told_until_somebody_has_seen_it_by_name(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var (caseId, name) = await scene.NameGivenAsync();
        Assert.Empty(await scene.NoticesAsync(scene.Members[0]));
        await CorrectAsync(scene, scene.Desk, caseId, name, "Wilma de Groot");
        await CorrectAsync(scene, scene.Desk, caseId, name, "Wilma de Groot-Smit", version: 2);

        Assert.Empty(await scene.NoticesAsync(scene.Desk));
        Assert.Empty(await scene.NoticesAsync(await scene.Given.Specialist("gm0518-permits")));
        var told = Assert.Single(await scene.NoticesAsync(scene.Members[1]));
        Assert.Equal((caseId, "name", true), (told.CaseId, told.Kind, told.MayOpen));
        var notices = scene.World.The<FactNotices>();
        Assert.Equal("fact-notice-unknown", (await notices.SeenAsync(scene.Desk, caseId, told.Id, null)).Refusal?.Code);
        Assert.True((await notices.SeenAsync(scene.Members[1], caseId, told.Id, null)).IsOk);
        Assert.Equal("fact-notice-seen", (await notices.SeenAsync(scene.Members[0], caseId, told.Id, null)).Refusal?.Code);

        Assert.Empty(await scene.NoticesAsync(scene.Members[0]));
        Assert.Equal(scene.Members[1].Name, Assert.Single(Assert.Single(await RowsAsync(scene, scene.Desk, caseId)).Told).SeenBy);
        Assert.Empty(Assert.Single(await RowsAsync(scene, scene.Members[0], caseId)).Told);
    }

    [Fact]
    public async Task A_line_from_which_it_was_taken_back_hears_of_it_and_sees_no_value()
    {
        await using var scene = await Scene.NewAsync();
        var (caseId, name) = await scene.NameGivenAsync();
        Assert.True((await scene.World.The<ShareFact>().WithdrawAsync(scene.Desk, caseId, new ShareFactForm(name, Scene.Debts), null)).IsOk);

        await CorrectAsync(scene, scene.Desk, caseId, name, "Wilma de Groot");

        Assert.Single(await scene.NoticesAsync(scene.Members[0]));
        Assert.Empty(await RowsAsync(scene, scene.Members[0], caseId));
    }

    [Fact]
    public async Task Only_the_organisation_that_recorded_it_corrects_once_with_a_reason_and_never_a_number()
    {
        await using var scene = await Scene.NewAsync();
        var (caseId, name) = await scene.NameGivenAsync();
        async Task<string?> TryAsync(Actor who, long fact, string value, string? why = Why, int version = 1) =>
            (await scene.World.The<CorrectFact>().RunAsync(who, caseId, new CorrectFactForm(fact, value, "document", why, version), null)).Refusal?.Code;

        Assert.Equal("fact-unknown", await TryAsync(scene.Members[0], name, "Wilma de Groot"));
        Assert.Equal("case-unknown", await TryAsync(await scene.Given.FrontOffice("gm0599"), name, "Wilma de Groot"));
        Assert.Equal("fact-correct-why-missing", await TryAsync(scene.Desk, name, "Wilma de Groot", " "));
        Assert.Equal("text-has-bsn", await TryAsync(scene.Desk, name, "Wilma de Groot", "Haar BSN is 999993112"));
        Assert.Equal("fact-has-bsn", await TryAsync(scene.Desk, name, "999993112"));
        Assert.Equal("fact-same", await TryAsync(scene.Desk, name, "Wilma van Zon"));
        Assert.Null(await TryAsync(scene.Desk, name, "Wilma de Groot"));
        Assert.Equal("stale", await TryAsync(scene.Desk, name, "Wilma Anders"));
        await scene.World.ExecuteAsync("UPDATE fact SET kind = 'bsn'");
        Assert.Equal("fact-number-stays", await TryAsync(scene.Desk, name, "Wilma Anders", version: 2));
    }

    [Fact]
    public async Task What_is_known_and_still_valid_is_asked_again_only_with_a_reason_that_the_journal_keeps_without_the_value()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk, name: "Wilma van Zon");
        Task<string?> AddAsync(string kind, string value, string? again = null, string? until = null, string? label = null) => RefusalAsync(scene, scene.Desk, caseId, new FactForm(label, value, "citizen", kind, until, again));

        Assert.Equal("fact-known", await AddAsync("name", "Wilma de Groot"));
        Assert.Null(await AddAsync("name", "Wilma de Groot", "Getrouwd"));
        Assert.Null(await AddAsync("rent", "700 euro"));
        Assert.Equal("fact-known", await AddAsync("rent", "720 euro"));
        Assert.Equal("text-has-bsn", await AddAsync("rent", "720 euro", "Bij 999993112"));
        // Of some kinds somebody has several: the same words are the same fact.
        Assert.Null(await AddAsync("debts", "1.900 euro"));
        Assert.Null(await AddAsync("debts", "200 euro"));
        Assert.Equal("fact-known", await AddAsync("debts", " 200 EURO"));
        Assert.Null(await AddAsync("other", "Kat", label: "Huisdier"));
        Assert.Equal("fact-known", await AddAsync("other", "Hond", label: "huisdier"));
        Assert.Equal("fact-until-past", await AddAsync("benefit", "WW", until: "2020-01-01"));
        Assert.Null(await AddAsync("partner", "Kees", until: FactKinds.Today(scene.Clock.UtcNow)));

        Assert.Equal(
            ["Wilma de Groot"],
            (await scene.World.QueryAsync<string>("SELECT v.value FROM fact f JOIN personal_value v ON v.id = f.personal_id WHERE f.again_id IS NOT NULL")));
        var entry = await scene.World.ScalarAsync<string>("SELECT MIN(j.payload) FROM journal j JOIN fact f ON f.again_id = j.personal_id WHERE j.kind = 'fact_reason'");
        Assert.Equal("{\"kind\":\"name\",\"again\":true}", entry);

        // Run out: then it is asked anew, without a reason.
        scene.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(await AddAsync("partner", "Kees"));
        scene.Clock.Advance(TimeSpan.FromDays(366));
        Assert.Null(await AddAsync("rent", "740 euro"));
        Assert.Equal("fact-known", await AddAsync("name", "Wilma Smit"));
        Assert.True((await RowsAsync(scene, scene.Desk, caseId)).Single(f => f.Value == "700 euro").HasRunOut);
    }

    [Fact]
    public async Task What_another_organisation_knows_is_not_betrayed_by_asking_it()
    {
        await using var scene = await Scene.NewAsync();
        var (caseId, _) = await scene.NameGivenAsync();
        Assert.Null(await RefusalAsync(scene, scene.Desk, caseId, new FactForm(null, "700 euro", "citizen", "rent")));

        Assert.Null(await RefusalAsync(scene, scene.Members[0], caseId, new FactForm(null, "700 euro", "citizen", "rent")));
        Assert.Equal("fact-known", await RefusalAsync(scene, scene.Members[0], caseId, new FactForm(null, "Wilma", "citizen", "name")));
    }

    [Fact]
    public void Every_kind_that_a_rule_names_has_a_row_of_its_own()
    {
        var (rules, kinds) = (SharingRules.Load(Features.Directory.ImportReference.Folder), FactKinds.Load(Features.Directory.ImportReference.Folder));
        Assert.True(rules.Kinds.Count > 15);
        Assert.All(rules.Kinds, kind => Assert.True(kinds.Knows(kind), kind));
    }

    private static async Task<string?> RefusalAsync(Scene scene, Actor who, long caseId, FactForm form) => (await scene.World.The<Facts>().AddAsync(who, caseId, form, null)).Refusal?.Code;

    private static Task<Domain.Outcome<FactCorrected>> CorrectAsync(Scene scene, Actor who, long caseId, long fact, string value, int version = 1) =>
        scene.World.The<CorrectFact>().RunAsync(who, caseId, new CorrectFactForm(fact, value, "document", Why, version), null);

    private static Task<IReadOnlyList<FactRow>> RowsAsync(Scene scene, Actor who, long caseId) => scene.World.AskAsync<Say, IReadOnlyList<FactRow>>(say => scene.World.Db.ReadAsync(async r =>
        await FactRowsQuery.LoadAsync(r, say, (await CaseAccess.FindAsync(r, who, caseId))!, await VisibleFacts.LoadAsync(r, who, caseId), null, null)));
}
