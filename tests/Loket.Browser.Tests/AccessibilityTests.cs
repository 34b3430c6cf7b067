using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace Loket.Browser.Tests;

/// <summary>Every screen of the main job passes axe for WCAG 2.2 A and AA, in Dutch and in English, light and dark.</summary>
public sealed class AccessibilityTests(LoketFixture loket, ITestOutputHelper output) : IClassFixture<LoketFixture>
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    private readonly List<string> faults = [];
    private int visited;

    [Theory]
    [InlineData("nl", "light", "debts", "Martijn de Groot")]
    [InlineData("en", "dark", "permits", "Paul Scholten")]
    [InlineData("en", "light", "care_wmo", "Gerard van Dam")]
    [InlineData("nl", "dark", "work_income", "Mirjam van der Wal")]
    public async Task No_screen_breaks_a_rule_of_WCAG(string language, string theme, string topic, string answering)
    {
        await using var anyone = await EnterAsync(null, language, theme);
        await using var desk = await EnterAsync("Fatima Bouzidi", language, theme);
        await using var specialist = await EnterAsync(answering, language, theme);
        await using var supervisor = await EnterAsync("Willem de Haan", language, theme);
        await using var manager = await EnterAsync("Annelies Brouwer", language, theme);
        await using var national = await EnterAsync("Nienke Oosterhuis", language, theme);
        await using var administrator = await EnterAsync("Renske Vos", language, theme);

        await VisitAsync("sign-in", anyone, "/sign-in");
        await VisitAsync("not found", desk, "/cases/1");
        await VisitAsync("specialist, away", specialist, "/line");
        await VisitAsync("accessibility statement", anyone, "/accessibility");
        await VisitAsync("people", administrator, "/people");
        await VisitAsync("rules for roles", administrator, "/people/rules");
        await VisitAsync("rota", manager, "/rota");
        await VisitAsync("breaking the glass", desk, "/glass");
        await VisitAsync("retention", supervisor, "/retention");
        await VisitAsync("status", supervisor, "/status");
        await VisitAsync("partners", supervisor, "/partners");
        await VisitAsync("lines", manager, "/lines");
        await VisitAsync("line", manager, "/lines/gm0344-debts");
        await VisitAsync("mergers", national, "/mergers");
        await VisitAsync("merger, new", national, "/mergers/new");
        var merger = (await national.ApiAsync("POST", "/api/v1/mergers", new
        {
            name = "Samenvoeging", day = "2099-01-01", bodies = new[] { new { organisation = "gm0518", successor = "gm0344" }, new { organisation = "gm0356", successor = "gm0363" } },
        })).GetProperty("mergerId").GetString();
        await VisitAsync("merger", national, $"/mergers/{merger}");
        await VisitAsync("organisations to take in", national, "/upkeep/organisations");
        await VisitAsync("terms of the law", national, "/upkeep/law");
        await VisitAsync("national picture", national, "/national");
        await VisitAsync("team", supervisor, "/team");
        await VisitAsync("desk, new case", desk, "/desk");
        await desk.FillAsync("#case-question", "Ik heb huurschuld.");
        await desk.ChooseAsync("#case-topic", language == "nl" ? "Schul" : "Debt", "debts");
        await desk.ChooseAsync("#case-municipality", "Den Ha", "gm0518");
        await desk.FillAsync("#case-bsn", "111222334");
        await desk.PressAsync("Alt+s");
        await desk.See("#case-bsn-error").ToBeVisibleAsync();
        await JudgeAsync("desk, refused", desk);

        var caseId = await desk.GivenCaseAsync(topic, bsn: "999991279");
        await VisitAsync("case, identity not established", desk, $"/cases/{caseId}");
        await desk.ApiAsync("POST", $"/api/v1/cases/{caseId}/identity", new { method = "document" });
        await desk.ApiAsync("POST", $"/api/v1/cases/{caseId}/promises", new { text = "Brief van de verhuurder opzoeken", dueAt = TimeProvider.System.GetUtcNow().AddDays(9) });
        await VisitAsync("case", desk, $"/cases/{caseId}");
        await specialist.GivenFreeAsync();
        await desk.GivenHandoffAsync(caseId);
        await specialist.FocusAsync("[data-accept]");
        await JudgeAsync("specialist, offer", specialist);
        await VisitAsync("case, ringing", desk, $"/cases/{caseId}");
        await VisitAsync("steps", desk, $"/cases/{caseId}?tab=steps");
        await VisitAsync("timeline", desk, $"/cases/{caseId}?tab=timeline");
        await VisitAsync("letter", desk, $"/cases/{caseId}/letter?lang={language}");
        await VisitAsync("letter, large", desk, $"/cases/{caseId}/letter?lang={language}&size=large");
        await VisitAsync("overview for the citizen", desk, $"/cases/{caseId}/overview");
        await VisitAsync("journey, nothing chosen", desk, $"/cases/{caseId}/journey");
        await desk.ChooseAsync("#journey-event", language == "nl" ? "Iem" : "Someone", "death");
        await desk.PressAsync("Alt+v");
        await desk.See("#journey-day").ToBeVisibleAsync();
        await desk.TypeDateAsync("#journey-day", new DateOnly(2026, 11, 11));
        await desk.PressAsync("Enter");
        await desk.See("#step-estate-more > summary").ToBeVisibleAsync();
        await desk.EnterOnAsync("#step-estate-more > summary");
        await JudgeAsync("journey", desk);
        var bottleneck = (await desk.ApiAsync("POST", $"/api/v1/cases/{caseId}/bottlenecks", new { text = "De lijn is op maandag dicht" })).GetProperty("bottleneckId").GetString();
        await VisitAsync("bottlenecks, mine", desk, "/bottlenecks");
        await VisitAsync("bottleneck, new", desk, $"/bottlenecks/new?caseId={caseId}");
        await VisitAsync("bottlenecks", supervisor, "/bottlenecks");
        await VisitAsync("bottleneck", supervisor, $"/bottlenecks/{bottleneck}");
        await VisitAsync("life events", supervisor, "/upkeep/life-events");
        await VisitAsync("life event", supervisor, "/upkeep/life-events/turning_18?municipality=gm0344");
        await VisitAsync("cases", desk, "/cases");
        await specialist.AcceptOfferAsync();
        await specialist.ConnectedAsync();
        await JudgeAsync("conversation, specialist", specialist);
        await VisitAsync("conversation, sender", desk, new Uri(specialist.Page.Url).AbsolutePath);
        foreach (var tab in (string[])["risk", "stalled", "waiting", "asked", "open"])
        {
            await VisitAsync($"chain board, {tab}", supervisor, $"/chain?tab={tab}");
        }

        await VisitAsync("chain board, chosen", supervisor, "/chain?tab=open&topic=debts&lifeEvent=death");
        await VisitAsync("reports, nothing yet", supervisor, "/reports?by=quarter");
        await VisitAsync("wall", supervisor, "/wall");
        await VisitAsync("wall, big screen", supervisor, "/wall?screen=big");
        await VisitAsync("absence", desk, "/absence");
        await VisitAsync("absence, supervisor", supervisor, "/absence");
        await VisitAsync("ladder", supervisor, "/chain/ladder");
        await VisitAsync("escalation log", supervisor, "/chain/log");
        await VisitAsync("escalations of a case", desk, $"/cases/{caseId}/escalations");
        await supervisor.GoAsync("/absence");
        var led = await supervisor.Page.Locator(".absence__person a", new PageLocatorOptions { HasText = "Fatima Bouzidi" }).GetAttributeAsync("href");
        await VisitAsync("absence of a colleague", supervisor, led!);
        await VisitAsync("spread", supervisor, (await supervisor.Page.Locator(".absence__spread a").GetAttributeAsync("href"))!);
        await VisitAsync("upkeep", supervisor, "/upkeep");
        await VisitAsync("proactive rules", supervisor, "/proactive");
        await VisitAsync("proactive list", supervisor, "/proactive/child-born");
        await VisitAsync("proactive rule, refused", supervisor, "/proactive/death-reported");
        await VisitAsync("schemes", desk, "/schemes");
        await VisitAsync("scheme", desk, "/schemes/wlz");
        await VisitAsync("route", desk, $"/routes?topic={topic}&municipality=gm0344");
        await VisitAsync("product", desk, "/products/visvergunning");
        await VisitAsync("organisation", desk, "/organisations/gm0614");
        await VisitAsync("search", desk, "/search");
        await desk.FillAsync("#search-q", "hurtoeslag");
        await desk.PressAsync("Enter");
        await desk.See(".found__item >> nth=0").ToBeVisibleAsync();
        await JudgeAsync("search, found", desk);
        await desk.GoAsync("/desk");
        await desk.FillAsync("#case-question", "De deurwaarder staat voor de deur");
        await desk.See(".suggestions__item >> nth=0").ToBeVisibleAsync();
        await JudgeAsync("desk, suggestions", desk);
        await desk.PressAsync("Alt+/");
        await desk.Page.Keyboard.TypeAsync("wmo");
        await desk.See("#palette-list .found__kind >> nth=0").ToBeVisibleAsync();
        await JudgeAsync("search box", desk);
        await specialist.EnterOnAsync("#confirm-form button[value=headset]");
        await specialist.See("#finish-text").ToBeVisibleAsync();
        await JudgeAsync("conversation, confirmed", specialist);
        await specialist.FillAsync("#finish-text", "Klaar.");
        await specialist.PressAsync("Alt+2");
        await specialist.PressAsync("Alt+k");
        await specialist.See("#side .wrap").ToBeVisibleAsync();
        await JudgeAsync("conversation, wrapping up", specialist);
        await specialist.PressAsync("Alt+k");
        await specialist.AtAsync("/line$");
        var called = await desk.GivenCaseAsync("debts", "gm0344");
        await desk.ApiAsync("POST", $"/api/v1/cases/{called}/handoffs", new { mode = "cold", citizenAt = "absent", lineQuestion = "Wilt u bellen?", callbackOnly = true, phone = "06 12 34 56 78" });
        var callback = (await desk.ApiAsync("GET", $"/api/v1/cases/{called}/lines")).GetProperty("callback").GetProperty("id").GetString();
        await VisitAsync("callback", desk, $"/callbacks/{callback}");
        await VisitAsync("callback, for the citizen", desk, $"/callbacks/{callback}/citizen?lang={language}");
        await VisitAsync("messages", desk, $"/cases/{caseId}?tab=messages");

        output.WriteLine($"{visited} screens judged, {faults.Count} faults");
        Assert.Empty(faults);
    }

    [Fact]
    public async Task A_field_without_a_name_and_grey_text_are_found()
    {
        await using var anyone = await loket.NewAsync();
        await anyone.GoAsync("/sign-in");
        await anyone.Page.EvaluateAsync(
            "() => { const main = document.querySelector('main'); main.append(document.createElement('input')); const grey = document.createElement('p'); grey.textContent = 'Vaag'; grey.style.color = '#ccc'; main.prepend(grey); }");
        await JudgeAsync("sign-in, spoilt", anyone);
        Assert.Contains(faults, f => f.Contains(": label:", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Contains(": color-contrast:", StringComparison.Ordinal));
    }

    private async Task<Person> EnterAsync(string? name, string language, string theme)
    {
        var person = name is null ? await loket.NewAsync() : await loket.AsAsync(name);
        var site = loket.Server.Address.ToString();
        await person.Page.Context.AddCookiesAsync(
        [
            new Cookie { Name = ".AspNetCore.Culture", Value = $"c%3D{language}%7Cuic%3D{language}", Url = site },
            new Cookie { Name = "loket-theme", Value = theme, Url = site },
        ]);
        return person;
    }

    private async Task VisitAsync(string screen, Person person, string path)
    {
        var answer = await person.GoAsync(path);
        if (answer is { Status: not (200 or 404) })
        {
            faults.Add($"{screen}: {answer.Status}");
        }

        await JudgeAsync(screen, person);
    }

    private async Task JudgeAsync(string screen, Person person)
    {
        var result = await person.Page.RunAxe(Rules);
        visited++;
        var found = result.Violations.SelectMany(v => v.Nodes.Select(n => $"{screen}: {v.Id}: {v.Help}: {n.Html}")).ToList();
        faults.AddRange(found);
        output.WriteLine($"{screen}: {result.Passes.Length} rules pass, {found.Count} faults");
        found.ForEach(output.WriteLine);
    }
}
