using Xunit.Abstractions;

namespace Loket.Browser.Tests;

/// <summary>A life event at the desk: few keys, and also without script.</summary>
public sealed class JourneyTests(LoketFixture loket, ITestOutputHelper output) : IClassFixture<LoketFixture>
{
    [Fact]
    public async Task From_an_empty_desk_to_a_running_journey_at_three_organisations_in_under_sixty_keystrokes()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await desk.Page.Context.AddInitScriptAsync("addEventListener('keydown', () => { sessionStorage.keystrokes = Number(sessionStorage.keystrokes ?? 0) + 1; }, true);");
        await desk.GoAsync("/desk");
        await desk.ConnectedAsync();

        await desk.PressAsync("n");
        await desk.TypeAsync("Man dood");
        await desk.PressAsync("Tab");
        await desk.TypeAsync("i"); // Iemand is overleden
        await desk.PressAsync("Tab");
        await desk.TypeAsync("b"); // Burgerzaken
        await desk.PressAsync("Tab");
        await desk.TypeAsync("ut"); // Utrecht
        await desk.PressAsync("Alt+s");
        await desk.AtAsync("/cases/[0-9]+$");
        await desk.PressAsync("Alt+p");
        await desk.AtAsync("/journey$");
        await desk.FocusAsync("#journey-day");
        await desk.TypeAsync("11112026"); // the same in either order of day and month
        await desk.PressAsync("Tab"); // past the button that opens the calendar
        await desk.PressAsync("Tab");
        await desk.PressAsync("Space"); // yes, the partner died
        await desk.PressAsync("Enter");
        await desk.See("#step-survivor-benefit").ToBeCheckedAsync();
        await desk.PressAsync("Alt+s");
        await desk.AtAsync("/cases/[0-9]+\\?tab=steps$");

        var keystrokes = int.Parse(await desk.Page.EvaluateAsync<string>("() => sessionStorage.keystrokes"), System.Globalization.CultureInfo.InvariantCulture);
        var caseId = new Uri(desk.Page.Url).Segments[^1];
        var steps = (await desk.ApiAsync("GET", $"/api/v1/cases/{caseId}/steps")).GetProperty("steps").EnumerateArray().ToList();
        var dated = await loket.CountAsync($"SELECT COUNT(*) FROM deadline WHERE case_id = {caseId} AND subject_kind = 'step' AND state = 'running'");
        var organisations = await loket.CountAsync($"SELECT COUNT(DISTINCT organisation_code) FROM chain_step WHERE case_id = {caseId} AND organisation_code IS NOT NULL");
        output.WriteLine($"{keystrokes} keystrokes: {steps.Count} steps, {dated} with a running date, at {organisations} organisations");
        Assert.InRange(keystrokes, 20, 59);
        Assert.InRange(organisations, 3, 20);
        Assert.Equal(steps.Count, dated);
        Assert.Equal(0, desk.PointerUses);
        Assert.Empty(desk.Complaints);
    }

    [Fact]
    public async Task Without_script_the_journey_is_seen_changed_and_started_too()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi", javaScript: false);
        var caseId = await desk.GivenCaseAsync("civil_affairs", "gm0344");

        await desk.GoAsync($"/cases/{caseId}/journey");
        await desk.ChooseAsync("#journey-event", "Verh", "moving");
        await desk.EnterOnAsync("button", "Toon het stappenplan");
        await desk.See("#journey-day").ToBeVisibleAsync();
        await desk.TypeDateAsync("#journey-day", new DateOnly(2026, 12, 12));
        await desk.PressAsync("Enter");
        await desk.See("#step-report").ToBeCheckedAsync();
        await desk.See("#step-rent-benefit").Not.ToBeCheckedAsync();
        await desk.TabToAsync("#step-energy");
        await desk.PressAsync("Space");
        await desk.TabToAsync("input[name='answers[rents]'][value=yes]");
        await desk.PressAsync("Space");
        await desk.PressAsync("Enter");
        await desk.See("#step-rent-benefit").ToBeCheckedAsync();
        await desk.See("#step-energy").Not.ToBeCheckedAsync();
        await desk.EnterOnAsync("button[name=begin]");
        await desk.AtAsync("tab=steps$");

        Assert.Equal(0, await loket.CountAsync($"SELECT COUNT(*) FROM chain_step WHERE case_id = {caseId} AND template_step = 'energy'"));
        Assert.Equal(1, await loket.CountAsync($"SELECT COUNT(*) FROM chain_step WHERE case_id = {caseId} AND template_step = 'rent-benefit'"));
    }
}
