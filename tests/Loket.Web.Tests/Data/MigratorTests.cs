using Dapper;
using Loket.Web.Data;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Data;

public sealed class MigratorTests
{
    private static IEnumerable<string> Files =>
        System.IO.Directory.GetFiles(Migrator.Folder, "*.sql").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal);

    [Theory, OnSqlite, OnSqlServer]
    public async Task An_empty_database_gets_every_migration_and_a_second_run_changes_nothing(TestEngine on)
    {
        using var folder = new TempFolder();
        await using var engine = await EmptyAsync(on, folder);
        var migrator = new Migrator(engine, new FakeClock());

        var first = await migrator.RunAsync();
        await engine.WriteAsync((c, t) => (c.Execute("INSERT INTO setting (name, value) VALUES ('kept', 'x')", transaction: t), NoEffects));
        var second = await migrator.RunAsync();

        Assert.Equal(Files, first);
        Assert.Empty(second);
        await using var reader = await engine.OpenReaderAsync(CancellationToken.None);
        Assert.Equal(first, await reader.QueryAsync<string>("SELECT name FROM migration_text ORDER BY name"));
        Assert.Equal(1, await reader.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM setting"));
        Assert.Equal(16, await reader.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM journal_shard"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_database_made_by_another_text_of_a_migration_is_refused_and_stays_as_it_is(TestEngine on)
    {
        using var folder = new TempFolder();
        await using var engine = await EmptyAsync(on, folder);
        var migrator = new Migrator(engine, new FakeClock());
        await migrator.RunAsync();
        await engine.WriteAsync((c, t) => (c.Execute("UPDATE migration_text SET digest = 'other' WHERE name = '0005-chain'", transaction: t), NoEffects));

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => migrator.RunAsync());

        Assert.Contains("0005-chain", fault.Message, StringComparison.Ordinal);
        await engine.WriteAsync((c, t) => (c.Execute("DROP TABLE migration_text", transaction: t), NoEffects));
        await Assert.ThrowsAsync<InvalidOperationException>(() => migrator.RunAsync());
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Two_nodes_that_start_on_an_empty_database_at_once_migrate_it_once(TestEngine on)
    {
        using var folder = new TempFolder();
        await using var one = await EmptyAsync(on, folder);
        await using var two = on == TestEngine.Sqlite ? new SqliteEngine(folder.In("loket.db"), TimeProvider.System) : one;

        var applied = await Task.WhenAll(
            Task.Run(() => new Migrator(one, new FakeClock()).RunAsync()),
            Task.Run(() => new Migrator(two, new FakeClock()).RunAsync()));

        Assert.Equal(Files, applied.SelectMany(a => a).Order(StringComparer.Ordinal));
        await using var reader = await one.OpenReaderAsync(CancellationToken.None);
        Assert.Equal(16, await reader.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM journal_shard"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_value_outside_a_list_is_refused_and_each_inside_it_is_taken(TestEngine on)
    {
        using var folder = new TempFolder();
        await using var engine = await EmptyAsync(on, folder);
        await new Migrator(engine, new FakeClock()).RunAsync();
        Task<int> PutAsync(string kind) => engine.WriteAsync((c, t) => (c.Execute(
            "INSERT INTO organisation (code, name, short_name, display_name, sort_name, kind) VALUES (@kind, 'x', 'x', 'x', 'x', @kind)", new { kind }, t), NoEffects));

        foreach (var kind in (string[])["municipality", "province", "water_board", "national", "regional"])
        {
            Assert.Equal(1, await PutAsync(kind));
        }

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => PutAsync("village"));
    }

    [Fact]
    public void On_SQLite_no_check_makes_a_table_of_its_list() => Assert.DoesNotContain(
        System.IO.Directory.GetFiles(Migrator.Folder, "*.sql").SelectMany(file => Migrator.Statements(Dialect.Sqlite.Render(File.ReadAllText(file)))),
        statement => statement.Split('\n').Any(line => line.Contains("CHECK", StringComparison.Ordinal) && line.Contains(" IN (", StringComparison.Ordinal)));

    [Fact]
    public void A_migration_is_split_at_semicolons_that_end_a_line()
    {
        const string Text = "-- first; a comment;\nCREATE TABLE a (\n  b int\n);\n\n  -- second\nINSERT INTO a (b) VALUES (1);\nINSERT INTO a (b) VALUES (2);";

        Assert.Equal(
            ["CREATE TABLE a (\n  b int\n)", "INSERT INTO a (b) VALUES (1)", "INSERT INTO a (b) VALUES (2)"],
            Migrator.Statements(Text));
    }

    private static readonly IReadOnlyList<Action> NoEffects = [];

    private static async Task<Engine> EmptyAsync(TestEngine on, TempFolder folder)
    {
        DapperSetup.Apply();
        return on == TestEngine.Sqlite ? new SqliteEngine(folder.In("loket.db"), TimeProvider.System) : new SqlServerEngine(await SqlServerDatabases.CreateAsync());
    }
}
