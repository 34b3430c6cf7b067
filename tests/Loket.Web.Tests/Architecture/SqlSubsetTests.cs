using System.Text.RegularExpressions;
using Loket.Web.Data;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Architecture;

/// <summary>Every SQL text of the program and of the migrations stays inside the portable subset (DESIGN 5).</summary>
public sealed partial class SqlSubsetTests
{
    // The only two files that speak to one engine.
    private static readonly string[] EngineFiles = ["src/Loket.Web/Data/Dialect.cs", "src/Loket.Web/Data/SqliteEngine.cs", "src/Loket.Web/Data/SearchFile.cs"];

    // Asks each engine in its own way whether the history table is there: before the first migration no one text can.
    private const string HistoryQuestion = "SELECT COUNT(*) FROM ";

    private static IEnumerable<(string Where, string Sql)> Texts() =>
        from file in Repository.Files("src/Loket.Web", ".cs")
        where !EngineFiles.Contains(file.Path)
        from literal in CSharpText.Read(file.Text).Literals
        where SqlSubset.IsSql(literal.Text)
        where !(file.Path.EndsWith("Data/Migrator.cs", StringComparison.Ordinal) && literal.Text.StartsWith(HistoryQuestion, StringComparison.Ordinal))
        select ($"{file.Path}:{literal.Line}", literal.Text);

    private static IEnumerable<(string Where, string Sql)> Migrations(Dialect dialect) =>
        from file in Repository.Files("db/migrations", ".sql")
        from statement in Migrator.Statements(dialect.Render(file.Text))
        select ($"{file.Path} ({dialect.Name}): {statement.Split('\n')[0]}", statement);

    [Fact]
    public void Every_text_in_the_program_is_inside_the_subset()
    {
        var texts = Texts().ToList();

        Assert.True(texts.Count > 200, $"Only {texts.Count} texts were found: the search itself is broken");
        Found.Nothing(texts.SelectMany(t => SqlSubset.Faults(t.Sql).Select(f => $"{t.Where}: {f}")));
    }

    [Fact]
    public void Every_migration_is_inside_the_subset_for_both_engines()
    {
        var statements = ((Dialect[])[Dialect.Sqlite, Dialect.SqlServer]).SelectMany(Migrations).ToList();

        Assert.True(statements.Count > 100, $"Only {statements.Count} statements were found");
        Found.Nothing(statements.SelectMany(s => SqlSubset.Faults(s.Sql).Select(f => $"{s.Where}: {f}")));
        Assert.DoesNotContain(statements, s => s.Sql.Contains('{'));
    }

    [Fact]
    public void Migrations_only_add()
    {
        Assert.DoesNotContain(Migrations(Dialect.Sqlite), s => Removes().IsMatch(s.Sql));
    }

