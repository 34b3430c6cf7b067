using Loket.Web.Tests.Server;

namespace Loket.Web.Tests.Identity;

/// <summary>Identity on the case screen, over HTTP: not established first, established later, with a number that came later.</summary>
[Collection(ServerCollection.Name)]
public sealed class IdentityPagesTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Suzanne = "999993653";
    private const string Artem = "000009842";

    [Fact]
    public async Task Identity_that_is_established_later_shows_what_the_register_knows_from_then_on()
    {
        using var desk = await app.AsAsync(1001);
        var caseId = (await desk.PostAsync("/api/v1/cases", new { question = "Ik kan de huur niet betalen.", kind = "person", topic = "debts", municipality = "gm0518" })).Ok()["caseId"];
        Task<Answer> PageAsync() => desk.GetAsync($"/cases/{caseId}");
        Assert.Contains("Hoe weet u wie dit is?", (await PageAsync()).Ok().Text, StringComparison.Ordinal);

        Assert.Equal(303, (await desk.FormAsync($"/cases/{caseId}/identity", Form("method", "not_established"))).Status);
        var page = (await PageAsync()).Ok().Text;
        Assert.Contains("identiteit niet vastgesteld", page, StringComparison.Ordinal);
        Assert.Contains("Stel alsnog vast wie het is", page, StringComparison.Ordinal);

        var wrong = await desk.FormAsync($"/cases/{caseId}/number", Form("bsn", "999993654"));
        Assert.Equal(422, wrong.Status);
        Assert.Contains("id=\"number-bsn-error\"", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(303, (await desk.FormAsync($"/cases/{caseId}/number", Form("bsn", Suzanne))).Status);
        page = (await PageAsync()).Ok().Text;
        Assert.DoesNotContain("Suzanne Moulin", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/number\"", page, StringComparison.Ordinal);

        Assert.Equal(303, (await desk.FormAsync($"/cases/{caseId}/identity", Form("method", "document"))).Status);
        page = (await PageAsync()).Ok().Text;
        Assert.Contains("document gezien", page, StringComparison.Ordinal);
        Assert.Contains("Suzanne Moulin", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Stel alsnog vast", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Suzanne, page, StringComparison.Ordinal);
        Assert.Equal("number-stays", (await desk.PostAsync($"/api/v1/cases/{caseId}/number", new { bsn = "999990019" })).Code);
    }

    [Fact]
    public async Task A_wrong_number_is_put_right_on_the_page_and_identity_is_asked_again()
    {
        using var desk = await app.AsAsync(1001);
        var caseId = (await desk.PostAsync("/api/v1/cases", new { question = "Ik kan de huur niet betalen.", kind = "person", bsn = Artem, topic = "debts", municipality = "gm0518" })).Ok()["caseId"];
        Task<Answer> PageAsync() => desk.GetAsync($"/cases/{caseId}");
        Assert.Equal(303, (await desk.FormAsync($"/cases/{caseId}/identity", Form("method", "document"))).Status);
        var page = (await PageAsync()).Ok().Text;
        Assert.Contains("Het BSN klopt niet", page, StringComparison.Ordinal);
        Assert.Contains("Artem Sahakian", page, StringComparison.Ordinal);

        var wrong = await desk.FormAsync($"/cases/{caseId}/number/correct", Form("bsn", "999993654"));
        Assert.Equal(422, wrong.Status);
        Assert.Contains("id=\"number-bsn-error\"", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(422, (await desk.FormAsync($"/cases/{caseId}/number/correct", Form("bsn", ""))).Status);
        Assert.Equal("number-same", (await desk.PostAsync($"/api/v1/cases/{caseId}/number/correct", new { bsn = Artem })).Code);

        Assert.Equal(303, (await desk.FormAsync($"/cases/{caseId}/number/correct", Form("bsn", "999990019"))).Status);
        page = (await PageAsync()).Ok().Text;
        Assert.DoesNotContain("Artem Sahakian", page, StringComparison.Ordinal);
        Assert.Contains("Hoe weet u wie dit is?", page, StringComparison.Ordinal);
        Assert.Contains("019", page, StringComparison.Ordinal);
        Assert.Contains("Nummer verbeterd", (await desk.GetAsync($"/cases/{caseId}?tab=timeline")).Ok().Text, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Form(string name, string value) => new(StringComparer.Ordinal) { [name] = value };
}
