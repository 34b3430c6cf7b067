using Loket.Web.Features.Lines;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Lines;

/// <summary>Lines and members as a file: what is written is read back, errors name their row, and nothing is half done.</summary>
public sealed class LineFileTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task What_was_exported_changes_nothing_when_it_is_read_back(TestEngine engine)
    {
        await using var scene = await NewAsync(engine);
        var manager = await SaveLineTests.ManagerAsync(scene);
        var export = scene.World.The<ExportLines>();
        foreach (var text in new[] { await export.LinesAsync(manager), await export.MembersAsync(manager) })
        {
            var view = await scene.World.The<ImportLines>().PreviewAsync(manager, text);
            Assert.Empty(view.Errors);
            Assert.Empty(view.Changes);
            Assert.Equal(0, (await scene.World.The<ImportLines>().RunAsync(manager, text, null)).Value.Lines);
            Assert.DoesNotContain("gm0599", text, StringComparison.Ordinal);
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_preview_shows_what_changes_and_stores_nothing_and_the_import_does_all_of_it(TestEngine engine)
    {
        await using var scene = await NewAsync(engine);
        var manager = await SaveLineTests.ManagerAsync(scene);
        var import = scene.World.The<ImportLines>();
        var members = $"line,person,name,tier,place,weight,languages,topics\r\ngm0518-debts,{scene.Members[0].Id},,2,5,1,pl|ar,debts\r\n";

        var view = await import.PreviewAsync(manager, members);
        Assert.Empty(view.Errors);
        Assert.Equal([(scene.Members[0].Name, "2, 5, 1; ar|pl; debts"), (scene.Members[1].Name, null)], view.Changes.Select(c => (c.Person!, c.Became)));
        Assert.Equal(2, (await SaveLineTests.FormAsync(scene)).Members.Count);

        Assert.Equal(1, (await import.RunAsync(manager, members, null)).Value.Lines);
        var now = Assert.Single((await SaveLineTests.FormAsync(scene)).Members);
        Assert.Equal((scene.Members[0].Id, 2, 5), (now.ProfessionalId, now.Tier, now.Place));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task One_wrong_row_and_nothing_is_imported_and_every_error_names_its_row(TestEngine engine)
    {
        await using var scene = await NewAsync(engine);
        var manager = await SaveLineTests.ManagerAsync(scene);
        var import = scene.World.The<ImportLines>();
        var text = await scene.World.The<ExportLines>().LinesAsync(manager);
        var rows = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).ToList();
        rows[1] = rows[1].Replace(",30,", ",45,", StringComparison.Ordinal);
        rows[2] = rows[2].Replace(",30,", ",5,", StringComparison.Ordinal);
        rows.Add("gm0599-debts" + rows[2][rows[2].IndexOf(',')..]);
        rows.Add(rows[1]);
        rows.Add("te,kort");
        rows.Add(rows[1].Replace(",45,", ",veel,", StringComparison.Ordinal));
        text = string.Join("\r\n", rows);

        var view = await import.PreviewAsync(manager, text);

        Assert.Equal(
            [(3, "offerSeconds", "line-number"), (4, "lineCode", "import-line"), (5, "lineCode", "import-twice"), (6, "", "import-row"), (7, "offerSeconds", "line-whole-number")],
            view.Errors.Select(e => (e.Row, e.Field, e.Refusal.Code)));
        Assert.Equal("import-errors", (await import.RunAsync(manager, text, null)).Refusal?.Code);
        Assert.Equal(30, (await SaveLineTests.FormAsync(scene)).Settings.OfferSeconds);
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM line_change"));
    }

    [Fact]
    public async Task A_row_names_somebody_of_another_organisation_and_is_refused()
    {
        await using var scene = await NewAsync(TestEngine.Sqlite);
        var stranger = await scene.World.ScalarAsync<long>("SELECT MIN(professional_id) FROM line_member WHERE line_code = 'gm0599-debts'");
        var text = $"line,person,name,tier,place,weight,languages,topics\ngm0518-debts,{scene.Members[0].Id},,1,0,1,,\ngm0518-debts,{stranger},,1,0,1,,";

        var error = Assert.Single((await scene.World.The<ImportLines>().PreviewAsync(await SaveLineTests.ManagerAsync(scene), text)).Errors);

        Assert.Equal((3, "person", "line-member-unknown"), (error.Row, error.Field, error.Refusal.Code));
    }

    [Fact]
    public async Task A_cell_that_a_spreadsheet_would_run_is_written_as_text_and_read_back_as_it_was()
    {
        await using var scene = await NewAsync(TestEngine.Sqlite);
        var manager = await SaveLineTests.ManagerAsync(scene);
        await scene.Given.Set(Scene.Debts, "name_nl", "=cmd|' /C calc'!A0");
        await scene.Given.Set(Scene.Debts, "phone", "+31 14 070");

        var text = await scene.World.The<ExportLines>().LinesAsync(manager);

        Assert.Contains("'=cmd", text, StringComparison.Ordinal);
        Assert.Contains("'+31 14 070", text, StringComparison.Ordinal);
        Assert.DoesNotContain(",=", text, StringComparison.Ordinal);
        var line = LineFile.Read(text).Lines.Single(l => l.Line == Scene.Debts);
        Assert.Equal(("=cmd|' /C calc'!A0", "+31 14 070"), (line.Settings.NameNl, line.Settings.Phone));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,b,c")]
    [InlineData("PK\u0003\u0004 this is a spreadsheet")]
    public void A_file_of_another_kind_is_told_at_its_header(string text) =>
        Assert.Equal((1, "import-header"), (LineFile.Read(text).Errors.Single().Row, LineFile.Read(text).Errors.Single().Refusal.Code));

    private static async Task<Scene> NewAsync(TestEngine engine)
    {
        var scene = await Scene.NewAsync(engine, members: 2);
        await scene.Given.Line("gm0518-permits", members: 1);
        await scene.Given.Line("gm0599-debts", members: 1);
        await scene.Given.Tiers("gm0518-permits", "top_down 10", "ring_all anyone");
        await scene.Given.Speaks(scene.Members[0], "pl");
        return scene;
    }
}
