using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Loket.Browser.Tests;

/// <summary>
/// Somebody at a screen, with a keyboard and nothing else: every act is a key, and what the focus is on is found as a
/// person finds it, by tabbing to it. What the page complained about, and whether a pointer was used, is kept.
/// </summary>
public sealed class Person : IAsyncDisposable
{
    private const int TabsAtMost = 400;

    // Waits are for conditions; the time is only how long a condition may take on a busy machine.
    private const float Patience = 20_000;
    private readonly List<string> complaints = [];
    private int pointerUses;

    private Person(IPage page, Uri address)
    {
        Page = page;
        Address = address;
        page.PageError += (_, error) => complaints.Add($"{page.Url}: {error}");
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                complaints.Add($"{page.Url}: {message.Text}");
            }
        };
    }

    public IPage Page { get; }

    public Uri Address { get; }

    /// <summary>Script errors and refused resources of every page so far.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    /// <summary>How often a mouse or finger was used.</summary>
    public int PointerUses => pointerUses;

    public static async Task<Person> EnterAsync(IBrowser browser, Uri address, bool javaScript)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 1440, Height = 900 }, Locale = "nl-NL", TimezoneId = "Europe/Amsterdam", JavaScriptEnabled = javaScript,
        });
        context.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        var person = new Person(await context.NewPageAsync(), address);
        if (javaScript)
        {
            await context.ExposeFunctionAsync("loketTestPointer", () => { person.pointerUses++; });
            await context.AddInitScriptAsync("addEventListener('pointerdown', () => window.loketTestPointer(), true);");
        }

        return person;
    }

    public Task<IResponse?> GoAsync(string path) => Page.GotoAsync(new Uri(Address, path).ToString());

    /// <summary>Keys pressed so far, besides text that was typed.</summary>
    public int Keystrokes { get; private set; }

    public Task PressAsync(string keys)
    {
        Keystrokes++;
        return Page.Keyboard.PressAsync(keys);
    }

    public Task TypeAsync(string text) => Page.Keyboard.TypeAsync(text);

    /// <summary>Signs in at the page: filters by name, tabs to that person, Enter.</summary>
    public async Task SignInAsync(string name)
    {
        await GoAsync("/sign-in");
        await TabToAsync("#sign-in-filter");
        await TypeAsync(name);
        await TabToAsync("#people button[name=professionalId]", name);
        await PressAsync("Enter");
        await Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    /// <summary>Tabs until the focus is on what the selector (and the text in it) names.</summary>
    public async Task TabToAsync(string selector, string? text = null)
    {
        for (var i = 0; i < TabsAtMost; i++)
        {
            if (await IsOnAsync(selector, text))
            {
                return;
            }

            await PressAsync("Tab");
        }

        var on = await Page.EvaluateAsync<string>("document.activeElement?.outerHTML?.slice(0, 200) ?? ''");
        Assert.Fail($"Tab never came to {selector} {text} on {Page.Url}; the focus is on {on}");
    }

    public Task<bool> IsOnAsync(string selector, string? text = null) => Page.EvaluateAsync<bool>(
        "([selector, text]) => { const on = document.activeElement; return !!on && on.matches(selector) && (!text || on.textContent.includes(text)); }",
        new[] { selector, text });

    /// <summary>Waits until the focus is there by itself.</summary>
    public Task FocusAsync(string selector) => Page.WaitForFunctionAsync("s => document.activeElement?.matches(s)", selector);

    /// <summary>Tabs to a field and types in it.</summary>
    public async Task FillAsync(string selector, string text)
    {
        await TabToAsync(selector);
        await PressAsync("Control+a");
        await TypeAsync(text);
    }

    /// <summary>Tabs to a list and chooses by typing the first letters of the option.</summary>
    public async Task ChooseAsync(string selector, string letters, string value)
    {
        await TabToAsync(selector);
        await TypeAsync(letters);
        await Assertions.Expect(Page.Locator(selector)).ToHaveValueAsync(value);
    }

    /// <summary>Types a day into a date field, in whichever order this browser shows day and month.</summary>
    public async Task TypeDateAsync(string selector, DateOnly day)
    {
        await TabToAsync(selector);
        var wanted = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        foreach (var order in new[] { "MMddyyyy", "ddMMyyyy" })
        {
            await TypeAsync(day.ToString(order, CultureInfo.InvariantCulture));
            if (await Page.Locator(selector).InputValueAsync() == wanted)
            {
                return;
            }

            foreach (var key in Enumerable.Repeat("ArrowLeft", 3))
            {
                await PressAsync(key);
            }
        }

        Assert.Fail($"{selector} does not take {wanted}");
    }

    /// <summary>Tabs to a button or link and presses Enter on it.</summary>
    public async Task EnterOnAsync(string selector, string? text = null)
    {
        await TabToAsync(selector, text);
        await PressAsync("Enter");
    }

    public ILocatorAssertions See(string selector) => Assertions.Expect(Page.Locator(selector));

    /// <summary>Waits until this text stands in this part of the page.</summary>
    public Task SeeAsync(string selector, string text) => Assertions.Expect(Page.Locator(selector).First).ToContainTextAsync(text);

    public Task AtAsync(string pattern) => Page.WaitForURLAsync(new System.Text.RegularExpressions.Regex(pattern, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));

    /// <summary>Waits until the live connection stands, so that what happens elsewhere is heard.</summary>
    public Task ConnectedAsync() => Assertions.Expect(Page.Locator("#truth[data-state=connected], #truth[data-state=again]")).ToBeAttachedAsync();

    /// <summary>Waits out the half second in which an offer ignores keys.</summary>
    public Task AttentionAsync() => Page.WaitForFunctionAsync(
        "() => { const id = document.querySelector('[data-offer]')?.dataset.offer; if (!id) return false; if (window.loketOffer !== id) { window.loketOffer = id; window.loketOfferSeen = performance.now(); } return performance.now() - window.loketOfferSeen > 600; }");

    /// <summary>Waits until an offer takes keys, then accepts; the focus is on the button by itself.</summary>
    public async Task AcceptOfferAsync()
    {
        await FocusAsync("[data-accept]");
        await AttentionAsync();
        await PressAsync("Enter");
        await AtAsync("/handoffs/[0-9]+$");
    }

    public Task<byte[]> PhotographAsync(string name) =>
        Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(LoketFixture.Output, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });

    /// <summary>Waits until what was typed is kept on the server.</summary>
    public Task SavedAsync() => Page.WaitForResponseAsync(r => r.Url.EndsWith("/drafts", StringComparison.Ordinal) && r.Ok);

    /// <summary>Everything the page's storage holds.</summary>
    public Task<string> StoredInBrowserAsync() => Page.EvaluateAsync<string>("() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])");

    /// <summary>Cuts this page off from hints and fragments, so that it keeps showing what it shows now.</summary>
    public Task DeafenAsync() => Page.EvaluateAsync(
        "() => { const real = window.fetch; window.fetch = (url, options) => options?.method === 'POST' ? real(url, options) : new Promise(() => {}); }");

    /// <summary>Another tab of the same person.</summary>
    public async Task<Person> AnotherTabAsync() => new(await Page.Context.NewPageAsync(), Address);

    /// <summary>Calls the interface as this person: for what a test needs to exist before it begins.</summary>
    public async Task<JsonElement> ApiAsync(string method, string path, object? body = null)
    {
        var answer = await Page.APIRequest.FetchAsync(new Uri(Address, path).ToString(), new APIRequestContextOptions { Method = method, DataObject = body });
        var text = await answer.TextAsync();
        Assert.True(answer.Ok, $"{method} {path}: {answer.Status} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Opens a case at this desk and gives its id.</summary>
    public async Task<string> GivenCaseAsync(string topic, string municipality = "gm0518", string question = "Ik kan de huur niet betalen.", string? bsn = null)
    {
        var opened = await ApiAsync("POST", "/api/v1/cases", new { question, kind = bsn is null ? "none" : "person", topic, municipality, bsn });
        return opened.GetProperty("caseId").GetString()!;
    }

    /// <summary>Asks for a specialist, warm, and gives the id of the handoff.</summary>
    public async Task<string> GivenHandoffAsync(string caseId, string lineQuestion = "Kan de regeling opnieuw?")
    {
        var asked = await ApiAsync("POST", $"/api/v1/cases/{caseId}/handoffs", new { mode = "warm", citizenAt = "desk", lineQuestion });
        return asked.GetProperty("handoffId").GetString()!;
    }

    /// <summary>Is at the line's screen, connected, and free from now on.</summary>
    public async Task GivenFreeAsync()
    {
        await GoAsync("/line");
        await ConnectedAsync();
        await ApiAsync("PUT", "/api/v1/me/presence", new { state = "available" });
        await See("#presence-form button[value=available]").ToHaveAttributeAsync("aria-pressed", "true");
    }

    public async ValueTask DisposeAsync()
    {
        await Page.CloseAsync();
        if (Page.Context.Pages.Count == 0)
        {
            await Page.Context.CloseAsync();
        }
    }
}
