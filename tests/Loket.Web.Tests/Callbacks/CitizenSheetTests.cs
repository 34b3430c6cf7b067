using Loket.Web.Tests.Server;

namespace Loket.Web.Tests.Callbacks;

/// <summary>The paper a citizen takes home says what will happen, by how they want to be reached and by how the calls went.</summary>
[Collection(ServerCollection.Name)]
public sealed class CitizenSheetTests(AppFixture app) : IClassFixture<AppFixture>
{
    [Fact]
    public async Task Who_comes_to_the_desk_is_not_called_and_who_was_not_reached_is_promised_no_moment()
    {
        using var desk = await app.AsAsync(1001);
        var caseId = await desk.OpenCaseAsync("debts");
        (await desk.PostAsync($"/api/v1/cases/{caseId}/handoffs", new { mode = "cold", citizenAt = "absent", lineQuestion = "Wilt u bellen?", callbackOnly = true, phone = "06 12345678" })).Ok();
        var callback = await app.TextAsync($"SELECT CAST(id AS TEXT) FROM callback WHERE case_id = {caseId}");
        async Task<string> SheetAsync() => (await desk.GetAsync($"/callbacks/{callback}/citizen?lang=nl")).Ok().Text;
        var called = await SheetAsync();
        Assert.Contains("<h1 class=\"letter__title\">U wordt teruggebeld</h1>", called, StringComparison.Ordinal);
        Assert.Contains("tussen", called, StringComparison.Ordinal);

        (await desk.PutAsync($"/api/v1/callbacks/{callback}/reach", new { timeZone = "Europe/Amsterdam", channel = "desk" })).Ok();
        var visits = await SheetAsync();
        Assert.Contains("U bent welkom aan de balie", visits, StringComparison.Ordinal);
        Assert.DoesNotContain("belt u.", visits, StringComparison.Ordinal);

        using var caller = await app.AsAsync(long.Parse(await app.TextAsync($"SELECT CAST(professional_id AS TEXT) FROM callback WHERE id = {callback}"), System.Globalization.CultureInfo.InvariantCulture));
        (await caller.PostAsync($"/api/v1/callbacks/{callback}/attempts", new { result = "wrong_number" })).Ok();
        var failed = await SheetAsync();
        Assert.Contains("Wij proberen u te bereiken", failed, StringComparison.Ordinal);
        Assert.DoesNotContain("tussen", failed, StringComparison.Ordinal);
    }
}
