using System.Globalization;

namespace Loket.Browser.Tests;

/// <summary>The supervisor's chain board by keyboard: a warning arrives while the page stands open, is taken up and is in the log.</summary>
public sealed class ChainBoardTests(LoketFixture loket) : IClassFixture<LoketFixture>
{
    [Fact]
    public async Task A_warning_that_arrives_live_is_taken_up_by_keyboard_and_shows_in_the_log()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await using var supervisor = await loket.AsAsync("Willem de Haan");
        await supervisor.GoAsync("/chain");
        await supervisor.ConnectedAsync();
        await supervisor.See(".warning").ToHaveCountAsync(0);
        await supervisor.Page.EvaluateAsync("() => { window.loketSamePage = true; }");

        // Due in ten seconds: then the person and the supervisor hear of it. This organisation tells the owner's side only
        // twenty seconds later, so that nothing else comes while the test looks.
        await supervisor.ApiAsync("PUT", "/api/v1/ladder", new { reminderPercent = 95, overduePercent = 200, climbMinutes = 240, stalledDays = 3, version = 0 });
        var caseId = await desk.GivenCaseAsync("debts");
        await desk.ApiAsync("POST", $"/api/v1/cases/{caseId}/promises", new { text = "Ik bel de verhuurder", dueAt = TimeProvider.System.GetUtcNow().AddSeconds(10) });

        await supervisor.SeeAsync(".warning", "Stap 2");
        await supervisor.SeeAsync("#warnings-title", "1 zonder antwoord");
        await supervisor.SeeAsync($"#row-{caseId}", "Fatima Bouzidi");
        Assert.True(await supervisor.Page.EvaluateAsync<bool>("() => window.loketSamePage === true"));

        await supervisor.PressAsync("b");
        await supervisor.See(".warning--done").ToHaveCountAsync(1);
        await supervisor.SeeAsync(".warning--done", "Willem de Haan");
        await supervisor.SeeAsync("#warnings-title", "0 zonder antwoord");
        await supervisor.PhotographAsync("5-chain-board-acknowledged");

        await supervisor.EnterOnAsync(".warnings__links a", "Logboek");
        await supervisor.AtAsync("/chain/log$");
        await supervisor.SeeAsync("tr:has(td:nth-child(3):text('Willem de Haan'))", "Opgepakt door Willem de Haan");
        await supervisor.SeeAsync("tr:has(td:nth-child(3):text('Fatima Bouzidi'))", "Nog geen antwoord");
        await supervisor.PhotographAsync("5-escalation-log");
        Assert.Equal(0, supervisor.PointerUses);
        Assert.Empty(supervisor.Complaints);

        // The log of the case says the same to who works it.
        await desk.GoAsync($"/cases/{caseId}/escalations");
        await desk.SeeAsync(".log", "Opgepakt door Willem de Haan");
        Assert.Equal(1, await loket.CountAsync("SELECT COUNT(*) FROM escalation WHERE acknowledged_at IS NOT NULL"));
    }

    [Fact]
    public async Task A_sick_colleague_is_reported_away_and_all_their_promises_are_spread_by_keyboard()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await using var supervisor = await loket.AsAsync("Willem de Haan");
        for (var i = 0; i < 14; i++)
        {
            var caseId = await desk.GivenCaseAsync("debts");
            await desk.ApiAsync("POST", $"/api/v1/cases/{caseId}/promises", new { text = "Ik bel", dueAt = TimeProvider.System.GetUtcNow().AddDays(3 + i) });
        }

        await supervisor.GoAsync("/absence");
        await supervisor.EnterOnAsync(".absence__person a", "Fatima Bouzidi");
        await supervisor.AtAsync("person=");
        await supervisor.TabToAsync("#absence-until");
        await supervisor.TypeDateAsync("#absence-until", DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(20));
        await supervisor.EnterOnAsync(".absence__form .action-bar button");
        await supervisor.SeeAsync(".absence__now", "Afwezig tot en met");
        await supervisor.PhotographAsync("6-absence");

        await supervisor.EnterOnAsync(".absence__spread a");
        await supervisor.AtAsync("/spread$");
        var fatima = await loket.CountAsync("SELECT id FROM professional WHERE name = 'Fatima Bouzidi'");
        var open = await loket.CountAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT COUNT(*) FROM deadline WHERE professional_id = {fatima} AND state = 'running'"));
        Assert.True(open >= 14);
        await supervisor.PhotographAsync("6-spread");
        await supervisor.EnterOnAsync(".spread__act button");
        await supervisor.AtAsync("/absence\\?person=");

        await loket.UntilAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT COUNT(*) FROM deadline WHERE professional_id = {fatima} AND state = 'running'"), 0);
        Assert.Equal(0, supervisor.PointerUses);
        Assert.Empty(supervisor.Complaints);
    }
}
