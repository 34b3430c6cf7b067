using Loket.Web.Features.Retention;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Retention;

/// <summary>Nothing about a citizen is forgotten: every column that can hold words is on the list, or named as not about them.</summary>
public sealed class CitizenColumnsTests
{
    [Fact]
    public async Task Every_column_that_can_hold_words_is_destroyed_or_is_not_about_a_citizen()
    {
        await using var world = await World.NewAsync();
        var words = await world.QueryAsync<string>(
            """
            SELECT m.name || '.' || i.name FROM sqlite_master m JOIN pragma_table_info(m.name) i
            WHERE m.type = 'table' AND lower(i.type) LIKE 'nvarchar%' AND m.name <> 'migration_text' ORDER BY 1
            """);
        var goes = CitizenColumns.OfCase.SelectMany(k => k.Columns.Select(c => $"{k.Table}.{c}")).ToHashSet();
        var named = goes.Concat(CitizenColumns.ShortLived).Concat(CitizenColumns.NotAboutCitizens).ToList();

        Assert.True(words.Count > 40, $"Only {words.Count} columns were found");
        Assert.Empty(words.Except(named));
        Assert.Empty(named.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.Empty(CitizenColumns.ShortLived.Concat(CitizenColumns.NotAboutCitizens).Except(words));
        // The statement does what the list says.
        Assert.All(CitizenColumns.OfCase, k => Assert.Matches($@"^\s*(UPDATE|DELETE FROM) {k.Table} ", k.Sql));
        Assert.All(
            CitizenColumns.OfCase.Where(k => k.Sql.Contains("UPDATE", StringComparison.Ordinal)),
            k => Assert.All(k.Columns, c => Assert.Matches($@"\b{c} = (NULL|'')", k.Sql)));
    }

    [Fact]
    public void Every_sealed_or_indexed_number_is_on_the_list()
    {
        var goes = CitizenColumns.OfCase.SelectMany(k => k.Columns.Select(c => $"{k.Table}.{c}")).ToHashSet();
        Assert.Superset(new HashSet<string> { "party.number_sealed", "party.number_index", "party.number_tail", "party.birth_date", "personal_value.salt" }, goes);
    }
}
