using System.Data.Common;
using Dapper;

namespace Loket.Web.Data;

/// <summary>Brings the database to the newest numbered migration. Additive only; running it twice changes nothing.</summary>
public sealed class Migrator(Engine engine, TimeProvider clock)
{
    private static readonly IReadOnlyList<Action> NoEffects = [];

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "db", "migrations");

    /// <summary>Applies what is missing, each migration in a transaction of its own; returns their names.</summary>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        await engine.WriteAsync((connection, transaction) =>
        {
            if (!HasHistory(connection, transaction))
            {
                connection.Execute(
                    "CREATE TABLE migration (name varchar(80) NOT NULL CONSTRAINT pk_migration PRIMARY KEY, at datetime2(3) NOT NULL)",
                    transaction: transaction);
            }

            return (true, NoEffects);
        });

        var applied = new List<string>();
        foreach (var file in Directory.GetFiles(Folder, "*.sql").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            if (await engine.WriteAsync((connection, transaction) => (Apply(connection, transaction, name, File.ReadAllText(file)), NoEffects)))
            {
                applied.Add(name);
            }
        }

        return applied;
    }

    private bool Apply(DbConnection connection, DbTransaction transaction, string name, string sql)
    {
        if (connection.ExecuteScalar<int>("SELECT COUNT(*) FROM migration WHERE name = @name", new { name }, transaction) > 0)
        {
            return false;
        }

        foreach (var statement in Statements(engine.Dialect.Render(sql)))
        {
            connection.Execute(statement, transaction: transaction);
        }

        connection.Execute(
            "INSERT INTO migration (name, at) VALUES (@name, @at)",
            new { name, at = clock.GetUtcNow().UtcDateTime },
            transaction);
        return true;
    }

    /// <summary>The statements of a migration: split at a semicolon that ends a line, comments left out.</summary>
    public static IEnumerable<string> Statements(string sql) =>
        string.Join('\n', sql.Split('\n').Where(line => !line.TrimStart().StartsWith("--", StringComparison.Ordinal)))
            .Split(";\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(statement => statement.TrimEnd(';'));

    private bool HasHistory(DbConnection connection, DbTransaction transaction) => connection.ExecuteScalar<int>(
        engine.Dialect == Dialect.Sqlite
            ? "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'migration'"
            : "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'migration'",
        transaction: transaction) > 0;
}
