using System.Data;
using System.Data.Common;
using System.Text.RegularExpressions;
using Loket.Web.Data;
using Microsoft.Data.Sqlite;

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

    public override async Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, (T Result, IReadOnlyList<Action> Effects)> work)
    {
        await using var connection = await OpenReaderAsync(default);
        await using var transaction = await connection.BeginTransactionAsync();
        var (result, effects) = work(connection, transaction);
        await transaction.CommitAsync();
        foreach (var effect in effects)
        {
            effect();
        }

        return result;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [GeneratedRegex(@"^\s*(SELECT|UPDATE|DELETE|INSERT)\b", RegexOptions.None, 1000)]
    private static partial Regex Statement();

    private sealed class RecordingConnection(string connectionString, Dictionary<string, List<string>> plans) : SqliteConnection(connectionString)
    {
        public override SqliteCommand CreateCommand()
        {
            using var plain = base.CreateCommand();
            return new RecordingCommand(plans) { Connection = this, Transaction = plain.Transaction, CommandTimeout = DefaultTimeout };
        }
    }

    private sealed class RecordingCommand(Dictionary<string, List<string>> plans) : SqliteCommand
    {
        // Everything that runs a command comes through here.
        public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
        {
            Record();
            return base.ExecuteReader(behavior);
        }

        private void Record()
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
