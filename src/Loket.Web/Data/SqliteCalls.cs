using System.Runtime.InteropServices;

namespace Loket.Web.Data;

/// <summary>
/// What SQLite is asked once for each value: the same functions of the same library that SQLitePCL calls, without the safe
/// handle that it counts up and down around every call, which costs as much as the value itself. Who calls keeps the
/// statement open meanwhile. What returns at once does not stop for the garbage collector either.
/// </summary>
internal static partial class SqliteCalls
{
    private const string Library = "e_sqlite3";

    /// <summary>SQLite makes its own copy of a text it is given.</summary>
    private const nint Copied = -1;

    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    internal static partial int Step(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_reset")]
    internal static partial int Reset(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_clear_bindings"), SuppressGCTransition]
    internal static partial int Clear(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_null"), SuppressGCTransition]
    internal static partial int BindNull(nint statement, int place);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_int64"), SuppressGCTransition]
    internal static partial int Bind(nint statement, int place, long value);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_double"), SuppressGCTransition]
    internal static partial int Bind(nint statement, int place, double value);

    /// <summary>A text in UTF-8. An empty one is a text too, and not NULL, which an empty span would become.</summary>
    internal static int Bind(nint statement, int place, ReadOnlySpan<byte> text) => BindText(statement, place, text.IsEmpty ? " "u8 : text, text.Length, Copied);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_type"), SuppressGCTransition]
    internal static partial int ColumnType(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64"), SuppressGCTransition]
    internal static partial long Number(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_double"), SuppressGCTransition]
    internal static partial double Real(nint statement, int column);

    internal static string Text(nint statement, int column) => Marshal.PtrToStringUTF8(ColumnText(statement, column), ColumnBytes(statement, column));

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_text"), SuppressGCTransition]
    private static partial int BindText(nint statement, int place, ReadOnlySpan<byte> text, int length, nint whose);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_text"), SuppressGCTransition]
    private static partial nint ColumnText(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes"), SuppressGCTransition]
    private static partial int ColumnBytes(nint statement, int column);
}
