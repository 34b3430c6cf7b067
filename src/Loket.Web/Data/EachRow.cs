using System.Data;
using System.Data.Common;

namespace Loket.Web.Data;

/// <summary>
/// Runs one statement for many rows: on SQLite one prepared statement over and over, on SQL Server many of them in one
/// round trip. Tells for each row, in order, how many rows it changed.
/// </summary>
internal static class EachRow
{
    private const int InRoundTrip = 500;

    public static int[] Execute<T>(
        DbConnection connection, DbTransaction transaction, string sql, IReadOnlyList<T> rows, (string Name, Func<T, object?> Value)[] parameters) =>
        connection.CanCreateBatch
            ? [.. rows.Chunk(InRoundTrip).SelectMany(some => ExecuteTogether(connection, transaction, sql, some, parameters))]
            : ExecuteInTurn(connection, transaction, sql, rows, parameters);

    private static int[] ExecuteInTurn<T>(
        DbConnection connection, DbTransaction transaction, string sql, IReadOnlyList<T> rows, (string Name, Func<T, object?> Value)[] parameters)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        var cells = parameters.Select(p => Add(command.Parameters, command.CreateParameter(), p.Name)).ToList();
        var changed = new int[rows.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            for (var i = 0; i < cells.Count; i++)
            {
                cells[i].Value = parameters[i].Value(rows[row]) ?? DBNull.Value;
            }

            changed[row] = command.ExecuteNonQuery();
        }

        return changed;
    }

    private static int[] ExecuteTogether<T>(
        DbConnection connection, DbTransaction transaction, string sql, T[] rows, (string Name, Func<T, object?> Value)[] parameters)
    {
        using var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        foreach (var row in rows)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = sql;
            foreach (var (name, value) in parameters)
            {
                var cell = Add(command.Parameters, command.CreateParameter(), name);
                cell.Value = value(row) ?? DBNull.Value;
                if (cell.Value is DateTime)
                {
                    cell.DbType = DbType.DateTime2;
                }
            }

            batch.BatchCommands.Add(command);
        }

        batch.ExecuteNonQuery();
        return [.. batch.BatchCommands.Select(command => command.RecordsAffected)];
    }

    private static DbParameter Add(DbParameterCollection all, DbParameter parameter, string name)
    {
        parameter.ParameterName = name;
        all.Add(parameter);
        return parameter;
    }
}
