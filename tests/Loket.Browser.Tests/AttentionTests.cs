using Microsoft.Playwright;

namespace Loket.Browser.Tests;

/// <summary>How Loket asks for attention: sound and message as each person wishes, silence in a conversation, and the truth about the connection.</summary>
public sealed class AttentionTests(LoketFixture loket) : IClassFixture<LoketFixture>
{
    // Counts tones and messages instead of making them; the page believes that nobody looks at it.
    private const string Counted = """
        window.loketTones = 0; window.loketNotices = []; window.loketAsked = 0;
        AudioContext.prototype.createOscillator = (make => function () { window.loketTones++; return make.call(this); })(AudioContext.prototype.createOscillator);
        window.Notification = class { constructor(title, options) { window.loketNotices.push([title, JSON.stringify(options)].join(' ')); } close() { window.loketClosed = (window.loketClosed ?? 0) + 1; }
          static permission = sessionStorage.getItem('test-permission') ?? 'default';
          static async requestPermission() { window.loketAsked++; sessionStorage.setItem('test-permission', 'granted'); return Notification.permission = 'granted'; } };
        document.hasFocus = () => false;
        """;

    [Fact]
    public async Task A_message_of_the_system_comes_only_after_consent_and_tells_nothing_of_anybody()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await using var specialist = await loket.AsAsync("Martijn de Groot");
        await specialist.Page.AddInitScriptAsync(Counted);
        await specialist.GivenFreeAsync();
        Assert.Equal(0, await specialist.Page.EvaluateAsync<int>("loketAsked"));
        await desk.GivenHandoffAsync(await desk.GivenCaseAsync("debts"));
        await specialist.FocusAsync("[data-accept]");
        Assert.Equal(0, await specialist.Page.EvaluateAsync<int>("loketNotices.length"));
        await specialist.AttentionAsync();
        await specialist.PressAsync("2");
        await specialist.See("[data-accept]").ToHaveCountAsync(0);

        await specialist.GivenFreeAsync();
        await specialist.EnterOnAsync("[data-notice]");
        await specialist.See("[data-notice]").ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Equal(1, await specialist.Page.EvaluateAsync<int>("loketAsked"));
        // The button has the focus: an offer takes it, nobody types.
        await desk.GivenHandoffAsync(await desk.GivenCaseAsync("debts", bsn: "999991279"), "Kan mevrouw Verheul uitstel krijgen?");
        await specialist.FocusAsync("[data-accept]");
        var notice = Assert.Single(await specialist.Page.EvaluateAsync<string[]>("loketNotices"));
        Assert.Contains("Nieuwe vraag", notice, StringComparison.Ordinal);
        Assert.DoesNotContain("Verheul", notice, StringComparison.Ordinal);
        Assert.True(await specialist.Page.EvaluateAsync<int>("loketTones") > 0);
        await specialist.AttentionAsync();
        await specialist.PressAsync("2");
        await specialist.Page.WaitForFunctionAsync("() => window.loketClosed > 0");
    }

    [Fact]
    public async Task In_a_conversation_a_question_comes_silently_and_takes_no_focus()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await using var specialist = await loket.AsAsync("Paul Scholten");
        await loket.ExecuteAsync("UPDATE line SET capacity = 2 WHERE code = 'gm0518-permits'");
        await specialist.Page.AddInitScriptAsync(Counted);
        await specialist.GivenFreeAsync();
        await desk.GivenHandoffAsync(await desk.GivenCaseAsync("permits"));
        await specialist.AcceptOfferAsync();
        await specialist.ConnectedAsync();
        await specialist.See("[data-sound]").ToContainTextAsync("gesprek");
        await specialist.TabToAsync("#side a, #side button");
        var at = await specialist.Page.EvaluateAsync<string>("document.activeElement.outerHTML.slice(0, 80)");
        var tones = await specialist.Page.EvaluateAsync<int>("loketTones");

        await desk.GivenHandoffAsync(await desk.GivenCaseAsync("permits"));
        await specialist.See("#strip [data-accept]").ToBeVisibleAsync();
        Assert.Equal(tones, await specialist.Page.EvaluateAsync<int>("loketTones"));
        Assert.Equal(0, await specialist.Page.EvaluateAsync<int>("loketNotices.length"));
        Assert.Equal(at, await specialist.Page.EvaluateAsync<string>("document.activeElement.outerHTML.slice(0, 80)"));
        await Assertions.Expect(specialist.Page.Locator("#announce")).Not.ToBeEmptyAsync();
    }

    [Fact]
    public async Task Sound_is_the_choice_of_a_person_not_of_a_browser()
    {
        await using var first = await loket.AsAsync("Martijn de Groot");
        await first.Page.AddInitScriptAsync(Counted);
        await first.GoAsync("/line");
        // Shift alone does not let a page sound; the next key does.
        await first.PressAsync("Shift");
        await first.PressAsync("x");
        await first.See("[data-sound]").ToHaveAttributeAsync("aria-pressed", "true");
        await first.EnterOnAsync("[data-sound]");
        await first.See("[data-sound]").ToHaveAttributeAsync("aria-pressed", "false");
        await first.GoAsync("/line");
        await first.PressAsync("x");
        await first.See("[data-sound]").ToHaveAttributeAsync("aria-pressed", "false");

        await loket.SignInAsAsync(first, "Tessa Bakker");
        await first.GoAsync("/line");
        await first.PressAsync("x");
        await first.See("[data-sound]").ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(400)]
    public async Task A_lost_connection_says_since_when_and_how_old_the_page_is_and_says_when_it_is_back(int width)
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await desk.Page.SetViewportSizeAsync(width, 800);
        await desk.GoAsync("/desk");
        await desk.ConnectedAsync();
        var truth = desk.Page.Locator("#truth");
        await desk.Page.Context.SetOfflineAsync(true);
        await Assertions.Expect(truth).ToHaveAttributeAsync("data-state", "connecting");
        await Assertions.Expect(truth).ToBeInViewportAsync();
        await Assertions.Expect(truth).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"[1-9]\d* s.*\d\d:\d\d:\d\d", System.Text.RegularExpressions.RegexOptions.Singleline, TimeSpan.FromSeconds(1)));
        await Assertions.Expect(truth).ToHaveAttributeAsync("aria-live", "off");
        await desk.Page.Context.SetOfflineAsync(false);
        await Assertions.Expect(truth).ToHaveAttributeAsync("data-state", "again");
        await Assertions.Expect(truth).ToHaveAttributeAsync("data-state", "connected");
    }
}
