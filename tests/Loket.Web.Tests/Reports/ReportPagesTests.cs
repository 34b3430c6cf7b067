using Loket.Web.Tests.Server;

namespace Loket.Web.Tests.Reports;

/// <summary>The reports over HTTP, as page, file and interface; every one of them is written down.</summary>
[Collection(ServerCollection.Name)]
public sealed class ReportPagesTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const long Supervisor = 1007;

    [Theory]
    [InlineData("/reports", "text/html", "Er gebeurde nog te weinig")]
    [InlineData("/reports?by=quarter&from=2026-12&to=nonsense&topic=debts&organisation=gm0518", "text/html", "Rapporten")]
    [InlineData("/reports/wait.csv?by=month", "text/csv", "maand,Aantal")]
    [InlineData("/reports/declines.json", "application/json", "\"columns\"")]
    [InlineData("/api/v1/reports", "application/json", "\"promises\"")]
    [InlineData("/api/v1/reports/chain?by=topic", "application/json", "\"chain\"")]
    public async Task Each_way_to_read_answers_and_is_written_down(string path, string type, string text)
    {
        using var supervisor = await app.AsAsync(Supervisor);
        var before = await app.CountAsync("SELECT COUNT(*) FROM report_read");

        var answer = (await supervisor.GetAsync(path)).Ok();

        Assert.StartsWith(type, answer.Type, StringComparison.Ordinal);
        Assert.Contains(text, answer.Text, StringComparison.Ordinal);
        Assert.Equal(before + 1, await app.CountAsync("SELECT COUNT(*) FROM report_read"));
    }

    [Fact]
    public async Task A_report_that_does_not_exist_is_not_there()
    {
        using var supervisor = await app.AsAsync(Supervisor);
        Assert.Equal(404, (await supervisor.GetAsync("/reports/people.csv")).Status);
        Assert.Equal("report-unknown", (await supervisor.GetAsync("/api/v1/reports/people")).Code);
    }
}
