using Loket.Web.Features.Journeys;
using Loket.Web.Security;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Journeys;

/// <summary>A desk in Utrecht; somebody from Utrecht died. The clock starts on Tuesday 10 February 2026.</summary>
public sealed class StartJourneyTests
{
    private static readonly JourneyForm Death = new(
        "death", "2026-02-06", new() { ["partner"] = "yes", ["rented"] = "yes", ["children"] = "no" }, Steps: ["report", "survivor-benefit", "tenancy", "estate", "child-benefit"]);

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_chosen_steps_are_created_with_bodies_dates_terms_and_what_they_wait_for(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var (desk, caseId) = await SceneAsync(world);

        var started = await world.The<StartJourney>().RunAsync(desk, caseId, Death, "k1");

        Assert.Null(started.Refusal);
        Assert.Equal(
            [
                // A child's step was chosen but its branch was answered with no.
                "report|gm0344|2026-02-06|WD6|act|BW boek 1 art. 1:19h lid 2 en 5; akte 1:19f|1|2026-02-16|1",
                "survivor-benefit|zb000143|2026-02-10|WD10|service||0|2026-02-24|1",
                "tenancy|gm0344|2026-02-10|WD10|service||0|2026-02-24|1", // no landlord chosen: the desk's own
                "estate|gm0344|2026-02-06|P3M|service|BW boek 4 art. 4:185|0|2026-05-06|1", // not read again: no law, and not verified
            ],
            (await world.QueryAsync<Row>(
                """
                SELECT template_step, organisation_code, term_start, term, basis, COALESCE(article, '') AS article, article_verified, due_at, template_version
                FROM chain_step WHERE life_event = 'death' ORDER BY position
                """)).ConvertAll(r => r.ToString()));
        Assert.Equal(3, await world.ScalarAsync<long>("SELECT COUNT(*) FROM chain_step_need"));
        Assert.Equal(4, await world.ScalarAsync<long>("SELECT COUNT(*) FROM deadline WHERE subject_kind = 'step' AND state = 'running'"));
        Assert.Equal([desk.Id], await world.QueryAsync<long>("SELECT DISTINCT professional_id FROM chain_step"));
        Assert.Contains("journey_started", await world.TimelineAsync(caseId));

        Assert.Equal(started.Value.StepIds, (await world.The<StartJourney>().RunAsync(desk, caseId, Death, "k1")).Value.StepIds);
        Assert.Equal("journey-nothing-chosen", (await world.The<StartJourney>().RunAsync(desk, caseId, Death, "k2")).Refusal?.Code);
        Assert.Equal(4, await world.ScalarAsync<long>("SELECT COUNT(*) FROM chain_step"));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Of_eight_who_start_the_same_journey_at_once_one_does(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var (desk, caseId) = await SceneAsync(world);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => world.The<StartJourney>().RunAsync(desk, caseId, Death, null))));

        Assert.Single(outcomes, o => o.IsOk);
        Assert.Equal(4, await world.ScalarAsync<long>("SELECT COUNT(*) FROM chain_step"));
    }

    [Fact]
    public async Task A_step_of_a_partner_goes_to_the_one_that_was_chosen()
    {
        await using var world = await World.NewAsync();
        var (desk, caseId) = await SceneAsync(world);
        await world.ExecuteAsync("INSERT INTO partner (id, kind, name, sort_name) VALUES (7, 'landlord', 'Woonstad', 'woonstad')", new { });

        Assert.Null((await world.The<StartJourney>().RunAsync(desk, caseId, Death with { Steps = ["tenancy"], Partners = new() { ["tenancy"] = 7 } }, null)).Refusal);

        Assert.Equal(1, await world.ScalarAsync<long>("SELECT COUNT(*) FROM chain_step WHERE partner_id = 7 AND organisation_code IS NULL"));
    }

    [Fact]
    public async Task Nothing_starts_that_was_not_seen_or_cannot_be()
    {
        await using var world = await World.NewAsync();
        var (desk, caseId) = await SceneAsync(world);
        var stranger = await world.Given.FrontOffice("gm0599");

        async Task<string?> Refused(JourneyForm form, Actor? by = null) => (await world.The<StartJourney>().RunAsync(by ?? desk, caseId, form, null)).Refusal?.Code;

        Assert.Equal("life-event-missing", await Refused(Death with { Event = "" }));
        Assert.Equal("life-event-unknown", await Refused(Death with { Event = "lottery" }));
        Assert.Equal("life-event-unknown", await Refused(Death with { Version = 99 }));
        Assert.Equal("term-day-missing", await Refused(Death with { Day = " " }));
        Assert.Equal("term-day-unreadable", await Refused(Death with { Day = "6-2-2026" }));
        Assert.Equal("term-day-outside", await Refused(Death with { Day = "1999-02-06" }));
        Assert.Equal("journey-nothing-chosen", await Refused(Death with { Steps = ["nothing"] }));
        Assert.Equal("journey-changed", await Refused(Death with { Seen = (Death with { Day = "2026-02-05" }).Fingerprint }));
        Assert.Equal("case-unknown", await Refused(Death, stranger));
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM chain_step"));
        await world.ExecuteAsync("UPDATE case_file SET municipality_code = NULL", new { });
        Assert.Equal("municipality-missing", await Refused(Death));
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT COUNT(*) FROM chain_step"));
        Assert.Null(await Refused(Death with { Seen = Death.Fingerprint, Steps = ["survivor-benefit"] }));
    }

    private static async Task<(Actor Desk, long CaseId)> SceneAsync(World world)
    {
        var desk = await world.Given.FrontOffice("gm0344");
        foreach (var topic in new[] { "civil-affairs", "work-income", "debts" })
        {
            await world.Given.Line($"gm0344-{topic}");
        }

        foreach (var body in new[] { "zb000143", "oorg12368", "oorg12369", "zb000149" })
        {
            await world.Given.Organisation(body);
        }

        return (desk, await world.Given.Case(desk, municipality: "gm0344"));
    }

    private sealed class Row
    {
        public string TemplateStep { get; init; } = "";

        public string OrganisationCode { get; init; } = "";

        public string TermStart { get; init; } = "";

        public string Term { get; init; } = "";

        public string Basis { get; init; } = "";

        public string Article { get; init; } = "";

        public int ArticleVerified { get; init; }

        public DateTime DueAt { get; init; }

        public int TemplateVersion { get; init; }

        public override string ToString() => $"{TemplateStep}|{OrganisationCode}|{TermStart}|{Term}|{Basis}|{Article}|{ArticleVerified}|{DueAt:yyyy-MM-dd}|{TemplateVersion}";
    }
}
