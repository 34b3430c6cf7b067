using System.Text.RegularExpressions;

namespace Loket.Web.Tests.Architecture;

/// <summary>The portable subset of SQL (DESIGN 5): one text that means the same on SQLite and SQL Server.</summary>
internal static partial class SqlSubset
{
    private static readonly (string Name, Regex Pattern)[] Forbidden =
    [
        .. Words(
            "MERGE", "OUTPUT", "RETURNING", "IDENTITY", "AUTOINCREMENT", "LIMIT", "FETCH", "OFFSET", "INCLUDE", "LIKE", "GLOB", "PRAGMA", "EXEC", "DECLARE",
            "TRUE", "FALSE", "BOOLEAN", "BIT", "UPDLOCK", "READPAST", "HOLDLOCK", "NOLOCK", "ROWLOCK", "XLOCK", "TABLOCK", "TRUNCATE", "APPLY",
            "GETDATE", "GETUTCDATE", "SYSDATETIME", "SYSUTCDATETIME", "DATEADD", "DATEDIFF", "DATEPART", "DATENAME", "EOMONTH", "STRFTIME", "JULIANDAY",
            "UNIXEPOCH", "CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME"),
        .. Functions(
            "LENGTH", "LEN", "DATALENGTH", "DATE", "DATETIME", "TIME", "NOW", "ISNULL", "IFNULL", "NVL", "IIF", "SUBSTR", "INSTR", "CHARINDEX", "PRINTF", "FORMAT",
            "CONCAT", "GROUP_CONCAT", "STRING_AGG", "TOTAL", "RANDOM", "NEWID"),
        ("SELECT *", new Regex(@"\bSELECT\s+(DISTINCT\s+)?\*|\b\w+\.\*", RegexOptions.IgnoreCase)),
        ("ROWID", new Regex(@"(?<!\bWITHOUT\s+)\bROWID\b", RegexOptions.IgnoreCase)),
        ("||", new Regex(@"\|\|")),
        ("TOP", new Regex(@"\bTOP\s*[\(\d@]", RegexOptions.IgnoreCase)),
        ("ON CONFLICT", new Regex(@"\bON\s+CONFLICT\b", RegexOptions.IgnoreCase)),
        ("INSERT OR", new Regex(@"\bINSERT\s+OR\b|\bREPLACE\s+INTO\b", RegexOptions.IgnoreCase)),
        ("WITH (hint)", new Regex(@"\bWITH\s*\(", RegexOptions.IgnoreCase)),
        ("NULLS FIRST", new Regex(@"\bNULLS\s+(FIRST|LAST)\b", RegexOptions.IgnoreCase)),
        ("FOR UPDATE", new Regex(@"\bFOR\s+UPDATE\b", RegexOptions.IgnoreCase)),
        ("ADD COLUMN", new Regex(@"\bADD\s+COLUMN\b", RegexOptions.IgnoreCase)),
        ("quoted name", new Regex(@"[\[`]")),
        ("system table", new Regex(@"\bsqlite_|\bsys\.|\bINFORMATION_SCHEMA\b|@@", RegexOptions.IgnoreCase)),
        ("USING", new Regex(@"\bUSING\s*\(", RegexOptions.IgnoreCase)),
    ];

    /// <summary>What stands in a text that one of the engines does not know, or takes differently.</summary>
    public static IEnumerable<string> Faults(string sql)
    {
        var bare = Comment().Replace(Quoted().Replace(Hole().Replace(sql, " hole "), "''"), " ");
        return Forbidden.Where(f => f.Pattern.IsMatch(bare)).Select(f => f.Name);
    }

    /// <summary>Whether a literal is SQL, or a piece of it.</summary>
    public static bool IsSql(string literal) => Statement().IsMatch(literal) || Piece().IsMatch(literal);

    /// <summary>Whether a literal is a whole statement that an engine can be asked to run.</summary>
    public static bool IsStatement(string literal) => Whole().IsMatch(literal);

    private static IEnumerable<(string, Regex)> Words(params string[] words) =>
        words.Select(w => (w, new Regex($@"\b{w}\b", RegexOptions.IgnoreCase)));

    private static IEnumerable<(string, Regex)> Functions(params string[] names) =>
        names.Select(n => ($"{n}(", new Regex($@"\b{n}\s*\(", RegexOptions.IgnoreCase)));

    [GeneratedRegex("⟦[^⟧]*⟧")]
    private static partial Regex Hole();

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Quoted();

    [GeneratedRegex("--[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\s*(select\s.*\sfrom\s|insert\s+(or\s+\w+\s+)?into\s|update\s+\S+\s+set\s|delete\s+from\s|merge\s+\w+\s|create\s+(unique\s+)?(table|index)\s|alter\s+table\s|drop\s+(table|index)\s|pragma\s|exec\s)", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Statement();

    [GeneratedRegex(@"\b(SELECT|FROM|WHERE|JOIN|ORDER BY|GROUP BY|HAVING|VALUES|UNION|INSERT INTO|DELETE FROM|LIMIT|FETCH NEXT)\b")]
    private static partial Regex Piece();

    [GeneratedRegex(@"^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\s", RegexOptions.IgnoreCase)]
    private static partial Regex Whole();
}
