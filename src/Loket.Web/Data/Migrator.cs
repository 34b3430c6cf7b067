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
        await StepAsync((connection, transaction) =>
        {
            if (HasHistory(connection, transaction))
            {
                return false;
            }

            connection.Execute(
                "CREATE TABLE migration (name varchar(80) NOT NULL CONSTRAINT pk_migration PRIMARY KEY, at datetime2(3) NOT NULL)",
                transaction: transaction);
            return true;
        });

        var applied = new List<string>();
        foreach (var file in Directory.GetFiles(Folder, "*.sql").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            if (await StepAsync((connection, transaction) => Apply(connection, transaction, name, File.ReadAllText(file))))
            {
                applied.Add(name);
            }
        }

        return applied;
    }

    private async Task<bool> StepAsync(Func<DbConnection, DbTransaction, bool> step)
    {
        try
        {
            return await engine.WriteAsync((connection, transaction) => (step(connection, transaction), NoEffects));
        }
        catch (DbException)
        {
            // Perhaps another node took the same step at the same moment: then it is done now. Else it fails again.
            return await engine.WriteAsync((connection, transaction) => (step(connection, transaction), NoEffects));
        }
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
