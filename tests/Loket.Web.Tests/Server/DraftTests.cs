using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Loket.Web.Tests.Server;

/// <summary>What is half typed in a form of a page is on that page again, for that person, until it was sent.</summary>
[Collection(ServerCollection.Name)]
public sealed partial class DraftTests(AppFixture app) : IClassFixture<AppFixture>
{
    [Fact]
    public async Task A_form_shows_what_was_typed_in_it_to_who_typed_it_until_it_was_sent()
    {
        using var desk = await app.AsAsync(1001);
        using var colleague = await app.AsAsync(1002);
        var page = await CaseAsync(desk);
        var form = $"{page}/promises";

        (await desk.ScriptAsync("/drafts", new { form, fields = new { text = "Ik zoek \"het\" uit", version = "3", bsn = "999993653" } })).Ok();

        Assert.Equal("{\"text\":\"Ik zoek \\u0022het\\u0022 uit\",\"version\":\"3\"}", await RestoredAsync(desk, page, form));
        Assert.Equal("", await RestoredAsync(colleague, page, form));

        var refused = await desk.FormAsync(form, new Dictionary<string, string> { ["draft"] = form, ["text"] = "", ["key"] = "a" });
        Assert.Equal(422, refused.Status);
        Assert.NotEqual("", await RestoredAsync(desk, page, form));

        var day = TimeProvider.System.GetUtcNow().AddDays(3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var sent = await desk.FormAsync(form, new Dictionary<string, string> { ["draft"] = form, ["text"] = "Ik zoek het uit", ["dueDate"] = day, ["returnUrl"] = page, ["key"] = "b" });
        Assert.Equal(303, sent.Status);
        Assert.Equal("", await RestoredAsync(desk, page, form));
    }

    [Fact]
    public async Task Nothing_typed_any_more_is_no_draft()
    {
        using var desk = await app.AsAsync(1001);
        (await desk.ScriptAsync("/drafts", new { form = "/questions", fields = new { question = "Wat nu?" } })).Ok();
        Assert.Equal(1, await app.CountAsync("SELECT COUNT(*) FROM draft WHERE form = '/questions'"));

        (await desk.ScriptAsync("/drafts", new { form = "/questions", fields = new { } })).Ok();

        Assert.Equal(0, await app.CountAsync("SELECT COUNT(*) FROM draft WHERE form = '/questions'"));
    }

    [Fact]
    public async Task The_longest_name_of_a_form_fits()
    {
        using var desk = await app.AsAsync(1001);
        (await desk.ScriptAsync("/drafts", new { form = $"/cases/{long.MaxValue}/facts/correct {long.MaxValue}", fields = new { value = "x" } })).Ok();
    }

    private static async Task<string> CaseAsync(Session desk) =>
        $"/cases/{(await desk.PostAsync("/api/v1/cases", new { question = "Mijn huur is te hoog", topic = "debts", municipality = "gm0344", kind = "none" })).Ok()["caseId"]}";

    private static async Task<string> RestoredAsync(Session who, string page, string form)
    {
        var forms = PostForm().Matches((await who.GetAsync($"{page}?tab=steps")).Text).Select(m => m.Value).Where(f => f.Contains($"data-draft=\"{form}\"", StringComparison.Ordinal)).ToList();
        return forms.Count == 0 ? "" : WebUtility.HtmlDecode(Kept().Match(Assert.Single(forms)).Groups[1].Value);
    }

    [GeneratedRegex("<form[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PostForm();

    [GeneratedRegex("data-restore=\"([^\"]*)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Kept();
}
