using System.Runtime.InteropServices;

namespace Loket.Web.Data;

/// <summary>One value for a statement that runs for many rows: it takes no place on the heap, and equals the next when that needs no binding.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Cell
{
    private readonly long number;
    private readonly string? text;
    private readonly CellKind kind;

    private Cell(CellKind kind, long number = 0, string? text = null) => (this.kind, this.number, this.text) = (kind, number, text);

    private enum CellKind
    {
        Null,
        Number,
        Moment,
        Text,
    }

    public static implicit operator Cell(long value) => new(CellKind.Number, value);

    public static implicit operator Cell(int value) => new(CellKind.Number, value);

    public static implicit operator Cell(long? value) => value is { } number ? number : default(Cell);

    public static implicit operator Cell(string? value) => value is null ? default : new(CellKind.Text, text: value);

    public static implicit operator Cell(DateTime value) => new(CellKind.Moment, value.Ticks);

    public static implicit operator Cell(DateTime? value) => value is { } moment ? moment : default(Cell);

    /// <summary>As a driver takes it; a moment is UTC.</summary>
    internal object? Value => kind switch
    {
        CellKind.Null => null,
        CellKind.Number => number,
        CellKind.Moment => new DateTime(number, DateTimeKind.Utc),
        _ => text,
    };

    internal int Bind(nint statement, int place) => kind switch
    {
        CellKind.Null => SqliteCalls.BindNull(statement, place),
        CellKind.Number => SqliteCalls.Bind(statement, place, number),
        CellKind.Moment => PreparedStatement.BindMoment(statement, place, new DateTime(number)),
        _ => PreparedStatement.BindText(statement, place, text!),
    };
}
