using System.Text.RegularExpressions;
using Loket.Web.Features.Callbacks;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Partners;
using Loket.Web.Features.Representation;
using Loket.Web.Features.Sharing;
using Loket.Web.Features.Steps;
using Loket.Web.Journal;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Steps;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Representation;

/// <summary>What goes to who represents is checked again when it goes: lapsed it is held, and the chain owner decides.</summary>
public sealed class HeldTests
{
    private static readonly AuthorityForm Parent = new("parental_authority", "Anna Ouder", "030 1234567", "custody_register", Born: new DateOnly(2008, 2, 12));

    [Theory, OnSqlite, OnSqlServer]
    public async Task On_the_18th_birthday_calls_stop_and_the_owner_has_one_promise_until_the_citizen_speaks(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk);
        await KeepAsync(scene, caseId, Parent);
        await scene.Given.Handoff(scene.Desk, caseId);
        await scene.AfterAsync(130);
        var callback = await scene.World.ScalarAsync<long>("SELECT id FROM callback WHERE state = 'scheduled'");
        var caller = await scene.World.ActorAsync(await scene.World.ScalarAsync<long>("SELECT professional_id FROM callback"));
        await SweepAsync(scene);
        Assert.Equal(0, await PromisesAsync(scene, "open"));
        Assert.Null((await scene.World.The<AttemptCallback>().RunAsync(caller, callback, new AttemptForm("no_answer", null), null)).Refusal);

        // 11 February, 23:59 in Amsterdam, and a minute later.
        scene.Clock.Jump(new DateTime(2026, 2, 11, 22, 59, 0, DateTimeKind.Utc));
        await SweepAsync(scene);
        Assert.Equal(0, await PromisesAsync(scene, "open"));
        scene.Clock.Jump(new DateTime(2026, 2, 11, 23, 0, 0, DateTimeKind.Utc));
        Assert.Equal("authority-of-age", (await scene.World.The<AttemptCallback>().RunAsync(caller, callback, new AttemptForm("reached", null), null)).Refusal?.Code);
        await SweepAsync(scene);
        await SweepAsync(scene);

        Assert.Equal([scene.Desk.Id], await scene.World.QueryAsync<long>("SELECT professional_id FROM promise WHERE state = 'open'"));
        Assert.Equal([scene.Desk.Id], await scene.World.QueryAsync<long>("SELECT professional_id FROM deadline WHERE subject_kind = 'promise' AND state = 'running'"));
        Assert.Equal("authority-of-age", (await scene.World.AskAsync<RepresentationQuery, OnBehalfView?>(q => q.BannerAsync(scene.Desk, caseId)))!.Current!.Why?.Code);

        Assert.True((await scene.World.The<Authorities>().EndAsync(scene.Desk, caseId, null)).IsOk);
        Assert.Equal((0, 1), (await PromisesAsync(scene, "open"), await PromisesAsync(scene, "kept")));
        Assert.Null((await scene.World.The<AttemptCallback>().RunAsync(caller, callback, new AttemptForm("reached", null), null)).Refusal);
        Assert.Single(await scene.World.TimelineAsync(caseId), kind => kind == "representation_lapsed");
        Assert.Empty((await scene.World.The<VerifyJournal>().RunAsync()).Faults);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Another_day_of_birth_is_another_last_day_for_the_authority_and_for_who_it_is(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk);
        await KeepAsync(scene, caseId, Parent);
        var birth = await scene.World.ScalarAsync<long>("SELECT id FROM fact WHERE kind = 'birth_date'");
        async Task CorrectAsync(string day, int version) =>
            Assert.Null((await scene.World.The<CorrectFact>().RunAsync(scene.Desk, caseId, new CorrectFactForm(birth, day, "document", "Zo staat het in het paspoort", version), null)).Refusal);
        async Task<string> DaysAsync() => string.Join(' ', await scene.World.QueryAsync<string>(
            "SELECT COALESCE(ends_on, '-') FROM representation UNION ALL SELECT COALESCE(valid_until, '-') FROM fact WHERE kind IN ('capacity_representation', 'representative_contact')"));
        Assert.Equal("2026-02-11 2026-02-11 2026-02-11", await DaysAsync());

