using System.Data;
using System.Data.Common;
using System.Globalization;
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
        DbConnection connection, DbTransaction transaction, string sql, IReadOnlyList<T> rows, (string Name, Func<T, object?> Value)[] parameters) =>
        connection is PreparedConnection sqlite
            ? ExecuteInTurn(sqlite, sql, rows, parameters)
            : [.. rows.Chunk(InRoundTrip).SelectMany(some => ExecuteTogether(connection, transaction, sql, some, parameters))];

    // Past SqliteCommand, which makes a reader and looks up each parameter by its name every time: that costs more than
    // the row itself. The transaction is the connection's own.
    private static int[] ExecuteInTurn<T>(PreparedConnection connection, string sql, IReadOnlyList<T> rows, (string Name, Func<T, object?> Value)[] parameters)
    {
        var changed = new int[rows.Count];
        var statement = connection.Statement(sql);
        var moments = new Moments();
        var places = Array.ConvertAll(parameters, p => raw.sqlite3_bind_parameter_index(statement, p.Name));
        try
        {
            for (var row = 0; row < changed.Length; row++)
            {
                for (var i = 0; i < places.Length; i++)
                {
                    connection.Check(Bind(statement, places[i], parameters[i].Value(rows[row]), moments));
                }

                var done = raw.sqlite3_step(statement);
                connection.Check(done == raw.SQLITE_DONE ? raw.SQLITE_OK : done);
                changed[row] = raw.sqlite3_changes(connection.Handle!);
                raw.sqlite3_reset(statement);
            }
        }
        finally
        {
            raw.sqlite3_reset(statement);
            raw.sqlite3_clear_bindings(statement);
        }

        return changed;
    }

    // As Microsoft.Data.Sqlite writes them, so that they are found and sorted among what it wrote.
    private static int Bind(sqlite3_stmt statement, int place, object? value, Moments moments) => value switch
    {
        null => raw.sqlite3_bind_null(statement, place),
        int number => raw.sqlite3_bind_int(statement, place, number),
        long number => raw.sqlite3_bind_int64(statement, place, number),
        string text => raw.sqlite3_bind_text(statement, place, text),
        DateTime moment => raw.sqlite3_bind_text(statement, place, moments.Text(moment)),
        _ => throw new NotSupportedException($"A row holds a {value.GetType().Name}: say here how it is bound."),
    };

    /// <summary>Rows written together mostly hold one moment, and writing that out costs as much as storing it.</summary>
    private sealed class Moments
    {
        private DateTime last;
        private string? text;

        public string Text(DateTime moment)
        {
            if (text is null || moment != last)
            {
                (last, text) = (moment, moment.ToString(@"yyyy\-MM\-dd HH\:mm\:ss.FFFFFFF", CultureInfo.InvariantCulture));
            }

            return text;
        }
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
                var cell = command.CreateParameter();
                cell.ParameterName = name;
                cell.Value = value(row) ?? DBNull.Value;
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
