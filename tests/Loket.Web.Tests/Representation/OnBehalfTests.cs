using Loket.Domain;
using Loket.Domain.Representation;
using Loket.Domain.Terms;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Identity;
using Loket.Web.Features.Overview;
using Loket.Web.Features.Representation;
using Loket.Web.Features.Sharing;
using Loket.Web.Journal;
using Loket.Web.Security;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Representation;

/// <summary>What is done in the name of a citizen is checked each time: covered it goes on, lapsed or beyond it is refused.</summary>
public sealed class OnBehalfTests
{
    private static readonly AuthorityForm Administrator = new("property_administration", "Jan Bewind", "030 1234567", "court_order", "Rechtbank Utrecht");

    [Theory, OnSqlite, OnSqlServer]
    public async Task Each_act_goes_on_while_the_authority_holds_stops_when_it_is_revoked_and_goes_on_when_the_citizen_speaks(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk, name: "Wilma van Zon", bsn: World.Wilma.Bsn);
        Assert.True((await scene.World.The<EstablishIdentity>().RunAsync(scene.Desk, caseId, "document", null)).IsOk);
        await KeepAsync(scene, caseId, Administrator);
        Assert.Equal("ok ok ok ok", await ActAsync(scene, caseId));

        Assert.True((await scene.World.The<Authorities>().RevokeAsync(scene.Desk, caseId, null)).IsOk);
        Assert.Equal("authority-revoked authority-revoked authority-revoked authority-revoked", await ActAsync(scene, caseId));
        Assert.Equal("authority-none", (await scene.World.The<Authorities>().RevokeAsync(scene.Desk, caseId, null)).Refusal?.Code);

        Assert.True((await scene.World.The<Authorities>().EndAsync(scene.Desk, caseId, null)).IsOk);
        Assert.Equal("ok ok ok ok", await ActAsync(scene, caseId));
        Assert.Equal("authority-none", (await scene.World.The<Authorities>().EndAsync(scene.Desk, caseId, null)).Refusal?.Code);
        Assert.Empty((await scene.World.The<VerifyJournal>().RunAsync()).Faults);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_represented_before_or_no_longer_does_goes_along_with_nothing_by_itself(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk);
        var today = AmsterdamTime.DateOf(scene.World.Clock.UtcNow);
        async Task<string> RowsAsync() => string.Join(' ', (await scene.World.Db.ReadAsync(r => VisibleFacts.LoadAsync(r, scene.Desk, caseId)))
            .Where(f => f.Kind is Authorities.NameFact or Authorities.ContactFact).Select(f => $"{f.Source}:{(f.HasRunOut(today) ? "over" : "known")}"));

        await KeepAsync(scene, caseId, Administrator);
        Assert.Equal("document:known citizen:known", await RowsAsync());

        await KeepAsync(scene, caseId, Administrator with { Name = "Joke Bewind", Until = today.AddDays(3) });
        Assert.Equal("document:over citizen:over document:known citizen:known", await RowsAsync());

        scene.World.Clock.Jump(AmsterdamTime.StartOfDay(today.AddDays(4)));
        today = today.AddDays(4);
        Assert.Equal("document:over citizen:over document:over citizen:over", await RowsAsync());

