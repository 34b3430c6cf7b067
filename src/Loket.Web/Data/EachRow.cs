using System.Data;
using System.Data.Common;
using SQLitePCL;

namespace Loket.Web.Data;

/// <summary>
/// Runs one statement for many rows: on SQLite one prepared statement over and over, on SQL Server many of them in one
/// round trip. Tells for each row, in order, how many rows it changed.
/// </summary>
internal static class EachRow
{
    private const int InRoundTrip = 500;

    public static int[] Execute<T>(
        DbConnection connection, DbTransaction transaction, string sql, IReadOnlyList<T> rows, (string Name, Func<T, Cell> Value)[] parameters) =>
        connection is PreparedConnection sqlite
            ? ExecuteInTurn(sqlite, sql, rows, parameters)
            : [.. rows.Chunk(InRoundTrip).SelectMany(some => ExecuteTogether(connection, transaction, sql, some, parameters))];

    // Past commands and parameters, which would be made anew for each row. The transaction is the connection's own.
    private static int[] ExecuteInTurn<T>(PreparedConnection connection, string sql, IReadOnlyList<T> rows, (string Name, Func<T, Cell> Value)[] parameters)
    {
        var changed = new int[rows.Count];
        var kept = connection.Statement(sql);
        var places = Array.ConvertAll(parameters, p => raw.sqlite3_bind_parameter_index(kept, p.Name));
        var statement = kept.DangerousGetHandle();
        var bound = new Cell[places.Length];
        try
        {
            for (var row = 0; row < changed.Length; row++)
            {
                for (var i = 0; i < places.Length; i++)
                {
                    // A value stays bound until another is: many are the same in every row.
                    var value = parameters[i].Value(rows[row]);
                    if (row == 0 || value != bound[i])
                    {
                        connection.Check(value.Bind(statement, places[i]));
                        bound[i] = value;
                    }
                }

                var done = SqliteCalls.Step(statement);
                if (done != raw.SQLITE_DONE)
                {
                    connection.Check(done);
                }

                changed[row] = raw.sqlite3_changes(connection.Handle!);
                SqliteCalls.Reset(statement);
            }
        }
        finally
        {
            SqliteCalls.Reset(statement);
            SqliteCalls.Clear(statement);
        }

        return changed;
    }

    private static int[] ExecuteTogether<T>(
        DbConnection connection, DbTransaction transaction, string sql, T[] rows, (string Name, Func<T, Cell> Value)[] parameters)
    {
        using var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        foreach (var row in rows)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = sql;
            foreach (var (name, value) in parameters)
            {
                var cell = command.CreateParameter();
                cell.ParameterName = name;
                cell.Value = value(row).Value ?? DBNull.Value;
                if (cell.Value is DateTime)
                {
                    cell.DbType = DbType.DateTime2;
                }

                command.Parameters.Add(cell);
            }

            batch.BatchCommands.Add(command);
        }

        batch.ExecuteNonQuery();
        return [.. batch.BatchCommands.Select(command => command.RecordsAffected)];
    }
}
