using Xunit.Abstractions;

namespace Loket.Web.Tests.Server;

/// <summary>The citizen's own overview and the whole number: for the desk that serves them, and written down.</summary>
[Collection(ServerCollection.Name)]
public sealed class CitizenOverviewTests(AppFixture app, ITestOutputHelper output) : IClassFixture<AppFixture>
{
    private const string Bsn = "999991279";

    [Fact]
    public async Task The_citizen_sees_who_looked_and_why_and_gets_it_as_a_file()
    {
        using var desk = await app.AsAsync(1001);
        using var colleague = await app.AsAsync(1002);
        using var stranger = await app.AsAsync(1407);
        using var specialist = await app.AsAsync(1321);
        await specialist.BecomeFreeAsync();
        var caseId = await desk.OpenCaseAsync("permits", bsn: Bsn);
        Assert.Equal("identity-first", (await desk.GetAsync($"/api/v1/cases/{caseId}/overview")).Code);
        (await desk.PostAsync($"/api/v1/cases/{caseId}/identity", new { method = "document" })).Ok();
        (await colleague.GetAsync($"/cases/{caseId}")).Ok();
        await desk.AskAsync(caseId, "Mag dit gebouwd worden?");
        await specialist.AcceptAsync();
        (await specialist.GetAsync($"/cases/{caseId}")).Ok();
        Assert.Equal(403, (await specialist.GetAsync($"/api/v1/cases/{caseId}/overview")).Status);
        Assert.Equal(404, (await stranger.GetAsync($"/cases/{caseId}/overview")).Status);

        var page = (await desk.GetAsync($"/cases/{caseId}/overview")).Ok().Text;
        var file = (await desk.GetAsync($"/api/v1/cases/{caseId}/overview")).Ok();

        var reads = file.Json.GetProperty("reads").EnumerateArray().Select(r => $"{r.GetProperty("organisation")}: {r.GetProperty("what")}: {r.GetProperty("why")}").ToList();
        Assert.Contains("Gemeente Utrecht: Opende uw zaak: Helpt als collega aan hetzelfde loket", reads);
        Assert.Contains("Gemeente Den Haag: Opende uw zaak: Werkt aan uw zaak", reads);
        Assert.Contains("Gemeente Utrecht: Maakte dit overzicht: Heeft de leiding over uw zaak", reads);
        Assert.Contains("Opende uw zaak", page, StringComparison.Ordinal);
        Assert.Equal("Ik kan de huur niet betalen.", file["question"]);
        Assert.All((string[])["Paul Scholten", "Sanne Kuiper", Bsn], name => Assert.DoesNotContain(name, file.Text, StringComparison.Ordinal));
        Assert.DoesNotContain(reads, r => r.Contains(": -", StringComparison.Ordinal));
        output.WriteLine(string.Join("\n", reads));
    }

    [Fact]
    public async Task The_whole_number_needs_a_reason_and_person_and_reason_are_in_the_log()
    {
        using var desk = await app.AsAsync(1001);
        var caseId = await desk.OpenCaseAsync("permits", bsn: Bsn);
        Assert.Equal("identity-first", (await desk.PostAsync($"/api/v1/cases/{caseId}/bsn", new { reason = "Ik vergelijk het paspoort" })).Code);
        (await desk.PostAsync($"/api/v1/cases/{caseId}/identity", new { method = "document" })).Ok();
        Assert.DoesNotContain(Bsn, (await desk.GetAsync($"/cases/{caseId}")).Ok().Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Bsn, (await desk.GetAsync($"/cases/{caseId}/bsn")).Ok().Text, StringComparison.Ordinal);
        Assert.Equal("reveal-reason-missing", (await desk.PostAsync($"/api/v1/cases/{caseId}/bsn", new { reason = " " })).Code);
        Assert.Equal(0, await app.CountAsync($"SELECT COUNT(*) FROM access_log WHERE case_id = {caseId} AND what = 'reveal'"));

        Assert.Equal(Bsn, (await desk.PostAsync($"/api/v1/cases/{caseId}/bsn", new { reason = "Ik vergelijk het paspoort" })).Ok()["bsn"]);
        Assert.Contains(Bsn, (await desk.FormAsync($"/cases/{caseId}/bsn", new Dictionary<string, string> { ["reason"] = "Nog eens" })).Ok().Text, StringComparison.Ordinal);

        Assert.Equal(1, await app.CountAsync($"SELECT COUNT(*) FROM access_log WHERE case_id = {caseId} AND what = 'reveal' AND professional_id = 1001 AND reason = 'Ik vergelijk het paspoort'"));
        Assert.Equal(2, await app.CountAsync($"SELECT COUNT(*) FROM access_log WHERE case_id = {caseId} AND what = 'reveal'"));
    }
}
