using System.Globalization;
using Loket.Web.Live;
using Loket.Web.Tests.Server;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Hub;

/// <summary>A page that was just made is fetched again only when a hint may have come before it listened.</summary>
[Collection(ServerCollection.Name)]
public sealed class MissedHintTests(ServerFixture loket)
{
    [Fact]
    public void What_was_told_after_a_page_was_made_is_missed_and_what_is_too_long_ago_is_not_known()
    {
        var clock = new FakeClock();
        var recent = new RecentHints(clock);
        DateTime Now() => clock.GetUtcNow().UtcDateTime;
        var made = Now();
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.False(recent.MayHaveTold(["case:1"], made));
        recent.Told("case:1");
        Assert.True(recent.MayHaveTold(["case:2", "case:1"], made));
        Assert.False(recent.MayHaveTold(["case:2"], made));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(recent.MayHaveTold(["case:1"], Now()));
        Assert.True(recent.MayHaveTold([], Now() - RecentHints.Kept - TimeSpan.FromSeconds(1)));
        Assert.True(recent.MayHaveTold([], Now() + TimeSpan.FromSeconds(1)));
        Assert.True(recent.MayHaveTold([], made - TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void What_was_told_is_known_for_as_long_as_it_may_be_asked_and_then_no_longer_kept()
    {
        var clock = new FakeClock();
        var recent = new RecentHints(clock);
        clock.Advance(RecentHints.Kept);
        recent.Told("case:1");
        var told = clock.GetUtcNow().UtcDateTime;
        clock.Advance(RecentHints.Kept);

        recent.Told("case:2");
        Assert.True(recent.MayHaveTold(["case:1"], told));
        Assert.Equal(2, recent.Count);

        clock.Advance(RecentHints.Kept + (2 * RecentHints.Slack));
        recent.Told("case:3");
        clock.Advance(RecentHints.Kept + (2 * RecentHints.Slack));
        recent.Told("case:4");
        Assert.Equal(2, recent.Count);
    }

    [Fact]
    public async Task Only_what_this_connection_may_hear_counts()
    {
        using var desk = await loket.AsAsync(1001);
        using var stranger = await loket.AsAsync(1407);
        var caseId = await desk.OpenCaseAsync("permits");
        await using var page = await LiveClient.EnterAsync(loket.Server.Address, desk);
        await using var elsewhere = await LiveClient.EnterAsync(loket.Server.Address, stranger);
        Assert.True((await page.CallAsync("WatchCase", caseId)).Ok);
        Assert.False((await elsewhere.CallAsync("WatchCase", caseId)).Ok);
        var made = TimeProvider.System.GetUtcNow().UtcDateTime;
        await Until.TrueAsync(async () => !await page.MissedAsync(Later(made)), "the opening of the case to be long enough ago");
        var before = Later(made);

        (await desk.PostAsync($"/api/v1/cases/{caseId}/facts", new { label = "Huur", value = "650", source = "citizen" })).Ok();
        await page.HintedAsync("fact");

        Assert.True(await page.MissedAsync(before));
        Assert.False(await elsewhere.MissedAsync(before));
        Assert.True(await page.MissedAsync("yesterday"));
    }

    private static string Later(DateTime made) => (made + RecentHints.Slack).ToString("O", CultureInfo.InvariantCulture);
}
