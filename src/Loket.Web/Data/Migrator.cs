using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace Loket.Web.Data;

/// <summary>
/// Brings the database to the newest numbered migration. Additive only; running it twice changes nothing. Each applied
/// text is remembered by its digest: a database that was made by another text of the same migration is refused, because
/// nobody could say what stands in it.
/// </summary>
public sealed class Migrator(Engine engine, TimeProvider clock)
{
    private static readonly IReadOnlyList<Action> NoEffects = [];

    private static readonly Lazy<string[]> Names = new(() => [.. Directory.GetFiles(Folder, "*.sql").Select(file => Path.GetFileNameWithoutExtension(file)!)]);

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "db", "migrations");

    /// <summary>Applies what is missing, each migration in a transaction of its own; returns their names.</summary>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        await StepAsync((connection, transaction) =>
        {
            if (HasTable(connection, transaction, "migration_text"))
            {
                return false;
            }

            if (HasTable(connection, transaction, "organisation"))
            {
                throw Foreign("0001-directory");
            }

            connection.Execute(
                "CREATE TABLE migration_text (name varchar(80) NOT NULL CONSTRAINT pk_migration_text PRIMARY KEY, digest varchar(64) NOT NULL, at datetime2(3) NOT NULL)",
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

    /// <summary>The migrations of this program that the database does not have.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync(CancellationToken ct = default)
    {
        await using var connection = await engine.OpenReaderAsync(ct);
        var there = (await connection.QueryAsync<string>("SELECT name FROM migration_text")).ToHashSet(StringComparer.Ordinal);
        return [.. Names.Value.Where(name => !there.Contains(name))];
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
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql.ReplaceLineEndings("\n"))));
        if (connection.ExecuteScalar<string>("SELECT digest FROM migration_text WHERE name = @name", new { name }, transaction) is { } applied)
        {
            return applied == digest ? false : throw Foreign(name);
        }

        foreach (var statement in Statements(engine.Dialect.Render(sql)))
        {
            connection.Execute(statement, transaction: transaction);
        }

        connection.Execute(
            "INSERT INTO migration_text (name, digest, at) VALUES (@name, @digest, @at)",
            new { name, digest, at = clock.GetUtcNow().UtcDateTime },
            transaction);
        return true;
    }

    /// <summary>The statements of a migration: split at a semicolon that ends a line, comments left out.</summary>
    public static IEnumerable<string> Statements(string sql) =>
        string.Join('\n', sql.Split('\n').Where(line => !line.TrimStart().StartsWith("--", StringComparison.Ordinal)))
            .Split(";\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(statement => statement.TrimEnd(';'));

    private bool HasTable(DbConnection connection, DbTransaction transaction, string name) => connection.ExecuteScalar<int>(
        engine.Dialect == Dialect.Sqlite
            ? "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = @name"
            : "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = @name",
        new { name },
        transaction) > 0;

    private static InvalidOperationException Foreign(string migration) => new(
        $"This database was made by another text of migration {migration}, before Loket's first release. Keep it with the program that "
        + "made it, or remove the data folder (Data:Path) to begin anew; the demo data come back by themselves.");
}
