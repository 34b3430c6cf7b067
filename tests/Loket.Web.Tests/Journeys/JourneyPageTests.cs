using Loket.Web.Tests.Server;

namespace Loket.Web.Tests.Journeys;

/// <summary>The journey on a case over HTTP: what is asked stands on the page before it is missed.</summary>
[Collection(ServerCollection.Name)]
public sealed class JourneyPageTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Missed = "id=\"journey-day-error\"";

    [Fact]
    public async Task A_day_is_missed_only_by_who_was_asked_for_it()
    {
        using var desk = await app.AsAsync(1001);
        var address = $"/cases/{await desk.OpenCaseAsync("debts")}/journey";

        var first = (await desk.FormAsync(address, new Dictionary<string, string> { ["event"] = "death" })).Ok().Text;
        Assert.Contains("name=\"day\"", first, StringComparison.Ordinal);
        Assert.DoesNotContain(Missed, first, StringComparison.Ordinal);

        Assert.Contains(Missed, (await desk.FormAsync(address, new Dictionary<string, string> { ["event"] = "death", ["version"] = "1", ["day"] = "" })).Text, StringComparison.Ordinal);
        Assert.Contains(Missed, (await desk.FormAsync(address, new Dictionary<string, string> { ["event"] = "death", ["begin"] = "true" })).Text, StringComparison.Ordinal);
    }
}
