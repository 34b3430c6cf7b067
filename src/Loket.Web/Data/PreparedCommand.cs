using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Loket.Web.Data;

/// <summary>Holds text and parameters, and borrows the connection's statement of that text while it runs.</summary>
internal sealed class PreparedCommand(PreparedConnection connection) : DbCommand
{
    private readonly PreparedParameters parameters = new();
    private PreparedStatement? running;

    // Runs what is more than one statement.
    private SqliteCommand? plain;

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

    protected override DbParameterCollection DbParameterCollection => parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel()
    {
    }

    public override void Prepare()
    {
    }

    public override int ExecuteNonQuery()
    {
        if (Bound() is not { } statement)
        {
            return Plain().ExecuteNonQuery();
        }

        while (statement.Step())
        {
            // Rows nobody asks for.
        }

        return statement.Changed();
    }

    public override object? ExecuteScalar()
    {
        if (Bound() is not { } statement)
        {
            return Plain().ExecuteScalar();
        }

        return statement.Step() ? statement.ValueOf(0) : null;
    }

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) =>
        Bound() is { } statement ? new PreparedReader(statement) : Plain().ExecuteReader(behavior);

    protected override DbParameter CreateDbParameter() => new PreparedParameter();

    protected override void Dispose(bool disposing)
    {
        if (running is not null)
        {
            PreparedConnection.GiveBack(running);
            running = null;
        }

        plain?.Dispose();
        base.Dispose(disposing);
    }

    private PreparedStatement? Bound()
    {
        running?.Reset();
        running ??= connection.Take(CommandText);
        running?.Bind(parameters);
        return running;
    }

    private SqliteCommand Plain()
    {
        plain?.Dispose();
        plain = new SqliteCommand(CommandText, connection, (SqliteTransaction?)DbTransaction) { CommandTimeout = CommandTimeout };
        foreach (DbParameter parameter in parameters)
        {
            plain.Parameters.AddWithValue(parameter.ParameterName, parameter.Value ?? DBNull.Value);
        }

        return plain;
    }
}
