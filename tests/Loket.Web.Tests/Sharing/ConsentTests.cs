using Loket.Web.Features.Cases;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Sharing;
using Loket.Web.Journal;
using Loket.Web.Security;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Sharing;

/// <summary>Consent: only where a rule asks for it, on record, and gone the moment the citizen takes it back.</summary>
public sealed class ConsentTests
{
    private const string Language = "awb-2-1-language-channel";

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_the_citizen_consents_to_is_given_on_record_and_ends_at_once_when_it_is_taken_back(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var (caseId, arabic) = await TalkAsync(scene);
        Assert.Equal("fact-no-rule", (await scene.World.The<ShareFact>().GiveAsync(scene.Desk, caseId, new ShareFactForm(arabic, Scene.Debts), null)).Refusal?.Code);
        var choice = Assert.Single((await ViewAsync(scene, scene.Desk, caseId)).ConsentChoices, c => c.Rule == Language);
        Assert.Equal("language_channel_preference: Arabisch", $"language_channel_preference: {Assert.Single(choice.Facts).Name.Split(": ")[1]}");

        var kept = await RecordAsync(scene, scene.Desk, caseId, [arabic]);
        Assert.Equal(["Arabisch"], await SeenAsync(scene, scene.Members[0], caseId));
        var row = Assert.Single((await ViewAsync(scene, scene.Desk, caseId)).Consents);
        Assert.Equal(("spoken", scene.Desk.Name, null), (row.How, row.RecordedByName, row.RevokedAt));
        Assert.Empty((await ViewAsync(scene, scene.Members[0], caseId)).Consents);
        Assert.Equal(Language, await scene.World.ScalarAsync<string>("SELECT rule_id FROM disclosure WHERE consent_id IS NOT NULL"));

        var consents = scene.World.The<Consents>();
        Assert.Equal("consent-unknown", (await consents.RevokeAsync(scene.Members[0], caseId, kept, null)).Refusal?.Code);
        await scene.World.ExecuteAsync("UPDATE case_file SET state = 'closed'");
        Assert.True((await consents.RevokeAsync(scene.Desk, caseId, kept, null)).IsOk);
        Assert.Empty(await SeenAsync(scene, scene.Members[0], caseId));
        Assert.Equal("consent-over", (await consents.RevokeAsync(scene.Desk, caseId, kept, null)).Refusal?.Code);
        Assert.Equal(["consent_given", "consent_revoked"], (await scene.World.TimelineAsync(caseId)).Where(k => k.StartsWith("consent", StringComparison.Ordinal)));
        Assert.Empty((await scene.World.The<VerifyJournal>().RunAsync()).Faults);
        // What was taken back is no ground any more.
        await scene.World.ExecuteAsync("UPDATE case_file SET state = 'open'");
        Assert.Equal("fact-no-rule", (await scene.World.The<ShareFact>().GiveAsync(scene.Desk, caseId, new ShareFactForm(arabic, Scene.Debts), null)).Refusal?.Code);
    }

    [Fact]
    public async Task What_the_line_has_by_its_own_rule_stays_when_consent_is_taken_back()
    {
        await using var scene = await Scene.NewAsync();
        var (caseId, arabic) = await TalkAsync(scene);
        var phone = await AddAsync(scene, caseId, "phone_email", "06 12345678");
        Assert.True((await scene.World.The<ShareFact>().GiveAsync(scene.Desk, caseId, new ShareFactForm(phone, Scene.Debts), null)).IsOk);
        var kept = await RecordAsync(scene, scene.Desk, caseId, [arabic, phone]);

        Assert.True((await scene.World.The<Consents>().RevokeAsync(scene.Desk, caseId, kept, null)).IsOk);

        Assert.Equal(["06 12345678"], await SeenAsync(scene, scene.Members[0], caseId));
    }

