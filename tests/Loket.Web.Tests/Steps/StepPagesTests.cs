using System.Globalization;
using System.Text.RegularExpressions;
using Loket.Web.Tests.Server;

namespace Loket.Web.Tests.Steps;

/// <summary>The chain on the case screen, the partner's page and the interface, over HTTP.</summary>
[Collection(ServerCollection.Name)]
public sealed partial class StepPagesTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const long Desk = 1001;
    private const long Specialist = 1321;

    [Fact]
    public async Task A_refused_step_keeps_what_was_typed_with_the_reason_at_the_field()
    {
        using var desk = await app.AsAsync(Desk);
        var caseId = await desk.OpenCaseAsync("debts");
        var page = await desk.FormAsync($"/cases/{caseId}/steps", Form(("title", "Bel mevrouw Jansen terug"), ("who", "org:gm0344"), ("dueDay", "2099-01-05")));

        Assert.Equal(422, page.Status);
        Assert.Contains("value=\"Bel mevrouw Jansen terug\"", page.Text, StringComparison.Ordinal);
        Assert.Contains("id=\"step-add-title-error\"", page.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"2099-01-05\"", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_that_is_over_is_said_at_the_day_and_nobody_is_warned()
    {
        using var desk = await app.AsAsync(Desk);
        var caseId = await desk.OpenCaseAsync("debts");
        var page = await desk.FormAsync($"/cases/{caseId}/steps", Form(("title", "Aanvraag insturen"), ("who", "org:gm0344"), ("dueDay", "2020-01-01")));

        Assert.Equal(422, page.Status);
        Assert.Contains("id=\"step-add-dueDay-error\"", page.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"Aanvraag insturen\"", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, await app.CountAsync($"SELECT COUNT(*) FROM chain_step WHERE case_id = {caseId}"));
    }

    [Fact]
    public async Task Every_step_says_who_when_and_what_it_waits_for_in_both_languages()
    {
        using var desk = await app.AsAsync(Desk);
        var caseId = await desk.OpenCaseAsync("debts");
        var first = await AddAsync(desk, caseId, new { title = "Aanvraag insturen", organisation = "gm0344", dueDay = "2099-01-05" });
        await AddAsync(desk, caseId, new { title = "Beslissen op de aanvraag", organisation = "gm0518", term = "P8W", termStart = "2026-02-09", basis = "act", article = "Awb 4:13", needs = new[] { first } });

        var page = (await desk.GetAsync($"/cases/{caseId}?tab=steps")).Ok().Text;
        Assert.Contains("Wacht op: Aanvraag insturen", page, StringComparison.Ordinal);
        Assert.Contains("0 van de 2 stappen klaar", page, StringComparison.Ordinal);
        Assert.Contains("Nog niet begonnen", page, StringComparison.Ordinal);
        Assert.Contains("Awb 4:13", page, StringComparison.Ordinal);

        var steps = (await desk.GetAsync($"/api/v1/cases/{caseId}/steps")).Ok().Json.GetProperty("steps");
        Assert.Equal("2026-04-07", steps[1].GetProperty("due").GetProperty("day").GetString());
        Assert.Equal(["Aanvraag insturen"], steps[1].GetProperty("needs").EnumerateArray().Select(n => n.GetString()));

        await desk.FormAsync("/language", Form(("lang", "en"), ("returnUrl", "/cases")));
        var english = (await desk.GetAsync($"/cases/{caseId}?tab=steps")).Ok().Text;
        Assert.Contains("Waits for: Aanvraag insturen", english, StringComparison.Ordinal);
        Assert.Contains("0 of 2 steps done", english, StringComparison.Ordinal);
        Assert.DoesNotContain("steps.", TagsOut().Replace(english, ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_asked_sees_the_step_and_not_the_case_until_they_accept()
    {
        using var desk = await app.AsAsync(Desk);
        using var specialist = await app.AsAsync(Specialist);
        var caseId = await desk.OpenCaseAsync("permits", question: "Geheime dakkapel", bsn: "999991279");
        await AddAsync(desk, caseId, new { title = "Vergunning beoordelen", organisation = "gm0518", line = "gm0518-permits" });

        var asked = (await specialist.GetAsync("/steps")).Ok().Text;
        Assert.Contains("Vergunning beoordelen", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("Geheime", asked, StringComparison.Ordinal);
        Assert.Equal(404, (await specialist.GetAsync($"/cases/{caseId}")).Status);
        var ask = (await specialist.GetAsync("/api/v1/me/steps")).Ok().Json.GetProperty("asks").EnumerateArray().Single(a => a.GetProperty("title").GetString() == "Vergunning beoordelen");
        Assert.Equal(422, (await specialist.FormAsync($"/step-asks/{ask.GetProperty("id").GetString()}/refuse", Form(("reason", "")))).Status);
        Assert.Equal(303, (await specialist.FormAsync($"/step-asks/{ask.GetProperty("id").GetString()}/accept", Form())).Status);

        var page = (await specialist.GetAsync($"/cases/{caseId}?tab=steps")).Ok().Text;
        Assert.Contains("Vergunning beoordelen", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Geheime", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_partner_answers_on_a_page_that_says_nothing_before_the_code()
    {
        using var desk = await app.AsAsync(Desk);
        using var anyone = app.Anyone();
        var caseId = await desk.OpenCaseAsync("debts", question: "Geheime huurschuld");
        var step = await AddAsync(desk, caseId, new { title = "Ontruiming uitstellen", partner = "1", dueDay = "2099-01-05" });
        var channel = await app.CountAsync("SELECT id FROM partner_channel WHERE partner_id = 1 AND kind = 'email'");
        (await desk.PostAsync($"/api/v1/steps/{step}/ask-partner", new { question = "Kan dit twee weken later? Uw kenmerk 7781.", channel = channel.ToString(CultureInfo.InvariantCulture) })).Ok();
        var outgoing = (await desk.GetAsync("/demo/outgoing")).Ok().Text;
        var token = Link().Match(outgoing).Groups[1].Value;
        var code = Code().Match(outgoing).Groups[1].Value;

        Assert.Equal(404, (await anyone.GetAsync("/p/verzonnen")).Status);
        var closed = (await anyone.GetAsync($"/p/{token}")).Ok().Text;
        Assert.DoesNotContain("Ontruiming", closed, StringComparison.Ordinal);
        Assert.DoesNotContain("7781", closed, StringComparison.Ordinal);
        var wrong = await anyone.PostAsync("/api/v1/partner-links/open", new { token, code = "00000x" });
        Assert.Equal("partner-code-wrong", wrong.Code);
        var open = (await anyone.PostAsync("/api/v1/partner-links/open", new { token, code })).Ok();
        Assert.Contains("7781", open.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Geheime", open.Text, StringComparison.Ordinal);
        (await anyone.PostAsync("/api/v1/partner-links/answer", new { token, code, answer = "done", text = "Uitgesteld." })).Ok();
        Assert.Equal(409, (await anyone.GetAsync($"/p/{token}")).Status);
        Assert.Contains("Uitgesteld.", (await desk.GetAsync($"/cases/{caseId}?tab=steps")).Ok().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_happens_to_a_step_has_words_in_the_timeline()
    {
        using var desk = await app.AsAsync(Desk);
        var caseId = await desk.OpenCaseAsync("debts");
        var step = await AddAsync(desk, caseId, new { title = "Aanvraag", organisation = "gm0344", term = "P8W", termStart = "2026-02-09", basis = "act", take = true });
        (await desk.PostAsync($"/api/v1/steps/{step}/start", new { })).Ok();
        (await desk.PostAsync($"/api/v1/steps/{step}/ask-citizen", new { text = "Een kopie", until = "2027-12-01" })).Ok();
        (await desk.PostAsync($"/api/v1/steps/{step}/resume")).Ok();
        (await desk.PostAsync($"/api/v1/steps/{step}/suspend", new { kind = "consent" })).Ok();
        (await desk.PostAsync($"/api/v1/steps/{step}/resume")).Ok();
        (await desk.PostAsync($"/api/v1/steps/{step}/done", new { reason = "Toegekend" })).Ok();
        (await desk.PostAsync($"/api/v1/cases/{caseId}/forward", new { line = "gm0518-debts", told = "desk" })).Ok();

        var page = (await desk.GetAsync($"/cases/{caseId}?tab=timeline")).Ok().Text;
        foreach (var words in (string[])["Stap toegevoegd: Aanvraag", "nam een stap aan: Aanvraag", "Begonnen met een stap", "Wacht op de inwoner", "Termijn staat stil (de inwoner stemde schriftelijk in met uitstel)", "Stap klaar: Aanvraag", "Doorgestuurd naar"])
        {
            Assert.Contains(words, page, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("step ", TagsOut().Replace(page, ""), StringComparison.Ordinal);
    }

    private static async Task<string> AddAsync(Session person, string caseId, object step) =>
        (await person.PostAsync($"/api/v1/cases/{caseId}/steps", step)).Ok().Json.GetProperty("stepIds")[0].GetString()!;

    private static Dictionary<string, string> Form(params (string Name, string Value)[] fields) =>
        fields.Append(("key", Guid.NewGuid().ToString("N"))).ToDictionary(f => f.Item1, f => f.Item2);

    [GeneratedRegex("/p/([A-Za-z0-9_-]{22})", RegexOptions.None, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("uw code is ([0-9]{6})", RegexOptions.None, 1000)]
    private static partial Regex Code();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex TagsOut();
}