        await KeepAsync(scene, caseId, Administrator);
        Assert.True((await scene.World.The<Authorities>().RevokeAsync(scene.Desk, caseId, null)).IsOk);
        Assert.DoesNotContain("known", await RowsAsync(), StringComparison.Ordinal);
        await KeepAsync(scene, caseId, Administrator);
        Assert.True((await scene.World.The<Authorities>().EndAsync(scene.Desk, caseId, null)).IsOk);
        Assert.DoesNotContain("known", await RowsAsync(), StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_case_is_opened_for_somebody_only_about_what_the_authority_covers_and_else_nothing_is_kept(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var desk = await world.Given.FrontOffice("gm0344");
        await world.Given.Municipality("gm0518");
        await world.Given.Topic("debts");
        await world.Given.Topic("care_wmo");
        Task<Outcome<CaseOpened>> OpenAsync(string topic, AuthorityForm form) =>
            world.The<OpenCase>().RunAsync(desk, new OpenCaseForm("Ik regel dit voor haar.", "person", topic, "gm0518", Name: "Wilma", OnBehalf: form), null);

        Assert.Equal("authority-other-matter", (await OpenAsync("care_wmo", Administrator)).Refusal?.Code);
        Assert.Equal("authority-evidence-wrong", (await OpenAsync("debts", Administrator with { Evidence = "said_in_person" })).Refusal?.Code);
        Assert.Equal("authority-wrong-party", (await OpenAsync("debts", Administrator with { Kind = "authorised_signatory", Evidence = "trade_register" })).Refusal?.Code);
        Assert.Equal("authority-birth-unknown", (await OpenAsync("debts", Administrator with { Kind = "parental_authority" })).Refusal?.Code);
        Assert.Equal("authority-of-age", (await OpenAsync("debts", Administrator with { Kind = "parental_authority", Born = new DateOnly(2008, 2, 10) })).Refusal?.Code);
        Assert.Equal("text-has-bsn", (await OpenAsync("debts", Administrator with { Contact = "Jan, 999993112" })).Refusal?.Code);
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM case_file"));
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM personal_value"));

        Assert.True((await OpenAsync("debts", Administrator)).IsOk);
        Assert.True((await OpenAsync("debts", Administrator with { Kind = "parental_authority", Born = new DateOnly(2008, 2, 11) })).IsOk);
        Assert.True((await OpenAsync("care_wmo", Administrator with { Kind = "mentorship" })).IsOk);
        // Nobody was chosen: the citizen speaks.
        Assert.True((await OpenAsync("care_wmo", new AuthorityForm("", " "))).IsOk);
        Assert.Equal(3, await world.ScalarAsync<long>("SELECT COUNT(*) FROM representation"));
    }

    [Fact]
    public async Task Only_who_decides_about_the_case_records_and_one_acts_at_a_time()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk);
        var authorities = scene.World.The<Authorities>();
        var stranger = await scene.Given.FrontOffice("gm0599");
        Assert.Equal("case-unknown", (await authorities.RecordAsync(stranger, caseId, Administrator, null)).Refusal?.Code);
        Assert.Equal("case-unknown", (await authorities.RevokeAsync(stranger, caseId, null)).Refusal?.Code);
        Assert.Equal("case-read-only", (await authorities.RecordAsync(scene.DeskSupervisor, caseId, Administrator, null)).Refusal?.Code);