        await CorrectAsync("2010-05-01", 1);
        Assert.Equal("2028-04-30 2028-04-30 2028-04-30", await DaysAsync());

        var takeOut = scene.World.The<TakeOutFact>();
        Assert.Null((await takeOut.RunAsync(scene.Desk, caseId, new TakeOutForm(birth, "Van een ander kind", 2), null)).Refusal);
        Assert.Equal("- - -", await DaysAsync());
        Assert.Null((await takeOut.PutBackAsync(scene.Desk, caseId, birth, null)).Refusal);
        Assert.Equal("2028-04-30 2028-04-30 2028-04-30", await DaysAsync());

        // A fact added later says it anew, and says that it was over already.
        Assert.Null((await scene.World.The<Facts>().AddAsync(scene.Desk, caseId, new FactForm(null, "2008-01-15", "document", "birth_date", Again: "Op het paspoort staat iets anders"), null)).Refusal);
        Assert.Equal("2026-01-14 2026-01-14 2026-01-14", await DaysAsync());
        await SweepAsync(scene);
        Assert.Equal(1, await PromisesAsync(scene, "open"));

        // Who acts is changed by recording another authority, not as a fact.
        var name = await scene.World.ScalarAsync<long>("SELECT MAX(id) FROM fact WHERE kind = 'capacity_representation'");
        Assert.Equal("fact-stays", (await scene.World.The<CorrectFact>().RunAsync(scene.Desk, caseId, new CorrectFactForm(name, "Iemand anders", "citizen", "Verkeerd", 1), null)).Refusal?.Code);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_link_that_went_to_who_represents_waits_when_revoked_and_opens_again_under_a_new_authority(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var (caseId, step, channels) = await PartnerAsync(scene);
        var link = await scene.World.The<AskPartner>().RunAsync(scene.Desk, step, new("Kunt u de stukken sturen?", channels["email"]), null);
        Assert.Null(link.Refusal);
        var sent = await scene.World.BodiesAsync();
        var (token, code) = (Regex.Match(sent[0], "/p/([\\w-]+)").Groups[1].Value, Regex.Match(sent[1], "\\b[0-9]{6}\\b").Value);
        var links = scene.World.The<AnswerLink>();
        Assert.Null(await links.LookAsync(token));

        Assert.True((await scene.World.The<Authorities>().RevokeAsync(scene.Desk, caseId, null)).IsOk);
        Assert.Equal("partner-link-held", (await links.LookAsync(token))?.Code);
        Assert.Equal("partner-link-held", (await links.OpenAsync(token, code)).Refusal?.Code);
        Assert.Equal("partner-link-held", (await links.AnswerAsync(new(token, code, "done", null))).Refusal?.Code);
        Assert.Equal(2, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM outgoing_message WHERE held_at IS NOT NULL AND body <> ''"));
        Assert.Equal("authority-revoked", (await scene.World.The<AskPartner>().RunAsync(scene.Desk, step, new("Nog eens?", channels["email"]), null)).Refusal?.Code);
        Assert.Equal(1, await PromisesAsync(scene, "open"));

        await KeepAsync(scene, caseId, Mandate);
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM outgoing_message WHERE held_at IS NOT NULL"));
        Assert.NotNull((await links.OpenAsync(token, code)).Value.Question);
        Assert.Equal((0, 1), (await PromisesAsync(scene, "open"), await PromisesAsync(scene, "kept")));

        // The citizen speaks: the link is withdrawn and what was not sent yet is empty.
        Assert.True((await scene.World.The<Authorities>().EndAsync(scene.Desk, caseId, null)).IsOk);
        Assert.Equal("partner-link-over", (await links.OpenAsync(token, code)).Refusal?.Code);
        Assert.Equal(2, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM outgoing_message WHERE body = ''"));
        Assert.True((await scene.World.The<AskPartner>().RunAsync(scene.Desk, step, new("Nu als partner?", channels["email"]), null)).IsOk);
    }

    [Fact]
    public async Task A_letter_to_who_represents_is_not_printed_after_its_last_day()
    {
        await using var scene = await Scene.NewAsync();
        var (_, step, channels) = await PartnerAsync(scene, Mandate with { Until = new DateOnly(2026, 2, 11) });
        var asked = await scene.World.The<AskPartner>().RunAsync(scene.Desk, step, new("Kunt u de stukken sturen?", channels["post"]), null);
        var letters = scene.World.The<LetterQuery>();
        Assert.True((await letters.LoadAsync(scene.Desk, Given.Id(asked.Value.LinkId))).IsOk);
        scene.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal("authority-expired", (await letters.LoadAsync(scene.Desk, Given.Id(asked.Value.LinkId))).Refusal?.Code);
        Assert.Equal("partner-link-unknown", (await letters.LoadAsync(await scene.Given.FrontOffice("gm0599"), Given.Id(asked.Value.LinkId))).Refusal?.Code);
    }

    [Fact]
    public async Task Two_nodes_that_sweep_at_once_make_one_promise_and_a_closed_case_is_left_alone()
    {
        await using var scene = await Scene.NewAsync();
        var closed = await scene.Given.Case(scene.Desk);
        await KeepAsync(scene, closed, Parent);
        Assert.Null((await scene.World.The<CloseCase>().CloseAsync(scene.Desk, closed, null)).Refusal);
        await KeepAsync(scene, await scene.Given.Case(scene.Desk), Parent);
        var other = await scene.World.AnotherNodeAsync();
        scene.Clock.Jump(new DateTime(2026, 2, 12, 9, 0, 0, DateTimeKind.Utc));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => (n % 2 == 0 ? scene.World.The<HoldLapsed>() : other.The<HoldLapsed>()).RunAsync(default))));
        Assert.Equal(1, await PromisesAsync(scene, "open"));
        Assert.Equal(1, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM representation WHERE held_at IS NOT NULL"));
    }

