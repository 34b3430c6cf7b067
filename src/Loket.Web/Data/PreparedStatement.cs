using System.Text;
using SQLitePCL;

namespace Loket.Web.Data;

/// <summary>
/// One prepared statement with the names of its parameters and columns. Values are bound and read as Microsoft.Data.Sqlite
/// does it, so that both find and sort each other's rows; but names are looked up once and not at every run, which costs
/// more than the row itself.
/// </summary>
internal sealed class PreparedStatement : IDisposable
{
    private const int MostOfChar = 3;
    private const int OnStack = 768;
    private readonly PreparedConnection connection;
    private readonly Dictionary<string, int> parameters = new(StringComparer.Ordinal);
    private readonly Type[] declared;
    private readonly (string Name, int Place)[] lastBound;
    private readonly bool writes;
    private readonly sqlite3_stmt statement;

    // Nothing once it is closed, which SQLite refuses.
    private nint handle;

    private PreparedStatement(PreparedConnection connection, sqlite3_stmt statement)
    {
        this.connection = connection;
        this.statement = statement;
        handle = statement.DangerousGetHandle();
        writes = raw.sqlite3_stmt_readonly(statement) == 0;
        for (var i = 1; i <= raw.sqlite3_bind_parameter_count(statement); i++)
        {
            parameters.Add(raw.sqlite3_bind_parameter_name(statement, i).utf8_to_string()[1..], i);
        }

        lastBound = new (string, int)[parameters.Count];
        Columns = new string[raw.sqlite3_column_count(statement)];
        declared = new Type[Columns.Length];
        for (var i = 0; i < Columns.Length; i++)
        {
            Columns[i] = raw.sqlite3_column_name(statement, i).utf8_to_string();
            declared[i] = AffinityOf(raw.sqlite3_column_decltype(statement, i).utf8_to_string());
        }
    }

    /// <summary>The connection has it, for who asks for its text next.</summary>
    public bool IsKept { get; set; }

    /// <summary>Somebody runs it.</summary>
    public bool IsTaken { get; set; }

    public string[] Columns { get; }

    /// <summary>Null when the text holds more than one statement.</summary>
    public static PreparedStatement? Of(PreparedConnection connection, string text)
    {
        connection.Check(raw.sqlite3_prepare_v2(connection.Handle!, text, out var statement, out var tail));
        if (!statement.IsInvalid && string.IsNullOrWhiteSpace(tail))
        {
            return new PreparedStatement(connection, statement);
        }

        statement.Dispose();
        return null;
    }

    public void Bind(PreparedParameters values)
    {
        var bound = 0;
        for (var i = 0; i < values.Count && bound < lastBound.Length; i++)
        {
            // Who runs a text gives its names in the same order every time, and they are the same strings.
            var value = values.At(i);
            var name = value.ParameterName;
            if (!ReferenceEquals(lastBound[bound].Name, name))
            {
                if (!parameters.TryGetValue(name.TrimStart('@'), out var place))
                {
                    continue;
                }

                lastBound[bound] = (name, place);
            }

            Check(Bind(lastBound[bound].Place, value.Value));
            bound++;
        }

        if (bound != parameters.Count)
        {
            throw new InvalidOperationException($"A value is missing for one of {string.Join(", ", parameters.Keys)}.");
        }
    }

    /// <summary>Goes to the next row; false when there is none.</summary>
    public bool Step()
    {
        var done = SqliteCalls.Step(handle);
        if (done is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            connection.Check(done);
        }

        return done == raw.SQLITE_ROW;
    }

    /// <summary>How many rows it changed; -1 for one that only reads.</summary>
    public int Changed() => writes ? raw.sqlite3_changes(connection.Handle!) : -1;

    public void Reset()
    {
        SqliteCalls.Reset(handle);
        SqliteCalls.Clear(handle);
    }

    /// <summary>The type of the value in this row; of NULL that of its column.</summary>
    public Type TypeOf(int column) => SqliteCalls.ColumnType(handle, column) switch
    {
        raw.SQLITE_INTEGER => typeof(long),
        raw.SQLITE_FLOAT => typeof(double),
        raw.SQLITE_TEXT => typeof(string),
        raw.SQLITE_BLOB => typeof(byte[]),
        _ => declared[column],
    };

    public object ValueOf(int column) => SqliteCalls.ColumnType(handle, column) switch
    {
        raw.SQLITE_INTEGER => SqliteCalls.Number(handle, column),
        raw.SQLITE_FLOAT => SqliteCalls.Real(handle, column),
        raw.SQLITE_TEXT => SqliteCalls.Text(handle, column),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(statement, column).ToArray(),
        _ => DBNull.Value,
    };

    public void Dispose()
    {
        handle = 0;
        statement.Dispose();
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            connection.Check(code);
        }
    }

    internal static int BindMoment(nint statement, int place, DateTime moment)
    {
        Span<byte> text = stackalloc byte[Moment.MostBytes];
        return SqliteCalls.Bind(statement, place, text[..Moment.Write(moment, text)]);
    }

    internal static int BindText(nint statement, int place, string text)
    {
        Span<byte> bytes = text.Length > OnStack / MostOfChar ? new byte[Encoding.UTF8.GetMaxByteCount(text.Length)] : stackalloc byte[OnStack];
        return SqliteCalls.Bind(statement, place, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    private int Bind(int place, object? value) => value switch
    {
        null or DBNull => SqliteCalls.BindNull(handle, place),
        int number => SqliteCalls.Bind(handle, place, number),
        long number => SqliteCalls.Bind(handle, place, number),
        string text => BindText(handle, place, text),
        DateTime moment => BindMoment(handle, place, moment),
        bool yes => SqliteCalls.Bind(handle, place, yes ? 1L : 0L),
        double number => SqliteCalls.Bind(handle, place, number),
        byte[] bytes => raw.sqlite3_bind_blob(statement, place, bytes),
        _ => throw new NotSupportedException($"A statement is given a {value.GetType().Name}: say here how it is bound."),
    };

    // https://sqlite.org/datatype3.html#determination_of_column_affinity; numbers of no kind are moments, and those are text.
    private static Type AffinityOf(string? declaration) => declaration switch
    {
        null => typeof(byte[]),
        _ when declaration.Contains("INT", StringComparison.OrdinalIgnoreCase) => typeof(long),
        _ when declaration.Contains("BLOB", StringComparison.OrdinalIgnoreCase) => typeof(byte[]),
        _ when declaration.Contains("REAL", StringComparison.OrdinalIgnoreCase) || declaration.Contains("FLOA", StringComparison.OrdinalIgnoreCase) => typeof(double),
        _ => typeof(string),
    };
}
