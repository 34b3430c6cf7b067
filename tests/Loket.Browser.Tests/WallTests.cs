using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Loket.Browser.Tests;

/// <summary>The wall lives: what happens elsewhere changes its figures by itself.</summary>
public sealed class WallTests(LoketFixture loket) : IClassFixture<LoketFixture>
{
    private const string Line = "tr[data-line=gm0344-debts]";

    [Fact]
    public async Task A_question_that_is_asked_and_taken_elsewhere_changes_the_figures_without_a_reload()
    {
        await using var supervisor = await loket.AsAsync("Willem de Haan");
        await using var specialist = await loket.AsAsync("Mai Tran");
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await supervisor.GoAsync("/wall");
        await supervisor.ConnectedAsync();
        await supervisor.Page.EvaluateAsync("document.body.dataset.sameDocument = 'true'");
        await Figure(supervisor, "free").ToHaveTextAsync("0");

        await specialist.GivenFreeAsync();
        await Figure(supervisor, "free").ToHaveTextAsync("1");
        await desk.GivenHandoffAsync(await desk.GivenCaseAsync("debts", "gm0344"));
        await Figure(supervisor, "waiting").ToHaveTextAsync("1");
        await Figure(supervisor, "offered").ToHaveTextAsync("1");
        await specialist.AcceptOfferAsync();
        await Figure(supervisor, "accepted").ToHaveTextAsync("1");
        await Figure(supervisor, "waiting").ToHaveTextAsync("0");

        await supervisor.SeeAsync($"{Line} .wall__people", "Mai Tran");
        Assert.Equal("true", await supervisor.Page.EvaluateAsync<string>("document.body.dataset.sameDocument"));
        Assert.Empty((await supervisor.Page.RunAxe()).Violations.Where(v => v.Impact is "serious" or "critical").Select(v => v.Help));
        await supervisor.Page.SetViewportSizeAsync(1920, 1080);
        await supervisor.PressAsync("t");
        await supervisor.See("[id^=hours-table]").ToHaveAttributeAsync("open", "");
        await supervisor.PressAsync("h");
        await supervisor.AtAsync("/team");
        await supervisor.Page.GoBackAsync();
        await supervisor.PressAsync("s");
        await supervisor.AtAsync("screen=big");
        // Read from three metres: at least 26 px for what counts.
        Assert.True(await supervisor.Page.EvaluateAsync<bool>(
            "() => [...document.querySelectorAll('.wall--big tbody .wall__n, .wall--big tbody th b')].every(e => parseFloat(getComputedStyle(e).fontSize) >= 26)"));
        Assert.False(await supervisor.Page.GetByText("Mai Tran").IsVisibleAsync());
        Assert.Empty(supervisor.Complaints);
    }

    private static ILocatorAssertions Figure(Person supervisor, string name) => Assertions.Expect(supervisor.Page.Locator($"{Line} [data-figure={name}]"));
}
