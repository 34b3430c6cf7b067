using Loket.Web.Features.Cases;
using Loket.Web.Features.Documents;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Retention;
using Loket.Web.Features.Sharing;
using Loket.Web.Journal;
using Loket.Web.Security;
using Loket.Web.Tests.Documents;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Sharing;

/// <summary>What does not belong in a case goes out of it: at once for everybody, for a week with a way back, then for good.</summary>
public sealed class TakeOutFactTests
{
    private const string Why = "Dit is van een andere inwoner";

    [Theory, OnSqlite, OnSqlServer]
    public async Task Taken_out_nobody_sees_it_and_the_line_that_had_it_is_told(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var (caseId, name) = await scene.NameGivenAsync();
        Assert.Single(await SeenAsync(scene, scene.Members[0], caseId));

        Assert.Null(await TakeOutAsync(scene, scene.Desk, caseId, name));

        Assert.Empty(await SeenAsync(scene, scene.Members[0], caseId));
        Assert.Empty(await SeenAsync(scene, scene.Desk, caseId));
        Assert.Null(await scene.World.ScalarAsync<long?>("SELECT name_id FROM party"));
        var told = Assert.Single(await scene.NoticesAsync(scene.Members[1]));
        Assert.Equal((name, "name", true), (await scene.World.ScalarAsync<long>("SELECT fact_id FROM fact_notice"), told.Kind, told.IsOut));
        var taken = Assert.Single(await OutAsync(scene, scene.Desk, caseId));
        Assert.Equal((name, scene.Desk.Name, Why, scene.Clock.UtcNow + TakeOutFact.Kept), (taken.Id, taken.ByName, taken.Why, taken.EraseAt));
        Assert.Empty(await OutAsync(scene, scene.Members[0], caseId));
        // What it said still gives away who it is about, for as long as it can come back.
        Assert.NotEmpty((await scene.World.The<RequestHandoff>().InspectAsync(caseId, "Kan Wilma van Zon dit?")).Marks);
        Assert.Empty((await scene.World.The<VerifyJournal>().RunAsync()).Faults);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_name_that_is_no_fact_stays_when_something_else_goes(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var (caseId, name) = await scene.NameGivenAsync();
        // As a case of an older database has it: the name is a value of its own.
        await scene.World.ExecuteAsync("UPDATE party SET name_id = (SELECT c.question_id FROM case_file c WHERE c.id = @caseId)", new { caseId });

        Assert.Null(await TakeOutAsync(scene, scene.Desk, caseId, name));

        Assert.Equal(1, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM party p JOIN case_file c ON c.question_id = p.name_id"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Put_back_it_says_what_it_said_and_is_given_anew_or_not(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var (caseId, name) = await scene.NameGivenAsync();
        Assert.Null(await TakeOutAsync(scene, scene.Desk, caseId, name));
        Assert.Equal("fact-not-out", await PutBackAsync(scene, scene.Members[0], caseId, name));

        Assert.Null(await PutBackAsync(scene, scene.Desk, caseId, name));

        Assert.Equal("fact-not-out", await PutBackAsync(scene, scene.Desk, caseId, name));
        var back = Assert.Single(await SeenAsync(scene, scene.Desk, caseId));
        Assert.Equal(("Wilma van Zon", 1), (back.Value, back.Version));
        Assert.Equal("Wilma van Zon", await scene.World.ScalarAsync<string>("SELECT v.value FROM party p JOIN personal_value v ON v.id = p.name_id"));
        Assert.Empty(await scene.NoticesAsync(scene.Members[1]));
        Assert.Empty(await SeenAsync(scene, scene.Members[0], caseId));
        Assert.True((await scene.World.The<ShareFact>().GiveAsync(scene.Desk, caseId, new ShareFactForm(name, Scene.Debts), null)).IsOk);
        Assert.Single(await SeenAsync(scene, scene.Members[0], caseId));
        scene.Clock.Advance(TakeOutFact.Kept);
        await EraseAsync(scene);
        Assert.Single(await SeenAsync(scene, scene.Desk, caseId));
        Assert.Empty((await scene.World.The<VerifyJournal>().RunAsync()).Faults);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task After_its_week_it_is_destroyed_with_what_it_was_before_unless_the_case_is_held(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk, name: "Wilma van Zon");
        var name = await scene.World.ScalarAsync<long>("SELECT id FROM fact WHERE kind = 'name'");
        Assert.True((await scene.World.The<CorrectFact>().RunAsync(scene.Desk, caseId, new CorrectFactForm(name, "Wilma Merkwaarde", "citizen", "Zo heet ze", 1), null)).IsOk);
        Assert.True((await scene.World.The<KeepDocuments>().RunAsync(scene.Desk, caseId, null, [new SentFile("loon.txt", Files.Text("Loon"))], null)).IsOk);
        var document = await scene.World.ScalarAsync<long>("SELECT id FROM document");
        Assert.Null(await TakeOutAsync(scene, scene.Desk, caseId, name, version: 2));
        Assert.Null(await TakeOutAsync(scene, scene.Desk, caseId, await scene.World.ScalarAsync<long>("SELECT fact_id FROM document")));
        Assert.Equal("document-unknown", (await scene.World.The<DocumentQuery>().LoadAsync(scene.Desk, document)).Refusal?.Code);
        scene.Clock.Advance(TakeOutFact.Kept - TimeSpan.FromMinutes(1));
        await EraseAsync(scene);
        Assert.Equal(2, (await OutAsync(scene, scene.Desk, caseId)).Count);

        Assert.True((await scene.World.The<LegalHolds>().PlaceAsync(scene.DeskSupervisor, new HoldForm(await scene.World.ScalarAsync<string>("SELECT number FROM case_file"), "Bezwaar"), null)).IsOk);
        scene.Clock.Advance(TimeSpan.FromMinutes(2));
        await EraseAsync(scene);
        Assert.Equal(2, (await OutAsync(scene, scene.Desk, caseId)).Count);
        await scene.World.ExecuteAsync("UPDATE legal_hold SET lifted_at = placed_at");
        var other = await scene.World.AnotherNodeAsync();
        await Task.WhenAll(EraseAsync(scene), other.The<EraseTakenOut>().RunAsync(default));

        Assert.Empty(await OutAsync(scene, scene.Desk, caseId));
        Assert.Equal("fact-not-out", await PutBackAsync(scene, scene.Desk, caseId, name));
        Assert.Empty(await scene.World.QueryAsync<string>("SELECT value FROM personal_value WHERE value LIKE '%Wilma%' OR value LIKE '%loon%'"));
        Assert.Equal([""], await scene.World.QueryAsync<string>("SELECT DISTINCT x.words FROM (SELECT label AS words FROM fact UNION SELECT source FROM fact UNION SELECT was_source FROM fact_correction) x"));
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM document_piece"));
        Assert.Equal(2, (await scene.World.TimelineAsync(caseId)).Count(kind => kind == "fact_erased"));
        Assert.Empty((await scene.World.The<VerifyJournal>().RunAsync()).Faults);
        if (engine == TestEngine.Sqlite)
        {
            Assert.True((await File.ReadAllBytesAsync(Path.Combine(scene.World.Folder, "loket.db"))).AsSpan().IndexOf("Wilma Merkwaarde"u8) < 0);
        }
    }

    [Fact]
    public async Task Only_who_works_on_it_for_the_organisation_that_recorded_it_with_a_reason_and_never_what_has_another_way()
    {
        await using var scene = await Scene.NewAsync();
        var (caseId, name) = await scene.NameGivenAsync();
        Assert.Equal("fact-unknown", await TakeOutAsync(scene, scene.Members[0], caseId, name));
        Assert.Equal("case-unknown", await TakeOutAsync(scene, await scene.Given.FrontOffice("gm0599"), caseId, name));
        Assert.Equal("fact-out-why-missing", await TakeOutAsync(scene, scene.Desk, caseId, name, " "));
        Assert.Equal("text-has-bsn", await TakeOutAsync(scene, scene.Desk, caseId, name, "Van 999993112"));
        Assert.Equal("stale", await TakeOutAsync(scene, scene.Desk, caseId, name, version: 2));
        foreach (var (column, value, code) in new[] { ("kind", "bsn", "fact-number-stays"), ("kind", "capacity_representation", "fact-stays"), ("source", "brp", "fact-stays") })
        {
            await scene.World.ExecuteAsync("UPDATE fact SET kind = 'name', source = 'citizen'");
            await scene.World.ExecuteAsync($"UPDATE fact SET {column} = '{value}'");
            Assert.Equal(code, await TakeOutAsync(scene, scene.Desk, caseId, name));
        }

        await scene.World.ExecuteAsync("UPDATE fact SET kind = 'name', source = 'citizen'");
        Assert.Null(await TakeOutAsync(scene, scene.Desk, caseId, name));
        Assert.Equal("fact-unknown", await TakeOutAsync(scene, scene.Desk, caseId, name));
        Assert.Equal("fact-unknown", (await scene.World.The<CorrectFact>().RunAsync(scene.Desk, caseId, new CorrectFactForm(name, "Anders", "citizen", Why, 1), null)).Refusal?.Code);
        Assert.Equal("fact-unknown", (await scene.World.The<ShareFact>().GiveAsync(scene.Desk, caseId, new ShareFactForm(name, Scene.Debts), null)).Refusal?.Code);
    }

    [Fact]
    public async Task What_was_going_along_with_a_question_that_still_rings_goes_no_more()
    {
        await using var scene = await Scene.NewAsync();
        await scene.Given.Available(scene.Members[0]);
        var caseId = await scene.Given.Case(scene.Desk, name: "Wilma van Zon");
        var name = await scene.World.ScalarAsync<long>("SELECT id FROM fact WHERE kind = 'name'");
        Assert.True((await scene.World.The<RequestHandoff>().RunAsync(scene.Desk, caseId, new RequestHandoffForm("warm", "desk", "Kan het in een regeling?", Facts: [name]), null)).IsOk);

        Assert.Null(await TakeOutAsync(scene, scene.Desk, caseId, name));

        Assert.True((await scene.AcceptAsync(scene.Members[0])).IsOk);
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM disclosure"));
    }

    private static async Task<string?> TakeOutAsync(Scene scene, Actor who, long caseId, long fact, string why = Why, int version = 1) =>
        (await scene.World.The<TakeOutFact>().RunAsync(who, caseId, new TakeOutForm(fact, why, version), null)).Refusal?.Code;

    private static async Task<string?> PutBackAsync(Scene scene, Actor who, long caseId, long fact) =>
        (await scene.World.The<TakeOutFact>().PutBackAsync(who, caseId, fact, null)).Refusal?.Code;

    private static Task EraseAsync(Scene scene) => scene.World.The<EraseTakenOut>().RunAsync(default);

    private static Task<List<VisibleFact>> SeenAsync(Scene scene, Actor who, long caseId) => scene.World.Db.ReadAsync(r => VisibleFacts.LoadAsync(r, who, caseId));

    private static Task<List<FactOut>> OutAsync(Scene scene, Actor who, long caseId) => scene.World.Db.ReadAsync(r => FactHistory.TakenOutAsync(r, who, caseId));
}
