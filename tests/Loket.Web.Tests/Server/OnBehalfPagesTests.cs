using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Server;

/// <summary>Whatever page of a case is opened, it says in whose name is acted; the pages come from the running application.</summary>
[Collection(ServerCollection.Name)]
public sealed partial class OnBehalfPagesTests(AppFixture app, ITestOutputHelper output) : IClassFixture<AppFixture>
{
    [Fact]
    public async Task Every_page_of_a_case_says_in_whose_name_and_the_specialist_reads_it_after_accepting_only()
    {
        var ids = await app.OneOfEverythingAsync();
        using var desk = await app.AsAsync(OneOfEverything.Desk);
        (await desk.PostAsync($"/api/v1/cases/{ids["cases"]}/representation", new { kind = "guardianship", name = "Cura Tor", evidence = "court_order" })).Ok();
        var called = await app.CountAsync($"SELECT case_id FROM callback WHERE id = {ids["callbacks"]}");
        (await desk.PostAsync($"/api/v1/cases/{called}/representation", new { kind = "guardianship", name = "Cura Tor", evidence = "court_order" })).Ok();
        var (shown, silent) = (0, new List<string>());
        foreach (var path in app.Endpoints.SelectMany(Guards.Names).Where(name => name.StartsWith("GET /", StringComparison.Ordinal) && Page().IsMatch(name)).Select(name => Parameter().Replace(name[4..], m => ids[m.Groups[1].Value])))
        {
            var answer = await desk.GetAsync(path);
            if (answer.Status != 200 || answer.Type != "text/html" || !answer.Text.Contains("<html", StringComparison.Ordinal))
            {
                continue;
            }

            shown++;
            if (!answer.Text.Contains("Namens de inwoner:", StringComparison.Ordinal) || !answer.Text.Contains("Cura Tor", StringComparison.Ordinal))
            {
                silent.Add(path);
            }
        }

        Assert.Empty(silent);
        Assert.True(shown >= 6, $"only {shown} pages");
        output.WriteLine($"{shown} kinds of page of a case: each says in whose name");
    }

    [Fact]
    public async Task An_offer_names_nobody_and_the_talk_after_it_says_that_somebody_acts_for_the_citizen()
    {
        using var desk = await app.AsAsync(1001);
        using var specialist = await app.AsAsync(1336);
        var caseId = await desk.OpenCaseAsync();
        (await desk.PostAsync($"/api/v1/cases/{caseId}/representation", new { kind = "property_administration", name = "Bewindvoerder Bos", evidence = "court_order" })).Ok();
        await specialist.BecomeFreeAsync();
        var talk = await desk.AskAsync(caseId);
        await specialist.RungAsync();
        Assert.DoesNotContain("Namens de inwoner", (await specialist.GetAsync("/line")).Ok().Text, StringComparison.Ordinal);
        await specialist.AcceptAsync();
        var page = (await specialist.GetAsync($"/handoffs/{talk}")).Ok().Text;
        Assert.Contains("Namens de inwoner:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Bos", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Bewindvoerder", page, StringComparison.Ordinal);
    }

    // Of a partner's link and of a letter no page is made for professionals to work on.
    [GeneratedRegex("^GET /(cases|handoffs|callbacks)/\\{id", RegexOptions.None, 1000)]
    private static partial Regex Page();

    [GeneratedRegex("(?<=/([a-z-]+)/)\\{[^}]+\\}", RegexOptions.None, 1000)]
    private static partial Regex Parameter();
}
