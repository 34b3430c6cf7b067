using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace Loket.Web.Data;

/// <summary>SQL Server: pooled connections, READ_COMMITTED_SNAPSHOT, passing faults retried as whole units.</summary>
public sealed class SqlServerEngine(string server) : Engine
{
    // A server that comes back is used at once, not after the minute for which the pool would keep failing.
    private readonly string connectionString = new SqlConnectionStringBuilder(server) { PoolBlockingPeriod = PoolBlockingPeriod.NeverBlock }.ToString();

    private const int Tries = 5;

    // Deadlock victim, snapshot conflict, throttling and failover; and a duplicate key, when two units made the same row
    // at once: the second run finds it there, and the rule gives the precise answer.
    private static readonly HashSet<int> Passing = [1205, 3960, 40197, 40501, 40613, 49918, 49919, 49920, 4060, 2601, 2627];

    public override Dialect Dialect => Dialect.SqlServer;

    public override async Task<DbConnection> OpenReaderAsync(CancellationToken ct)
    {
        var connection = new SqlConnection(connectionString);
        await connection.OpenAsync(ct);
        return connection;
    }

    // A connection each: nobody waits for a sweep that does not touch the same rows.
    public override Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, (T Result, IReadOnlyList<Action> Effects)> work, bool isSweep = false) =>
        Task.Run(() =>
        {
            var (result, effects) = Committed(work);
            foreach (var effect in effects)
            {
                effect();
            }

            return result;
        });

    // Time-outs and a server that is not there have severe classes or numbers of the network; a full pool is no SqlException.
    public override bool IsGone(Exception fault) => fault is SqlException sql
        ? sql.Class >= 20 || sql.Number is -2 or 1105 or 9002 || Passing.Contains(sql.Number)
        : fault is InvalidOperationException { Source: "Microsoft.Data.SqlClient" };

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private (T Result, IReadOnlyList<Action> Effects) Committed<T>(Func<DbConnection, DbTransaction, (T Result, IReadOnlyList<Action> Effects)> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Once(work);
            }
            catch (Exception fault) when (attempt < Tries && IsPassing(fault))
            {
                // Contention, not a wait for a condition: back off a little, differently per caller.
                Task.Delay(Random.Shared.Next(5, 20 * attempt)).Wait();
            }
        }
    }

    private static bool IsPassing(Exception fault) =>
        fault is ConflictException || (fault is SqlException sql && Passing.Contains(sql.Number));

    private (T Result, IReadOnlyList<Action> Effects) Once<T>(Func<DbConnection, DbTransaction, (T Result, IReadOnlyList<Action> Effects)> work)
    {
        using var connection = new SqlConnection(connectionString);
        connection.Open();
        using var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        transaction.Save(Savepoint);
        var done = work(connection, transaction);
        transaction.Commit();
        return done;
    }
}
