using Loket.Web.Features.SignIn;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.SignIn;

/// <summary>Who can be chosen in the demo.</summary>
public sealed class SignInListTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task Beside_a_whole_country_the_demo_still_lists_its_own_people_and_not_everybody(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine, ("Demo:Enabled", "true"));
        var first = new[] { await world.Given.FrontOffice("gm0344"), await world.Given.FrontOffice("gm0344"), await world.Given.Supervisor("gm0356") };
        await world.Db.WriteAsync<int>(unit => Enumerable.Range(1, 1000).Sum(i => unit.Execute(
            "INSERT INTO professional (id, organisation_code, team_code, name) SELECT id + @i, organisation_code, team_code, 'Collega' FROM professional WHERE id = @Id", new { i, first[^1].Id })));

        var people = (await world.AskAsync((SignInQuery q) => q.LoadAsync(null, null))).Organisations.SelectMany(o => o.People).ToList();

        Assert.Equal(1003, await world.ScalarAsync<long>("SELECT COUNT(*) FROM professional WHERE active = 1"));
        Assert.Equal(1000, people.Count);
        Assert.Superset(first.Select(f => f.Id).ToHashSet(), people.Select(p => p.Id).ToHashSet());
    }
}
