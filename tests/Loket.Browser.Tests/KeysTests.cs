using System.Text.Json;
using Xunit.Abstractions;

namespace Loket.Browser.Tests;

/// <summary>
/// Every page by its keys: each primary or daily button and link has one, and whatever has one shows it, also in what unfolds; a page with something to
/// do has at least one key or rows to walk; and no key means two things on one page. Prints the table of pages and keys.
/// </summary>
public sealed class KeysTests(LoketFixture loket, ITestOutputHelper output) : IClassFixture<LoketFixture>
{
    private const string Look = """
        () => {
          const seen = el => el.getClientRects().length > 0 && el.checkVisibility({ visibilityProperty: true });
          const main = document.querySelector('main');
          const name = el => (el.dataset.keyLabel || [...el.childNodes].filter(n => n.nodeName !== 'KBD' && !n.classList?.contains('visually-hidden')).map(n => n.textContent).join(' ')).trim().replace(/\s+/g, ' ');
          const daily = ':is(.nl-button--primary, [action$="/kept"] button, [action$="/close"] button, button[data-key]:not([data-key-focus]), a[data-key]:not([data-key-focus]), summary[data-key])';
          const bare = () => [...main.querySelectorAll(daily)].filter(seen).filter(el => !el.dataset.key || !el.querySelector('kbd')).map(name);
          const means = {};
          for (const el of document.querySelectorAll('[data-key]')) if (el.dataset.key && seen(el)) (means[el.dataset.key] ??= new Set()).add(name(el));
          const result = {
            bare: bare(),
            twice: Object.entries(means).filter(([, names]) => names.size > 1).map(([key, names]) => `${key}: ${[...names].join(' | ')}`),
            keys: [...new Set([...main.querySelectorAll('[data-key]')].filter(el => el.dataset.key && seen(el)).map(el => `${el.dataset.key} ${name(el)}`))],
            rows: main.querySelector(':is(.rows, .found, .upkeep__pages) > li :is(a[href], button), tbody > tr :is(a[href], button)') !== null,
            acts: [...main.querySelectorAll('form :is(button, input[type=submit])')].filter(seen).length,
          };
          main.querySelectorAll('details').forEach(d => { d.open = true; });
          result.bare.push(...bare());
          return JSON.stringify(result);
        }
        """;

    private readonly List<string> faults = [];
    private int pages;

    [Fact]
    public async Task Every_page_can_be_worked_with_keys_and_no_key_means_two_things()
    {
        await using var anyone = await loket.NewAsync();
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await using var specialist = await loket.AsAsync("Martijn de Groot");
        await using var supervisor = await loket.AsAsync("Willem de Haan");
        await using var manager = await loket.AsAsync("Annelies Brouwer");
        await using var administrator = await loket.AsAsync("Renske Vos");
        await using var national = await loket.AsAsync("Nienke Oosterhuis");
        var caseId = await desk.GivenCaseAsync("debts", bsn: "999991279");
        await desk.ApiAsync("POST", $"/api/v1/cases/{caseId}/promises", new { text = "Brief opzoeken", dueAt = TimeProvider.System.GetUtcNow().AddDays(9) });
        var bottleneck = (await desk.ApiAsync("POST", $"/api/v1/cases/{caseId}/bottlenecks", new { text = "De lijn is op maandag dicht" })).GetProperty("bottleneckId").GetString();
        var called = await desk.GivenCaseAsync("debts", "gm0344");
        await desk.ApiAsync("POST", $"/api/v1/cases/{called}/handoffs", new { mode = "cold", citizenAt = "absent", lineQuestion = "Wilt u bellen?", callbackOnly = true, phone = "06 12 34 56 78" });
        var callback = (await desk.ApiAsync("GET", $"/api/v1/cases/{called}/lines")).GetProperty("callback").GetProperty("id").GetString();
        await WalkAsync(anyone, "/sign-in", "/accessibility");
        await WalkAsync(desk,
            "/desk", $"/cases/{caseId}", $"/cases/{caseId}?tab=steps", $"/cases/{caseId}?tab=messages", $"/cases/{caseId}?tab=timeline", $"/cases/{caseId}/journey",
            $"/cases/{caseId}/letter", $"/cases/{caseId}/representation", $"/cases/{caseId}/escalations", $"/callbacks/{callback}", "/cases", "/steps", "/bottlenecks", $"/bottlenecks/new?caseId={caseId}",
            "/kept-products", "/absence", "/glass", "/schemes", "/schemes/wlz", "/routes?topic=debts&municipality=gm0344", "/products/visvergunning", "/organisations/gm0614", "/search", "/terms", "/tour");
        await WalkAsync(supervisor,
            "/chain", "/chain?tab=open", "/chain?tab=waiting", "/wall", "/wall?screen=big", "/reports", "/team", "/upkeep", "/upkeep/life-events", "/upkeep/life-events/turning_18", "/proactive",
            "/proactive/child-born", "/partners", "/retention", "/glass", "/status", "/chain/ladder", "/chain/log", "/absence", "/people/1001/spread", "/bottlenecks", $"/bottlenecks/{bottleneck}");
        await WalkAsync(manager, "/lines", "/lines/gm0344-debts", "/rota");
        await WalkAsync(administrator, "/people", "/people/rules", "/people/1001", "/rota", "/sharing-rules");
        await WalkAsync(national, "/mergers", "/mergers/new", "/upkeep/organisations", "/upkeep/law", "/national");
        await WalkAsync(specialist, "/line", "/cases", "/steps", "/absence", "/tour");
        await specialist.GivenFreeAsync();
        await desk.GivenHandoffAsync(caseId);
        await specialist.FocusAsync("[data-accept]");
        await JudgeAsync(specialist, "/line, a question");
        await WalkAsync(desk, $"/cases/{caseId}");
        await specialist.AcceptOfferAsync();
        await JudgeAsync(specialist, "conversation");
        await WalkAsync(desk, new Uri(specialist.Page.Url).AbsolutePath);

        output.WriteLine($"{pages} pages, {faults.Count} faults");
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        Assert.True(pages >= 60, $"{pages} pages");
    }

