using System.Data.Common;
using Dapper;

namespace Loket.Web.Data;

/// <summary>A read outside the write lane: its own connection, the last committed state.</summary>
public sealed class Reader(DbConnection connection, Dialect dialect, DateTime now)
{
    public Dialect Dialect => dialect;

    /// <summary>The moment of this read, UTC, whole milliseconds.</summary>
    public DateTime Now => now;

    // SQLite has nothing to wait for: going about it as if it had costs more than most of our questions.
    private readonly bool waits = connection is not PreparedConnection;

    public async Task<List<T>> QueryAsync<T>(string sql, object? args = null) =>
        (waits ? await connection.QueryAsync<T>(sql, args) : connection.Query<T>(sql, args)).AsList();

    /// <summary>The first row, or null when there is none.</summary>
    public async Task<T?> FindAsync<T>(string sql, object? args = null) =>
        waits ? await connection.QueryFirstOrDefaultAsync<T>(sql, args) : connection.QueryFirstOrDefault<T>(sql, args);

    public async Task<T> ScalarAsync<T>(string sql, object? args = null) =>
        (waits ? await connection.ExecuteScalarAsync<T>(sql, args) : connection.ExecuteScalar<T>(sql, args))!;
}
