using Loket.Web.Features.Directory;
using Loket.Web.Features.Doors;
using Loket.Web.Features.Handoffs;
using Loket.Web.Tests.Directory;
using Loket.Web.Tests.Support;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Doors;

/// <summary>What the routes answer, over the whole real directory.</summary>
public sealed class RoutesTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_municipality_and_every_topic_has_lines_and_ends_at_a_connected_body_or_at_a_phone_number_and_the_askers_own_promise()
    {
        await using var world = await RealAsync();
        var connected = (await world.QueryAsync<string>(
            "SELECT DISTINCT m.line_code FROM line_member m JOIN professional p ON p.id = m.professional_id WHERE p.active = 1")).ToHashSet();
        var set = ReferenceFiles.Read(ReferenceFolder.Real);
        var municipalities = set.Organisations.Where(o => o.Kind == "municipality").Select(o => o.Code).ToList();
        var ends = new Dictionary<string, int>(StringComparer.Ordinal) { ["callback"] = 0, ["own_promise"] = 0 };

        foreach (var municipality in municipalities)
        {
            foreach (var topic in set.Topics.Select(t => t.Code))
            {
                var route = (await world.The<RouteQuery>().LoadAsync(topic, municipality)).Value;
                var what = $"{topic} in {municipality}";
                Assert.True(route.Stops.Count > 0, $"{what}: no line");
                Assert.True(route.Stops.All(s => s.Connected == connected.Contains(s.Line)), $"{what}: connected");
                Assert.True(route.End is not null, $"{what}: no end");
                Assert.True(route.End!.Kind == (route.Stops.Any(s => s.Connected) ? "callback" : "own_promise"), $"{what}: {route.End.Kind}");
                Assert.True(route.End.Kind == "own_promise" ? route.End.Phone is not null : connected.Contains(route.End.Line), $"{what}: {route.End}");
                ends[route.End.Kind]++;
            }
        }

        Assert.Equal((342, 27), (municipalities.Count, set.Topics.Count));
        output.WriteLine($"{municipalities.Count} municipalities x {set.Topics.Count} topics = {ends.Values.Sum()} routes: {ends["callback"]} end in a dated callback of a connected body, "
            + $"{ends["own_promise"]} in a phone number and the asker's own promise; 0 in nothing");
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task An_old_case_keeps_its_code_and_its_route_follows_the_successor_from_the_day_after(TestEngine engine)
    {
        await using var world = await RealAsync(engine);
        await world.ExecuteAsync("UPDATE organisation SET valid_until = '2027-01-01', successor_code = 'gm0344' WHERE code = 'gm0356'");

        Assert.Contains("gm0356-civil-affairs", await LinesAsync(world, new DateTime(2027, 1, 1, 12, 0, 0, DateTimeKind.Utc)));
        var after = await LinesAsync(world, new DateTime(2027, 1, 2, 12, 0, 0, DateTimeKind.Utc));
        Assert.Contains("gm0344-civil-affairs", after);
        Assert.DoesNotContain("gm0356-civil-affairs", after);
    }

    [Theory]
    [InlineData("gm0356", "so0719-work-income", "certain")]
    [InlineData("gm0482", "so0621-care-wmo", "certain")]
    [InlineData("gm0399", "so0263-debts", null)]
    public void Regional_bodies_of_the_register_serve_their_municipalities(string municipality, string line, string? certainty)
    {
        var area = ReferenceFiles.Read(ReferenceFolder.Real).ServiceAreas.SingleOrDefault(a => a.Municipality == municipality && a.Line == line);
        Assert.NotNull(area);
        Assert.True(certainty is null || area.Certainty == certainty);
    }

    private static async Task<List<string>> LinesAsync(World world, DateTime at) =>
        [.. (await world.Db.ReadAsync(r => Routes.PlanAsync(r, "civil_affairs", "gm0356", at))).Stops.Select(s => s.Line)];

    private static async Task<World> RealAsync(TestEngine engine = TestEngine.Sqlite)
    {
        var world = await World.NewAsync(engine);
        var set = ReferenceFiles.Read(ReferenceFolder.Real);
        await world.The<ImportReference>().RunAsync(set, ReferenceFiles.ReadDemo(ReferenceFolder.Real, set));
        return world;
    }
}
