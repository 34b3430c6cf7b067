using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace Loket.Browser.Tests;

/// <summary>
/// Every page there is, and every state the main job brings, passes axe for WCAG 2.2 A and AA, in Dutch and in English, light
/// and dark: all rules in one theme of each language, the rules of colour in the other theme too.
/// </summary>
public sealed class AccessibilityTests(LoketFixture loket, ITestOutputHelper output) : IClassFixture<LoketFixture>
{
    // So many browsers at work at once; two cores do not gain by more.
    private const int AtOnce = 3;

    // A part of a page, which the page that shows it is visited with; and what is no page.
    private static readonly HashSet<string> NoPage =
    [
        "/chain/rows", "/chain/{id:long}/panel", "/desk/lines", "/cases/{id:long}/lines", "/handoffs/{id:long}/messages", "/handoffs/{id:long}/side", "/line/offer", "/line/strip",
        "/", "/sign-on", "/theme.css", "/theme/logo", "/documents/{id:long}", "/lines/export/lines.csv", "/lines/export/members.csv", "/people/imports/template.csv", "/reports/{report}.csv", "/reports/{report}.json",
    ];

    private static readonly HashSet<string> Refused = ["/cases/1", "/not-yours", "/p/0"];

    private readonly ConcurrentQueue<string> faults = [];
    private readonly ConcurrentQueue<string> judged = [];

    [Fact]
    public async Task No_page_breaks_a_rule_of_WCAG_in_either_language_or_theme()
    {
        var scenery = await Scenery.MakeAsync(loket);
        Assert.All(PageRoutes.All.Where(route => !NoPage.Contains(route)), route => Assert.Contains(scenery.Screens, screen => PageRoutes.Is(route, screen.Path)));
        // Who is in a talk and has no page open for a minute is taken out of it.
        await using var talking = await EnterAsync(Scenery.Specialist, "nl", "light");
        await talking.GoAsync("/line");
        using var room = new SemaphoreSlim(AtOnce);
        var visits = ((string Language, string Theme)[])[("nl", "light"), ("en", "dark")];
        await Task.WhenAll(scenery.Screens.GroupBy(screen => screen.Who).OrderByDescending(screens => screens.Count()).SelectMany(screens => visits.Select(async visit =>
        {
            await room.WaitAsync();
            try
            {
                await using var person = await EnterAsync(screens.Key, visit.Language, visit.Theme);
                foreach (var (screen, _, path) in screens)
                {
                    await VisitAsync($"{screen}, {visit.Language}", person, path);
                }
            }
            finally
            {
                room.Release();
            }
        })));

        output.WriteLine($"{PageRoutes.All.Count - NoPage.Count} routes, {scenery.Screens.Count} screens of them in 2 languages and 2 themes, {faults.Count} faults:\n{string.Join('\n', judged.Order(StringComparer.Ordinal))}");
        Assert.True(faults.IsEmpty, string.Join('\n', faults.Take(40)));
    }

    [Theory]
    [InlineData("nl", "light", "debts", "Marieke Scholten")]
    [InlineData("en", "dark", "permits", "Paul Scholten")]
    public async Task No_state_of_the_main_job_breaks_a_rule_of_WCAG(string language, string theme, string topic, string answering)
    {
        await using var desk = await EnterAsync("Youssef Amrani", language, theme);
        await using var specialist = await EnterAsync(answering, language, theme);
        await VisitAsync("specialist, away", specialist, "/line");
        await desk.GoAsync("/desk");
        await desk.FillAsync("#case-question", "Ik heb huurschuld.");
        await desk.ChooseAsync("#case-topic", language == "nl" ? "Schul" : "Debt", "debts");
        await desk.ChooseAsync("#case-municipality", "Den Ha", "gm0518");
        await desk.FillAsync("#case-bsn", "111222334");
        await desk.PressAsync("Alt+s");
        await desk.See("#case-bsn-error").ToBeVisibleAsync();
        await JudgeAsync("desk, refused", desk);

        var caseId = await desk.GivenCaseAsync(topic, bsn: "999991279");
        await desk.ApiAsync("POST", $"/api/v1/cases/{caseId}/identity", new { method = "document" });
        await desk.GoAsync($"/cases/{caseId}/journey");
        await desk.ChooseAsync("#journey-event", language == "nl" ? "Iem" : "Someone", "death");
        await desk.PressAsync("Alt+v");
        await desk.See("#journey-day").ToBeVisibleAsync();
        await desk.TypeDateAsync("#journey-day", new DateOnly(2026, 11, 11));
        await desk.PressAsync("Enter");
        await desk.See("#step-estate-more > summary").ToBeVisibleAsync();
        await desk.EnterOnAsync("#step-estate-more > summary");
        await JudgeAsync("journey", desk);
        await desk.GoAsync("/search");
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
        await specialist.GivenFreeAsync();
        await desk.GivenHandoffAsync(caseId);
        await specialist.FocusAsync("[data-accept]");
        await JudgeAsync("specialist, offer", specialist);
        await VisitAsync("case, ringing", desk, $"/cases/{caseId}");
        await specialist.GoAsync("/cases");
        await specialist.See(".offer-strip").ToBeVisibleAsync();
        await JudgeAsync("offer on another page", specialist);
        await specialist.GoAsync("/line");
        await specialist.AcceptOfferAsync();
        await specialist.ConnectedAsync();
        await JudgeAsync("conversation, specialist", specialist);
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

        output.WriteLine($"{judged.Count} states, {language}, {faults.Count} faults:\n{string.Join('\n', judged)}");
        Assert.True(faults.IsEmpty, string.Join('\n', faults.Take(40)));
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
        if (answer is { } said && (Refused.Contains(path) ? said.Status is not (403 or 404) : said.Status != 200))
        {
            faults.Enqueue($"{screen}: {said.Status}");
        }

        await JudgeAsync(screen, person);
    }

    private async Task JudgeAsync(string screen, Person person)
    {
        var found = await Axe.InBothThemesAsync(person.Page);
        judged.Enqueue($"{screen}: {new Uri(person.Page.Url).AbsolutePath}");
        foreach (var fault in found)
        {
            faults.Enqueue($"{screen}: {fault}");
        }
    }
}
