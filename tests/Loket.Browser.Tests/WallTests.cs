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

    [Fact]
    public async Task On_a_narrow_screen_which_row_it_is_stays_while_its_cells_are_scrolled_to()
    {
        await using var supervisor = await loket.AsAsync("Willem de Haan");
        await supervisor.Page.SetViewportSizeAsync(390, 844);
        await supervisor.GoAsync("/wall");
        await StaysAsync(supervisor, $"{Line} th b");
        await StaysAsync(supervisor, ".wall__group th > *");

        await using var manager = await loket.AsAsync("Annelies Brouwer");
        await manager.Page.SetViewportSizeAsync(390, 844);
        await manager.GoAsync("/lines/gm0344-debts");
        await StaysAsync(manager, ".manage__people tbody .choice");
        // What has the focus is not below the name that stays.
        Assert.True(await manager.Page.EvaluateAsync<bool>(
            """
            () => {
              const row = document.querySelector('.manage__people tbody tr');
              const scroll = row.closest('.scroll');
              const first = row.querySelector('input[type=number]');
              scroll.scrollLeft = scroll.scrollWidth;
              first.focus();
              return first.getBoundingClientRect().left >= row.querySelector('th').getBoundingClientRect().right;
            }
            """));
    }

    private static async Task StaysAsync(Person person, string name)
    {
        var at = await person.Page.Locator(name).First.EvaluateAsync<double[]>(
            """
            e => {
              const scroll = e.closest('.scroll');
              scroll.scrollLeft = scroll.scrollWidth;
              const box = e.getBoundingClientRect();
              return [scroll.scrollLeft, box.left, box.right];
            }
            """);
        Assert.True(at[0] > 100, $"{name}: its table is not wider than the screen");
        Assert.True(at[1] >= 0 && at[2] <= 390, $"{name} stands from {at[1]} to {at[2]}");
    }

    private static ILocatorAssertions Figure(Person supervisor, string name) => Assertions.Expect(supervisor.Page.Locator($"{Line} [data-figure={name}]"));
}
