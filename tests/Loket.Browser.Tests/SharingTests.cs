namespace Loket.Browser.Tests;

/// <summary>What one side gives and the other side sees, on two open pages.</summary>
public sealed class SharingTests(LoketFixture loket) : IClassFixture<LoketFixture>
{
    private const string Line = "zb000117-unemployment";
    private const string Income = "2.150 euro bruto";

    [Fact]
    public async Task UWV_sees_the_three_facts_Utrecht_gave_gets_a_fourth_and_loses_it_without_reloading()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await using var specialist = await loket.AsAsync("Peter Prins");
        await specialist.GivenFreeAsync();
        var caseId = await desk.GivenCaseAsync("unemployment", "gm0344", "Ik ben mijn werk kwijt.", bsn: "999991279");
        await desk.ApiAsync("POST", $"/api/v1/cases/{caseId}/identity", new { method = "document" });
        await desk.ApiAsync("POST", $"/api/v1/cases/{caseId}/facts", new { kind = "income", value = Income, source = "citizen" });
        var known = (await desk.ApiAsync("GET", $"/api/v1/cases/{caseId}")).GetProperty("facts").EnumerateArray().ToList();
        Assert.Equal(5, known.Count);
        var three = known.Where(f => f.GetProperty("source").GetString() == "brp" && !f.GetProperty("isBsn").GetBoolean()).Select(f => long.Parse(f.GetProperty("id").ToString())).ToList();
        Assert.Equal(3, three.Count);
        var talk = await desk.ApiAsync("POST", $"/api/v1/cases/{caseId}/handoffs", new { mode = "warm", citizenAt = "desk", lineQuestion = "Heeft deze inwoner recht op WW?", facts = three });
        await specialist.AcceptOfferAsync();
        await specialist.ConnectedAsync();
        // Where the page of a case leads by itself, a few seconds after an offer was accepted.
        await desk.GoAsync($"/handoffs/{talk.GetProperty("handoffId")}");
        await desk.ConnectedAsync();

        await specialist.See("#talk-case .talk-fact").ToHaveCountAsync(3);
        await specialist.SeeAsync("#talk-case", "Anne-Marie Verheul");
        await specialist.See("#talk-case").Not.ToContainTextAsync(Income);
        await specialist.See(".talk-facts").Not.ToContainTextAsync("BSN");
        await specialist.See(".talk-case__who").Not.ToContainTextAsync("BSN");
        await specialist.Page.EvaluateAsync("() => { window.neverReloaded = true; }");

        await specialist.EnterOnAsync("#fact-more summary");
        await specialist.TabToAsync("#fact-ask-kind");
        await specialist.Page.Locator("#fact-ask-kind").SelectOptionAsync("income");
        await specialist.FillAsync("#fact-ask-why", "Om de hoogte te schatten");
        await specialist.PressAsync("Enter");
        await specialist.SeeAsync("#fact-asks", "Inkomen");
        await desk.SeeAsync("#fact-asks", "Om de hoogte te schatten");
        await specialist.See("#talk-case").Not.ToContainTextAsync(Income);

        await desk.EnterOnAsync("#fact-asks button", "Geef dit gegeven");
        await specialist.See("#talk-case .talk-fact").ToHaveCountAsync(4);
        await specialist.SeeAsync("#talk-case", Income);
        await specialist.PhotographAsync("sharing-given");

        await desk.EnterOnAsync("#fact-given summary");
        await desk.PhotographAsync("sharing-desk");
        await desk.EnterOnAsync("#fact-given button", "Inkomen");
        await specialist.See("#talk-case .talk-fact").ToHaveCountAsync(3);
        await specialist.See("main").Not.ToContainTextAsync(Income);

        Assert.True(await specialist.Page.EvaluateAsync<bool>("() => window.neverReloaded === true"));
        Assert.Empty(desk.Complaints);
        Assert.Empty(specialist.Complaints);
    }

    [Fact]
    public async Task What_does_not_belong_in_a_case_is_taken_out_and_put_back_by_keyboard()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        var caseId = await desk.GivenCaseAsync("debts");
        await desk.ApiAsync("POST", $"/api/v1/cases/{caseId}/facts", new { kind = "debts", value = Income, source = "citizen" });
        await desk.GoAsync($"/cases/{caseId}");
        await desk.ConnectedAsync();

        await desk.EnterOnAsync("tr:has(td) .fact-correct summary", "Schulden");
        await desk.FillAsync("[id^='out-why']", "Dit is van een andere inwoner");
        await desk.PressAsync("Enter");
        await desk.SeeAsync("#facts-out", "Dit is van een andere inwoner");
        await desk.See("main").Not.ToContainTextAsync(Income);
        await desk.PhotographAsync("fact-taken-out");

        await desk.EnterOnAsync("#facts-out button");
        await desk.SeeAsync(".facts", Income);
        await desk.See("#facts-out").ToHaveCountAsync(0);
        Assert.Equal(0, desk.PointerUses);
        Assert.Empty(desk.Complaints);
    }
}
