using System.Text;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Identity;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Handoffs;

/// <summary>What a candidate may read before acceptance: the question, never who it is about.</summary>
public sealed class LineQuestionTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task A_bsn_in_the_line_question_is_refused_and_reaches_no_candidate(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        await scene.Given.Available(scene.Members);
        var caseId = await scene.Given.Case(scene.Desk);

        foreach (var question in (string[])["Mijn man Gerrit, 999993112", "Mijn man Gerrit, 9999 93 112", "bsn 999.993.112 heeft schulden", "999993112"])
        {
            Assert.Equal("line-question-bsn", (await RequestAsync(scene, caseId, question)).Refusal?.Code);
        }

        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM handoff"));
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM offer"));
        Assert.Equal(["case_opened"], await scene.World.TimelineAsync(caseId));
        Assert.Equal("available", await scene.PresenceAsync(scene.Members[0]));
        Assert.Equal(0, await scene.World.RunningDeadlinesAsync(caseId));
        foreach (var kept in await scene.World.QueryAsync<string>("SELECT answer FROM idempotency UNION ALL SELECT payload FROM journal"))
        {
            Assert.DoesNotContain("999993112", kept);
            Assert.DoesNotContain("Gerrit", kept);
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_part_of_a_name_the_case_knows_is_masked_too(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var caseId = await scene.Given.Case(scene.Desk, name: "Ilse Drenth");

        var handoff = await scene.Given.Handoff(scene.Desk, caseId, question: "Kan Drenth drie maanden huur uitstellen?");

        Assert.DoesNotContain("Drenth", await scene.World.ScalarAsync<string>("SELECT line_question FROM handoff WHERE id = @handoff", new { handoff }), StringComparison.Ordinal);
        Assert.Equal(["Drenth"], (await scene.World.The<RequestHandoff>().InspectAsync(caseId, "De weduwe van Drenth belt")).Marks.Select(m => "De weduwe van Drenth belt".Substring(m.Start, m.Length)));
    }

    [Fact]
    public async Task No_byte_of_the_database_holds_a_bsn_that_was_typed_anywhere()
    {
        await using var scene = await Scene.NewAsync();
        var caseId = await scene.Given.Case(scene.Desk, name: "Wilma van Zon", bsn: "999993112");
        await RequestAsync(scene, caseId, "Mijn man Gerrit, 999993112");
        await scene.World.The<EstablishIdentity>().RunAsync(scene.Desk, caseId, "document", "key-1");
        await scene.World.The<Facts>().AddAsync(scene.Desk, caseId, new FactForm("Partner", "999993112", "citizen"), "key-2");

        foreach (var file in (string[])[scene.World.DatabaseFile, scene.World.DatabaseFile + "-wal"])
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            Assert.Equal(-1, bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes("999993112")));
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_name_is_stored_and_shown_masked_only(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        await scene.Given.Available(scene.Members);
        var caseId = await scene.Given.Case(scene.Desk);

        var handoff = Given.Id((await RequestAsync(scene, caseId, "Mijn man Gerrit heeft een huurachterstand.")).Value.HandoffId);

        Assert.Equal("Mijn man [naam] heeft een huurachterstand.", await scene.FieldAsync<string>(handoff, "line_question"));
        Assert.DoesNotContain(await scene.World.QueryAsync<string>("SELECT payload FROM journal"), p => p.Contains("Gerrit"));
        Assert.Single(await scene.RingingAtAsync(handoff));
    }

    [Theory]
    [InlineData("Wilma van Zon kan de huur niet betalen.", "Wilma", "Zon")]
    [InlineData("mevrouw van zon kan de huur niet betalen", "zon", "Zon")]
    [InlineData("Zij woont op Schakelstraat 14 in Amsterdam.", "Schakelstraat", "14")]
    [InlineData("Ze is geboren op 7 april 1970.", "april", "1970")]
    [InlineData("Bel haar op 06-12345678 terug.", "12345678", "06-")]
    [InlineData("Mail naar wilma@voorbeeld.nl aub.", "wilma", "voorbeeld.nl")]
    public async Task What_the_case_knows_of_its_citizen_is_masked(string typed, string secret, string alsoSecret)
    {
        await using var scene = await Scene.NewAsync();
        await scene.Given.Available(scene.Members);
        var caseId = await scene.Given.Case(scene.Desk, bsn: World.Wilma.Bsn);
        await scene.World.The<EstablishIdentity>().RunAsync(scene.Desk, caseId, "document", null);

        var handoff = Given.Id((await RequestAsync(scene, caseId, typed)).Value.HandoffId);

        var stored = await scene.FieldAsync<string>(handoff, "line_question");
        Assert.DoesNotContain(secret, stored);
        Assert.DoesNotContain(alsoSecret, stored);
        Assert.Contains("[", stored);
    }

    [Fact]
    public async Task An_ordinary_question_goes_out_as_it_was_typed()
    {
        await using var scene = await Scene.NewAsync();
        await scene.Given.Available(scene.Members);
        const string Question = "Kan de betalingsregeling van 150 euro per maand opnieuw, nu het inkomen per 1 maart daalt?";

        var handoff = Given.Id((await RequestAsync(scene, await scene.Given.Case(scene.Desk), Question)).Value.HandoffId);

        Assert.Equal(Question, await scene.FieldAsync<string>(handoff, "line_question"));
    }

    [Theory]
    [InlineData("", "line-question-missing"), InlineData("   ", "line-question-missing")]
    public async Task A_question_is_needed(string question, string code)
    {
        await using var scene = await Scene.NewAsync();
        Assert.Equal(code, (await RequestAsync(scene, await scene.Given.Case(scene.Desk), question)).Refusal?.Code);
        Assert.Equal("line-question-too-long", (await RequestAsync(scene, await scene.Given.Case(scene.Desk), new string('a', 1001))).Refusal?.Code);
    }

    private static Task<Domain.Outcome<HandoffRequested>> RequestAsync(Scene scene, long caseId, string question) =>
        scene.World.The<RequestHandoff>().RunAsync(scene.Desk, caseId, new RequestHandoffForm("warm", "desk", question), Guid.NewGuid().ToString());
}
