using System.Data.Common;
using System.Reflection;
using System.Text.RegularExpressions;
using Loket.Web.Data;
using Loket.Web.Tests.Support;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace Loket.Web.Tests.Architecture;

/// <summary>
/// Every whole SQL statement of the program is run once on each engine, with nothing for its parameters and rolled back:
/// a misspelled column or a phrase one engine does not know is found before the screen that needs it.
/// </summary>
public sealed partial class SqlTextsRunTests
{
    // Built at run time from names of tables and columns, or from whole questions that are run here too; their own tests run them.
    private static readonly string[] BuiltAtRunTime = ["ImportReference.cs", "VerifyState.cs"];

    [Theory, OnSqlite, OnSqlServer]
    public async Task Every_statement_runs(TestEngine on)
    {
        await using var world = await World.NewAsync(on);
        var faults = new List<string>();
        var ran = 0;
        foreach (var (path, text) in Repository.Files("src/Loket.Web", ".cs").Where(f => !f.Path.Contains("/Data/", StringComparison.Ordinal)))
        {
            foreach (var literal in CSharpText.Read(text).Literals.Where(MayBeWhole))
            {
                var statements = Statements(literal.Text, path, text, world.Db.Dialect);
                if (statements.Count == 0 && !BuiltAtRunTime.Contains(Path.GetFileName(path)))
                {
                    faults.Add($"{path}:{literal.Line}: has a part that is not known before it runs");
                }

                foreach (var sql in statements.Where(SqlSubset.IsStatement))
                {
                    ran++;
                    if (await FaultAsync(world, sql) is { } fault)
                    {
                        faults.Add($"{path}:{literal.Line}: {fault}");
                    }
                }
            }
        }

        Assert.True(ran > 150, $"Only {ran} statements ran");
        Found.Nothing(faults);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_misspelled_column_is_found(TestEngine on)
    {
        await using var world = await World.NewAsync(on);

        Assert.Null(await FaultAsync(world, "UPDATE offer SET version = version + 1 WHERE id = @id"));
        Assert.NotNull(await FaultAsync(world, "UPDATE offer SET versoin = 1 WHERE id = @id"));
        Assert.NotNull(await FaultAsync(world, "SELECT id FROM offers"));
    }

    // Begins as a statement, or with a part that may: $"{Select} WHERE q.id = @id".
    private static bool MayBeWhole(Literal literal) =>
        SqlSubset.IsSql(literal.Text) && (SqlSubset.IsStatement(literal.Text) || literal.Text.StartsWith('⟦'));

    /// <summary>The statement with its holes filled, in every way they can be; none when a hole is not known before it runs.</summary>
    private static List<string> Statements(string literal, string path, string source, Dialect dialect)
    {
        List<string> statements = [literal];
        while (statements.Count > 0 && Hole().Match(statements[0]) is { Success: true } hole)
        {
            var expression = hole.Groups[1].Value.Trim();
            var fillings = expression.Contains("Dialect.First(", StringComparison.Ordinal)
                ? [dialect.First(1)]
                : Constant(expression, path) is { } constant ? [constant] : Local(expression, source);
            statements = [.. statements.SelectMany(s => fillings.Select(f => s.Replace(hole.Value, f, StringComparison.Ordinal)))];
        }

        return statements;
    }

    // A local that is one text or another: var filter = all ? "" : "AND c.state = @state";
    private static List<string> Local(string name, string source)
    {
        var start = source.IndexOf($"var {name} = ", StringComparison.Ordinal);
        var end = start < 0 ? -1 : source.IndexOf(";\n", start, StringComparison.Ordinal);
        return end < 0 ? [] : [.. CSharpText.Read(source[start..end]).Literals.Where(l => l.Text.Length == 0 || l.Text.Contains(' ')).Select(l => l.Text)];
    }

    // "StoredOffer.Columns", or "Columns" of the class the file is named after.
    private static string? Constant(string expression, string path)
    {
        var parts = expression.Split('.');
        var type = parts.Length > 1 ? parts[^2] : Path.GetFileNameWithoutExtension(path);
        return typeof(Wiring).Assembly.GetTypes().Where(t => t.Name == type)
            .Select(t => t.GetField(parts[^1], BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .FirstOrDefault(f => f is { IsLiteral: true } && f.FieldType == typeof(string))?.GetRawConstantValue() as string;
    }

    private static async Task<string?> FaultAsync(World world, string sql)
    {
        string? fault = null;
        await Assert.ThrowsAsync<TakenBackException>(() => world.The<Engine>().WriteAsync<int>((connection, transaction) =>
        {
            fault = FaultOf(connection, transaction, sql);
            throw new TakenBackException();
        }));
        return fault;
    }

    private static string? FaultOf(DbConnection connection, DbTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = List().Replace(sql, "IN (NULL)");
        foreach (var name in Parameter().Matches(command.CommandText).Select(m => m.Value).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = DBNull.Value;
            // Nothing has a type all the same: a text is no bytes.
            parameter.DbType = name == "@bytes" ? System.Data.DbType.Binary : parameter.DbType;
            command.Parameters.Add(parameter);
        }

        try
        {
            using var reader = command.ExecuteReader();
            return null;
        }
        catch (DbException fault) when (IsConstraint(fault))
        {
            return null;
        }
        catch (DbException fault)
        {
            return $"{fault.Message} in {sql}";
        }
    }

    // Nothing where something must be: the statement itself was understood.
    private static bool IsConstraint(DbException fault) => fault switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode == 19,
        SqlException server => server.Number is 515 or 547,
        _ => false,
    };

    [GeneratedRegex("⟦([^⟧]*)⟧")]
    private static partial Regex Hole();

    [GeneratedRegex(@"\bIN\s+@\w+", RegexOptions.IgnoreCase)]
    private static partial Regex List();

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();

    /// <summary>Whatever a statement did is not kept.</summary>
    private sealed class TakenBackException : Exception;
}
