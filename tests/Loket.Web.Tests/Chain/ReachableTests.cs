using Loket.Domain.Chain;
using Loket.Web.Features.Chain;
using Loket.Web.Security;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Chain;

/// <summary>What the rule of who is reached (Reach) is fed with, from the database.</summary>
public sealed class ReachableTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task A_stand_in_of_a_stand_in_and_the_supervisors_of_every_organisation_are_found(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var (a, b, c) = (await world.Given.FrontOffice("gm0344"), await world.Given.FrontOffice("gm0344"), await world.Given.FrontOffice("gm0344"));
        var boss = await world.Given.Supervisor("gm0344");
        var (alone, far) = (await world.Given.FrontOffice("gm0518"), await world.Given.Supervisor("gm0518"));
        await AwayAsync(world, a, b, -1, 1);
        await AwayAsync(world, b, c, -1, 1);
        await AwayAsync(world, alone, null, -1, 1);

        await ReachAsync(world, [a.Id, alone.Id, c.Id], reach =>
        {
            Assert.Equal(c.Id, reach.Person(a.Id));
            Assert.Equal(c.Id, reach.Person(c.Id));
            Assert.Equal(boss.Id, reach.SupervisorOf(a.Id));
            Assert.Equal(far.Id, reach.Person(alone.Id));
            Assert.Equal("gm0518", reach.OrganisationOf(alone.Id));
        });
        Assert.Equal(c.Id, (await world.Db.WriteAsync<long>(unit => Reachable.Person(unit, a.Id))).Value);
        Assert.Equal(boss.Id, (await world.Db.WriteAsync<long>(unit => Reachable.SupervisorOf(unit, a.Id))).Value);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task An_absence_counts_from_its_first_moment_until_its_last_and_not_any_longer(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var (a, b) = (await world.Given.FrontOffice("gm0344"), await world.Given.FrontOffice("gm0344"));
        await AwayAsync(world, a, b, 1, 3);

        foreach (var (hour, expected) in ((double, Actor)[])[(0.999, a), (1, b), (2.999, b), (3, a)])
        {
            world.Clock.AdvanceTo(FakeClock.Start.AddHours(hour));
            await ReachAsync(world, [a.Id], reach => Assert.Equal(expected.Id, reach.Person(a.Id)));
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Each_organisation_has_its_own_ladder_and_the_default_without_one(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        await world.Given.Organisation("gm0344");
        await world.ExecuteAsync(
            "INSERT INTO organisation_ladder (organisation_code, reminder_percent, overdue_percent, climb_minutes, version) VALUES ('gm0344', 50, 100, 90, 1)");

        await world.Db.WriteAsync<int>(unit =>
        {
            var ladders = Ladders.Of(unit, ["gm0344", "gm0518", "gm0344"]);
            Assert.Equal(new LadderRules(0.5m, 1m, 90), ladders["gm0344"]);
            Assert.Equal(LadderRules.Default, ladders["gm0518"]);
            return 0;
        });
    }

    private static Task ReachAsync(World world, long[] ids, Action<Reach> look) => world.Db.WriteAsync<int>(unit =>
    {
        look(Reachable.Load(unit, ids));
        return 0;
    });

    private static Task AwayAsync(World world, Actor who, Actor? standIn, double fromHours, double untilHours) => world.ExecuteAsync(
        """
        INSERT INTO absence (id, professional_id, from_at, until_at, stand_in_id, set_by, set_at, version)
        VALUES (@Id, @Id, @from, @until, @standIn, @Id, @from, 1)
        """,
        new { who.Id, from = FakeClock.Start.AddHours(fromHours), until = FakeClock.Start.AddHours(untilHours), standIn = standIn?.Id });
}
