using System.Globalization;
using Loket.Domain.Proactive;
using Loket.Web.Features.Journeys;
using Loket.Web.Features.Proactive;
using Loket.Web.Tests.Support;
using static Loket.Web.Tests.Proactive.ProactiveScene;

namespace Loket.Web.Tests.Proactive;

/// <summary>Who is found, told once, and who is left alone.</summary>
public sealed class ProactiveTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task A_rule_finds_whom_it_should_once_and_only_in_cases_of_the_own_organisation(TestEngine engine)
    {
        await using var scene = await ProactiveScene.NewAsync(engine);
        var elsewhere = await scene.World.Given.FrontOffice("gm0518");
        await scene.CaseAsync("A. Schrikkel", "2008-02-29");
        await scene.CaseAsync("B. Twee", "2008-03-02", bsn: "999993112");
        await scene.CaseAsync("B. Twee", "2008-03-02", bsn: "999993112");
        await scene.CaseAsync("C. Klaar", "2007-01-01");
        await scene.CaseAsync("D. Later", "2009-01-01");
        await scene.CaseAsync("E. Haag", "2008-03-02", by: elsewhere);

        var found = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => scene.Find().RunAsync(scene.Supervisor, "turning-18", null))));

        Assert.All(found, f => Assert.Null(f.Refusal));
        Assert.Equal(2, found.Sum(f => f.Value.Added));
        var list = await scene.ListAsync();
        Assert.Equal([("A. Schrikkel", new DateOnly(2026, 3, 1)), ("B. Twee", new DateOnly(2026, 3, 2))], list.Found.Select(f => (f.Name!, f.Day)));
        Assert.Contains("1 maart 2026", list.Found[0].Reason, StringComparison.Ordinal);
        Assert.Empty((await scene.ListAsync("born")).Found);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Whom_a_predecessor_knew_is_found_too(TestEngine engine)
    {
        await using var scene = await ProactiveScene.NewAsync(engine);
        var before = await scene.World.Given.FrontOffice("gm0311");
        await scene.CaseAsync("P. Eerder", "2008-03-02", by: before);
        await scene.World.Given.Case(before, municipality: "gm0344");
        await scene.World.ExecuteAsync("UPDATE case_file SET life_event = 'birth' WHERE id = (SELECT MAX(id) FROM case_file)");
        Assert.Equal(0, (await scene.Find().RunAsync(scene.Supervisor, "turning-18", null)).Value.Added);

        await scene.World.ExecuteAsync("INSERT INTO past_organisation (organisation_code, past_code) VALUES ('gm0344', 'gm0311')");
        Assert.Equal(1, (await scene.Find().RunAsync(scene.Supervisor, "turning-18", null)).Value.Added);
        Assert.Equal(1, (await scene.Find().RunAsync(scene.Supervisor, "born", null)).Value.Added);
        Assert.Equal("P. Eerder", Assert.Single((await scene.ListAsync()).Found).Name);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_life_event_is_found_in_a_case_opened_with_it_or_where_its_journey_started(TestEngine engine)
    {
        await using var scene = await ProactiveScene.NewAsync(engine);
        foreach (var body in new[] { "zb000143", "oorg12368", "oorg12369", "zb000149" })
        {
            await scene.World.Given.Organisation(body);
        }

        await scene.World.Given.Topic("care_wmo");
        await scene.World.Given.Line("gm0344-civil-affairs");
        var old = await scene.CaseAsync("A. Oud");
        await scene.CaseAsync("B. Te lang geleden", lifeEvent: "birth");
        scene.World.Clock.Advance(TimeSpan.FromDays(120));
        await scene.CaseAsync("C. Nieuw", lifeEvent: "birth");
        await scene.CaseAsync("D. Verhuisd", lifeEvent: "moving");
        Assert.Null((await scene.World.The<StartJourney>().RunAsync(scene.Desk, old, new JourneyForm("birth", "2026-06-09", Steps: ["report"]), null)).Refusal);

        Assert.Equal(2, (await scene.Find().RunAsync(scene.Supervisor, "born", null)).Value.Added);

        Assert.Equal(["A. Oud", "C. Nieuw"], (await scene.ListAsync("born")).Found.Select(f => f.Name!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_register_article_or_retention_nobody_is_looked_for_and_nobody_is_shown()
    {
        await using var scene = await ProactiveScene.NewAsync();
        await scene.CaseAsync("A. Bakker", "2008-03-02");
        Assert.Equal(1, (await scene.Find().RunAsync(scene.Supervisor, "turning-18", null)).Value.Added);
        var person = (await scene.ListAsync()).Found[0].Id;
        var whole = Decided("turning-18");
        foreach (var (decision, code) in new (ProactiveDecision, string)[]
        {
            (whole with { Register = null }, "proactive-no-register"), (whole with { Article = null }, "proactive-no-article"), (whole with { RetentionDays = null }, "proactive-no-retention"),
            (whole with { RetentionDays = 89 }, "proactive-retention-short"), (whole with { Organisation = "gm0518" }, "proactive-no-register"),
        })
        {
            var book = scene.Book(decision);
            Assert.Equal(code, (await scene.Find(book).RunAsync(scene.Supervisor, "turning-18", null)).Refusal?.Code);
            Assert.Equal(code, (await scene.Tell(book).SendAsync(scene.Supervisor, person, english: false, null)).Refusal?.Code);
            Assert.Equal(code, (await scene.AskAsync(q => q.LetterAsync(scene.Supervisor, person, null), book)).Refusal?.Code);
            var list = await scene.ListAsync(book: book);
            Assert.Empty(list.Found);
            Assert.Contains(list.Rule.WhyNot, no => no.Code == code);
        }

        Assert.Equal("proactive-rule-unknown", (await scene.Find().RunAsync(scene.Supervisor, "nothing", null)).Refusal?.Code);
        Assert.Equal(["find", "list"], await scene.LogAsync());
        Assert.Empty(await scene.OutgoingAsync());
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Of_eight_who_send_at_once_one_letter_goes(TestEngine engine)
    {
        await using var scene = await ProactiveScene.NewAsync(engine);
        await scene.CaseAsync("A. Bakker", "2008-03-02");
        await scene.Find().RunAsync(scene.Supervisor, "turning-18", null);
        var person = (await scene.ListAsync()).Found[0].Id;

        var sent = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => scene.Tell().SendAsync(scene.Supervisor, person, english: true, null))));

        Assert.Single(sent, s => s.IsOk);
        Assert.All(sent.Where(s => !s.IsOk), s => Assert.Equal("proactive-already-sent", s.Refusal!.Code));
        var letter = Assert.Single(await scene.OutgoingAsync());
        Assert.Equal(("post", "Kade 1, 3511 AB Utrecht"), (letter.Kind, letter.Address));
        Assert.Contains($"{Marker} to A. Bakker on 2 March 2026", letter.Body, StringComparison.Ordinal);
        Assert.Single((await scene.ListAsync()).Sent);
        Assert.Equal(0, (await scene.Find().RunAsync(scene.Supervisor, "turning-18", null)).Value.Added);
    }

    [Fact]
    public async Task Who_cannot_be_written_to_now_is_not()
    {
        await using var scene = await ProactiveScene.NewAsync();
        await scene.CaseAsync("A. Zonder", "2008-03-02", address: false);
        await scene.CaseAsync("B. Met", "2008-03-03");
        await scene.Find().RunAsync(scene.Supervisor, "turning-18", null);
        var ids = (await scene.ListAsync()).Found.Select(f => f.Id).ToList();

        Assert.Equal("proactive-no-address", (await scene.Tell().SendAsync(scene.Supervisor, ids[0], english: false, null)).Refusal?.Code);
        scene.World.Clock.Advance(TimeSpan.FromDays(60));
        Assert.Equal("proactive-too-late", (await scene.Tell().SendAsync(scene.Supervisor, ids[1], english: false, null)).Refusal?.Code);
        Assert.Empty(await scene.OutgoingAsync());
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task An_objection_ends_every_list_now_and_later_also_in_another_case(TestEngine engine)
    {
        await using var scene = await ProactiveScene.NewAsync(engine);
        await scene.CaseAsync("A. Bakker", "2008-03-02", bsn: "999993112", lifeEvent: "birth");
        await scene.Find().RunAsync(scene.Supervisor, "turning-18", null);
        await scene.Find().RunAsync(scene.Supervisor, "born", null);
        var person = Assert.Single((await scene.ListAsync()).Found).Id;
        Assert.Single((await scene.ListAsync("born")).Found);

        Assert.Null((await scene.Tell().ObjectAsync(scene.Supervisor, person, "k")).Refusal);
        Assert.Null((await scene.Tell().ObjectAsync(scene.Supervisor, person, "k")).Refusal);

        await scene.CaseAsync("A. Bakker", "2008-03-02", bsn: "999993112", lifeEvent: "birth");
        Assert.Equal(0, (await scene.Find().RunAsync(scene.Supervisor, "turning-18", null)).Value.Added);
        Assert.Equal(0, (await scene.Find().RunAsync(scene.Supervisor, "born", null)).Value.Added);
        Assert.Empty((await scene.ListAsync()).Found);
        Assert.Empty((await scene.ListAsync("born")).Found);
        Assert.Equal("proactive-person-unknown", (await scene.Tell().SendAsync(scene.Supervisor, person, english: false, null)).Refusal?.Code);
    }

    [Fact]
    public async Task Who_was_told_before_and_objects_afterwards_is_not_told_by_another_rule()
    {
        await using var scene = await ProactiveScene.NewAsync();
        await scene.CaseAsync("A. Bakker", "2008-03-02", lifeEvent: "birth");
        await scene.Find().RunAsync(scene.Supervisor, "turning-18", null);
        await scene.Find().RunAsync(scene.Supervisor, "born", null);
        var told = (await scene.ListAsync()).Found[0].Id;
        Assert.Null((await scene.Tell().SendAsync(scene.Supervisor, told, english: false, null)).Refusal);

        Assert.Null((await scene.Tell().ObjectAsync(scene.Supervisor, told, null)).Refusal);

        Assert.Single((await scene.ListAsync()).Sent);
        Assert.Empty((await scene.ListAsync("born")).Found);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_list_is_destroyed_after_its_retention_period_and_an_objection_stays(TestEngine engine)
    {
        await using var scene = await ProactiveScene.NewAsync(engine);
        await scene.CaseAsync("A. Bakker", "2008-03-02");
        await scene.CaseAsync("B. Bezwaar", "2008-03-03");
        await scene.Find().RunAsync(scene.Supervisor, "turning-18", null);
        var found = (await scene.ListAsync()).Found;
        await scene.Tell().SendAsync(scene.Supervisor, found[0].Id, english: false, null);
        await scene.Tell().ObjectAsync(scene.Supervisor, found[1].Id, null);

        scene.World.Clock.Advance(TimeSpan.FromDays(120));
        await scene.World.The<DestroyLists>().RunAsync(default);
        Assert.Equal(1, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM proactive_person"));
        scene.World.Clock.Advance(TimeSpan.FromDays(1));
        await scene.World.The<DestroyLists>().RunAsync(default);

        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM proactive_person"));
        Assert.Equal(1, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM proactive_objection"));
        Assert.Equal(0, (await scene.Find().RunAsync(scene.Supervisor, "turning-18", null)).Value.Added);
    }

    [Fact]
    public async Task Every_look_at_people_is_written_down_with_who_and_how_many()
    {
        await using var scene = await ProactiveScene.NewAsync();
        await scene.CaseAsync("A. Bakker", "2008-03-02");
        await scene.CaseAsync("B. Bezwaar", "2008-03-03");
        await scene.Find().RunAsync(scene.Supervisor, "turning-18", null);
        var found = (await scene.ListAsync()).Found;
        Assert.Contains(Marker, (await scene.AskAsync(q => q.LetterAsync(scene.Supervisor, found[0].Id, null))).Value.Text, StringComparison.Ordinal);
        await scene.Tell().SendAsync(scene.Supervisor, found[0].Id, english: false, null);
        await scene.Tell().ObjectAsync(scene.Supervisor, found[1].Id, null);
        var looks = (await scene.ListAsync()).Looks;

        Assert.Equal(["find", "list", "preview", "send", "object", "list"], await scene.LogAsync());
        Assert.Equal(["object", "send", "preview", "list", "find"], looks.Select(l => l.Act));
        Assert.Equal((scene.Supervisor.Name, 2), (looks[3].Name, looks[3].People));
    }

    [Fact]
    public async Task Who_reads_english_reads_the_list_in_english_and_the_letter_as_it_goes()
    {
        await using var scene = await ProactiveScene.NewAsync();
        await scene.CaseAsync("A. Bakker", "2008-03-02");
        await scene.Find().RunAsync(scene.Supervisor, "turning-18", null);
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");

        var row = Assert.Single((await scene.ListAsync()).Found);
        var letter = (await scene.AskAsync(q => q.LetterAsync(scene.Supervisor, row.Id, null))).Value;

        Assert.StartsWith("Turns 18 on 2 March 2026", row.Reason, StringComparison.Ordinal);
        Assert.Equal(row.Reason, letter.Person.Reason);
        Assert.StartsWith("From 60 days before", letter.Rule.When, StringComparison.Ordinal);
        Assert.Contains("aan A. Bakker op 2 maart 2026", letter.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_another_organisation_the_person_on_the_list_does_not_exist()
    {
        await using var scene = await ProactiveScene.NewAsync();
        await scene.CaseAsync("A. Bakker", "2008-03-02");
        await scene.Find().RunAsync(scene.Supervisor, "turning-18", null);
        var person = (await scene.ListAsync()).Found[0].Id;
        var stranger = await scene.World.Given.Supervisor("gm0518");
        var book = scene.Book(Decided("turning-18") with { Organisation = "gm0518" });

        Assert.Empty((await scene.ListAsync(book: book, by: stranger)).Found);
        Assert.Equal("proactive-person-unknown", (await scene.AskAsync(q => q.LetterAsync(stranger, person, null), book)).Refusal?.Code);
        Assert.Equal("proactive-person-unknown", (await scene.Tell(book).SendAsync(stranger, person, english: false, null)).Refusal?.Code);
        Assert.Equal("proactive-person-unknown", (await scene.Tell(book).ObjectAsync(stranger, person, null)).Refusal?.Code);
    }
}
