using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Cases;

public sealed class CaseNumberTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task The_year_of_a_number_begins_at_midnight_in_Amsterdam_and_counts_from_one(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var desk = await world.Given.FrontOffice("gm0344");
        foreach (var at in (DateTime[])[new(2026, 12, 31, 22, 59, 59, DateTimeKind.Utc), new(2026, 12, 31, 23, 0, 0, DateTimeKind.Utc), new(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc)])
        {
            world.Clock.Jump(at);
            await world.Given.Case(desk);
        }

        Assert.Equal(["Z-2026-000001", "Z-2027-000001", "Z-2027-000002"], await world.QueryAsync<string>("SELECT number FROM case_file ORDER BY id"));
    }
}
