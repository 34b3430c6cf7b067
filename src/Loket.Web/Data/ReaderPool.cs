using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Loket.Web.Data;

/// <summary>
/// SQLite connections for reading, kept open with their statements: who closes one gives it back. What is read in between is
/// one moment of the database, and takes its locks once.
/// </summary>
internal sealed class ReaderPool(string connectionString) : IDisposable
{
    private const int Most = 32;
    private readonly ConcurrentBag<Pooled> free = [];
    private volatile bool closed;

    public async Task<DbConnection> OpenAsync(CancellationToken ct)
    {
        if (!free.TryTake(out var connection))
        {
            connection = new Pooled(this, connectionString);
            await connection.OpenAsync(ct);
            using var pragma = connection.CreateCommand();
            pragma.CommandText = SqliteEngine.KeepPages;
            await pragma.ExecuteNonQueryAsync(ct);
        }

        connection.Run("BEGIN");
        return connection;
    }

    public void Dispose()
    {
        closed = true;
        while (free.TryTake(out var idle))
        {
            idle.Dispose();
        }
    }

    private sealed class Pooled(ReaderPool pool, string connectionString) : PreparedConnection(connectionString)
    {
        public override ValueTask DisposeAsync()
        {
            if (HasEnded() && !pool.closed && pool.free.Count < Most)
            {
                pool.free.Add(this);
            }
            else
            {
                Dispose();
            }

            return ValueTask.CompletedTask;
        }

        // A fault in the file may have ended it already, and such a connection is not worth keeping.
        private bool HasEnded()
        {
            try
            {
                Run("COMMIT");
                return true;
            }
            catch (SqliteException)
            {
                return false;
            }
        }
    }
}
