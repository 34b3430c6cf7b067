namespace Loket.Browser.Tests;

/// <summary>A table that is wider than the screen: scrolled sideways, it still says what each row is about.</summary>
public sealed class WideTableTests(LoketFixture loket) : IClassFixture<LoketFixture>
{
    [Fact]
    public async Task On_a_narrow_screen_which_row_it_is_stays_while_its_cells_are_scrolled_to()
    {
        await using var supervisor = await loket.AsAsync("Willem de Haan");
        await supervisor.Page.SetViewportSizeAsync(390, 844);
        await supervisor.GoAsync("/wall");
        await StaysAsync(supervisor, ".wall__line th b");
        await StaysAsync(supervisor, ".wall__table thead th");
        await StaysAsync(supervisor, ".wall__group th > *");

        await using var manager = await loket.AsAsync("Annelies Brouwer");
        await manager.Page.SetViewportSizeAsync(390, 844);
        await manager.GoAsync("/lines/gm0344-debts");
        await StaysAsync(manager, ".manage__people tbody .choice");
        await StaysAsync(manager, ".manage__people thead th");
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
}
