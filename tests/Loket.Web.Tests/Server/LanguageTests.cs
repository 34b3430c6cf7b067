using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Loket.Web.Tests.Support;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Server;

/// <summary>
/// Every page, read in Dutch and in English: no key of a text stands where the text belongs, and no page speaks the other
/// language. What is marked with a language of its own, and names and texts of the reference data, are left as they are.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed partial class LanguageTests(AppFixture app, ITestOutputHelper output) : IClassFixture<AppFixture>
{
    // Words no sentence goes without, that are no word, name or abbreviation of the other language.
    private static readonly Dictionary<string, HashSet<string>> Foreign = new()
    {
        ["nl"] = ["the", "and", "you", "your", "this", "that", "from", "which", "with", "are", "nothing", "please", "nobody", "choose", "save", "search", "yes"],
        ["en"] = ["u", "uw", "wij", "wordt", "zijn", "niet", "geen", "deze", "dit", "kies", "nog", "niemand", "zaak", "toezegging", "bewaar", "ja"],
    };

    private static readonly HashSet<string> Keys = [.. File.ReadLines(Path.Combine(Repository.Root, "src/Loket.Web/Texts/Texts.restext"))
        .Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#')).Select(line => line[..line.IndexOf('=', StringComparison.Ordinal)].Trim())
        .Where(key => key.Contains('.', StringComparison.Ordinal))];

    [Theory]
    [InlineData("nl")]
    [InlineData("en")]
    public async Task Every_page_speaks_the_language_that_was_chosen_and_shows_no_key(string language)
    {
        var faults = new List<string>();
        var pages = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var id in (long[])[1001, 1336, 1007, 1009])
        {
            using var person = await app.AsAsync(id);
            await person.FormAsync("/language", new Dictionary<string, string> { ["lang"] = language, ["returnUrl"] = "/" });
            foreach (var path in await PathsAsync(person))
            {
                var answer = await person.GetAsync(path);
                if (answer.Status == 200 && answer.Type == "text/html")
                {
                    pages.Add(path);
                    faults.AddRange(Faults(answer.Text, language).Select(fault => $"{path}: {fault}"));
                }
            }
        }

        output.WriteLine($"{language}: {pages.Count} pages read, {Keys.Count} keys looked for: {string.Join(' ', pages)}");
        Assert.True(pages.Count >= 30, $"Only {pages.Count} pages were read");
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults.Distinct().Take(40)));
    }

    [Fact]
    public void A_key_and_a_word_of_the_other_language_are_found_and_a_marked_language_is_not()
    {
        Assert.Equal(["the key shell.cases"], Faults("<html lang=nl><p>shell.cases</p></html>", "nl"));
        Assert.Equal(["'your' in: Your cases"], Faults("<html lang=nl><p aria-label='Your cases'></p></html>", "nl"));
        Assert.Equal(["'niet' in: Dit kan niet", "'dit' in: Dit kan niet"], Faults("<html lang=en><p>Dit kan niet</p></html>", "en").OrderDescending(StringComparer.Ordinal));
        Assert.Empty(Faults("<html lang=nl><a lang=en>Sheet for you</a></html>", "nl"));
        Assert.Equal(["the page says it is in nl"], Faults("<html lang=nl></html>", "en"));
    }

    /// <summary>Every route without an id, and those of a case with something in it.</summary>
    private async Task<IReadOnlyList<string>> PathsAsync(Session person)
    {
        var paths = app.Endpoints.SelectMany(Guards.Names).Where(n => n.StartsWith("GET /", StringComparison.Ordinal) && !n.Contains('{', StringComparison.Ordinal)).Select(n => n[4..])
            .Where(p => !p.StartsWith("/api", StringComparison.Ordinal) && !p.StartsWith("/hubs", StringComparison.Ordinal) && !p.StartsWith("/openapi", StringComparison.Ordinal)).Distinct().ToList();
        paths.AddRange(["/chain?tab=stalled", "/chain?tab=waiting", "/chain?tab=asked", "/chain?tab=open", "/wall?screen=big", "/lines/gm0344-debts", "/upkeep/life-events/turning_18", "/cases/1"]);
        var opened = await person.PostAsync("/api/v1/cases", new { question = "Huur", kind = "person", topic = "debts", municipality = "gm0344" });
        if (opened.Status is not (200 or 201))
        {
            return paths;
        }

        var at = $"/cases/{opened["caseId"]}";
        (await person.PostAsync($"/api/v1{at}/promises", new { text = "Brief", dueAt = TimeProvider.System.GetUtcNow().AddDays(3) })).Ok();
        (await person.PostAsync($"/api/v1{at}/handoffs", new { mode = "cold", citizenAt = "absent", lineQuestion = "Bellen", callbackOnly = true, phone = "06 12 34 56 78" })).Ok();
        var callback = (await person.GetAsync($"/api/v1{at}/lines")).Ok().Json.GetProperty("callback").GetProperty("id").GetString();
        return [.. paths, at, $"{at}?tab=steps", $"{at}?tab=messages", $"{at}?tab=timeline", $"{at}/journey", $"{at}/escalations", $"/callbacks/{callback}"];
    }

    private static IEnumerable<string> Faults(string html, string language)
    {
        var page = new HtmlParser().ParseDocument(html);
        // A fragment goes into a page that has said it.
        if (html.Contains("<html", StringComparison.Ordinal) && page.DocumentElement.GetAttribute("lang") != language)
        {
            yield return $"the page says it is in {page.DocumentElement.GetAttribute("lang")}";
        }

        foreach (var text in Said(page.DocumentElement, language).Distinct())
        {
            foreach (Match key in Dotted().Matches(text))
            {
                if (Keys.Contains(key.Value))
                {
                    yield return $"the key {key.Value}";
                }
            }

            foreach (var word in Word().Matches(text).Select(m => m.Value.ToLowerInvariant()).Where(Foreign[language].Contains).Distinct())
            {
                yield return $"'{word}' in: {(text.Length > 120 ? text[..120] : text)}";
            }
        }
    }

    /// <summary>What is read and what is said aloud, element by element, in the language of the page.</summary>
    private static IEnumerable<string> Said(IElement element, string language)
    {
        if (element.LocalName is "script" or "style" || (element.GetAttribute("lang") is { } own && own != language))
        {
            yield break;
        }

        foreach (var attribute in element.Attributes.Where(a => a.Name is "aria-label" or "title" or "placeholder" or "alt" || (element.Id == "texts" && a.Name.StartsWith("data-", StringComparison.Ordinal))))
        {
            yield return attribute.Value;
        }

        foreach (var node in element.ChildNodes)
        {
            if (node is IText text && !string.IsNullOrWhiteSpace(text.Data))
            {
                yield return text.Data.Trim();
            }
            else if (node is IElement child)
            {
                foreach (var said in Said(child, language))
                {
                    yield return said;
                }
            }
        }
    }

    [GeneratedRegex(@"[a-z][a-z-]*(\.[a-z0-9_-]+)+")]
    private static partial Regex Dotted();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();
}
