using Microsoft.Playwright;
using Xunit.Abstractions;

namespace Loket.Browser.Tests;

/// <summary>
/// Forced colours and high contrast: on the main screens every control keeps a border or an underline, and the focus a ring
/// of three pixels. A picture of each goes into the folder <c>output</c>.
/// </summary>
public sealed class ContrastTests(LoketFixture loket, ITestOutputHelper output) : IClassFixture<LoketFixture>
{
    // The border of a control, or of the row or list it fills; a link in running text is known by its underline.
    private const string Bare = """
        () => {
          const seen = el => el.getClientRects().length > 0 && el.checkVisibility({ visibilityProperty: true, opacityProperty: true });
          const clear = 'rgba(0, 0, 0, 0)';
          const edged = el => { const s = getComputedStyle(el), back = getComputedStyle(el.parentElement); return ['Top', 'Right', 'Bottom', 'Left'].some(e => parseFloat(s[`border${e}Width`]) > 0 && s[`border${e}Style`] !== 'none' && s[`border${e}Color`] !== clear && s[`border${e}Color`] !== getComputedStyle(document.body).backgroundColor); };
          return [...document.querySelectorAll('.nl-button--primary, .nl-button--secondary, input:not([type=hidden]), select, textarea, .segments, .bar__search, dialog, .presence')]
            .filter(el => seen(el) && !el.closest('.visually-hidden') && !el.classList.contains('visually-hidden'))
            .filter(el => !edged(el) && !(el.matches('input') && el.closest('label.segments__item, label.line, li')))
            .filter(el => !(el.matches('input[type=radio], input[type=checkbox]') && getComputedStyle(el).appearance !== 'none'))
            .map(el => `${el.tagName.toLowerCase()}.${el.className} ${el.id}`);
        }
        """;

    private const string Unringed = """
        async () => {
          const faults = [];
          const reach = [...document.querySelectorAll('a[href], button, summary, input:not([type=hidden]), select, textarea')]
            .filter(el => el.getClientRects().length > 0 && el.checkVisibility({ visibilityProperty: true }) && !el.disabled && el.tabIndex >= 0);
          for (const el of reach) {
            el.focus({ focusVisible: true });
            if (document.activeElement !== el) continue;
            const ringed = e => { const s = getComputedStyle(e); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 && s.outlineColor !== 'rgba(0, 0, 0, 0)'; };
            if (!ringed(el) && !(el.closest('label, li, tr') && ringed(el.closest('label, li, tr')))) faults.push(`${el.tagName.toLowerCase()}.${el.className} ${el.id}`);
          }
          return faults;
        }
        """;

    [Theory]
    [InlineData("forced", "debts", "Martijn de Groot")]
    [InlineData("contrast", "permits", "Paul Scholten")]
    [InlineData("chosen", "care_wmo", "Gerard van Dam")]
    public async Task Borders_and_the_focus_stay_to_be_seen(string mode, string topic, string answering)
    {
        await using var desk = await EnterAsync("Fatima Bouzidi", mode);
        await using var specialist = await EnterAsync(answering, mode);
        await using var supervisor = await EnterAsync("Willem de Haan", mode);
        await using var manager = await EnterAsync("Annelies Brouwer", mode);
        var caseId = await desk.GivenCaseAsync(topic, bsn: "999991279");
        await desk.ApiAsync("POST", $"/api/v1/cases/{caseId}/identity", new { method = "document" });
        await specialist.GivenFreeAsync();
        var faults = new List<string>();
        var screens = 0;
        async Task JudgeAsync(Person person, string screen)
        {
            screens++;
            faults.AddRange((await person.Page.EvaluateAsync<string[]>(Bare)).Distinct().Select(el => $"{screen}: no border on {el}"));
            faults.AddRange((await person.Page.EvaluateAsync<string[]>(Unringed)).Distinct().Select(el => $"{screen}: no ring on {el}"));
            await person.PhotographAsync($"contrast-{mode}-{screen}");
        }

        foreach (var (person, screen, path) in new[]
        {
            (desk, "desk", "/desk"), (desk, "case", $"/cases/{caseId}"), (desk, "steps", $"/cases/{caseId}?tab=steps"), (desk, "search", "/search"), (desk, "terms", "/terms"), (desk, "tour", "/tour"),
            (supervisor, "chain", "/chain?tab=open"), (supervisor, "wall", "/wall"), (supervisor, "reports", "/reports"), (manager, "line", "/lines/gm0344-debts"),
        })
        {
            await person.GoAsync(path);
            await JudgeAsync(person, screen);
        }

        await desk.GivenHandoffAsync(caseId);
        await specialist.GoAsync("/line");
        await specialist.FocusAsync("[data-accept]");
        await JudgeAsync(specialist, "offer");
        await specialist.GoAsync("/line");
        await specialist.AcceptOfferAsync();
        await JudgeAsync(specialist, "conversation");

        output.WriteLine($"{mode}: {screens} screens, {faults.Count} faults");
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Fact]
    public async Task A_button_without_a_border_and_a_focus_without_a_ring_are_found()
    {
        await using var desk = await EnterAsync("Fatima Bouzidi", "forced");
        await desk.GoAsync("/search");
        await desk.Page.EvaluateAsync("() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('.nl-button--primary { border: 0 !important; outline: none !important; }'); document.adoptedStyleSheets = [sheet]; }");
        Assert.Contains(await desk.Page.EvaluateAsync<string[]>(Bare), el => el.Contains("nl-button--primary", StringComparison.Ordinal));
        Assert.Contains(await desk.Page.EvaluateAsync<string[]>(Unringed), el => el.Contains("nl-button--primary", StringComparison.Ordinal));
    }

    private async Task<Person> EnterAsync(string name, string mode)
    {
        var person = await loket.AsAsync(name);
        if (mode == "chosen")
        {
            await person.Page.Context.AddCookiesAsync([new Cookie { Name = "loket-theme", Value = "contrast", Url = loket.Server.Address.ToString() }]);
            return person;
        }

        await person.Page.EmulateMediaAsync(mode == "forced" ? new PageEmulateMediaOptions { ForcedColors = ForcedColors.Active } : new PageEmulateMediaOptions { Contrast = Contrast.More });
        return person;
    }
}
