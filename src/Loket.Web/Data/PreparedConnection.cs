using System.Data.Common;
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
    private readonly Dictionary<string, PreparedStatement> kept = new(StringComparer.Ordinal);
    private readonly Dictionary<string, sqlite3_stmt> bare = new(StringComparer.Ordinal);

    public override void Open()
    {
        base.Open();
        raw.sqlite3_busy_timeout(Handle!, (int)TimeSpan.FromSeconds(DefaultTimeout).TotalMilliseconds);
    }

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

    /// <summary>Runs a statement without values.</summary>
    public void Run(string text)
    {
        var statement = Statement(text);
        var done = raw.sqlite3_step(statement);
        Check(done == raw.SQLITE_DONE ? raw.SQLITE_OK : done);
        raw.sqlite3_reset(statement);
    }

    /// <summary>Throws what <paramref name="code"/> says went wrong on this connection.</summary>
    public void Check(int code) => SqliteException.ThrowExceptionForRC(code, Handle!);

    /// <summary>The statement of this text, for whoever asks first: a text that is still being read is prepared once more. Null for a text of several statements.</summary>
    internal PreparedStatement? Take(string text)
    {
        if (kept.TryGetValue(text, out var statement) && !statement.IsTaken)
        {
            statement.IsTaken = true;
            return statement;
        }

        var fresh = PreparedStatement.Of(this, text);
        if (fresh is not null && statement is null && kept.Count < Most)
        {
            fresh.IsKept = fresh.IsTaken = true;
            kept.Add(text, fresh);
        }

        return fresh;
    }

    internal static void GiveBack(PreparedStatement statement)
    {
        if (statement.IsKept)
        {
            statement.Reset();
            statement.IsTaken = false;
        }
        else
        {
            statement.Dispose();
        }
    }

    protected override DbCommand CreateDbCommand() => new PreparedCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var statement in kept.Values)
            {
                statement.Dispose();
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
}
