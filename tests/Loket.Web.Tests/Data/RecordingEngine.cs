using System.Data;
using System.Data.Common;
using System.Text.RegularExpressions;
using Loket.Web.Data;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Loket.Web.Tests.Data;

/// <summary>SQLite that notes, for each statement that ran, how it was found: the steps of its plan, by text.</summary>
internal sealed partial class RecordingEngine(string file) : Engine
{
    private readonly string connectionString = new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 30 }.ToString();

    public Dictionary<string, List<string>> Plans { get; } = new(StringComparer.Ordinal);

    public override Dialect Dialect => Dialect.Sqlite;

    public override async Task<DbConnection> OpenReaderAsync(CancellationToken ct)
    {
        var connection = new RecordingConnection(connectionString, Plans);
        await connection.OpenAsync(ct);
        return connection;
    }

    public override async Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, (T Result, IReadOnlyList<Action> Effects)> work, bool isSweep = false)
    {
        await using var connection = await OpenReaderAsync(default);
        await using var transaction = await connection.BeginTransactionAsync();
        await transaction.SaveAsync(Savepoint);
        var (result, effects) = work(connection, transaction);
        await transaction.CommitAsync();
        foreach (var effect in effects)
        {
            effect();
        }

        return result;
    }

    public override bool IsGone(Exception fault) => false;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [GeneratedRegex(@"^\s*(SELECT|UPDATE|DELETE|INSERT)\b", RegexOptions.None, 1000)]
    private static partial Regex Statement();

    [GeneratedRegex(@"@\w+", RegexOptions.None, 1000)]
    private static partial Regex Parameter();

    private sealed class RecordingConnection(string connectionString, Dictionary<string, List<string>> plans) : PreparedConnection(connectionString)
    {
        public override SqliteCommand CreateCommand()
        {
            using var plain = base.CreateCommand();
            return new RecordingCommand(plans) { Connection = this, Transaction = plain.Transaction, CommandTimeout = DefaultTimeout };
        }

        // What runs for many rows is explained without their values.
        public override sqlite3_stmt Statement(string text)
        {
            using var command = (RecordingCommand)CreateCommand();
            command.CommandText = text;
            foreach (Match name in Parameter().Matches(text))
            {
                command.Parameters.AddWithValue(name.Value, DBNull.Value);
            }

            command.Record();
            return base.Statement(text);
        }

        protected override DbCommand CreateDbCommand() => CreateCommand();
    }

    private sealed class RecordingCommand(Dictionary<string, List<string>> plans) : SqliteCommand
    {
        // Everything that runs a command comes through here.
        public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
        {
            Record();
            return base.ExecuteReader(behavior);
        }

        public void Record()
        {
            if (plans.ContainsKey(CommandText) || !Statement().IsMatch(CommandText))
            {
                return;
            }

            using var explain = new SqliteCommand($"EXPLAIN QUERY PLAN {CommandText}", Connection, Transaction);
            foreach (SqliteParameter parameter in Parameters)
            {
                explain.Parameters.Add(new SqliteParameter(parameter.ParameterName, parameter.Value));
            }

            var steps = new List<string>();
            using var rows = explain.ExecuteReader();
            while (rows.Read())
            {
                steps.Add(rows.GetString(3));
            }

            plans[CommandText] = steps;
        }
    }
}
