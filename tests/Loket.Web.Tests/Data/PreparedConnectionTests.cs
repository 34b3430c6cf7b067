using System.Globalization;
using Dapper;
using Loket.Web.Data;
using Microsoft.Data.Sqlite;

namespace Loket.Web.Tests.Data;

/// <summary>Statements that are kept give what Microsoft.Data.Sqlite gives, and take what it wrote.</summary>
public sealed class PreparedConnectionTests
{
    private sealed class Row
    {
        public int Id { get; init; }

        public string? Name { get; init; }

        public DateTime? At { get; init; }

        public double? Share { get; init; }

        public byte[]? Bytes { get; init; }
    }

    private static PreparedConnection Open()
    {
        DapperSetup.Apply();
        var connection = new PreparedConnection("Data Source=:memory:;Pooling=False");
        connection.Open();
        connection.Execute("CREATE TABLE thing (id bigint NOT NULL PRIMARY KEY, name nvarchar(40) NULL, at datetime2(3) NULL, share real NULL, bytes blob NULL)");
        return connection;
    }

    [Fact]
    public void Every_kind_of_value_comes_back_and_nothing_before_something_too()
    {
        using var connection = Open();
        var at = new DateTime(2026, 3, 29, 1, 59, 59, 40, DateTimeKind.Utc);
        const string Insert = "INSERT INTO thing (id, name, at, share, bytes) VALUES (@id, @name, @at, @share, @bytes)";
        Assert.Equal(1, connection.Execute(Insert, new { id = 1L, name = (string?)null, at = (DateTime?)null, share = (double?)null, bytes = (byte[]?)null }));
        Assert.Equal(1, connection.Execute(Insert, new { id = 2, name = "Zoë", at, share = 0.25, bytes = new byte[] { 1, 2 } }));

        var rows = connection.Query<Row>("SELECT id, name, at, share, bytes FROM thing ORDER BY id").AsList();

        Assert.Equal((1, null, null, null, null), (rows[0].Id, rows[0].Name, rows[0].At, rows[0].Share, rows[0].Bytes));
        Assert.Equal((2, "Zoë", at, 0.25, "0102"), (rows[1].Id, rows[1].Name, rows[1].At, rows[1].Share, Convert.ToHexString(rows[1].Bytes!)));
        Assert.Equal(DateTimeKind.Utc, rows[1].At!.Value.Kind);
        Assert.Equal("Zoë", connection.ExecuteScalar<string>("SELECT (SELECT t.name FROM thing t WHERE t.id = @id) AS name", new { id = 2 }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(257)]
    [InlineData(100_000)]
    public void A_text_of_any_length_comes_back(int length)
    {
        using var connection = Open();
        var name = new string('é', length);
        connection.Execute("INSERT INTO thing (id, name) VALUES (1, @name)", new { name });

        Assert.Equal(name, connection.ExecuteScalar<string>("SELECT name FROM thing WHERE id = 1 AND name = @name", new { name }));
    }

    [Theory]
    [InlineData("2026-03-29T01:59:59.0400000")]
    [InlineData("2026-03-29T00:00:00.0000000")]
    [InlineData("0001-01-01T00:00:00.1234567")]
    public void A_moment_is_written_as_Microsoft_Data_Sqlite_writes_it(string moment)
    {
        using var connection = Open();
        var at = DateTime.Parse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        connection.Execute("INSERT INTO thing (id, at) VALUES (1, @at)", new { at });
        using (var plain = new SqliteCommand("INSERT INTO thing (id, at) VALUES (2, @at)", connection))
        {
            plain.Parameters.AddWithValue("@at", at);
            plain.ExecuteNonQuery();
        }

        Assert.Equal(1, connection.ExecuteScalar<long>("SELECT COUNT(DISTINCT at) FROM thing"));
        Assert.Equal([at, at], connection.Query<DateTime>("SELECT at FROM thing"));
    }

    [Fact]
    public void A_moment_of_another_form_is_read_too()
    {
        using var connection = Open();
        connection.Execute("INSERT INTO thing (id, at) VALUES (1, '2026-03-29T01:59:59.04Z'), (2, '2026-03-29')");

        Assert.Equal(
            [new DateTime(2026, 3, 29, 1, 59, 59, 40, DateTimeKind.Utc), new DateTime(2026, 3, 29, 0, 0, 0, DateTimeKind.Utc)],
            connection.Query<DateTime>("SELECT at FROM thing ORDER BY id"));
    }

    [Fact]
    public void A_text_may_run_again_while_its_rows_are_still_read()
    {
        using var connection = Open();
        connection.Execute("INSERT INTO thing (id) VALUES (1), (2), (3)");
        const string After = "SELECT id FROM thing WHERE id > @id ORDER BY id";

        var pairs = connection.Query<long>(After, new { id = 0 }, buffered: false).SelectMany(a => connection.Query<long>(After, new { id = a }).Select(b => (a, b)));

        Assert.Equal([(1, 2), (1, 3), (2, 3)], pairs.ToList());
    }

    [Fact]
    public void Several_statements_in_one_text_all_run()
    {
        using var connection = Open();

        connection.Execute("INSERT INTO thing (id) VALUES (@one); INSERT INTO thing (id) VALUES (@two);", new { one = 1, two = 2 });

        Assert.Equal(2, connection.ExecuteScalar<long>("SELECT COUNT(*) FROM thing"));
    }

    [Fact]
    public void A_missing_value_is_refused_by_name_and_a_statement_that_failed_can_be_used_again()
    {
        using var connection = Open();
        const string Insert = "INSERT INTO thing (id, name) VALUES (@id, @name)";

        Assert.Contains("name", Assert.Throws<InvalidOperationException>(() => connection.Execute(Insert, new { id = 1 })).Message, StringComparison.Ordinal);
        connection.Execute(Insert, new { id = 1, name = "a" });
        Assert.Equal(19, Assert.Throws<SqliteException>(() => connection.Execute(Insert, new { id = 1, name = "b" })).SqliteErrorCode);
        connection.Execute(Insert, new { id = 2, name = "c" });

        Assert.Equal(["a", "c"], connection.Query<string>("SELECT name FROM thing ORDER BY id"));
    }
}
