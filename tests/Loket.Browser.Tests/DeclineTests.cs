namespace Loket.Browser.Tests;

/// <summary>A "no" on one key is not given by a slip: not in the first moment, and it can be taken back.</summary>
public sealed class DeclineTests(LoketFixture loket) : IClassFixture<LoketFixture>
{
    [Fact]
    public async Task A_slip_is_taken_back_with_escape_and_the_offer_can_still_be_taken()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await using var specialist = await loket.AsAsync("Martijn de Groot");
        await specialist.GivenFreeAsync();
        var talk = await desk.GivenHandoffAsync(await desk.GivenCaseAsync("debts"));
        await specialist.FocusAsync("[data-accept]");
        await specialist.AttentionAsync();
        await specialist.PressAsync("2");
        await specialist.SeeAsync("#undo", "U weigert: Geen ruimte.");
        await specialist.PressAsync("Escape");
        await specialist.See("#undo").ToBeHiddenAsync();
        await specialist.FocusAsync("[data-accept]");

        await specialist.PressAsync("Enter");
        await specialist.AtAsync("/handoffs/[0-9]+$");
        Assert.Equal(0, await loket.CountAsync($"SELECT COUNT(*) FROM offer WHERE handoff_id = {talk} AND state = 'declined'"));
    }

    [Fact]
    public async Task A_key_pressed_in_the_moment_the_offer_appears_does_nothing()
    {
        await using var desk = await loket.AsAsync("Sanne Kuiper");
        await using var specialist = await loket.AsAsync("Gerard van Dam");
        await specialist.GivenFreeAsync();
        await specialist.Page.EvaluateAsync(
            """
            () => new MutationObserver((_, seen) => {
              if (!document.querySelector('[data-offer]')) return;
              seen.disconnect();
              window.loketPressed = !document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '4', bubbles: true, cancelable: true }));
            }).observe(document.body, { childList: true, subtree: true })
            """);
        await desk.GivenHandoffAsync(await desk.GivenCaseAsync("care_wmo"));
        await specialist.FocusAsync("[data-accept]");

        await specialist.Page.WaitForFunctionAsync("() => window.loketPressed === true");
        await specialist.See("#undo").ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_no_that_stands_is_sent_after_three_seconds()
    {
        await using var desk = await loket.AsAsync("Paul op den Kamp");
        await using var specialist = await loket.AsAsync("Mirjam van der Wal");
        await specialist.GivenFreeAsync();
        var talk = await desk.GivenHandoffAsync(await desk.GivenCaseAsync("work_income"));
        await specialist.FocusAsync("[data-accept]");
        await specialist.AttentionAsync();
        await specialist.PressAsync("4");

        await loket.UntilAsync($"SELECT COUNT(*) FROM offer WHERE handoff_id = {talk} AND state = 'declined' AND decline_reason = 'outside_area'", 1);
        await specialist.See("[data-accept]").ToHaveCountAsync(0);
    }
}
