using Microsoft.Playwright;
using Xunit.Abstractions;

namespace Loket.Browser.Tests;

/// <summary>The guided tour: offered once, each step at a real place, by keyboard, stopped anywhere, begun again, and in words without a script.</summary>
public sealed class TourTests(LoketFixture loket, ITestOutputHelper output) : IClassFixture<LoketFixture>
{
    [Theory]
    [InlineData("Fatima Bouzidi", "/desk", 6)]
    [InlineData("Martijn de Groot", "/line", 6)]
    [InlineData("Willem de Haan", "/chain", 6)]
    public async Task Each_step_points_at_what_is_there_and_the_focus_stays_on_its_button(string name, string path, int steps)
    {
        await using var person = await loket.AsAsync(name);
        await person.GoAsync(path);
        await person.EnterOnAsync($".tour-offer a[href='{path}#tour']");
        await person.FocusAsync("[data-tour-next]");
        var places = new List<string>();
        for (var step = 1; step <= steps; step++)
        {
            await person.SeeAsync("[data-tour-count]", $"Stap {step} van {steps}");
            await person.See(".tour-at").ToBeVisibleAsync();
            places.Add(await person.Page.EvaluateAsync<string>("(e => e.id || e.className)(document.querySelector('.tour-at'))"));
            Assert.True(await person.IsOnAsync("[data-tour-next]"), $"step {step}");
            Assert.True(await person.Page.EvaluateAsync<bool>("(r => r.bottom > 0 && r.top < innerHeight)(document.querySelector('.tour-at').getBoundingClientRect())"), $"step {step} is out of sight");
            await person.PressAsync("Enter");
        }

        await person.See(".tour").ToHaveCountAsync(0);
        await person.See(".tour-at").ToHaveCountAsync(0);
        output.WriteLine($"{path}: {string.Join(", ", places)}");
        Assert.Equal(steps, places.Distinct().Count());
        Assert.Empty(person.Complaints);
        Assert.Equal(0, person.PointerUses);
    }

    [Fact]
    public async Task It_is_offered_once_never_starts_by_itself_stops_at_any_step_and_starts_again_from_the_keys()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        var script = 0;
        desk.Page.Request += (_, request) => script += request.Url.Contains("/tour", StringComparison.Ordinal) ? 1 : 0;
        await desk.GoAsync("/cases");
        await desk.See(".tour-offer").ToHaveCountAsync(0);
        await desk.GoAsync("/desk");
        await desk.See(".tour-offer").ToBeVisibleAsync();
        await desk.FocusAsync("#case-heading");
        await desk.See(".tour").ToHaveCountAsync(0);
        await desk.GoAsync("/desk");
        await desk.See(".tour-offer").ToHaveCountAsync(0);
        Assert.Equal(0, script);

        await desk.FocusAsync("#case-heading");
        await desk.PressAsync("?");
        await desk.EnterOnAsync("#keys-dialog a[href='/desk#tour']");
        await desk.FocusAsync("[data-tour-next]");
        await desk.PressAsync("Enter");
        await desk.SeeAsync("[data-tour-count]", "Stap 2");
        await desk.PressAsync("Escape");
        await desk.See(".tour").ToHaveCountAsync(0);
        // What the page does goes on as before.
        await desk.PressAsync("n");
        await desk.FocusAsync("#case-question");
    }

    [Fact]
    public async Task A_question_that_arrives_goes_before_the_tour()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await using var specialist = await loket.AsAsync("Martijn de Groot");
        await specialist.GivenFreeAsync();
        await specialist.GoAsync("/line#tour");
        await specialist.FocusAsync("[data-tour-next]");
        await specialist.ConnectedAsync();
        var caseId = await desk.GivenCaseAsync("debts");
        await desk.GivenHandoffAsync(caseId);
        await specialist.FocusAsync("[data-accept]");
        await specialist.See(".tour").ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("nl", "Wat u hebt beloofd")]
    [InlineData("en", "What you promised")]
    public async Task Without_a_script_it_is_a_page_with_the_same_steps_in_words(string language, string words)
    {
        await using var specialist = await loket.AsAsync("Martijn de Groot", javaScript: false);
        await specialist.Page.Context.AddCookiesAsync([new Cookie { Name = ".AspNetCore.Culture", Value = $"c%3D{language}%7Cuic%3D{language}", Url = loket.Server.Address.ToString() }]);
        await specialist.GoAsync("/line");
        await specialist.See(".tour-offer a[href='/tour']").ToBeVisibleAsync();
        await specialist.GoAsync("/tour");
        await specialist.See("[data-at]").ToHaveCountAsync(6);
        await specialist.SeeAsync("main", words);
    }
}
