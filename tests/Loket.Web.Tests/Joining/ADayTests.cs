using System.Text;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Joining;
using Loket.Web.Features.Lines;
using Loket.Web.Features.Rota;
using Loket.Web.Security;
using Loket.Web.Tests.Support;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Joining;

/// <summary>A municipality is live in a day: its people and lines from files, checked by row, opened, and taken back.</summary>
public sealed class ADayTests(ITestOutputHelper output)
{
    private static readonly string[] Lines = ["gm0518-debts", "gm0518-civil-affairs", "gm0518-permits"];

    [Theory, OnSqlite, OnSqlServer]
    public async Task Sixty_people_and_three_lines_go_from_a_file_to_live_in_a_day_and_the_import_can_be_taken_back(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var administrator = await AdministratorAsync(world);
        foreach (var line in Lines)
        {
            await world.Given.Line(line);
            await world.ExecuteAsync("UPDATE line SET is_live = 0, phone = NULL WHERE code = @line", new { line });
        }

        var (import, undo) = (world.The<ImportPeople>(), world.The<UndoImport>());
        var good = Enumerable.Range(1, 60).Select(Row).ToList();
        var bad = good.ToList();
        bad[6] = bad[6].Replace(",specialist,", ",directeur,", StringComparison.Ordinal);
        bad[29] = bad[29].Replace("gm0518-", "gm0599-", StringComparison.Ordinal);
        bad[58] = "Te kort,s-59";

        // Three bad rows, each named, and nothing of the other fifty-seven.
        var view = await import.PreviewAsync(administrator, File(bad));
        Assert.Equal([(8, "roles", "role-unknown"), (31, "lines", "import-line"), (60, "", "import-row")], view.Errors.Select(e => (e.Row, e.Field, e.Refusal.Code)));
        Assert.Equal("import-errors", (await import.RunAsync(administrator, File(bad), null)).Refusal?.Code);
        Assert.Equal((1, 1, 0), await CountAsync(world));
        output.WriteLine($"60 rows, errors: {string.Join(" | ", view.Errors.Select(e => $"row {e.Row} {e.Field} {e.Refusal.Code} {string.Join(' ', e.Refusal.Args)}"))}; people {(await CountAsync(world)).People}, imports 0");

        // The same file, mended: sixty people on three lines.
        view = await import.PreviewAsync(administrator, File(good));
        Assert.Empty(view.Errors);
        Assert.Equal((60, 2), (view.People.Count, view.NewTeams.Count));
        Assert.Equal((1, 1, 0), await CountAsync(world));
        var done = (await import.RunAsync(administrator, File(good), "file")).Value;
        Assert.Equal(done, (await import.RunAsync(administrator, File(good), "file")).Value);
        Assert.Equal((61, 3, 58), await CountAsync(world));
        Assert.Equal("people-nobody-new", (await import.RunAsync(administrator, File(good), null)).Refusal?.Code);
        Assert.Equal((60, 0), (await import.PreviewAsync(administrator, File(good)) is var again ? (again.AlreadyThere, again.People.Count) : default));

        // Not one of them rings before it has everything.
        await world.Given.Case(await world.Given.FrontOffice("gm0344"), "debts", "gm0518");
        foreach (var line in Lines)
        {
            Assert.False(await ConnectedAsync(world, line));
        }

        var lineFile = await world.The<ExportLines>().LinesAsync(administrator);
        foreach (var line in Lines)
        {
            Assert.Equal("line-not-ready", (await world.The<OpenLine>().RunAsync(administrator, line, null)).Refusal?.Code);
        }

        Assert.Equal(3, (await world.The<ImportLines>().RunAsync(administrator, WithHours(lineFile), null)).Value.Lines);
        var supervisor = await world.ScalarAsync<long>("SELECT id FROM professional WHERE organisation_code = 'gm0518' AND supervisor = 1 AND duty_supervisor = 1");
        Assert.True((await world.The<Duty>().SaveAsync(administrator, [.. new[] { "mon", "tue", "wed", "thu", "fri" }.Select(d => new DutyRow(d, supervisor))], null, null)).IsOk);
        foreach (var line in Lines)
        {
            Assert.Equal("1", (await world.The<OpenLine>().RunAsync(administrator, line, null)).Refusal?.Args[0]);
            var members = await world.QueryAsync<long>("SELECT professional_id FROM line_member WHERE line_code = @line", new { line });
            Assert.True((await world.The<SaveRota>().RunAsync(administrator, line, new LineRotaForm(1, members.ConvertAll(id => new RotaRow(id, "mon-fri 08:30-17:00"))), null)).IsOk);
            Assert.True((await world.The<OpenLine>().RunAsync(administrator, line, null)).IsOk);
            Assert.Equal("line-open", (await world.The<OpenLine>().RunAsync(administrator, line, null)).Refusal?.Code);
            Assert.True(await ConnectedAsync(world, line));
        }

        output.WriteLine($"Live: {await world.ScalarAsync<int>("SELECT COUNT(*) FROM line WHERE is_live = 1")} lines, {(await CountAsync(world)).Memberships} memberships");

        // One has signed in and one has duty: they stay, and are named; the others go, and can be read in again.
        var acted = await world.ScalarAsync<long>("SELECT professional_id FROM professional_identity WHERE subject = 's-5'");
        await world.The<SignedIn>().StartAsync(acted, null, null);
        var preview = (await undo.PreviewAsync(administrator, Given.Id(done.ImportId)))!;
        Assert.Equal((58, 2), (preview.Goes.Count, preview.Stays.Count));
        var undone = (await undo.RunAsync(administrator, Given.Id(done.ImportId), null)).Value;
        Assert.Equal(58, undone.Gone);
        Assert.Equal(["Persoon 05", "Persoon 59"], undone.Stays);
        Assert.Equal("people-import-undone", (await undo.RunAsync(administrator, Given.Id(done.ImportId), null)).Refusal?.Code);
        Assert.Equal(2, (await CountAsync(world)).People - 1);
        Assert.Equal(58, (await import.PreviewAsync(administrator, File(good))).People.Count);
        output.WriteLine($"Taken back: {undone.Gone} gone, stays {string.Join(", ", undone.Stays)}");
    }