    [Fact]
    public async Task A_button_without_a_key_and_a_key_with_two_meanings_are_found()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await desk.GoAsync("/search");
        await desk.Page.EvaluateAsync("""
            () => {
              const add = (words, key) => { const b = document.createElement('button'); b.textContent = words; b.className = 'nl-button nl-button--primary'; if (key) b.dataset.key = key; document.querySelector('main').append(b); };
              add('Zonder toets'); add('Zelfde toets', 'alt+s');
            }
            """);
        await JudgeAsync(desk, "/search, spoilt");
        Assert.Contains(faults, fault => fault.Contains("Zonder toets has no key", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("means two things: alt+s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_lies_in_a_closed_part_has_no_key_yet_and_rows_are_walked_without_a_pointer()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await using var specialist = await loket.AsAsync("Martijn de Groot");
        await desk.GoAsync("/schemes");
        await desk.PressAsync("j");
        await desk.PressAsync("j");
        await desk.PressAsync("k");
        Assert.True(await desk.Page.EvaluateAsync<bool>("document.activeElement === document.querySelector('[data-row]')"));
        await desk.PressAsync("?");
        await desk.SeeAsync("#keys-dialog", "Rij omlaag of omhoog");
        await desk.PressAsync("Escape");

        var caseId = await desk.GivenCaseAsync("debts");
        await desk.GoAsync($"/cases/{caseId}");
        var closed = await desk.Page.EvaluateAsync<int>("[...document.querySelectorAll('details:not([open]) :is(button, input)')].filter(el => el.checkVisibility()).length");
        Assert.Equal(0, closed);
        await desk.Page.EvaluateAsync("""
            () => { const fold = document.createElement('details'); fold.id = 'test-fold'; fold.innerHTML = '<summary>Meer</summary><button type="button" data-key="x">Verborgen</button>';
              fold.querySelector('button').onclick = () => { fold.dataset.pressed = 'yes'; }; document.querySelector('main').append(fold); }
            """);
        await desk.PressAsync("x");
        await desk.PressAsync("?");
        await desk.See("#keys-dialog [data-keys-list]").ToContainTextAsync("Vraag specialist");
        await desk.See("#keys-dialog [data-keys-list]").Not.ToContainTextAsync("Verborgen");
        await desk.PressAsync("Escape");
        await desk.See("#test-fold").Not.ToHaveAttributeAsync("data-pressed", "yes");
        await desk.Page.EvaluateAsync("document.getElementById('test-fold').open = true");
        await desk.PressAsync("x");
        await desk.See("#test-fold").ToHaveAttributeAsync("data-pressed", "yes");
    }

    /// <summary>WCAG 2.2, 2.1.4: who speaks to the machine, or presses by accident, needs no letter to be a command.</summary>
    [Fact]
    public async Task Keys_without_Alt_are_switched_off_by_who_wants_that_and_stay_off_for_them_alone()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await using var colleague = await loket.AsAsync("Willem de Haan");
        await desk.GoAsync("/schemes");
        await desk.Page.Locator("#me > summary").ClickAsync();
        await desk.Page.Locator(".me__menu [data-show-keys]").ClickAsync();
        await desk.Page.Locator("#single-keys").UncheckAsync();
        await desk.PressAsync("Escape");
        await desk.GoAsync("/schemes");
        foreach (var key in new[] { "/", "?", "j", "g", "t" })
        {
            await desk.PressAsync(key);
        }

        Assert.True(await desk.Page.EvaluateAsync<bool>("document.activeElement === document.body && !document.querySelector('dialog[open]') && location.pathname === '/schemes'"));
        await desk.PressAsync("Alt+/");
        await desk.See("#palette-dialog").ToHaveAttributeAsync("open", "");
        await colleague.GoAsync("/schemes");
        await colleague.PressAsync("/");
        await colleague.See("#palette-dialog").ToHaveAttributeAsync("open", "");
    }

    private async Task WalkAsync(Person person, params string[] paths)
    {
        foreach (var path in paths)
        {
            var answer = await person.GoAsync(path);
            if (answer?.Status != 200)
            {
                faults.Add($"{path}: {answer?.Status}");
            }

            await JudgeAsync(person, path);
        }
    }

    private async Task JudgeAsync(Person person, string page)
    {
        pages++;
        var seen = JsonDocument.Parse(await person.Page.EvaluateAsync<string>(Look)).RootElement;
        IReadOnlyList<string> Of(string list) => [.. seen.GetProperty(list).EnumerateArray().Select(e => e.GetString()!).Distinct()];
        var (keys, rows) = (Of("keys"), seen.GetProperty("rows").GetBoolean());
        output.WriteLine($"{page}: {string.Join(" · ", keys)}{(rows ? " · j k rows" : "")}");
        faults.AddRange(Of("bare").Select(name => $"{page}: {name} has no key"));
        faults.AddRange(Of("twice").Select(twice => $"{page} means two things: {twice}"));
        if (keys.Count == 0 && !rows && seen.GetProperty("acts").GetInt32() > 0)
        {
            faults.Add($"{page}: something to do, and no key");
        }
    }
}
