using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Loket.Benchmarks.Floor;

/// <summary>The barest acknowledged durable write: one prepared insert of one row a commit, WAL, synchronous=FULL.</summary>
public sealed class DurableCommit : IDisposable
{
    private readonly Lock gate = new();
    private readonly SqliteConnection connection;
    private readonly SqliteCommand insert;
    private readonly SqliteParameter value;
    private int count;

    public DurableCommit(string file)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        using var create = connection.CreateCommand();
        create.CommandText =
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS written (id integer PRIMARY KEY, value integer NOT NULL);";
        create.ExecuteNonQuery();
        insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO written (value) VALUES (@value)";
        value = insert.Parameters.Add("@value", SqliteType.Integer);
        insert.Prepare();
    }

    /// <summary>Writes one row and returns once it is on disk; how many this object wrote.</summary>
    public int Run()
    {
        lock (gate)
        {
            value.Value = ++count;
            insert.ExecuteNonQuery();
            return count;
        }
    }

    /// <summary>How long so many take, one after the other.</summary>
    public TimeSpan Time(int commits)
    {
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < commits; i++)
        {
            Run();
        }

        return Stopwatch.GetElapsedTime(began);
    }

    public void Dispose()
    {
        insert.Dispose();
        connection.Dispose();
    }
}
