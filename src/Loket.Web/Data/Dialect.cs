using System.Text.RegularExpressions;

namespace Loket.Web.Data;

/// <summary>
/// The only place that names what differs between the two engines. SQL everywhere else is one text (DESIGN 5);
/// migrations use the tokens <c>{bin}</c>, <c>{text}</c>, <c>{bytes}</c> and <c>{clustered}</c>, lists end in <see cref="First"/>.
/// </summary>
public sealed partial class Dialect
{
    public static readonly Dialect Sqlite = new("sqlite", "", "nvarchar(1000000)", "blob", "WITHOUT ROWID", n => $"LIMIT {n}", OneByOne);

    public static readonly Dialect SqlServer = new(
        "sqlserver", "COLLATE Latin1_General_100_BIN2", "nvarchar(max)", "varbinary(max)", "", n => $"OFFSET 0 ROWS FETCH NEXT {n} ROWS ONLY", sql => sql);

    private readonly string bin;
    private readonly string text;
    private readonly string bytes;
    private readonly string clustered;
    private readonly Func<int, string> first;
    private readonly Func<string, string> checks;

    private Dialect(string name, string bin, string text, string bytes, string clustered, Func<int, string> first, Func<string, string> checks)
    {
        Name = name;
        this.bin = bin;
        this.text = text;
        this.bytes = bytes;
        this.clustered = clustered;
        this.first = first;
        this.checks = checks;
    }

    public string Name { get; }

    /// <summary>The tail of an ordered SELECT that keeps its first <paramref name="rows"/> rows.</summary>
    public string First(int rows) => first(rows);

    /// <summary>Fills the tokens of a migration.</summary>
    public string Render(string migration) =>
        checks(migration.Replace("{bin}", bin).Replace("{text}", text).Replace("{bytes}", bytes).Replace("{clustered}", clustered));

    // For a list of more than two SQLite makes a table in memory at every row it checks, a tenth of all it does for a
    // handoff; values that are compared one after the other cost nothing. A database of before keeps its lists.
    private static string OneByOne(string sql) => Checked().Replace(
        sql, check => $"CHECK ({string.Join(" OR ", check.Groups["values"].Value.Split(", ").Select(value => $"{check.Groups["column"]} = {value}"))})");

    [GeneratedRegex(@"CHECK \((?<column>\w+) IN \((?<values>[^)]*)\)\)")]
    private static partial Regex Checked();
}