    [Fact]
    public async Task After_a_week_and_by_another_organisation_nothing_is_taken_back()
    {
        await using var world = await World.NewAsync();
        var administrator = await AdministratorAsync(world);
        await world.Given.Line("gm0518-debts");
        await world.Given.Organisation("gm0599");
        var done = (await world.The<ImportPeople>().RunAsync(administrator, File([Row(3)]), null)).Value;
        var stranger = await world.Given.Person("gm0599");
        Assert.Equal("people-import-unknown", (await world.The<UndoImport>().RunAsync(stranger, Given.Id(done.ImportId), null)).Refusal?.Code);
        world.Clock.Advance(UndoImport.Possible + TimeSpan.FromSeconds(1));
        Assert.Equal("people-import-old", (await world.The<UndoImport>().RunAsync(administrator, Given.Id(done.ImportId), null)).Refusal?.Code);
    }

    internal static async Task<Actor> AdministratorAsync(World world)
    {
        var person = await world.Given.Person("gm0518");
        await world.ExecuteAsync("UPDATE professional SET organisation_administrator = 1, line_manager = 1 WHERE id = @Id", new { person.Id });
        return await world.ActorAsync(person.Id);
    }

    private static string File(IEnumerable<string> rows) => "name,subject,team,roles,lines,skills\r\n" + string.Join("\r\n", rows) + "\r\n";

    private static string Row(int n) => n switch
    {
        59 => "Persoon 59,s-59,Balie,front_office|supervisor,,",
        60 => "Persoon 60,s-60,Achter de balie,supervisor,,",
        _ => $"Persoon {n:00},s-{n},Achter de balie,specialist,{Lines[n % 3]},pl",
    };

    // Hours, a line that takes over and a number for all three, as the line manager would type them in the file.
    private static string WithHours(string file)
    {
        var rows = file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(r => r.Split(',')).ToList();
        var (hours, overflow, phone) = (Array.IndexOf(rows[0], "hours"), Array.IndexOf(rows[0], "overflow"), Array.IndexOf(rows[0], "phone"));
        var text = new StringBuilder().Append(string.Join(',', rows[0])).Append("\r\n");
        foreach (var row in rows.Skip(1))
        {
            (row[hours], row[overflow], row[phone]) = ("mon-fri 08:30-17:00", row[0] == Lines[0] ? Lines[1] : Lines[0], "14 070");
            text.Append(string.Join(',', row)).Append("\r\n");
        }

        return text.ToString();
    }

    private static async Task<(int People, int Teams, int Memberships)> CountAsync(World world) => (
        await world.ScalarAsync<int>("SELECT COUNT(*) FROM professional WHERE organisation_code = 'gm0518' AND active = 1"),
        await world.ScalarAsync<int>("SELECT COUNT(*) FROM team WHERE organisation_code = 'gm0518'"),
        await world.ScalarAsync<int>("SELECT COUNT(*) FROM line_member"));

    private static async Task<bool> ConnectedAsync(World world, string line) => (await world.Db.WriteAsync<bool>(unit => Routes.IsConnected(unit, line))).Value;
}