        await KeepAsync(scene, caseId, Administrator);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(() => authorities.RecordAsync(scene.Desk, caseId, Administrator with { Name = $"Jan {n}" }, null))));
        Assert.Equal((1, 6), (await CountAsync(scene, "current"), await CountAsync(scene, "replaced")));
        // The same key is the same recording.
        var again = await authorities.RecordAsync(scene.Desk, caseId, Administrator, "sleutel");
        Assert.Equal(again.Value, (await authorities.RecordAsync(scene.Desk, caseId, Administrator, "sleutel")).Value);
        Assert.Equal(7, await CountAsync(scene, "replaced"));
    }

    [Fact]
    public async Task Who_only_helps_asks_but_has_nothing_shared_and_sees_nothing_of_what_is_kept()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk, name: "Wilma van Zon", bsn: World.Wilma.Bsn);
        Assert.True((await scene.World.The<EstablishIdentity>().RunAsync(scene.Desk, caseId, "document", null)).IsOk);
        await KeepAsync(scene, caseId, Administrator with { Kind = "intermediary", Evidence = "signed_mandate" });
        Assert.Equal("ok authority-other-act ok authority-other-act", await ActAsync(scene, caseId));
        var name = await scene.World.ScalarAsync<long>("SELECT MIN(id) FROM fact WHERE kind = 'name'");
        Assert.Equal("authority-other-act", (await scene.World.The<RequestHandoff>().RunAsync(
            scene.Desk, caseId, new RequestHandoffForm("warm", "desk", "Kan dit?", Facts: [name]), null)).Refusal?.Code);
    }

    [Fact]
    public async Task The_line_reads_the_name_once_given_never_the_reason_and_a_representative_no_secret_address()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk, name: "Wilma van Zon", bsn: World.Wilma.Bsn);
        Assert.True((await scene.World.The<EstablishIdentity>().RunAsync(scene.Desk, caseId, "document", null)).IsOk);
        await scene.World.ExecuteAsync("UPDATE party SET secret = 1");
        await KeepAsync(scene, caseId, Administrator with { Kind = "guardianship" });
        await scene.Given.AcceptedHandoff(scene.Desk, caseId, scene.Members[0]);

        var before = await BannerAsync(scene, scene.Members[0], caseId);
        Assert.Equal((null, null, null), (before!.Current!.Name, before.Current.Kind, before.Current.Note));
        var name = await scene.World.ScalarAsync<long>("SELECT id FROM fact WHERE kind = 'capacity_representation'");
        Assert.True((await scene.World.The<ShareFact>().GiveAsync(scene.Desk, caseId, new ShareFactForm(name, Scene.Debts), null)).IsOk);
        var after = await BannerAsync(scene, scene.Members[0], caseId);
        Assert.Equal(("Jan Bewind", null, null, null), (after!.Current!.Name, after.Current.Contact, after.Current.Kind, after.Current.Note));
        Assert.Equal(("guardianship", "Rechtbank Utrecht"), await BannerAsync(scene, scene.Desk, caseId) is { Current: { } own } ? (own.Kind, own.Note) : default);
        Assert.Null(await BannerAsync(scene, scene.Members[1], 1));
        Assert.Null(await BannerAsync(scene, await scene.Given.FrontOffice("gm0599"), caseId));

        var file = (await scene.World.AskAsync<OverviewQuery, Outcome<CitizenOverview>>(q => q.LoadAsync(scene.Desk, caseId))).Value;
        Assert.DoesNotContain(file.Facts, f => f.Value.Contains("Schakelstraat", StringComparison.Ordinal));
        Assert.True((await scene.World.The<Authorities>().EndAsync(scene.Desk, caseId, null)).IsOk);
        file = (await scene.World.AskAsync<OverviewQuery, Outcome<CitizenOverview>>(q => q.LoadAsync(scene.Desk, caseId))).Value;
        Assert.Contains(file.Facts, f => f.Value.Contains("Schakelstraat", StringComparison.Ordinal));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task An_authority_that_lapsed_while_it_rings_agrees_no_call_and_the_question_rings_on(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine, members: 1);
        var handoff = await scene.RingAsync();
        var caseId = await scene.World.ScalarAsync<long>("SELECT case_id FROM handoff WHERE id = @handoff", new { handoff });
        await KeepAsync(scene, caseId, Administrator);
        Assert.True((await scene.World.The<Authorities>().RevokeAsync(scene.Desk, caseId, null)).IsOk);

        var facts = await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM fact");
        var refused = await scene.World.The<StopRinging>().CallbackAsync(scene.Desk, handoff, null, "030 1234567");

        Assert.Equal("authority-revoked", refused.Refusal?.Code);
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM callback"));
        Assert.Equal(facts, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM fact"));
        Assert.True((await scene.World.The<Authorities>().EndAsync(scene.Desk, caseId, null)).IsOk);
        Assert.Equal("callback_scheduled", (await scene.World.The<StopRinging>().CallbackAsync(scene.Desk, handoff, null, "030 1234567")).Value.State);
    }

    [Fact]
    public void Somebody_decided_about_every_topic()
    {
        var topics = File.ReadLines(Path.Combine(Repository.Root, "db/reference/topics.csv")).Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',')[0]).ToList();
        Assert.True(topics.Count > 20);
        Assert.All(topics, topic => Assert.True(Matters.Knows(topic), topic));
    }

    /// <summary>A question to a line, a fact given, a callback moved and made, the citizen's own overview: what each was refused with.</summary>
    private static async Task<string> ActAsync(Scene scene, long caseId)
    {
        await scene.World.ExecuteAsync("UPDATE handoff SET state = 'closed', closed_at = @now WHERE case_id = @caseId", new { caseId, now = scene.Clock.UtcNow });
        var asked = await scene.World.The<RequestHandoff>().RunAsync(scene.Desk, caseId, new RequestHandoffForm("warm", "desk", "Kan dit?"), null);
        var given = await scene.World.The<ShareFact>().GiveAsync(scene.Desk, caseId, new ShareFactForm(await scene.World.ScalarAsync<long>("SELECT MIN(id) FROM fact"), Scene.Debts), null);
        await scene.World.ExecuteAsync("UPDATE handoff SET state = 'closed', closed_at = @now WHERE case_id = @caseId", new { caseId, now = scene.Clock.UtcNow });
        var called = await scene.World.The<RequestHandoff>().RunAsync(scene.Desk, caseId, new RequestHandoffForm("warm", "absent", "Belt u?", CallbackOnly: true), null);
        var seen = await scene.World.AskAsync<OverviewQuery, Outcome<CitizenOverview>>(q => q.LoadAsync(scene.Desk, caseId));
        // There is no such line in the case yet: past the check that is the answer.
        return string.Join(' ', ((Refusal?[])[asked.Refusal, given.Refusal, called.Refusal, seen.Refusal]).Select(no => no?.Code is null or "line-not-in-case" ? "ok" : no.Code));
    }

    private static async Task KeepAsync(Scene scene, long caseId, AuthorityForm form) =>
        Assert.Null((await scene.World.The<Authorities>().RecordAsync(scene.Desk, caseId, form, null)).Refusal);

    private static Task<OnBehalfView?> BannerAsync(Scene scene, Actor person, long caseId) =>
        scene.World.AskAsync<RepresentationQuery, OnBehalfView?>(q => q.BannerAsync(person, caseId));

    private static async Task<int> CountAsync(Scene scene, string state) => (int)await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM representation WHERE state = @state", new { state });
}