    [Fact]
    public async Task A_given_fact_that_was_withdrawn_may_be_given_again_while_the_consent_stands()
    {
        await using var scene = await Scene.NewAsync();
        var (caseId, arabic) = await TalkAsync(scene);
        await RecordAsync(scene, scene.Desk, caseId, [arabic]);
        var share = scene.World.The<ShareFact>();
        Assert.True((await share.WithdrawAsync(scene.Desk, caseId, new ShareFactForm(arabic, Scene.Debts), null)).IsOk);
        Assert.Empty(await SeenAsync(scene, scene.Members[0], caseId));

        Assert.True((await share.GiveAsync(scene.Desk, caseId, new ShareFactForm(arabic, Scene.Debts), null)).IsOk);
        Assert.Equal(1, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM disclosure WHERE consent_id IS NOT NULL AND until IS NULL"));
    }

    [Fact]
    public async Task Consent_is_no_ground_where_no_rule_knows_it()
    {
        await using var scene = await Scene.NewAsync();
        var (caseId, arabic) = await TalkAsync(scene);
        var health = await AddAsync(scene, caseId, "health", "Diagnose");
        async Task<string?> TryAsync(Actor who, long fact, string? rule = Language, string? line = Scene.Debts, string? how = "written") =>
            (await scene.World.The<Consents>().RecordAsync(who, caseId, new ConsentForm(line, rule, [fact], how), null)).Refusal?.Code;

        Assert.Equal("consent-no-rule", await TryAsync(scene.Desk, health));
        // A rule that forbids, one that needs none, one for other lines, one that does not exist.
        foreach (var rule in (string?[])["uavg-22-health-ban", "wgs-8-1-body-to-debts", "wmo-5-1-1-4", "niets", null])
        {
            Assert.Equal("consent-no-rule", await TryAsync(scene.Desk, health, rule));
        }

        Assert.Equal("consent-facts-missing", await TryAsync(scene.Desk, 1));
        Assert.Equal("consent-how-missing", await TryAsync(scene.Desk, arabic, how: "guessed"));
        Assert.Equal("line-not-in-case", await TryAsync(scene.Desk, arabic, line: "gm0518-permits"));
        Assert.Equal("case-read-only", await TryAsync(scene.Members[0], arabic));
        Assert.Equal("case-unknown", await TryAsync(await scene.Given.FrontOffice("gm0599"), arabic));
        Assert.Empty(await SeenAsync(scene, scene.Members[0], caseId));
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM consent"));
    }

    [Fact]
    public async Task For_support_at_home_consent_opens_the_citys_own_facts_and_not_those_of_another_city()
    {
        await using var scene = await Scene.NewAsync();
        foreach (var (city, expected) in new[] { ("gm0518", (string?)null), ("gm0344", "consent-no-rule") })
        {
            var desk = await scene.Given.FrontOffice(city);
            var care = (await scene.Given.Line("gm0518-care-wmo", members: 1)).Members[0];
            await scene.Given.Available(care);
            var caseId = await scene.Given.Case(desk, topic: "care_wmo");
            var income = Given.Id((await scene.World.The<Facts>().AddAsync(desk, caseId, new FactForm(null, "1.400 euro", "citizen", "income"), null)).Value.FactId);
            await scene.World.The<RequestHandoff>().RunAsync(desk, caseId, new RequestHandoffForm("warm", "desk", "Wie helpt?"), null);
            await scene.AcceptAsync(care);

            Assert.Equal(expected, (await scene.World.The<Consents>().RecordAsync(desk, caseId, new ConsentForm("gm0518-care-wmo", "wmo-5-1-1-4", [income], "written"), null)).Refusal?.Code);
        }
    }

    private static async Task<(long CaseId, long Arabic)> TalkAsync(Scene scene)
    {
        await scene.Given.Available(scene.Members[0]);
        var caseId = await scene.Given.Case(scene.Desk);
        var arabic = await AddAsync(scene, caseId, "language_channel_preference", "Arabisch");
        Assert.True((await scene.World.The<RequestHandoff>().RunAsync(scene.Desk, caseId, new RequestHandoffForm("warm", "desk", "Kan het in een regeling?", Facts: [arabic]), null)).IsOk);
        Assert.True((await scene.AcceptAsync(scene.Members[0])).IsOk);
        Assert.Empty(await SeenAsync(scene, scene.Members[0], caseId));
        return (caseId, arabic);
    }

    private static async Task<long> RecordAsync(Scene scene, Actor who, long caseId, IReadOnlyList<long> facts) =>
        Given.Id((await scene.World.The<Consents>().RecordAsync(who, caseId, new ConsentForm(Scene.Debts, Language, facts, "spoken"), null)).Value.ConsentId);

    private static async Task<long> AddAsync(Scene scene, long caseId, string kind, string value) =>
        Given.Id((await scene.World.The<Facts>().AddAsync(scene.Desk, caseId, new FactForm(null, value, "citizen", kind), null)).Value.FactId);

    private static async Task<IEnumerable<string>> SeenAsync(Scene scene, Actor person, long caseId) =>
        (await scene.World.Db.ReadAsync(r => VisibleFacts.LoadAsync(r, person, caseId))).Select(f => f.Value);

    private static Task<SharingView> ViewAsync(Scene scene, Actor person, long caseId) => scene.World.AskAsync<Say, SharingView>(say => scene.World.Db.ReadAsync(async r =>
        await FactAsksQuery.LoadAsync(
            r, say, scene.World.The<SharingRules>(), person, (await CaseAccess.FindAsync(r, person, caseId))!, await VisibleFacts.LoadAsync(r, person, caseId), await RulesOff.OfAsync(r, person.OrganisationCode))));
}
