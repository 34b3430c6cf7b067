using System.Globalization;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace Loket.Browser.Tests;

/// <summary>How much goes over the wire, as the browser counts it, and how soon a page listens. Bytes are asserted; times are only told.</summary>
public sealed class BudgetTests(LoketFixture loket, ITestOutputHelper output) : IClassFixture<LoketFixture>
{
    private const double FirstLoad = 150_000;
    private const double AfterThat = 20_000;

    [Fact]
    public async Task The_front_office_page_stays_within_its_bytes()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await using var wire = await Wire.OfAsync(desk.Page);

        var first = await wire.DuringAsync(() => desk.GoAsync("/desk"));
        var again = await wire.DuringAsync(() => desk.GoAsync("/desk"));
        var caseId = await desk.GivenCaseAsync("debts", bsn: "999991279");
        // The news of its own opening comes with the first look.
        await desk.GoAsync($"/cases/{caseId}");
        await desk.ConnectedAsync();
        var aCase = await wire.DuringAsync(() => desk.GoAsync($"/cases/{caseId}"));
        var caseAgain = await wire.DuringAsync(() => desk.GoAsync($"/cases/{caseId}"));

        output.WriteLine($"/desk first {first}, again {again}; a case {aCase}, again {caseAgain}");
        Assert.InRange(first.Bytes, 1, FirstLoad);
        Assert.All([again, aCase, caseAgain], load => Assert.InRange(load.Bytes, 1, AfterThat));
    }

    [Fact]
    public async Task The_page_listens_on_a_machine_four_times_slower()
    {
        await using var desk = await loket.AsAsync("Fatima Bouzidi");
        await desk.GoAsync("/desk");
        var session = await desk.Page.Context.NewCDPSessionAsync(desk.Page);
        await session.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object> { ["rate"] = 4 });
        var ready = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            await desk.GoAsync("/desk");
            await desk.FocusAsync("#case-heading");
            ready.Add(await desk.Page.EvaluateAsync<double>("performance.getEntriesByType('navigation')[0].domInteractive"));
        }

        await desk.PressAsync("n");
        await desk.FocusAsync("#case-question");
        await desk.Page.EvaluateAsync("() => { window.loketKey = []; new PerformanceObserver(l => l.getEntries().forEach(e => loketKey.push(e.duration))).observe({ type: 'event', durationThreshold: 16 }); }");
        await desk.TypeAsync("huurschuld");
        await desk.PressAsync("?");
        var slowest = await desk.Page.EvaluateAsync<double>("Math.max(0, ...loketKey)");

        ready.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"interactive after {ready[2]:0} ms (median of 5, the processor four times slower); slowest local answer to a key {slowest:0} ms"));
        Assert.Equal("huurschuld?", await desk.Page.Locator("#case-question").InputValueAsync());
    }

    /// <summary>What the browser says came over the network.</summary>
    private sealed class Wire : IAsyncDisposable
    {
        private readonly IPage page;
        private readonly ICDPSession session;
        private readonly Lock gate = new();
        private double bytes;
        private int answers;

        private Wire(IPage page, ICDPSession session)
        {
            this.page = page;
            this.session = session;
            session.Event("Network.loadingFinished").OnEvent += (_, data) => Add(data!.Value.GetProperty("encodedDataLength").GetDouble());
        }

        public static async Task<Wire> OfAsync(IPage page)
        {
            var wire = new Wire(page, await page.Context.NewCDPSessionAsync(page));
            await wire.session.SendAsync("Network.enable");
            return wire;
        }

        public async Task<Load> DuringAsync(Func<Task> act)
        {
            lock (gate)
            {
                (bytes, answers) = (0, 0);
            }

            await act();
            await Assertions.Expect(page.Locator("#truth[data-state=connected], #truth[data-state=again]")).ToBeAttachedAsync();
            lock (gate)
            {
                return new Load(bytes, answers);
            }
        }

        public async ValueTask DisposeAsync() => await session.DetachAsync();

        private void Add(double more)
        {
            lock (gate)
            {
                bytes += more;
                answers++;
            }
        }
    }

    private sealed record Load(double Bytes, int Answers)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Bytes / 1000:0.0} kB in {Answers} answers");
    }
}
