using Microsoft.Playwright;

namespace Loket.Browser.Tests;

/// <summary>A desk in Utrecht, The Hague's debts line and the UWV in one talk, each in a browser context of their own.</summary>
public sealed class ConferenceTests(LoketFixture loket) : IClassFixture<LoketFixture>
{
    private const string Earlier = "Zij heeft een brief van de deurwaarder.";

    [Fact]
    public async Task Three_organisations_talk_in_order_and_who_reloads_in_the_middle_misses_nothing()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await using var debts = await loket.AsAsync("Hans Nijland");
        await using var benefit = await loket.AsAsync("Ashwin Biharie");
        await WarmAsync(desk, debts);
        await benefit.GivenFreeAsync();
        await SayAsync(desk, Earlier);
        await SayAsync(desk, "Dit blijft tussen ons.");
        await debts.SeeAsync(".talk__list", "Dit blijft tussen ons.");

        await AskAsync(desk);
        await benefit.AcceptOfferAsync();

        await benefit.ConnectedAsync();
        foreach (var person in new[] { desk, debts, benefit })
        {
            await person.SeeAsync(".here", "Fatima Bouzidi");
            await person.SeeAsync(".here", "Gemeente Den Haag");
            await person.SeeAsync(".here", "Ashwin Biharie");
            await person.SeeAsync(".here", "UWV");
        }

        await benefit.SeeAsync(".messages", "aan u gegeven");
        await benefit.See(".messages").Not.ToContainTextAsync("Dit blijft tussen ons.");
        await desk.PhotographAsync("6-three");

        // All write; one of them reloads in the middle, while the others go on.
        Person[] people = [desk, debts, benefit];
        var said = new List<string>();
        for (var n = 1; n <= 9; n++)
        {
            if (n == 5)
            {
                var reload = debts.Page.ReloadAsync();
                await SayAsync(people[n % 3], Said(n));
                await reload;
                await debts.ConnectedAsync();
            }
            else
            {
                await SayAsync(people[n % 3], Said(n));
            }

            said.Add(Said(n));
        }

        foreach (var person in people)
        {
            await Assertions.Expect(person.Page.Locator(".message__text").Filter(new() { HasText = "Zin " })).ToHaveTextAsync(said);
            Assert.Empty(person.Complaints);
            Assert.Equal(0, person.PointerUses);
        }

        await LeaveAsync(desk, debts, benefit);
    }

    [Fact]
    public async Task A_text_about_a_scheme_comes_into_the_message_with_the_keyboard_alone()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await using var debts = await loket.AsAsync("Marieke Scholten");
        await WarmAsync(desk, debts);

        await desk.TabToAsync("#message-text");
        await desk.TypeAsync("Kijk hiernaar:");
        await desk.PressAsync("Alt+i");
        await desk.FocusAsync("#fragment-dialog [data-filter]");
        await desk.TypeAsync("zorgtoe");
        await desk.PressAsync("Enter");
        await desk.FocusAsync("#message-text");
        await desk.PressAsync("Enter");

        await debts.SeeAsync(".messages", "Kijk hiernaar: Zorgtoeslag: ");
        await debts.SeeAsync(".messages", "Bron: Wet op de zorgtoeslag, artikel 2");
        Assert.Empty(desk.Complaints);
    }

    [Fact]
    public async Task Without_script_the_line_is_asked_and_the_text_inserted_as_well()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi", javaScript: false);
        await using var debts = await loket.AsAsync("Tessa Bakker");
        await debts.GivenFreeAsync();
        var handoff = await desk.GivenHandoffAsync(await desk.GivenCaseAsync("debts"));
        await debts.AcceptOfferAsync();

        await desk.GoAsync($"/handoffs/{handoff}/snippets");
        await desk.EnterOnAsync("button[name=scheme]");
        await desk.AtAsync($"/handoffs/{handoff}$");
        await desk.See("#message-text").Not.ToHaveValueAsync("");

        await desk.GoAsync($"/handoffs/{handoff}/lines");
        await desk.EnterOnAsync("#more-line-list a", "WW");
        await desk.AtAsync("line=");
        await desk.FillAsync("#line-lineQuestion", "Is er recht op een uitkering?");
        await desk.EnterOnAsync("#more-line-form .action-bar button");
        await desk.AtAsync($"/handoffs/{handoff}$");
        Assert.Equal(1, await loket.CountAsync($"SELECT COUNT(*) FROM handoff WHERE talk_id = {handoff}"));
    }

    private static string Said(int n) => $"Zin {n}.";

    private static async Task WarmAsync(Person desk, Person debts)
    {
        await debts.GivenFreeAsync();
        var handoff = await desk.GivenHandoffAsync(await desk.GivenCaseAsync("debts"));
        await debts.AcceptOfferAsync();
        await desk.GoAsync($"/handoffs/{handoff}");
        await desk.ConnectedAsync();
        await debts.ConnectedAsync();
    }

    // With the keyboard: the line, the question, one of the two earlier messages.
    private static async Task AskAsync(Person desk)
    {
        await desk.PressAsync("Alt+l");
        await desk.FocusAsync("#fragment-dialog [data-filter]");
        await desk.TypeAsync("uwv ww");
        await desk.PressAsync("Enter");
        await desk.FocusAsync("#line-lineQuestion");
        await desk.TypeAsync("Is er nog recht op een uitkering?");
        await desk.TabToAsync("#more-line-form input[name=messages]");
        await desk.PressAsync("Space");
        await desk.EnterOnAsync("#more-line-form .action-bar button");
        await desk.See("#fragment-dialog").Not.ToBeVisibleAsync();
        await desk.SeeAsync(".here", "wordt gevraagd");
    }

    private static async Task SayAsync(Person person, string text)
    {
        await person.TabToAsync("#message-text");
        await person.TypeAsync(text);
        await person.PressAsync("Enter");
        await person.SeeAsync(".messages li:last-child", text);
    }

    // The UWV is done; then The Hague has the citizen, and the desk is released.
    private static async Task LeaveAsync(Person desk, Person debts, Person benefit)
    {
        await benefit.PressAsync("Alt+2");
        await benefit.PressAsync("Alt+k");
        await benefit.SeeAsync("#side", "Antwoord gegeven");
        await benefit.EnterOnAsync("#side form[action$='/done'] button");
        await benefit.AtAsync("/line$");
        await desk.SeeAsync(".here__person--gone", "Ashwin Biharie");
        await desk.See("#message-text").ToBeVisibleAsync();
        await debts.EnterOnAsync("#confirm-form button[value=headset]");
        await desk.SeeAsync("#talk-write", "U leest mee");
    }
}
