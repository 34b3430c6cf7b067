using Loket.Web.Features.Directory;
using Loket.Web.Tests.Directory;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Data;

/// <summary>Reference data: the same files twice change nothing, a bad file changes nothing at all (issue 2, point 3).</summary>
public sealed class ImportReferenceTests
{
    private static Task<ImportReport> ImportAsync(World world, ReferenceFolder folder)
    {
        var set = ReferenceFiles.Read(folder.Path);
        return world.The<ImportReference>().RunAsync(set, ReferenceFiles.ReadDemo(folder.Path, set));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_same_files_twice_change_nothing(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        using var folder = new ReferenceFolder();

        var first = await ImportAsync(world, folder);
        var second = await ImportAsync(world, folder);

        // 4 organisations and 1 that was, 3 topics, 5 lines, 1 area, 3 products, 2 teams, 4 people, 2 supervisors, 3 places on a line, 1 language.
        Assert.Equal(new ImportReport(Added: 29, Changed: 0, Unchanged: 0), first);
        Assert.Equal(new ImportReport(Added: 0, Changed: 0, Unchanged: 29), second);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_changed_in_the_files_is_changed_and_counted(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        using var folder = new ReferenceFolder();
        await ImportAsync(world, folder);
        folder.Change("organisations.csv", "088 949 40 00", "088 000 00 00").Change("organisations.csv", "Gemeente Nieuwegein,Nieuwegein", "Gemeente Nieuwegein,'t Nieuwegein");

        var report = await ImportAsync(world, folder);

        Assert.Equal(new ImportReport(Added: 0, Changed: 2, Unchanged: 27), report);
        Assert.Equal("2 changed", report.ToString().Split(", ")[1]);
        Assert.Equal("088 000 00 00", await world.ScalarAsync<string>("SELECT phone FROM organisation WHERE code = 'zb000143'"));
        Assert.Equal("t nieuwegein", await world.ScalarAsync<string>("SELECT sort_name FROM organisation WHERE code = 'gm0356'"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_row_without_an_optional_value_stays_unchanged_too(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        using var folder = new ReferenceFolder();
        await ImportAsync(world, folder);
        folder.Change("organisations.csv", "14 030,https://www.utrecht.nl", ",https://www.utrecht.nl");

        Assert.Equal(1, (await ImportAsync(world, folder)).Changed);
        Assert.Equal(0, (await ImportAsync(world, folder)).Changed);
        Assert.Equal(1, await world.ScalarAsync<long>("SELECT COUNT(*) FROM organisation WHERE phone IS NULL AND valid_until IS NULL"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_bad_row_is_named_by_line_and_changes_nothing(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        using var folder = new ReferenceFolder();
        await ImportAsync(world, folder);
        folder.Change("organisations.csv", "Sociale Verzekeringsbank", "Een andere naam").Change("lines.csv", "gm0356-general,gm0356", "gm0356-general,gm9999");

        var errors = await Assert.ThrowsAsync<ReferenceErrors>(() => ImportAsync(world, folder));

        Assert.Contains(errors.Errors, e => e is { File: "lines.csv", Line: 4 } && e.Reason.Contains("gm9999", StringComparison.Ordinal));
        Assert.Equal("Sociale Verzekeringsbank", await world.ScalarAsync<string>("SELECT name FROM organisation WHERE code = 'zb000143'"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Rows_that_the_database_refuses_half_way_leave_nothing_half_imported(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        using var folder = new ReferenceFolder();
        var set = ReferenceFiles.Read(folder.Path);
        var broken = set with { Lines = [.. set.Lines, set.Lines[0] with { Code = "gm9999-debts", Organisation = "gm9999" }] };

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => world.The<ImportReference>().RunAsync(broken, null));

        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM organisation"));
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM line"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task People_who_changed_since_stay_as_they_are(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        using var folder = new ReferenceFolder();
        await ImportAsync(world, folder);
        await world.ExecuteAsync("UPDATE professional SET active = 0, name = 'Fatima El Amrani' WHERE id = 1001");

        Assert.Equal(0, (await ImportAsync(world, folder)).Changed);
        Assert.Equal("Fatima El Amrani", await world.ScalarAsync<string>("SELECT name FROM professional WHERE id = 1001 AND active = 0"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_real_reference_data_go_in_whole_and_a_second_time_change_nothing(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var set = ReferenceFiles.Read(ReferenceFolder.Real);
        var demo = ReferenceFiles.ReadDemo(ReferenceFolder.Real, set);
        var import = world.The<ImportReference>();

        var first = await import.RunAsync(set, demo);
        var second = await import.RunAsync(set, demo);

        Assert.Equal((0, 0, first.Added), (second.Added, second.Changed, second.Unchanged));
        Assert.Equal(342, await world.ScalarAsync<long>("SELECT COUNT(*) FROM organisation WHERE kind = 'municipality' AND valid_until IS NULL"));
        Assert.Equal(set.Products.Count, await world.ScalarAsync<long>("SELECT COUNT(*) FROM product"));
        Assert.Equal(set.Lines.Count, await world.ScalarAsync<long>("SELECT COUNT(*) FROM line"));
        Assert.Equal(demo.Professionals.Count, await world.ScalarAsync<long>("SELECT COUNT(*) FROM professional"));
    }
}
