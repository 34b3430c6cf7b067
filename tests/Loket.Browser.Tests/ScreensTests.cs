using Microsoft.Playwright;
using Xunit.Abstractions;

namespace Loket.Browser.Tests;

/// <summary>
/// The main screens with work on them, photographed in both themes at a small and a large screen and at 400% zoom (1280 wide, so
/// 320 CSS pixels: WCAG 1.4.10), into the folder <c>output</c>. At no size anything sticks out sideways.
/// </summary>
public sealed class ScreensTests(LoketFixture loket, ITestOutputHelper output) : IClassFixture<LoketFixture>
{
    private static readonly (string Name, int Width, int Height, float Zoom)[] Sizes = [("1280", 1280, 800, 1), ("1920", 1920, 1080, 1), ("400pct", 320, 256, 4)];

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task The_main_screens_fit_at_every_size(string theme)
    {
        await using var scene = await SceneAsync(theme);
        var tooWide = new List<string>();
        foreach (var (size, width, height, zoom) in Sizes)
        {
            foreach (var (screen, who, path) in scene.Screens)
            {
                var person = scene.People[who];
                await person.Page.SetViewportSizeAsync(width, height);
                await person.GoAsync(path);
                await person.Page.BringToFrontAsync();
                await person.PhotographAsync($"screen-{screen}-{size}-{theme}");
                var sideways = await person.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
                if (sideways > 0)
                {
                    tooWide.Add($"{screen} at {size} ({zoom}x): {sideways} px");
                }
            }
        }

        output.WriteLine($"{scene.Screens.Count * Sizes.Length} pictures, {theme}: {string.Join(", ", scene.Screens.Select(s => s.Screen))}");
        Assert.Empty(tooWide);
        Assert.All(scene.People.Values, person => Assert.Empty(person.Complaints));
    }

    private async Task<Scene> SceneAsync(string theme)
    {
        var (topic, answering) = theme == "light" ? ("debts", "Martijn de Groot") : ("permits", "Paul Scholten");
        var desk = await EnterAsync("Fatima Bouzidi", theme);
        var specialist = await EnterAsync(answering, theme);
        var supervisor = await EnterAsync("Willem de Haan", theme);
        var manager = await EnterAsync("Annelies Brouwer", theme);
        var talk = await desk.GivenCaseAsync(topic, bsn: "999991279", question: "Mijn man is drie weken geleden overleden en ik heb huurschuld. Wat kan ik doen?");
        await desk.ApiAsync("POST", $"/api/v1/cases/{talk}/identity", new { method = "document" });
        await desk.ApiAsync("POST", $"/api/v1/cases/{talk}/promises", new { text = "Brief van de verhuurder opzoeken", dueAt = TimeProvider.System.GetUtcNow().AddDays(2) });
        await specialist.GivenFreeAsync();
        var handoff = await desk.GivenHandoffAsync(talk);
        await specialist.GoAsync("/line");
        await specialist.AcceptOfferAsync();
        // A case that is not in a talk: from one that just was taken, the page goes to the talk by itself.
        var work = await desk.GivenCaseAsync(topic, bsn: "999991279", question: "Mijn man is drie weken geleden overleden en ik heb huurschuld. Wat kan ik doen?");
        await desk.ApiAsync("POST", $"/api/v1/cases/{work}/identity", new { method = "document" });
        await desk.ApiAsync("POST", $"/api/v1/cases/{work}/facts", new { label = "", kind = "income", value = "1180 euro netto per maand", source = "citizen" });
        var callback = await desk.GivenCaseAsync(topic, "gm0344");
        await desk.ApiAsync("POST", $"/api/v1/cases/{callback}/handoffs", new { mode = "cold", citizenAt = "absent", lineQuestion = "Wilt u bellen?", callbackOnly = true, phone = "06 12 34 56 78" });
        return new Scene(
            new Dictionary<string, Person> { ["anyone"] = await EnterAsync(null, theme), ["desk"] = desk, ["specialist"] = specialist, ["supervisor"] = supervisor, ["manager"] = manager },
            [
                ("sign-in", "anyone", "/sign-in"), ("desk", "desk", "/desk"), ("case", "desk", $"/cases/{work}"), ("steps", "desk", $"/cases/{callback}?tab=steps"),
                ("journey", "desk", $"/cases/{work}/journey?lifeEvent=death"), ("letter", "desk", $"/cases/{talk}/letter"), ("conversation", "specialist", $"/handoffs/{handoff}"),
                ("specialist", "specialist", "/line"), ("chain", "supervisor", "/chain?tab=open"), ("wall", "supervisor", "/wall"), ("reports", "supervisor", "/reports"), ("line", "manager", "/lines/gm0344-debts"),
            ]);
    }

    private async Task<Person> EnterAsync(string? name, string theme)
    {
        var person = name is null ? await loket.NewAsync() : await loket.AsAsync(name);
        await person.Page.Context.AddCookiesAsync([new Cookie { Name = "loket-theme", Value = theme, Url = loket.Server.Address.ToString() }]);
        return person;
    }

    private sealed record Scene(IReadOnlyDictionary<string, Person> People, IReadOnlyList<(string Screen, string Who, string Path)> Screens) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            foreach (var person in People.Values)
            {
                await person.DisposeAsync();
            }
        }
    }
}
