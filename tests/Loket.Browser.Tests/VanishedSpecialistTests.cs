using System.Diagnostics;
using Xunit.Abstractions;

namespace Loket.Browser.Tests;

/// <summary>A specialist whose browser dies while an offer rings there loses it within ten seconds; it rings at the next.</summary>
[Collection(TimedCollection.Name)]
public sealed class VanishedSpecialistTests(LoketFixture loket, ITestOutputHelper output) : IClassFixture<LoketFixture>
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("the page was closed", "debts", "Hans Nijland", "Marieke Scholten")]
    [InlineData("the page crashed", "permits", "Paul Scholten", "Daphne Groen")]
    [InlineData("the browser was killed", "care_wmo", "Gerard van Dam", "Teun Smits")]
    [InlineData("the lid was closed", "work_income", "Mirjam van der Wal", "Khadija Lahlou")]
    public async Task The_next_specialist_is_offered_it_within_ten_seconds(string how, string topic, string vanishing, string next)
    {
        var mark = string.Concat(Guid.NewGuid().ToByteArray().Select(b => (char)('a' + (b % 26))));
        var browser = await loket.LaunchAsync(mark);
        try
        {
            var first = await loket.AsAsync(vanishing, browser);
            await using var second = await loket.AsAsync(next);
            await using var desk = await loket.AsAsync("Fatima Bouzidi");
            await first.GivenFreeAsync();
            await second.GivenFreeAsync();
            await desk.GivenHandoffAsync(await desk.GivenCaseAsync(topic));
            await first.FocusAsync("[data-accept]");
            await second.See("[data-accept]").ToHaveCountAsync(0);

            var watch = Stopwatch.StartNew();
            await VanishAsync(how, first, mark);
            await second.FocusAsync("[data-accept]");
            watch.Stop();

            output.WriteLine($"{how}: the next specialist was offered it after {watch.Elapsed.TotalSeconds:0.0} s (bound {Bound.TotalSeconds:0} s)");
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, Bound);
        }
        finally
        {
            await BrowserProcesses.KillAsync(mark);
        }
    }

    private static async Task VanishAsync(string how, Person person, string mark)
    {
        switch (how)
        {
            case "the page was closed":
                await person.Page.Context.CloseAsync();
                break;
            case "the page crashed":
                var devTools = await person.Page.Context.NewCDPSessionAsync(person.Page);
                var crashed = new TaskCompletionSource();
                person.Page.Crash += (_, _) => crashed.TrySetResult();
                _ = devTools.SendAsync("Page.crash").ContinueWith(t => t.Exception, TaskScheduler.Default);
                await crashed.Task;
                break;
            case "the browser was killed":
                await BrowserProcesses.KillAsync(mark);
                break;
            default:
                await BrowserProcesses.FreezeAsync(mark);
                break;
        }
    }
}
