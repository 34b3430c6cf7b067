namespace Loket.Browser.Tests;

/// <summary>A specialist who looks at another page hears of an offer there, and takes it from there.</summary>
public sealed class OfferElsewhereTests(LoketFixture loket) : IClassFixture<LoketFixture>
{
    private const string Question = "Kan de regeling opnieuw?";

    [Fact]
    public async Task A_colleague_who_takes_a_talk_is_no_longer_free_on_the_page_of_the_others_at_once()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await using var taker = await loket.AsAsync("Mai Tran");
        await using var beside = await loket.AsAsync(await loket.NameAsync(
            "SELECT w.name FROM professional w JOIN line_member m ON m.professional_id = w.id WHERE m.line_code = 'gm0344-debts' AND m.tier = 1 AND w.name <> 'Mai Tran' ORDER BY w.id"));
        await beside.GoAsync("/line");
        await beside.ConnectedAsync();
        await taker.GivenFreeAsync();
        await beside.SeeAsync(".team li:has-text('Mai Tran')", "vrij");
        await desk.GivenHandoffAsync(await desk.GivenCaseAsync("debts", "gm0344"));
        await taker.AcceptOfferAsync();
        await beside.SeeAsync(".team li:has-text('Mai Tran')", "in gesprek");
    }

    [Fact]
    public async Task An_offer_comes_to_the_list_of_cases_and_one_key_takes_it()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await using var specialist = await loket.AsAsync("Martijn de Groot");
        await specialist.GivenFreeAsync();
        await specialist.GoAsync("/cases");
        await specialist.ConnectedAsync();
        await desk.GivenHandoffAsync(await desk.GivenCaseAsync("debts"), Question);

        await specialist.SeeAsync(".offer-strip", Question);
        await specialist.SeeAsync(".offer-strip", "Schulden");
        await specialist.FocusAsync(".offer-strip [data-accept]");
        await specialist.SeeAsync("#announce-now", "Nieuwe vraag voor u");
        await specialist.AttentionAsync();
        await specialist.PressAsync("Alt+Enter");
        await specialist.AtAsync("/handoffs/[0-9]+$");
        await specialist.See(".offer-strip").ToHaveCountAsync(0);
        Assert.Empty(specialist.Complaints);
    }

    [Fact]
    public async Task Who_is_in_a_field_stays_there_and_takes_it_all_the_same()
    {
        await using var desk = await loket.AsAsync("Sanne Kuiper");
        await using var specialist = await loket.AsAsync("Mirjam van der Wal");
        await specialist.GivenFreeAsync();
        await specialist.GoAsync("/terms");
        await specialist.ConnectedAsync();
        await specialist.TabToAsync("#terms-start");
        await desk.GivenHandoffAsync(await desk.GivenCaseAsync("work_income"), Question);

        await specialist.SeeAsync(".offer-strip", Question);
        await specialist.TypeAsync("1");
        await specialist.See("#terms-start").ToBeFocusedAsync();
        await specialist.AttentionAsync();
        await specialist.PressAsync("Alt+Enter");
        await specialist.AtAsync("/handoffs/[0-9]+$");
    }

    [Fact]
    public async Task An_offer_that_stands_is_on_the_page_without_a_script_too_and_an_ended_one_goes()
    {
        await using var desk = await loket.AsAsync("Paul op den Kamp");
        await using var specialist = await loket.AsAsync("Gerard van Dam");
        await specialist.GivenFreeAsync();
        await specialist.GoAsync("/cases");
        await specialist.ConnectedAsync();
        var handoff = await desk.GivenHandoffAsync(await desk.GivenCaseAsync("care_wmo"), Question);
        await specialist.SeeAsync(".offer-strip", Question);

        var page = await specialist.Page.APIRequest.GetAsync(new Uri(specialist.Address, "/cases").ToString());
        Assert.Contains("action=\"/offers/", await page.TextAsync(), StringComparison.Ordinal);
        await desk.ApiAsync("POST", $"/api/v1/handoffs/{handoff}/withdraw");
        await specialist.See(".offer-strip").ToHaveCountAsync(0);
    }
}
