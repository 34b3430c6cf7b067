using System.Diagnostics;
using Loket.Web.Live;
using Loket.Web.Tests.Server;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Hub;

/// <summary>Who loses the right to a case hears nothing of it any more, and the open page is told to go.</summary>
[Collection(ServerCollection.Name)]
public sealed class LostRightTests(ServerFixture loket, ITestOutputHelper output)
{
    private Uri Address => loket.Server.Address;

    [Fact]
    public async Task A_part_that_ended_a_line_left_and_a_person_who_left_stop_the_pushes_within_five_seconds()
    {
        using var desk = await loket.AsAsync(1001);
        using var specialist = await loket.AsAsync(1321);
        using var colleague = await loket.AsAsync(1323);
        using var second = await loket.AsAsync(1002);
        await using var of = await LiveClient.EnterAsync(Address, specialist);
        await using var beside = await LiveClient.EnterAsync(Address, colleague);
        await using var atDesk = await LiveClient.EnterAsync(Address, second);
        await specialist.BecomeFreeAsync();
        var caseId = await desk.OpenCaseAsync("permits");
        var talk = await desk.AskAsync(caseId);
        await specialist.AcceptAsync();
        foreach (var line in (LiveClient[])[of, beside, atDesk])
        {
            Assert.True((await line.CallAsync("WatchCase", caseId)).Ok);
        }

        await loket.ExecuteAsync("DELETE FROM line_member WHERE professional_id = 1323 AND line_code = 'gm0518-permits'");
        await WithinAsync("left the line", () => beside.HintedAsync("gone"));
        (await specialist.PostAsync($"/api/v1/handoffs/{talk}/confirm", new { how = "called" })).Ok();
        (await specialist.PostAsync($"/api/v1/handoffs/{talk}/finish", new { outcome = "answered", text = "Klaar." })).Ok();
        (await specialist.PostAsync($"/api/v1/handoffs/{talk}/done")).Ok();
        await WithinAsync("the part ended", () => of.HintedAsync("gone"));
        await loket.ExecuteAsync("UPDATE professional SET active = 0 WHERE id = 1002");
        await WithinAsync("left the organisation", () => Until.TrueAsync(() => !atDesk.IsOpen, "the connection to be cut"));

        int[] Heard() => [.. ((LiveClient[])[of, beside, atDesk]).Select(line => line.Hints.Count(h => h.GetProperty("caseId").GetString() == caseId))];
        var heard = Heard();
        (await desk.PostAsync($"/api/v1/cases/{caseId}/facts", new { label = "Huur", value = "650", source = "citizen" })).Ok();
        await using var watching = await LiveClient.EnterAsync(Address, desk);
        Assert.True((await watching.CallAsync("WatchCase", caseId)).Ok);
        (await desk.PostAsync($"/api/v1/cases/{caseId}/facts", new { label = "Gas", value = "90", source = "citizen" })).Ok();
        await watching.HintedAsync("fact");
        Assert.Equal(heard, Heard());
        Assert.Equal("case-unknown", (await of.CallAsync("WatchCase", caseId)).Refusal);
        await loket.ExecuteAsync("UPDATE professional SET active = 1 WHERE id = 1002");
        await loket.ExecuteAsync("INSERT INTO line_member (line_code, professional_id, tier) VALUES ('gm0518-permits', 1323, 1)");
        await specialist.PutAsync("/api/v1/me/presence", new { state = "offline" });
    }

    private async Task WithinAsync(string what, Func<Task> gone)
    {
        var began = Stopwatch.GetTimestamp();
        await gone();
        var took = Stopwatch.GetElapsedTime(began);
        Assert.True(took < Watchers.LongestAfter, $"{what}: {took}");
        output.WriteLine($"{what}: gone after {took.TotalSeconds:0.0} s");
    }
}
