using Loket.Web.Access;
using Loket.Web.Security;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Access;

/// <summary>Who was shown what is written down first; a repeat that shows nothing new is no line of its own.</summary>
public sealed class AccessLogTests
{
    private static Task ShowAsync(World world, Actor person, string what, params ShownCase[] cases) =>
        world.The<AccessLog>().RecordAsync(person, new Showing(world.Clock.UtcNow, what, new string('a', 32), new string('b', 16)), cases);

    private static Task<long> LinesAsync(World world) => world.ScalarAsync<long>("SELECT COUNT(*) FROM access_log");

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_reading_tells_who_which_case_which_screen_and_by_which_part(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var desk = await world.Given.FrontOffice("gm0344");
        var colleague = await world.Given.FrontOffice("gm0344");
        var supervisor = await world.Given.Supervisor("gm0344");
        var caseId = await world.Given.Case(desk);

        foreach (var person in (Actor[])[desk, colleague, supervisor])
        {
            await ShowAsync(world, person, "desk", new ShownCase(caseId, Opened: true));
        }

        await ShowAsync(world, desk, "cases", new ShownCase(caseId, Opened: false));
        var lines = await world.QueryAsync<AccessEntry>("SELECT n, professional_id, organisation_code, case_id, what, how, why FROM access_log ORDER BY n");
        Assert.Equal(
            [(desk.Id, "desk", "opened", "owner"), (colleague.Id, "desk", "opened", "team"), (supervisor.Id, "desk", "opened", "supervisor"), (desk.Id, "cases", "listed", "owner")],
            lines.Select(l => (l.ProfessionalId!.Value, l.What, l.How, l.Why)));
        Assert.All(lines, l => Assert.Equal((caseId, "gm0344"), (l.CaseId, l.OrganisationCode)));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_same_page_asked_again_is_one_line_until_something_happened_or_the_window_is_over(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var desk = await world.Given.FrontOffice("gm0344");
        var caseId = await world.Given.Case(desk);
        var page = new ShownCase(caseId, Opened: true);
        world.Clock.Advance(TimeSpan.FromSeconds(10));

        await ShowAsync(world, desk, "desk", page);
        world.Clock.Advance(TimeSpan.FromSeconds(20));
        await ShowAsync(world, desk, "desk", page);
        Assert.Equal(1, await LinesAsync(world));

        await world.The<Loket.Web.Features.Cases.Facts>().AddAsync(desk, caseId, new("Huur", "650 euro", "citizen"), null);
        world.Clock.Advance(TimeSpan.FromSeconds(20));
        await ShowAsync(world, desk, "desk", page);
        Assert.Equal(2, await LinesAsync(world));

        world.Clock.Advance(TimeSpan.FromSeconds(20));
        await ShowAsync(world, desk, "desk", page);
        await ShowAsync(world, desk, "desk", page);
        Assert.Equal(2, await LinesAsync(world));

        world.Clock.Advance(AccessWindow.Usual);
        await ShowAsync(world, desk, "desk", page);
        Assert.Equal(3, await LinesAsync(world));
    }

    [Fact]
    public async Task Another_person_another_screen_or_a_given_reason_is_a_line_of_its_own()
    {
        await using var world = await World.NewAsync();
        var desk = await world.Given.FrontOffice("gm0344");
        var colleague = await world.Given.FrontOffice("gm0344");
        var caseId = await world.Given.Case(desk);
        world.Clock.Advance(TimeSpan.FromSeconds(10));

        await ShowAsync(world, desk, "desk", new ShownCase(caseId, Opened: true));
        await ShowAsync(world, colleague, "desk", new ShownCase(caseId, Opened: true));
        await ShowAsync(world, desk, "chain", new ShownCase(caseId, Opened: true));
        await ShowAsync(world, desk, "reveal", new ShownCase(caseId, Opened: true, "Ik controleer het paspoort"));
        await ShowAsync(world, desk, "reveal", new ShownCase(caseId, Opened: true, "Ik controleer het paspoort"));

        Assert.Equal(5, await LinesAsync(world));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Many_readers_at_once_on_two_nodes_are_all_in_the_log_and_both_chains_hold(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var other = await world.AnotherNodeAsync();
        var desk = await world.Given.FrontOffice("gm0344");
        var caseId = await world.Given.Case(desk);
        var showing = new Showing(world.Clock.UtcNow, "desk", new string('a', 32), new string('b', 16));

        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => (i % 2 == 0 ? world.Node : other).The<AccessLog>()
            .RecordAsync(desk, showing with { What = $"desk-{i}" }, [new ShownCase(caseId, Opened: true)]))));

        var report = await world.The<VerifyAccess>().RunAsync();
        Assert.Empty(report.Faults);
        Assert.Equal((2, 64), (report.Chains, report.Entries));
    }

    [Fact]
    public async Task What_cannot_be_written_is_not_shown()
    {
        await using var world = await World.NewAsync();
        var desk = await world.Given.FrontOffice("gm0344");
        var caseId = await world.Given.Case(desk);
        await world.ExecuteAsync("ALTER TABLE access_log RENAME TO elsewhere");

        await Assert.ThrowsAnyAsync<Exception>(() => ShowAsync(world, desk, "desk", new ShownCase(caseId, Opened: true)));

        await world.ExecuteAsync("ALTER TABLE elsewhere RENAME TO access_log");
        await ShowAsync(world, desk, "desk", new ShownCase(caseId, Opened: true));
        Assert.Equal(1, await LinesAsync(world));
    }
}
