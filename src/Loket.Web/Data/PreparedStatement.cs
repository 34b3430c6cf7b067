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

    private PreparedStatement(PreparedConnection connection, sqlite3_stmt statement)
    {
        this.connection = connection;
        Statement = statement;
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

    internal sqlite3_stmt Statement { get; }

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

            Check(Bind(Statement, lastBound[bound].Place, value.Value));
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
        var done = raw.sqlite3_step(Statement);
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
        raw.sqlite3_reset(Statement);
        raw.sqlite3_clear_bindings(Statement);
    }

    /// <summary>The type of the value in this row; of NULL that of its column.</summary>
    public Type TypeOf(int column) => raw.sqlite3_column_type(Statement, column) switch
    {
        raw.SQLITE_INTEGER => typeof(long),
        raw.SQLITE_FLOAT => typeof(double),
        raw.SQLITE_TEXT => typeof(string),
        raw.SQLITE_BLOB => typeof(byte[]),
        _ => declared[column],
    };

    public object ValueOf(int column) => raw.sqlite3_column_type(Statement, column) switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(Statement, column),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(Statement, column),
        raw.SQLITE_TEXT => raw.sqlite3_column_text(Statement, column).utf8_to_string(),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(Statement, column).ToArray(),
        _ => DBNull.Value,
    };

    public void Dispose() => Statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            connection.Check(code);
        }
    }

    internal static int Bind(sqlite3_stmt statement, int place, object? value) => value switch
    {
        null or DBNull => raw.sqlite3_bind_null(statement, place),
        int number => raw.sqlite3_bind_int(statement, place, number),
        long number => raw.sqlite3_bind_int64(statement, place, number),
        string text => BindText(statement, place, text),
        DateTime moment => BindMoment(statement, place, moment),
        bool yes => raw.sqlite3_bind_int(statement, place, yes ? 1 : 0),
        double number => raw.sqlite3_bind_double(statement, place, number),
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

    // Of an empty span nothing is left but NULL.
    private static int BindText(sqlite3_stmt statement, int place, string text)
    {
        if (text.Length is 0 or > OnStack / MostOfChar)
        {
            return raw.sqlite3_bind_text(statement, place, text);
        }

        Span<byte> bytes = stackalloc byte[OnStack];
        return raw.sqlite3_bind_text(statement, place, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    private static int BindMoment(sqlite3_stmt statement, int place, DateTime moment)
    {
        Span<byte> text = stackalloc byte[Moment.MostBytes];
        return raw.sqlite3_bind_text(statement, place, text[..Moment.Write(moment, text)]);
    }
}
