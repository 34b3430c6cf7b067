using System.Data.Common;

namespace Loket.Web.Data;

/// <summary>
/// The database below: opens readers, and runs one write as one transaction. Work may run again after a passing fault,
/// so its effects are run here, once, after the commit.
/// </summary>
public abstract class Engine : IAsyncDisposable
{
    public abstract Dialect Dialect { get; }

    public abstract Task<DbConnection> OpenReaderAsync(CancellationToken ct);

    /// <summary>Where a work begins, for who takes back what it wrote.</summary>
    protected const string Savepoint = "work";

    /// <summary>Takes back all that the work that runs in <paramref name="transaction"/> wrote; it may go on from there.</summary>
    /// <exception cref="RunAgainException">It cannot be told apart from what others wrote: let it through, and the work runs again where it can.</exception>
    public virtual void TakeBack(DbTransaction transaction) => transaction.Rollback(Savepoint);

    /// <summary>
    /// Acknowledges (completes) only after the commit that holds the work. <paramref name="isSweep"/>: it writes very many
    /// rows, and others shall not wait for more than one such.
    /// </summary>
    public abstract Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, (T Result, IReadOnlyList<Action> Effects)> work, bool isSweep = false);

    /// <summary>The database cannot be reached or cannot write now; nothing is wrong with what was asked.</summary>
    public abstract bool IsGone(Exception fault);

    /// <summary>
    /// Makes the files of the database hold no longer what its rows no longer hold; false when it is too busy now. On SQL
    /// Server that is the server's own work: its pages are overwritten in time, its log by the next backups of it.
    /// </summary>
    public virtual Task<bool> EraseAsync() => Task.FromResult(true);

    public abstract ValueTask DisposeAsync();

    public static Engine Create(IConfiguration configuration, string dataFolder, TimeProvider clock) =>
        configuration["Data:SqlServer"] is { Length: > 0 } connectionString
            ? new SqlServerEngine(connectionString)
            : new SqliteEngine(Path.Combine(dataFolder, "loket.db"), clock);
}

/// <summary>A work has something to take back and shares its place with others: all of them run again, each in a place of its own.</summary>
public sealed class RunAgainException() : Exception("This work runs again.");
