using Xunit.Abstractions;

namespace Loket.Browser.Tests;

/// <summary>How many keys it takes, besides the text itself: a citizen is waiting opposite.</summary>
public sealed class KeystrokeTests(LoketFixture loket, ITestOutputHelper output) : IClassFixture<LoketFixture>
{
    [Fact]
    public async Task From_citizen_at_the_desk_to_specialist_on_the_line_in_25_keys_and_from_accepting_to_outcome_in_10()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await using var specialist = await loket.AsAsync("Martijn de Groot");
        await specialist.GivenFreeAsync();
        await desk.GoAsync("/desk");
        await desk.FocusAsync("#case-heading");
        var began = TimeProvider.System.GetTimestamp();

        await desk.PressAsync("n");
        await desk.FocusAsync("#case-question");
        await desk.TypeAsync("Ik heb drie maanden huurschuld.");
        await desk.ChooseAsync("#case-topic", "Schul", "debts");
        await desk.ChooseAsync("#case-municipality", "Den Ha", "gm0518");
        await desk.TabToAsync("#case-bsn");
        await desk.TypeAsync("999991279");
        await desk.PressAsync("Alt+s");
        await desk.AtAsync("/cases/[0-9]+$");
        await desk.ConnectedAsync();
        await desk.PressAsync("Alt+i");
        await desk.PressAsync("Enter");
        await desk.SeeAsync("#case-head", "Anne-Marie Verheul");
        await desk.FocusAsync("#ask-lineQuestion");
        await desk.TypeAsync("Dreigende ontruiming. Kan de huurschuld in een regeling?");
        await desk.PressAsync("Alt+v");
        await desk.See("#ringing[data-state=offered]").ToBeVisibleAsync();
        await specialist.FocusAsync("[data-accept]");
        await specialist.AttentionAsync();
        await specialist.PressAsync("Enter");
        await specialist.AtAsync("/handoffs/[0-9]+$");
        await desk.PressAsync("Alt+Enter");
        await desk.AtAsync("/handoffs/[0-9]+$");
        var asked = TimeProvider.System.GetElapsedTime(began);
        output.WriteLine($"citizen at the desk to specialist on the line: {desk.Keystrokes} keys besides text, {asked.TotalSeconds:0.0} s by a script");

        await specialist.ConnectedAsync();
        await specialist.PressAsync("Alt+h");
        await specialist.See("#finish-text").ToBeVisibleAsync();
        await specialist.PressAsync("Alt+1");
        await specialist.FillAsync("#finish-text", "Regeling gestart.");
        await specialist.PressAsync("Alt+k");
        await specialist.See("#side .wrap").ToBeVisibleAsync();
        output.WriteLine($"accepting to outcome: {specialist.Keystrokes} keys besides text");

        Assert.InRange(desk.Keystrokes, 1, 25);
        Assert.InRange(specialist.Keystrokes, 1, 10);
        Assert.Equal(0, desk.PointerUses + specialist.PointerUses);
    }
}
