namespace Loket.Browser.Tests;

/// <summary>A talk that was taken from a person does not leave them on a page that asks for it again and again.</summary>
public sealed class TalkGoneTests(LoketFixture loket) : IClassFixture<LoketFixture>
{
    [Fact]
    public async Task After_giving_back_the_open_page_of_the_talk_goes_to_the_line_and_says_why()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await using var specialist = await loket.AsAsync("Martijn de Groot");
        await specialist.GivenFreeAsync();
        var talk = await desk.GivenHandoffAsync(await desk.GivenCaseAsync("debts"));
        await specialist.AcceptOfferAsync();
        await specialist.ConnectedAsync();
        await specialist.ApiAsync("POST", $"/api/v1/handoffs/{talk}/confirm", new { how = "headset" });

        await specialist.ApiAsync("POST", $"/api/v1/handoffs/{talk}/finish", new { outcome = "returned", text = "Dit hoort bij Werk en inkomen." });
        await specialist.AtAsync("/line[?]gone=true$");
        await specialist.SeeAsync("#refusal", "Dit gesprek is niet meer van u.");
    }
}
