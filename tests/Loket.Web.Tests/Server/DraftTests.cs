using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Loket.Web.Tests.Server;

/// <summary>What is half typed in a form of a page is on that page again, for that person, until it was sent.</summary>
[Collection(ServerCollection.Name)]
public sealed partial class DraftTests(AppFixture app) : IClassFixture<AppFixture>
{
    [Fact]
    public async Task What_was_asked_of_the_search_box_is_behind_the_way_back_and_in_no_address()
    {
        using var desk = await app.AsAsync(1002);
        var asked = await desk.FormAsync("/search", new Dictionary<string, string> { ["q"] = "bijzondere bijstand" });
        Assert.Equal((303, "/search?last=true"), (asked.Status, asked.Location));
        Assert.Contains("value=\"bijzondere bijstand\"", (await desk.GetAsync("/search?last=true")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("bijstand", (await desk.GetAsync("/search")).Text, StringComparison.Ordinal);

        Assert.Equal(422, (await desk.FormAsync("/search", new Dictionary<string, string> { ["q"] = "999993112" })).Status);
        Assert.Contains("value=\"bijzondere bijstand\"", (await desk.GetAsync("/search?last=true")).Text, StringComparison.Ordinal);
        using var other = await app.AsAsync(1001);
        Assert.DoesNotContain("bijstand", (await other.GetAsync("/search?last=true")).Text, StringComparison.Ordinal);
    }

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
    public async Task A_no_that_gets_a_page_of_its_own_shows_what_was_written_and_the_way_back_and_never_a_number()
    {
        using var desk = await app.AsAsync(1001);
        var page = await CaseAsync(desk);
        var refused = await desk.FormAsync($"{page}/facts/correct", new Dictionary<string, string>
        {
            ["fact"] = "1", ["version"] = "1", ["value"] = "Wilma <b>de Groot</b>", ["source"] = "citizen", ["why"] = "Paspoort gezien", ["bsn"] = "9999 93653", ["draft"] = $"{page}/facts/correct 1",
        });

        Assert.Equal(404, refused.Status);
        Assert.Equal(["Wilma &lt;b&gt;de Groot&lt;/b&gt;", "Paspoort gezien"], Written().Matches(refused.Text).Select(m => m.Groups[1].Value));
        Assert.Contains($"href=\"{page}\"", refused.Text, StringComparison.Ordinal);

        var elsewhere = await desk.FormAsync($"{page}/facts/correct", new Dictionary<string, string> { ["fact"] = "1", ["value"] = "Wilma", ["why"] = "fout", ["returnUrl"] = "//elders.example/x" });
        Assert.DoesNotContain("elders.example", elsewhere.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("blockquote", elsewhere.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_no_to_one_form_gives_the_others_of_its_page_back_what_was_typed_in_them()
    {
        using var desk = await app.AsAsync(1001);
        var page = await CaseAsync(desk);
        var sent = new Dictionary<string, string> { ["draft"] = $"{page}/facts", ["kind"] = "address", ["value"] = "", ["source"] = "citizen" };
        var before = Forms((await desk.FormAsync($"{page}/facts", sent)).Text);
        var other = before.Keys.First(name => name != $"{page}/facts" && name.StartsWith('/'));
        Assert.Equal("", Kept().Match(before[other]).Groups[1].Value);
        (await desk.ScriptAsync("/drafts", new { form = other, fields = new { text = "half getypt" } })).Ok();

        var after = Forms((await desk.FormAsync($"{page}/facts", sent)).Text);

        Assert.Contains("half getypt", Kept().Match(after[other]).Groups[1].Value, StringComparison.Ordinal);
        Assert.DoesNotContain("data-refused", after[other], StringComparison.Ordinal);
        Assert.Contains("data-refused", after[$"{page}/facts"], StringComparison.Ordinal);
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

    private static Dictionary<string, string> Forms(string html) => PostForm().Matches(html).Select(m => m.Value)
        .Where(f => Name().IsMatch(f)).ToDictionary(f => Name().Match(f).Groups[1].Value, StringComparer.Ordinal);

    private static async Task<string> RestoredAsync(Session who, string page, string form)
    {
        var forms = Forms((await who.GetAsync($"{page}?tab=steps")).Text);
        return forms.TryGetValue(form, out var there) ? WebUtility.HtmlDecode(Kept().Match(there).Groups[1].Value) : "";
    }

    [GeneratedRegex("<form[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PostForm();

    [GeneratedRegex("data-draft=\"([^\"]*)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex("<blockquote[^>]*>([^<]*)</blockquote>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Written();

    [GeneratedRegex("data-restore=\"([^\"]*)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Kept();
}
