using System.Collections;
using System.Data.Common;
using System.Globalization;

namespace Loket.Web.Data;

/// <summary>The rows of a running statement, for Dapper: it asks for names, types and values, and nothing else.</summary>
internal sealed class PreparedReader : DbDataReader
{
    private readonly PreparedStatement statement;
    private readonly bool hasRows;
    private bool before = true;
    private bool onRow;

    public PreparedReader(PreparedStatement statement)
    {
        this.statement = statement;
        // The first step does the work: what fails, fails here.
        onRow = hasRows = statement.Step();
    }

    public override int FieldCount => statement.Columns.Length;

    public override int RecordsAffected => statement.Changed();

    public override bool HasRows => hasRows;

    public override bool IsClosed => false;

    public override int Depth => 0;

    public override object this[int ordinal] => statement.ValueOf(ordinal);

    public override object this[string name] => statement.ValueOf(GetOrdinal(name));

    public override bool Read()
    {
        if (before)
        {
            before = false;
            return onRow;
        }

        return onRow = onRow && statement.Step();
    }

    public override bool NextResult() => false;

    public override string GetName(int ordinal) => statement.Columns[ordinal];

    public override int GetOrdinal(string name) => Array.IndexOf(statement.Columns, name) is var at and >= 0 ? at : throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such column.");

    public override Type GetFieldType(int ordinal) => statement.TypeOf(ordinal);

    public override string GetDataTypeName(int ordinal) => GetFieldType(ordinal).Name;

    public override object GetValue(int ordinal) => statement.ValueOf(ordinal);

    public override bool IsDBNull(int ordinal) => GetValue(ordinal) is DBNull;

    public override int GetValues(object[] values) => throw new NotSupportedException();

    public override bool GetBoolean(int ordinal) => GetInt64(ordinal) != 0;

    public override byte GetByte(int ordinal) => (byte)GetInt64(ordinal);

    public override short GetInt16(int ordinal) => (short)GetInt64(ordinal);

    public override int GetInt32(int ordinal) => (int)GetInt64(ordinal);

    public override long GetInt64(int ordinal) => Convert.ToInt64(GetValue(ordinal), CultureInfo.InvariantCulture);

    public override double GetDouble(int ordinal) => Convert.ToDouble(GetValue(ordinal), CultureInfo.InvariantCulture);

    public override float GetFloat(int ordinal) => (float)GetDouble(ordinal);

    public override decimal GetDecimal(int ordinal) => Convert.ToDecimal(GetValue(ordinal), CultureInfo.InvariantCulture);

    public override string GetString(int ordinal) => (string)GetValue(ordinal);

    public override char GetChar(int ordinal) => GetString(ordinal)[0];

    public override DateTime GetDateTime(int ordinal) => Moment.Parse(GetString(ordinal));

    public override Guid GetGuid(int ordinal) => throw new NotSupportedException();

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();

    public override IEnumerator GetEnumerator() => throw new NotSupportedException();
}
