using System.Data.Common;
using Dapper;

namespace Loket.Web.Data;

/// <summary>A read outside the write lane: its own connection, the last committed state.</summary>
public sealed class Reader(DbConnection connection, Dialect dialect, DateTime now)
{
    public Dialect Dialect => dialect;

    /// <summary>The moment of this read, UTC, whole milliseconds.</summary>
    public DateTime Now => now;

    public async Task<List<T>> QueryAsync<T>(string sql, object? args = null) => (await connection.QueryAsync<T>(sql, args)).AsList();

    /// <summary>The first row, or null when there is none.</summary>
    public Task<T?> FindAsync<T>(string sql, object? args = null) => connection.QueryFirstOrDefaultAsync<T>(sql, args);

    public async Task<T> ScalarAsync<T>(string sql, object? args = null) => (await connection.ExecuteScalarAsync<T>(sql, args))!;
}
