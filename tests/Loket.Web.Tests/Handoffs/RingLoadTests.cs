using Loket.Benchmarks;
using Loket.Web.Tests.Support;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Handoffs;

/// <summary>The load of <c>dotnet run --project tests/Loket.Benchmarks -- ring</c>, shortened: what must hold, holds under it.</summary>
public sealed class RingLoadTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Under_load_nobody_has_two_offers_and_no_handoff_is_lost()
    {
        using var folder = new TempFolder();

        var result = await new RingLoad(new RingLoadPlan(120, 24, 20, TimeSpan.FromSeconds(4)), folder.Path).RunAsync();

        output.WriteLine(result.ToString());
        Assert.Equal((80, 0, 0, 0), (result.Requested, result.Lost, result.DoubleOffers, result.TwoAcceptances));
        Assert.True(result.Accepted > 40, $"{result.Accepted} accepted");
    }
}
