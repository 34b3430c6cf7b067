using System.Globalization;
using Loket.Web.Features.Journeys;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Steps;
using Loket.Web.Security;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Journeys;

/// <summary>"Turning 18" has a second version: what started with the first one stays there.</summary>
public sealed class VersionTests
{
    private static readonly JourneyForm First = new("turning_18", "2008-02-29", new() { ["rents"] = "yes", ["school"] = "no", ["youth-care"] = "no" }, Version: 1, Steps: ["rent-benefit"]);

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_case_keeps_the_version_it_started_with(TestEngine engine)
    {
        await using var world = await World.NewAsync(engine);
        var desk = await DeskAsync(world);
        var (older, newer) = (await world.Given.Case(desk, municipality: "gm0344"), await world.Given.Case(desk, municipality: "gm0344"));
        var now = First with { Version = null };
        Assert.Null((await world.The<StartJourney>().RunAsync(desk, older, First, null)).Refusal);
        Assert.Null((await world.The<StartJourney>().RunAsync(desk, newer, now, null)).Refusal);

        Assert.Equal((1, false), await ShownAsync(world, desk.Id, older, now));
        Assert.Equal((2, true), await ShownAsync(world, desk.Id, newer, now));

        var more = now with { Steps = ["health-benefit"] };
        Assert.Equal("journey-changed", (await world.The<StartJourney>().RunAsync(desk, older, more with { Version = 2, Seen = (more with { Version = 2 }).Fingerprint }, null)).Refusal?.Code);
        Assert.Null((await world.The<StartJourney>().RunAsync(desk, older, more, null)).Refusal);
        Assert.Equal(
            [(older, 1), (older, 1), (newer, 2)],
            (await world.QueryAsync<Row>("SELECT case_id, template_version FROM chain_step ORDER BY case_id, position")).Select(r => (r.CaseId, r.TemplateVersion)));
    }

    [Fact]
    public async Task The_upkeep_screen_shows_what_changed_between_them()
    {
        await using var world = await World.NewAsync();

        var view = (await world.AskAsync<LifeEventsQuery, LifeEventView?>(q => q.ShowAsync("turning_18", null, null, null, null, null)))!;

        Assert.Equal((2, 1), (view.Version, view.With));
        Assert.Equal([2, 1], view.Versions);
        Assert.Equal([("rent-benefit", "professional"), ("local-taxes", "step")], view.Changes.Select(c => (c.Key, c.Part)));
        Assert.Null(view.Changes[1].Before);
        var old = (await world.AskAsync<LifeEventsQuery, LifeEventView?>(q => q.ShowAsync("turning_18", 1, null, null, null, null)))!;
        Assert.Equal("db/reference/life-events/archive/turning_18-1.json", old.File);
        Assert.DoesNotContain(old.Steps, s => s.Key == "local-taxes");
    }

    [Fact]
    public async Task Who_reads_english_reads_the_steps_of_a_journey_in_english_and_typed_ones_as_they_are()
    {
        await using var world = await World.NewAsync();
        var desk = await DeskAsync(world);
        var caseId = await world.Given.Case(desk, municipality: "gm0344");
        Assert.Null((await world.The<StartJourney>().RunAsync(desk, caseId, First, null)).Refusal);
        Assert.Null((await world.The<AddSteps>().RunAsync(desk, caseId, new StepForm("Brief halen", "gm0344"), null)).Refusal);

        async Task<string[]> TitlesAsync() =>
        [
            .. (await world.AskAsync<StepQuery, StepsView?>(q => q.OfCaseAsync(desk, caseId)))!.Steps.Select(s => s.Title),
            .. (await world.AskAsync<MyStepsQuery, MyStepsView>(q => q.LoadAsync(desk, FormState.Empty))).Steps.Select(s => s.Title).Order(StringComparer.Ordinal),
        ];
        Assert.Equal(["Huurtoeslag aanvragen", "Brief halen", "Brief halen", "Huurtoeslag aanvragen"], await TitlesAsync());
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        Assert.Equal(["Apply for rent benefit", "Brief halen", "Apply for rent benefit", "Brief halen"], await TitlesAsync());
    }

    private static async Task<Actor> DeskAsync(World world)
    {
        foreach (var topic in new[] { "general", "care_wmo", "local_taxes" })
        {
            await world.Given.Topic(topic);
        }

        await world.Given.Organisation("oorg12369");
        return await world.Given.FrontOffice("gm0344");
    }

    private static async Task<(int Version, bool LocalTaxes)> ShownAsync(World world, long desk, long caseId, JourneyForm form)
    {
        var actor = await world.ActorAsync(desk);
        var view = (await world.AskAsync<JourneyQuery, JourneyView?>(q => q.OfCaseAsync(actor, caseId, form)))!;
        return (view.Event!.Version, view.Steps.Any(s => s.Key == "local-taxes"));
    }

    private sealed class Row
    {
        public long CaseId { get; init; }

        public int TemplateVersion { get; init; }
    }
}
