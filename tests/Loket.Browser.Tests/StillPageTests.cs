using System.Globalization;
using Xunit.Abstractions;

namespace Loket.Browser.Tests;

/// <summary>What arrives live changes a page in place: nothing shifts, and what has the focus stays where it is.</summary>
public sealed class StillPageTests(LoketFixture loket, ITestOutputHelper output) : IClassFixture<LoketFixture>
{
    // The layout instability score of the browser; 0.1 is what the web calls good.
    private const double AtMost = 0.02;

    private const string Watch = """
        () => {
          window.loketShift = 0; window.loketMoved = [];
          const place = () => { const at = document.activeElement.getBoundingClientRect(); return [at.x, at.y].map(Math.round).join(); };
          window.loketPlace = place(); window.loketNow = place;
          new PerformanceObserver(list => {
            for (const shift of list.getEntries()) {
              window.loketShift += shift.value;
              window.loketMoved.push(...shift.sources.map(s => `${s.node?.nodeName}.${s.node?.className ?? ''}#${s.node?.id ?? ''} ${Math.round(s.previousRect.y)}->${Math.round(s.currentRect.y)}`));
            }
          }).observe({ type: 'layout-shift' });
        }
        """;

    [Theory, InlineData(1280), InlineData(1400)]
    public async Task The_foot_of_the_specialists_page_is_one_line(int width)
    {
        await using var specialist = await loket.AsAsync("Martijn de Groot");
        await specialist.Page.SetViewportSizeAsync(width, 900);
        await specialist.GoAsync("/line");
        await specialist.ConnectedAsync();
        var (height, right) = (await specialist.Page.EvaluateAsync<double>("() => document.querySelector('.foot').offsetHeight"),
            await specialist.Page.EvaluateAsync<double>("() => document.querySelector('.foot').scrollWidth"));
        Assert.InRange(height, 32, 34);
        Assert.InRange(right, 0, width);
    }

    [Fact]
    public async Task A_page_does_not_shift_when_live_data_arrives_and_what_has_the_focus_stays()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await using var colleague = await loket.AsAsync("Sanne Kuiper");
        await using var specialist = await loket.AsAsync("Martijn de Groot");
        await using var beside = await loket.AsAsync("Marieke Scholten");
        await using var chain = await loket.AsAsync("Willem de Haan");
        await using var wall = await loket.AsAsync("Willem de Haan");
        var caseId = await desk.GivenCaseAsync("debts");
        await desk.ApiAsync("POST", $"/api/v1/cases/{caseId}/promises", new { text = "Ik bel de verhuurder", dueAt = TimeProvider.System.GetUtcNow().AddDays(2) });
        await beside.GivenFreeAsync();
        var pages = new Dictionary<string, (Person Person, string Path, string Focus)>
        {
            ["front office"] = (desk, $"/cases/{caseId}", "#ask-lineQuestion"), ["specialist"] = (specialist, "/line", "#presence-form button[value=break]"),
            ["chain board"] = (chain, "/chain?tab=open", ".chain__title"), ["wall"] = (wall, "/wall", ".wall__head a"),
        };
        foreach (var (person, path, focus) in pages.Values)
        {
            await person.GoAsync(path);
            await person.ConnectedAsync();
            await person.Page.Locator(focus).First.FocusAsync();
            await person.Page.EvaluateAsync(Watch);
        }

        // A colleague opens a case of the same team, promises, asks the line, and gets somebody; others come and go.
        var other = await colleague.GivenCaseAsync("debts", question: "Ik heb schulden.");
        await colleague.ApiAsync("POST", $"/api/v1/cases/{other}/promises", new { text = "Brief opzoeken", dueAt = TimeProvider.System.GetUtcNow().AddDays(1) });
        await chain.SeeAsync("main", "Sanne Kuiper");
        var handoff = await colleague.GivenHandoffAsync(other);
        await beside.AcceptOfferAsync();
        await wall.Page.Locator("tr[data-line=gm0518-debts] [data-figure=accepted]").GetByText("1").WaitForAsync();
        await colleague.ApiAsync("POST", $"/api/v1/handoffs/{handoff}/messages", new { text = "Mevrouw zit bij mij." });
        await desk.ApiAsync("POST", $"/api/v1/cases/{caseId}/facts", new { label = "", kind = "income", value = "1180 euro", source = "citizen" });
        await desk.SeeAsync("table.facts", "1180 euro");
        await colleague.ApiAsync("POST", $"/api/v1/cases/{other}/steps", new { title = "Schuldregeling aanvragen", organisation = "gm0518", line = "gm0518-debts", dueDay = "2099-01-01" });
        await specialist.SeeAsync("main", "Schuldregeling aanvragen");

        var shifts = new List<string>();
        foreach (var (name, (person, _, focus)) in pages)
        {
            var (shift, moved) = (await person.Page.EvaluateAsync<double>("() => window.loketShift"), await person.Page.EvaluateAsync<string[]>("() => window.loketMoved"));
            var (was, now) = (await person.Page.EvaluateAsync<string>("() => window.loketPlace"), await person.Page.EvaluateAsync<string>("() => window.loketNow()"));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: shifted {shift:0.0000}; the focus at {was}, then at {now}"));
            if (shift >= AtMost || was != now || !await person.IsOnAsync(focus))
            {
                shifts.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {shift:0.0000}, focus {was} then {now}: {string.Join("; ", moved.Take(12))}"));
            }
        }

        Assert.Empty(shifts);
    }

    [Fact]
    public async Task A_page_that_shifts_is_seen()
    {
        await using var anyone = await loket.NewAsync();
        await anyone.GoAsync("/sign-in");
        await anyone.Page.EvaluateAsync(Watch);
        await anyone.Page.EvaluateAsync("() => { const block = document.createElement('div'); block.style.height = '300px'; document.querySelector('main').prepend(block); }");
        await anyone.Page.WaitForFunctionAsync("least => window.loketShift > least", AtMost);
    }
}
