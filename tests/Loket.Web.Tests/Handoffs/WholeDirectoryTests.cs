using Loket.Domain.Lines;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Directory;
using Loket.Web.Features.Handoffs;
using Loket.Web.Security;
using Loket.Web.Tests.Directory;
using Loket.Web.Tests.Support;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Handoffs;

/// <summary>The real directory with the demo's twelve connected bodies: no municipality and no topic ends in nothing.</summary>
public sealed class WholeDirectoryTests(ITestOutputHelper output)
{
    private const int AtOnce = 100;

    [Fact]
    public async Task Every_municipality_and_topic_ends_at_a_reachable_person_of_a_connected_body_or_with_the_asker()
    {
        await using var world = await World.NewAsync();
        var set = ReferenceFiles.Read(ReferenceFolder.Real);
        await world.The<ImportReference>().RunAsync(set, ReferenceFiles.ReadDemo(ReferenceFolder.Real, set));
        var connected = (await world.QueryAsync<string>(
            "SELECT DISTINCT l.organisation_code FROM line l JOIN line_member m ON m.line_code = l.code JOIN professional p ON p.id = m.professional_id AND p.active = 1")).ToHashSet();
        Assert.Equal(12, connected.Count);
        var desks = await Task.WhenAll((await world.QueryAsync<long>("SELECT id FROM professional WHERE front_office = 1 ORDER BY id")).Select(world.ActorAsync));
        var pairs = PairsOf(set);

        var handoffs = new List<long>();
        foreach (var some in pairs.Select((pair, n) => (pair, n)).Chunk(AtOnce))
        {
            handoffs.AddRange(await Task.WhenAll(some.Select(x => RequestAsync(world, desks[x.n % desks.Length], x.pair))));
        }

        var ends = (await world.QueryAsync<End>(
            """
            SELECT h.id AS handoff_id, h.state, h.sender_id, h.sender_organisation, b.organisation_code, b.line_code, b.professional_id, p.active,
                   p.organisation_code AS person_organisation,
                   CASE WHEN EXISTS (SELECT 1 FROM line_member m WHERE m.line_code = b.line_code AND m.professional_id = b.professional_id) THEN 1 ELSE 0 END AS on_line
            FROM handoff h LEFT JOIN callback b ON b.handoff_id = h.id AND b.state = 'scheduled' LEFT JOIN professional p ON p.id = b.professional_id
            """)).ToLookup(e => e.HandoffId);
        var atConnected = 0;
        for (var n = 0; n < pairs.Count; n++)
        {
            var plan = await world.Db.ReadAsync(r => Routes.PlanAsync(r, pairs[n].Topic, pairs[n].Municipality, world.Clock.UtcNow));
            var end = Assert.Single(ends[handoffs[n]]);
            Assert.True(plan.Stops.Count > 0, $"{pairs[n]} has no route");
            Assert.True(Right(plan, end, connected), $"{pairs[n]} ended in {end.State} at {end.OrganisationCode ?? "nobody"}, {end.ProfessionalId}");
            atConnected += end.LineCode is null ? 0 : 1;
        }

        output.WriteLine($"{pairs.Count} pairs of {set.Organisations.Count(o => o.Kind == "municipality")} municipalities: "
            + $"{atConnected} end at a connected body, {pairs.Count - atConnected} with the asker");
        Assert.InRange(atConnected, 1, pairs.Count - 1);
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM offer"));
        Assert.Equal(pairs.Count, await world.ScalarAsync<long>("SELECT COUNT(*) FROM deadline WHERE state = 'running' AND subject_kind = 'callback'"));
    }

    private static List<(string Topic, string? Municipality)> PairsOf(ReferenceSet set)
    {
        var municipalities = set.Organisations.Where(o => o.Kind == "municipality").Select(o => o.Code).ToList();
        Assert.Equal(342, municipalities.Count);
        return
        [
            .. set.Topics.Where(t => t.Layer == "municipal").SelectMany(t => municipalities.Select(m => (t.Code, (string?)m))),
            .. set.Topics.Where(t => t.Layer == "national").Select(t => (t.Code, (string?)null)),
            .. set.Topics.Where(t => t.Layer == "national").Select(t => (t.Code, (string?)municipalities[0])),
        ];
    }

    private static async Task<long> RequestAsync(World world, Actor desk, (string Topic, string? Municipality) about)
    {
        var opened = await world.The<OpenCase>().RunAsync(desk, new OpenCaseForm("Hoe moet dit?", "none", about.Topic, about.Municipality), null);
        var asked = await world.The<RequestHandoff>().RunAsync(
            desk, Given.Id(opened.Value.CaseId), new RequestHandoffForm("warm", "desk", "Hoe moet dit?"), null);
        return Given.Id(asked.Value.HandoffId);
    }

    // At a member of the first line of the route that rings, of a connected body; nobody connected: at the asker.
    private static bool Right(RoutePlan plan, End end, HashSet<string> connected)
    {
        if (end.State != "callback_scheduled" || end.Active != 1 || end.PersonOrganisation != end.OrganisationCode)
        {
            return false;
        }

        return plan.Stops.Any(stop => connected.Contains(stop.Organisation) && stop.Connected)
            ? end.OnLine == 1 && end.ProfessionalId != end.SenderId && connected.Contains(end.OrganisationCode!) && plan.Ringing.Any(stop => stop.Line == end.LineCode)
            : end.LineCode is null && end.OrganisationCode == end.SenderOrganisation && end.ProfessionalId == end.SenderId;
    }

    private sealed class End
    {
        public long HandoffId { get; init; }

        public string State { get; init; } = "";

        public long SenderId { get; init; }

        public string SenderOrganisation { get; init; } = "";

        public string? OrganisationCode { get; init; }

        public string? LineCode { get; init; }

        public long? ProfessionalId { get; init; }

        public int? Active { get; init; }

        public string? PersonOrganisation { get; init; }

        public int OnLine { get; init; }
    }
}
