using System.Collections.Concurrent;
using System.Globalization;
using Dapper;
using Loket.Web.Data;
using Microsoft.Data.SqlClient;

namespace Loket.Web.Tests.Support;

/// <summary>
/// Databases on the server of <c>LOKET_TEST_SQLSERVER</c>. Migrating one takes far longer than a test, so a migrated
/// database is emptied and lent again. All are dropped when the run ends; those of a run that was cut off, by a later run.
/// </summary>
internal static class SqlServerDatabases
{
    public const string Variable = "LOKET_TEST_SQLSERVER";
    private const string Prefix = "loket_test_";
    private const string Stamp = "yyyyMMddHHmm";
    private static readonly TimeSpan LongestRun = TimeSpan.FromHours(2);
    private static readonly ConcurrentBag<string> Free = [];
    private static readonly ConcurrentBag<string> Made = [];
    private static readonly SemaphoreSlim OneAtATime = new(1);
    private static readonly Lazy<Task> Swept = new(SweepAsync);

    public static string? Server => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server ? server : null;

    /// <summary>The connection string of an empty, migrated database.</summary>
    public static async Task<string> BorrowAsync()
    {
        if (Free.TryTake(out var free))
        {
            return free;
        }

        await OneAtATime.WaitAsync();
        try
        {
            var made = await CreateAsync();
            await using var engine = new SqlServerEngine(made);
            await new Migrator(engine, TimeProvider.System).RunAsync();
            return made;
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    /// <summary>A database without any table, not lent again.</summary>
    public static async Task<string> CreateAsync()
    {
        DapperSetup.Apply();
        await Swept.Value;
        var name = $"{Prefix}{TimeProvider.System.GetUtcNow().ToString(Stamp, CultureInfo.InvariantCulture)}_{Guid.NewGuid():N}";
        await using var connection = new SqlConnection(Server);
        await connection.ExecuteAsync($"CREATE DATABASE {name}");
        var snapshot = await connection.ExecuteScalarAsync<bool>("SELECT is_read_committed_snapshot_on FROM sys.databases WHERE name = @name", new { name });
        if (!snapshot)
        {
            await connection.ExecuteAsync($"ALTER DATABASE {name} SET READ_COMMITTED_SNAPSHOT ON");
        }

        var made = new SqlConnectionStringBuilder(Server) { InitialCatalog = name, MaxPoolSize = 40 }.ToString();
        Made.Add(made);
        return made;
    }

    /// <summary>Empties the database and lends it to the next test.</summary>
    public static async Task GiveBackAsync(string database)
    {
        await using var connection = new SqlConnection(database);
        await connection.OpenAsync();
        foreach (var table in TablesChildrenFirst())
        {
            await connection.ExecuteAsync(table == "journal_shard" ? "UPDATE journal_shard SET last_seq = 0" : $"DELETE FROM {table}");
        }

        Free.Add(database);
    }

    // Migrations create a table before those that refer to it.
    private static IEnumerable<string> TablesChildrenFirst() => System.IO.Directory.GetFiles(Migrator.Folder, "*.sql").Order(StringComparer.Ordinal)
        .SelectMany(file => Migrator.Statements(File.ReadAllText(file)))
        .Where(statement => statement.StartsWith("CREATE TABLE ", StringComparison.Ordinal))
        .Select(statement => statement.Split(' ')[2])
        .Reverse();

    /// <summary>Drops what this run made.</summary>
    public static void DropAll()
    {
        if (Made.IsEmpty)
        {
            return;
        }

        SqlConnection.ClearAllPools();
        using var connection = new SqlConnection(Server);
        while (Made.TryTake(out var database))
        {
            Drop(connection, new SqlConnectionStringBuilder(database).InitialCatalog);
        }
    }

    private static async Task SweepAsync()
    {
        await using var connection = new SqlConnection(Server);
        var before = (TimeProvider.System.GetUtcNow() - LongestRun).ToString(Stamp, CultureInfo.InvariantCulture);
        foreach (var name in await connection.QueryAsync<string>("SELECT name FROM sys.databases"))
        {
            if (name.StartsWith(Prefix, StringComparison.Ordinal) && string.CompareOrdinal(name[Prefix.Length..], before) < 0)
            {
                Drop(connection, name);
            }
        }
    }

    private static void Drop(SqlConnection connection, string name)
    {
        try
        {
            connection.Execute($"DROP DATABASE {name}");
        }
        catch (SqlException)
        {
            // A connection that is still open keeps its database; the next run drops it.
        }
    }
}
