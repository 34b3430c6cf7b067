using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Loket.Web.Data;

/// <summary>
/// A SQLite connection that keeps its statements: a text that was run before is not parsed and planned again, which costs
/// more than most of our statements themselves. For one thread at a time.
/// </summary>
internal class PreparedConnection(string connectionString) : SqliteConnection(connectionString)
{
    // Beyond this many texts there is something that writes values into them; those are not worth keeping.
    private const int Most = 500;
    private readonly Dictionary<string, SqliteCommand> kept = new(StringComparer.Ordinal);
    private readonly Dictionary<string, sqlite3_stmt> bare = new(StringComparer.Ordinal);

    /// <summary>The statement itself, for who runs it many times with nothing in between; kept, and reset by its user.</summary>
    public virtual sqlite3_stmt Statement(string text)
    {
        if (!bare.TryGetValue(text, out var statement))
        {
            Check(raw.sqlite3_prepare_v2(Handle!, text, out statement));
            bare.Add(text, statement);
        }

        return statement;
    }

    /// <summary>Throws what <paramref name="code"/> says went wrong on this connection.</summary>
    public void Check(int code) => SqliteException.ThrowExceptionForRC(code, Handle!);

    protected override DbCommand CreateDbCommand() => new PreparedCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var command in kept.Values)
            {
                command.Dispose();
            }

            kept.Clear();
            foreach (var statement in bare.Values)
            {
                statement.Dispose();
            }

            bare.Clear();
        }

        base.Dispose(disposing);
    }

    private SqliteCommand Take(string text) => kept.Remove(text, out var command) ? command : new SqliteCommand(text, this);

    private void GiveBack(SqliteCommand command)
    {
        command.Parameters.Clear();
        if (kept.Count >= Most || !kept.TryAdd(command.CommandText, command))
        {
            command.Dispose();
        }
    }

    /// <summary>Holds text and parameters, and borrows the statement of that text while it runs.</summary>
    private sealed class PreparedCommand(PreparedConnection connection) : DbCommand
    {
        private readonly SqliteCommand plain = new();
        private SqliteCommand? running;

        [AllowNull]
        public override string CommandText { get; set; } = "";

        public override int CommandTimeout { get; set; } = connection.DefaultTimeout;

        public override CommandType CommandType { get; set; } = CommandType.Text;

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection
        {
            get => connection;
            set => throw new NotSupportedException();
        }

        protected override DbParameterCollection DbParameterCollection => plain.Parameters;

        protected override DbTransaction? DbTransaction { get; set; }

        public override void Cancel()
        {
        }

        public override void Prepare()
        {
        }

        public override int ExecuteNonQuery() => Run().ExecuteNonQuery();

        public override object? ExecuteScalar() => Run().ExecuteScalar();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Run().ExecuteReader(behavior);

        protected override DbParameter CreateDbParameter() => new SqliteParameter();

        protected override void Dispose(bool disposing)
        {
            if (running is not null)
            {
                connection.GiveBack(running);
                running = null;
            }

            plain.Dispose();
            base.Dispose(disposing);
        }

        private SqliteCommand Run()
        {
            running ??= connection.Take(CommandText);
            running.Parameters.Clear();
            foreach (SqliteParameter parameter in plain.Parameters)
            {
                running.Parameters.Add(parameter);
            }

            running.CommandTimeout = CommandTimeout;
            running.Transaction = (SqliteTransaction?)DbTransaction;
            return running;
        }
    }
}
