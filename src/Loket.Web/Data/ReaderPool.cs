using System.Collections.Concurrent;
using System.Data.Common;

namespace Loket.Web.Data;

/// <summary>SQLite connections for reading, kept open with their statements: who closes one gives it back.</summary>
internal sealed class ReaderPool(string connectionString) : IDisposable
{
    private const int Most = 32;
    private readonly ConcurrentBag<Pooled> free = [];
    private volatile bool closed;

    public async Task<DbConnection> OpenAsync(CancellationToken ct)
    {
        if (free.TryTake(out var idle))
        {
            return idle;
        }

        var connection = new Pooled(this, connectionString);
        await connection.OpenAsync(ct);
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
            if (pool.closed || pool.free.Count >= Most)
            {
                Dispose();
            }
            else
            {
                pool.free.Add(this);
            }

            return ValueTask.CompletedTask;
        }
    }
}
