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

    /// <summary>
    /// Who rolls back to it takes back all that the work wrote. Where it is not set yet that fails, and the work runs again
    /// in a transaction where it is.
    /// </summary>
    public const string Savepoint = "work";

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