    [Fact]
    public void Every_code_column_compares_byte_by_byte_and_every_long_text_is_a_token()
    {
        foreach (var (path, text) in Repository.Files("db/migrations", ".sql"))
        {
            Found.Nothing(Code().Matches(text).Select(m => $"{path}: {m.Value}"));
            Assert.DoesNotContain("(max)", text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Every_constraint_has_a_name_of_its_own()
    {
        var text = string.Join('\n', Migrations(Dialect.Sqlite).Select(s => s.Sql));
        var names = Named().Matches(text).Select(m => m.Groups[1].Value).ToList();

        Found.Nothing(Unnamed().Matches(text).Select(m => m.Value));
        Assert.Equal(names.Distinct().Count(), names.Count);
    }

    [Fact]
    public void An_index_filter_is_a_literal_without_OR_or_NOT_IN()
    {
        var filters = Migrations(Dialect.Sqlite).Where(s => s.Sql.Contains("INDEX", StringComparison.Ordinal) && s.Sql.Contains("WHERE", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(filters);
        Assert.DoesNotContain(filters, f => Clumsy().IsMatch(f.Sql));
    }

    [Theory]
    [InlineData("MERGE INTO a USING b ON a.x = b.x WHEN MATCHED THEN DELETE")]
    [InlineData("INSERT INTO a (x) OUTPUT inserted.x VALUES (1)")]
    [InlineData("INSERT INTO a (x) VALUES (1) RETURNING x")]
    [InlineData("CREATE TABLE a (x bigint IDENTITY(1,1))")]
    [InlineData("SELECT * FROM a")]
    [InlineData("SELECT DISTINCT * FROM a")]
    [InlineData("SELECT a.* FROM a")]
    [InlineData("SELECT x || y FROM a")]
    [InlineData("SELECT x FROM a LIMIT 1")]
    [InlineData("SELECT TOP 1 x FROM a")]
    [InlineData("SELECT TOP (@n) x FROM a")]
    [InlineData("SELECT x FROM a ORDER BY x OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY")]
    [InlineData("SELECT length(x) FROM a")]
    [InlineData("SELECT LEN(x) FROM a")]
    [InlineData("SELECT x FROM a WHERE y = true")]
    [InlineData("UPDATE a SET y = FALSE")]
    [InlineData("SELECT GETDATE() FROM a")]
    [InlineData("SELECT date(x) FROM a")]
    [InlineData("SELECT datetime('now') FROM a")]
    [InlineData("UPDATE a SET x = CURRENT_TIMESTAMP")]
    [InlineData("SELECT DATEADD(day, 1, x) FROM a")]
    [InlineData("SELECT strftime('%Y', x) FROM a")]
    [InlineData("SELECT x FROM a WITH (UPDLOCK)")]
    [InlineData("SELECT x FROM a WITH (READPAST)")]
    [InlineData("SELECT x FROM a WHERE y LIKE @z")]
    [InlineData("CREATE INDEX i ON a (x) INCLUDE (y)")]
    [InlineData("INSERT OR IGNORE INTO a (x) VALUES (1)")]
    [InlineData("INSERT INTO a (x) VALUES (1) ON CONFLICT DO NOTHING")]
    [InlineData("SELECT ISNULL(x, 0) FROM a")]
    [InlineData("SELECT IFNULL(x, 0) FROM a")]
    [InlineData("SELECT substr(x, 1, 2) FROM a")]
    [InlineData("ALTER TABLE a ADD COLUMN x int")]
    [InlineData("SELECT [x] FROM a")]
    [InlineData("PRAGMA foreign_keys = ON")]
    [InlineData("SELECT name FROM sqlite_master")]
    [InlineData("select * from a")]
    public void What_one_engine_does_not_know_is_found(string sql)
    {
        Assert.True(SqlSubset.IsSql(sql));
        Assert.NotEmpty(SqlSubset.Faults(sql));
    }

    [Theory]
    [InlineData("SELECT COUNT(*) FROM a WHERE x = 'a LIKE b || [c]'")]
    [InlineData("SELECT a.x, MIN(y) AS first_date FROM a JOIN b ON b.id = a.id WHERE a.topic = @topic GROUP BY a.x ORDER BY a.x ⟦Dialect.First(10)⟧")]
    [InlineData("SELECT CASE WHEN EXISTS (SELECT 1 FROM a) THEN 1 ELSE 0 END AS is_true")]
    [InlineData("INSERT INTO migration (name, at) SELECT x, y FROM a UNION SELECT z, y FROM b")]
    [InlineData("UPDATE a SET identity_method = @m, until = NULL WHERE id = @id -- LIMIT 1")]
    public void What_both_engines_know_passes(string sql)
    {
        Assert.True(SqlSubset.IsSql(sql));
        Assert.Empty(SqlSubset.Faults(sql));
    }

    [GeneratedRegex(@"\b(DROP|ALTER\s+COLUMN|RENAME|TRUNCATE)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Removes();

    [GeneratedRegex(@"^.*(?<!n)varchar\(\d+\)(?! \{bin\}).*$", RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex(@"CONSTRAINT (\w+)")]
    private static partial Regex Named();

    [GeneratedRegex(@"^.*(?<!CONSTRAINT \w+ )(PRIMARY KEY|FOREIGN KEY|REFERENCES|CHECK \(|(?<!CREATE )UNIQUE(?! INDEX)).*$", RegexOptions.Multiline)]
    private static partial Regex Unnamed();

    [GeneratedRegex(@"WHERE.*(\bOR\b|\bNOT\s+IN\b)", RegexOptions.Singleline)]
    private static partial Regex Clumsy();
}
