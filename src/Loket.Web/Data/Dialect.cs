namespace Loket.Web.Data;

/// <summary>
/// The only place that names what differs between the two engines. SQL everywhere else is one text (DESIGN 5);
/// migrations use the tokens <c>{bin}</c>, <c>{text}</c> and <c>{clustered}</c>, lists end in <see cref="First"/>.
/// </summary>
public sealed class Dialect
{
    public static readonly Dialect Sqlite = new("sqlite", "", "nvarchar(1000000)", "WITHOUT ROWID", n => $"LIMIT {n}");

    public static readonly Dialect SqlServer = new(
        "sqlserver", "COLLATE Latin1_General_100_BIN2", "nvarchar(max)", "", n => $"OFFSET 0 ROWS FETCH NEXT {n} ROWS ONLY");

    private readonly string bin;
    private readonly string text;
    private readonly string clustered;
    private readonly Func<int, string> first;

    private Dialect(string name, string bin, string text, string clustered, Func<int, string> first)
    {
        Name = name;
        this.bin = bin;
        this.text = text;
        this.clustered = clustered;
        this.first = first;
    }

    public string Name { get; }

    /// <summary>The tail of an ordered SELECT that keeps its first <paramref name="rows"/> rows.</summary>
    public string First(int rows) => first(rows);

    /// <summary>Fills the tokens of a migration.</summary>
    public string Render(string migration) => migration.Replace("{bin}", bin).Replace("{text}", text).Replace("{clustered}", clustered);
}
