using System.Diagnostics;
using Loket.Web.Journal;
using Microsoft.Data.Sqlite;

namespace Loket.Benchmarks.Floor;

/// <summary>
/// The barest sweep that fires each row once: reads a thousand due rows, moves each by its version with one prepared
/// statement, commits (WAL, synchronous=FULL), and tells nobody. <c>andTells</c> writes in the same way, without rules or
/// hashes, the rows that telling two people and journaling it take.
/// </summary>
internal sealed class BareSweep : IDisposable
{
    private const int InCommit = 1000;
    private readonly SqliteConnection connection;
    private long lastId = 1L << 62;

    public BareSweep(string file)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        Prepared(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=8000; PRAGMA foreign_keys=ON;",
            0).ExecuteNonQuery();
    }

    /// <summary>How long it took until no row was due any more.</summary>
    public TimeSpan Run(DateTime now, bool andTells)
    {
        using var due = Prepared(
            $"""
            SELECT d.id, d.version, d.case_id, d.professional_id, c.owner_id FROM deadline d JOIN case_file c ON c.id = d.case_id
            WHERE d.state = 'running' AND d.next_at <= @0 ORDER BY d.next_at, d.id LIMIT {InCommit}
            """,
            1);
        using var fire = Prepared("UPDATE deadline SET steps_fired = steps_fired + 1, next_at = @0, version = version + 1 WHERE id = @1 AND version = @2", 3);
        using var tell = Prepared("INSERT INTO escalation (id, deadline_id, case_id, step, to_id, raised_at) VALUES (@0, @1, @2, 2, @3, @4)", 5);
        using var head = Prepared("UPDATE case_head SET n = n + 1, hash = @0 WHERE case_id = @1", 2);
        using var write = Prepared(
            """
            INSERT INTO journal (shard, seq, case_id, n, kind, subject_id, at, payload, hash)
            SELECT @0, @1, @2, n, 'escalation_raised', @3, @4, @5, hash FROM case_head WHERE case_id = @2
            """,
            6);
        var seqs = new long[JournalChain.Shards];
        Array.Fill(seqs, 1L << 40);
        var hash = new string('x', 44);
        var payload = new string('x', 90);

        var began = Stopwatch.GetTimestamp();
        var rows = new List<(long Id, long Version, long Case, long Person, long Owner)>();
        do
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            (due.Transaction, fire.Transaction, tell.Transaction, head.Transaction, write.Transaction) = (transaction, transaction, transaction, transaction, transaction);
            rows.Clear();
            Fill(due, now);
            using (var reader = due.ExecuteReader())
            {
                while (reader.Read())
                {
                    rows.Add((reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4)));
                }
            }

            foreach (var row in rows)
            {
                Run(fire, now.AddHours(1), row.Id, row.Version);
                if (andTells)
                {
                    Run(tell, ++lastId, row.Id, row.Case, row.Person, now);
                    Run(tell, ++lastId, row.Id, row.Case, row.Owner, now);
                    Run(head, hash, row.Case);
                    var shard = JournalChain.ShardOf(row.Case);
                    Run(write, shard, ++seqs[shard], row.Case, row.Id, now, payload);
                }
            }

            transaction.Commit();
        }
        while (rows.Count > 0);

        return Stopwatch.GetElapsedTime(began);
    }

    public void Dispose() => connection.Dispose();

    private SqliteCommand Prepared(string sql, int parameters)
    {
        var command = new SqliteCommand(sql, connection);
        for (var i = 0; i < parameters; i++)
        {
            command.Parameters.AddWithValue($"@{i}", 0);
        }

        return command;
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        Fill(command, values);
        if (command.ExecuteNonQuery() != 1)
        {
            throw new InvalidOperationException("A row moved although nobody else sweeps.");
        }
    }

    private static void Fill(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }
    }
}
