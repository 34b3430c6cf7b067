using Microsoft.Data.Sqlite;

namespace Loket.Web.Data;

/// <summary>
/// Brings the write-ahead log into the database file beside the write lane and not in it: every second in which something
/// was committed, without waiting for readers. What it cannot move yet, it moves the next time.
/// </summary>
internal sealed class Checkpointer : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private readonly ManualResetEventSlim ended = new();
    private readonly string connectionString;
    private readonly Thread thread;
    private volatile bool committed;

    public Checkpointer(string connectionString)
    {
        this.connectionString = connectionString;
        thread = new Thread(Run) { IsBackground = true, Name = "checkpoints" };
        thread.Start();
    }

    /// <summary>There is something in the log.</summary>
    public void Committed() => committed = true;

    public void Dispose()
    {
        ended.Set();
        thread.Join();
        ended.Dispose();
    }

    private void Run()
    {
        while (!ended.Wait(Beat))
        {
            if (committed)
            {
                committed = false;
                Checkpoint();
            }
        }
    }

    private void Checkpoint()
    {
        try
        {
            using var connection = new SqliteConnection(connectionString);
            connection.Open();
            // As a statement: a connection that has read nothing yet knows of no log, and would move nothing without a word.
            using var command = connection.CreateCommand();
            command.CommandText = SqliteEngine.MoveLog;
            command.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // A full disk, a file that is gone: the lane meets it too, and tells its callers.
            committed = true;
        }
    }
}