    private static readonly AuthorityForm Mandate = new("mandate", "Bureau Helpt", null, "signed_mandate", Partner: 9);

    // A step at a partner of the register who acts for the citizen too.
    private static async Task<(long CaseId, long Step, Dictionary<string, long> Channels)> PartnerAsync(Scene scene, AuthorityForm? form = null)
    {
        await scene.World.ExecuteAsync("INSERT INTO partner (id, kind, name, sort_name) VALUES (9, 'other', 'Bureau Helpt', 'bureau helpt')");
        var channels = new Dictionary<string, long> { ["email"] = 91, ["sms"] = 92, ["post"] = 93 };
        foreach (var (kind, id) in channels)
        {
            await scene.World.ExecuteAsync(
                "INSERT INTO partner_channel (id, partner_id, kind, address, checked_on, checked_by) VALUES (@id, 9, @kind, 'bureau@example.nl', '2026-01-01', 'Iemand')", new { id, kind });
        }

        var caseId = await scene.Given.Case(scene.Desk);
        await KeepAsync(scene, caseId, form ?? Mandate);
        return (caseId, await StepTests.AddAsync(scene, caseId, new StepForm("Stukken sturen", Partner: 9, DueDay: "2026-03-20")), channels);
    }

    private static async Task KeepAsync(Scene scene, long caseId, AuthorityForm form) =>
        Assert.Null((await scene.World.The<Authorities>().RecordAsync(scene.Desk, caseId, form, null)).Refusal);

    private static Task SweepAsync(Scene scene) => scene.World.The<HoldLapsed>().RunAsync(default);

    private static async Task<int> PromisesAsync(Scene scene, string state) => (int)await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM promise WHERE state = @state", new { state });
}
