using Loket.Domain.Mergers;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Chain;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Mergers;
using Loket.Web.Features.Retention;
using Loket.Web.Features.Shared;
using Loket.Web.Journal;
using Loket.Web.Security;
using Loket.Web.Tests.Chain;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Mergers;

/// <summary>Brielle, Hellevoetsluis and Westvoorne became Voorne aan Zee on 1 January 2023: the same again, on a clock.</summary>
public sealed class VoorneAanZeeTests
{
    private const string New = "gm1992";
    private static readonly string[] Old = ["gm0501", "gm0530", "gm0614"];
    private static readonly DateTime Midnight = new(2022, 12, 31, 23, 0, 0, DateTimeKind.Utc);

    [Theory, OnSqlite, OnSqlServer]
    public async Task Before_midnight_the_old_routes_after_it_the_new_and_old_cases_keep_their_codes(TestEngine engine)
    {
        await using var scene = await Island.NewAsync(engine);
        var world = scene.World;
        var open = await scene.CaseAsync("gm0501");
        var closed = await scene.CaseAsync("gm0501");
        await world.ExecuteAsync("UPDATE case_file SET state = 'closed', closed_at = opened_at, next_due = NULL WHERE id = @closed", new { closed });
        await world.ExecuteAsync("UPDATE deadline SET state = 'met', next_at = NULL, ended_at = starts_at WHERE case_id = @closed", new { closed });
        await scene.ConfirmedAsync();

        world.Clock.Jump(Midnight.AddMilliseconds(-1));
        await scene.SweepOnTwoNodesAsync();
        Assert.Equal(["gm0501-debts", "gm0530-debts", "gm0614-debts"], await scene.RoutesAsync());
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM organisation WHERE valid_until IS NOT NULL"));

        world.Clock.Jump(Midnight);
        await scene.SweepOnTwoNodesAsync();
        Assert.Equal(["gm1992-debts", "gm1992-debts", "gm1992-debts"], await scene.RoutesAsync());
        Assert.Equal(["2022-12-31"], await world.QueryAsync<string>("SELECT DISTINCT valid_until FROM organisation WHERE code IN @Old", new { Old }));
        Assert.Equal(["applied"], await world.QueryAsync<string>("SELECT state FROM merger"));

        Assert.Equal(
            [("gm0501", "gm0501", "gm1992", "open"), ("gm0501", "gm0501", "gm0501", "closed")],
            (await world.QueryAsync<CodesRow>("SELECT organisation_code, municipality_code, owner_organisation, state FROM case_file ORDER BY state DESC"))
                .ConvertAll(c => (c.OrganisationCode, c.MunicipalityCode, c.OwnerOrganisation, c.State)));
        Assert.Equal(1, await world.ScalarAsync<long>("SELECT COUNT(*) FROM journal WHERE kind = 'organisation_succeeded' AND case_id = @open", new { open }));
        Assert.DoesNotContain("organisation_succeeded", await world.TimelineAsync(closed));
        Assert.True((await world.The<VerifyJournal>().RunAsync()).Holds);
        Assert.Empty(await Invariants.BrokenAsync(world));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_is_under_way_goes_on_at_the_successor_with_the_same_people_and_dates(TestEngine engine)
    {
        await using var scene = await Island.NewAsync(engine);
        var world = scene.World;
        var caseId = await scene.CaseAsync("gm0501");
        var talk = await world.Given.AcceptedHandoff(scene.Desks["gm0501"], caseId, scene.Members["gm0501"]);
        Assert.True((await world.The<Promises>().MakeAsync(scene.Desks["gm0501"], caseId, new PromiseForm("Ik bel terug", Midnight.AddDays(3)), null)).IsOk);
        await world.Given.Available(scene.Members["gm0530"]);
        var rings = await world.Given.Handoff(scene.Desks["gm0530"], await scene.CaseAsync("gm0530"));
        Assert.NotNull(await world.PendingOfferAsync(scene.Members["gm0530"]));
        var due = await world.QueryAsync<DateTime>("SELECT due_at FROM deadline WHERE state = 'running' ORDER BY id");
        await scene.ConfirmedAsync();

        world.Clock.Jump(Midnight);
        await scene.SweepOnTwoNodesAsync();

        Assert.Equal(["gm1992"], await world.QueryAsync<string>("SELECT DISTINCT organisation_code FROM promise"));
        Assert.Equal(["gm1992-debts"], await world.QueryAsync<string>("SELECT DISTINCT line_code FROM handoff_line"));
        Assert.Equal(["gm1992-debts"], await world.QueryAsync<string>("SELECT line_code FROM handoff WHERE id = @talk", new { talk }));
        Assert.Equal(due, await world.QueryAsync<DateTime>("SELECT due_at FROM deadline WHERE state = 'running' ORDER BY id"));
        Assert.Empty(await world.QueryAsync<long>("SELECT professional_id FROM line_member WHERE line_code <> 'gm1992-debts'"));
        Assert.Equal(scene.Members.Values.Select(m => m.Id).Order(), await world.QueryAsync<long>("SELECT professional_id FROM line_member ORDER BY professional_id"));
        var member = await world.ActorAsync(scene.Members["gm0530"].Id);
        Assert.Equal(New, member.OrganisationCode);
        Assert.True((await world.The<AnswerOffer>().AcceptAsync(member, (await world.PendingOfferAsync(member))!.Value, null)).IsOk);
        Assert.Equal("gm1992-debts", await world.ScalarAsync<string>("SELECT line_code FROM handoff WHERE id = @rings", new { rings }));
        Assert.True((await world.The<Conversation>().SendAsync(await world.ActorAsync(scene.Members["gm0501"].Id), talk, "Ik ben er nog", null)).IsOk);
        Assert.Empty(await Invariants.BrokenAsync(world));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_was_known_and_given_before_is_known_after(TestEngine engine)
    {
        await using var scene = await Island.NewAsync(engine);
        var world = scene.World;
        var caseId = await scene.CaseAsync("gm0501");
        Assert.True((await world.The<Facts>().AddAsync(scene.Desks["gm0501"], caseId, new FactForm("Schuld", "Drie maanden huur", "citizen"), null)).IsOk);
        await world.Given.AcceptedHandoff(scene.Desks["gm0501"], caseId, scene.Members["gm0501"]);
        var fact = await world.ScalarAsync<long>("SELECT MAX(id) FROM fact");
        var handoff = await world.ScalarAsync<long>("SELECT MAX(id) FROM handoff");
        await world.ExecuteAsync("INSERT INTO disclosure (id, case_id, fact_id, handoff_id, line_code, rule_id, given_by, since) VALUES (1, @caseId, @fact, @handoff, 'gm0501-debts', 'r', 1, @now)", new { caseId, fact, handoff, now = world.Clock.UtcNow });
        var stranger = await world.Given.Specialist("gm1992-debts");
        await scene.ConfirmedAsync();
        world.Clock.Jump(Midnight);
        await scene.SweepOnTwoNodesAsync();

        Assert.Single(await scene.FactsAsync(scene.Desks["gm0501"], caseId), f => f.IsOwn && f.Value == "Drie maanden huur");
        Assert.Single(await scene.FactsAsync(stranger, caseId), f => f.Value == "Drie maanden huur");
        Assert.Equal(
            [("gm0501-debts", true), ("gm1992-debts", false)],
            (await world.QueryAsync<GivenRow>("SELECT line_code, CASE WHEN until IS NULL THEN 0 ELSE 1 END AS ended FROM disclosure ORDER BY line_code")).ConvertAll(d => (d.LineCode, d.Ended == 1)));
        Assert.Equal(["gm0501"], await world.QueryAsync<string>("SELECT recorded_organisation FROM fact WHERE id = @fact", new { fact }));

        var desk = await world.ActorAsync(scene.Desks["gm0501"].Id);
        var page = await world.PageAsync(desk, caseId);
        Assert.True(page.Case is { IsOwnOrganisation: true, MayEdit: true, Question.Length: > 0 });
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task An_obligation_without_successor_refuses_the_change_and_is_named(TestEngine engine)
    {
        await using var scene = await Island.NewAsync(engine);
        var world = scene.World;
        await world.Given.Line("gm0614-permits", members: 1);
        var id = await scene.DraftAsync();

        var answer = await world.The<DecideMerger>().ConfirmAsync(scene.National, id, null);

        Assert.Equal(("merger-left-with-nobody", "gm0614-permits"), (answer.Refusal!.Code, answer.Refusal.Args[0]));
        Assert.Equal(["draft"], await world.QueryAsync<string>("SELECT state FROM merger"));
        await world.Given.Line("gm1992-permits");
        Assert.True((await world.The<DecideMerger>().ConfirmAsync(scene.National, id, null)).IsOk);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_lost_its_successor_after_confirming_holds_everything_back_until_it_has_one(TestEngine engine)
    {
        await using var scene = await Island.NewAsync(engine);
        var world = scene.World;
        await scene.ConfirmedAsync();
        await world.Given.Line("gm0614-permits", members: 1);

        world.Clock.Jump(Midnight);
        await scene.SweepOnTwoNodesAsync();
        Assert.Equal(["gm0501-debts", "gm0530-debts", "gm0614-debts"], await scene.RoutesAsync());
        Assert.Equal(1, await world.ScalarAsync<long>("SELECT COUNT(*) FROM merger WHERE state = 'confirmed' AND held_at IS NOT NULL"));

        await world.Given.Line("gm1992-permits");
        await scene.SweepOnTwoNodesAsync();
        Assert.Equal(["gm1992-debts", "gm1992-debts", "gm1992-debts"], await scene.RoutesAsync());
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task One_supervisor_answers_for_the_new_body_and_the_rota_of_duty_and_the_rules_left_unused_come_along(TestEngine engine)
    {
        await using var scene = await Island.NewAsync(engine);
        var world = scene.World;
        var named = await world.QueryAsync<long>("SELECT id FROM professional WHERE supervisor = 1 ORDER BY id");
        await world.ExecuteAsync("INSERT INTO organisation_duty (organisation_code, day, professional_id) VALUES ('gm0501', 'mon', @one), ('gm0530', 'mon', @two), ('gm0530', 'tue', @two)", new { one = named[0], two = named[1] });
        await world.ExecuteAsync(
            "INSERT INTO sharing_rule_off (id, organisation_code, rule_id, reason, off_by, off_at) VALUES (1, 'gm0501', 'debts', 'Wij vragen het zelf.', @by, @at), (2, 'gm0530', 'debts', 'Nog niet.', @by, @at)",
            new { by = named[0], at = world.Clock.UtcNow });
        await scene.ConfirmedAsync();
        world.Clock.Jump(Midnight);
        await scene.SweepOnTwoNodesAsync();

        Assert.Equal(named[0], Assert.Single(await world.QueryAsync<long>("SELECT id FROM professional WHERE organisation_code = @New AND duty_supervisor = 1", new { New })));
        Assert.Equal([named[0], named[1]], await world.QueryAsync<long>("SELECT professional_id FROM organisation_duty WHERE organisation_code = @New ORDER BY day", new { New }));
        Assert.Equal(2, await world.ScalarAsync<long>("SELECT COUNT(*) FROM organisation_duty"));
        Assert.Equal(["debts"], await world.QueryAsync<string>("SELECT rule_id FROM sharing_rule_off WHERE organisation_code = @New AND on_at IS NULL", new { New }));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_cases_of_a_predecessor_are_destroyed_and_held_by_the_people_of_the_new_body(TestEngine engine)
    {
        await using var scene = await Island.NewAsync(engine);
        var world = scene.World;
        var held = await scene.CaseAsync("gm0501");
        var caseId = await scene.CaseAsync("gm0530");
        await world.ExecuteAsync(
            "INSERT INTO destruction (id, case_id, organisation_code, rule_id, due_on, proposed_at, state, version) VALUES (7, @caseId, 'gm0530', 'r', '2022-12-01', @now, 'proposed', 1)",
            new { caseId, now = world.Clock.UtcNow });
        var officer = await world.Given.Person(New);
        await world.ExecuteAsync("UPDATE professional SET privacy_officer = 1 WHERE id = @Id", new { officer.Id });
        officer = await world.ActorAsync(officer.Id);
        var hold = new HoldForm(await world.ScalarAsync<string>("SELECT number FROM case_file WHERE id = @held", new { held }), "Bezwaar loopt");
        Assert.Equal("destruction-unknown", (await world.The<ApproveDestruction>().RunAsync(officer, 7, null)).Refusal?.Code);
        Assert.Equal("hold-case-unknown", (await world.The<LegalHolds>().PlaceAsync(officer, hold, null)).Refusal?.Code);
        await scene.ConfirmedAsync();
        world.Clock.Jump(Midnight);
        await scene.SweepOnTwoNodesAsync();

        Assert.Equal(7, Assert.Single((await world.The<RetentionQuery>().LoadAsync(officer, FormState.Empty)).Proposed).Id);
        Assert.True((await world.The<ApproveDestruction>().RunAsync(officer, 7, null)).IsOk);
        Assert.True((await world.The<LegalHolds>().PlaceAsync(officer, hold, null)).IsOk);
        Assert.Equal("destruction-unknown", (await world.The<ApproveDestruction>().RunAsync(await world.Given.Supervisor("gm0363"), 7, null)).Refusal?.Code);
    }

    [Fact]
    public async Task In_a_split_each_team_goes_where_it_was_sent()
    {
        await using var scene = await Island.NewAsync(TestEngine.Sqlite);
        var world = scene.World;
        await world.Given.Line("gm1993-debts");
        var other = await world.Given.Supervisor("gm0501", "gm0501-oost");
        var member = await world.Given.Person("gm0501", "gm0501-oost", specialist: true);
        await world.Given.Member("gm0501-debts", member);
        var form = new MergerForm("Splitsing", new DateOnly(2023, 1, 1), [new("gm0501", New)], [], [new("gm0501-oost", "gm1993")]);

        Assert.Equal("merger-successor-wrong", (await world.The<SaveMerger>().RunAsync(scene.National, null, form, null)).Refusal?.Code);
        var id = Given.Id((await world.The<SaveMerger>().RunAsync(scene.National, null, form with { Bodies = [new("gm0501", New), new("gm0530", "gm1993")] }, null)).Value.MergerId);
        Assert.True((await world.The<DecideMerger>().ConfirmAsync(scene.National, id, null)).IsOk);
        world.Clock.Jump(Midnight);
        await scene.SweepOnTwoNodesAsync();

        Assert.Equal("gm1993", (await world.ActorAsync(other.Id)).OrganisationCode);
        Assert.Equal(New, (await world.ActorAsync(scene.Desks["gm0501"].Id)).OrganisationCode);
        Assert.Equal(["gm1993-debts"], await world.QueryAsync<string>("SELECT line_code FROM line_member WHERE professional_id = @Id", new { member.Id }));
        Assert.Equal(["gm1992-debts"], await world.QueryAsync<string>("SELECT line_code FROM line_member WHERE professional_id = @Id", new { scene.Members["gm0501"].Id }));
    }

    private sealed class CodesRow
    {
        public string OrganisationCode { get; init; } = "";

        public string MunicipalityCode { get; init; } = "";

        public string OwnerOrganisation { get; init; } = "";

        public string State { get; init; } = "";
    }

    private sealed class GivenRow
    {
        public string LineCode { get; init; } = "";

        public int Ended { get; init; }
    }

    /// <summary>The three municipalities with a desk, a supervisor and a debts line each, the new one with its lines, and who decides.</summary>
    private sealed class Island(World world) : IAsyncDisposable
    {
        public World World => world;

        public Dictionary<string, Actor> Desks { get; } = [];

        public Dictionary<string, Actor> Members { get; } = [];

        public Actor National { get; private set; } = null!;

        public static async Task<Island> NewAsync(TestEngine engine)
        {
            var world = await World.NewAsync(engine);
            world.Clock.Jump(Midnight.AddDays(-20));
            var scene = new Island(world);
            foreach (var (code, name) in Old.Zip(["Brielle", "Hellevoetsluis", "Westvoorne"]))
            {
                await world.Given.Municipality(code, name);
                scene.Members[code] = (await world.Given.Line($"{code}-debts", members: 1)).Members[0];
                scene.Desks[code] = await world.Given.FrontOffice(code);
                await world.Given.Supervisor(code);
            }

            await world.Given.Municipality(New, "Voorne aan Zee");
            await world.Given.Line("gm1992-debts");
            scene.National = await world.Given.Person("rijk1");
            return scene;
        }

        public Task<long> CaseAsync(string municipality) => world.Given.Case(Desks[municipality], municipality: municipality);

        public async Task<long> DraftAsync() => Given.Id((await world.The<SaveMerger>().RunAsync(
            National, null, new MergerForm("Voorne aan Zee", new DateOnly(2023, 1, 1), [.. Old.Select(o => new EndingBody(o, New))]), null)).Value.MergerId);

        public async Task ConfirmedAsync() => Assert.Null((await world.The<DecideMerger>().ConfirmAsync(National, await DraftAsync(), null)).Refusal);

        public async Task SweepOnTwoNodesAsync()
        {
            var other = await world.AnotherNodeAsync();
            await Task.WhenAll(world.The<ApplyMergers>().RunAsync(default), other.The<ApplyMergers>().RunAsync(default));
            await world.The<ApplyMergers>().RunAsync(default);
        }

        /// <summary>The first line that can ring for a citizen of each of the old municipalities.</summary>
        public async Task<List<string>> RoutesAsync()
        {
            var first = new List<string>();
            foreach (var municipality in Old)
            {
                var plan = await world.Db.ReadAsync(r => Routes.PlanAsync(r, "debts", municipality, world.Clock.UtcNow));
                first.Add(plan.Ringing.First().Line);
            }

            return first;
        }

        public async Task<List<VisibleFact>> FactsAsync(Actor actor, long caseId)
        {
            var now = await world.ActorAsync(actor.Id);
            return await world.Db.ReadAsync(r => VisibleFacts.LoadAsync(r, now, caseId));
        }

        public ValueTask DisposeAsync() => world.DisposeAsync();
    }
}
