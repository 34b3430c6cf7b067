namespace Loket.Browser.Tests;

/// <summary>From question to door by keyboard.</summary>
public sealed class SuggestionTests(LoketFixture loket) : IClassFixture<LoketFixture>
{
    [Fact]
    public async Task A_wrong_suggestion_is_one_key_away_from_another_and_from_the_search_box()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await desk.GoAsync("/desk");
        await desk.ConnectedAsync();
        await desk.PressAsync("n");
        await desk.TypeAsync("Zij heeft huurtoeslag en ziet niet waarom die stopt, ook met schulden");
        await desk.See(".suggestions__item >> nth=1").ToBeVisibleAsync();

        await desk.PressAsync("Alt+u");
        await desk.See("#case-topic").ToHaveValueAsync("benefits");
        await desk.PressAsync("Alt+i");
        await desk.See("#case-topic").ToHaveValueAsync("debts");
        await desk.PressAsync("Alt+/");
        await desk.See("#palette-input").ToBeFocusedAsync();

        Assert.Equal(0, desk.PointerUses);
        Assert.Empty(desk.Complaints);
    }
}
