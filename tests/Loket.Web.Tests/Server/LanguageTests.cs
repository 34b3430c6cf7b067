using System.Globalization;
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
        ["nl"] = ["the", "and", "you", "your", "this", "that", "from", "which", "with", "are", "nothing", "please", "nobody", "choose", "save", "search", "yes", "not", "who", "what", "when", "their", "case", "cases", "citizen", "colleague", "promise", "question", "day", "days", "weeks", "until", "asked", "answer", "yet"],
        ["en"] = ["u", "uw", "wij", "wordt", "zijn", "niet", "geen", "deze", "dit", "kies", "nog", "niemand", "zaak", "toezegging", "bewaar", "ja", "een", "wie", "wat", "wanneer", "waarom", "inwoner", "collega", "vraag", "dag", "dagen", "weken", "stap", "stappen", "uiterlijk", "lijn", "lijnen"],
    };

    private static readonly HashSet<string> Keys = [.. File.ReadLines(Path.Combine(Repository.Root, "src/Loket.Web/Texts/Texts.restext"))
        .Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#')).Select(line => line[..line.IndexOf('=', StringComparison.Ordinal)].Trim())
        .Where(key => key.Contains('.', StringComparison.Ordinal))];

    // What people of the test wrote, in their own language on every page.
    private static readonly string[] Typed = ["Geheim", "Kan dit later?", "Er loopt een bezwaar", "Een ander"];

    // A key that no file holds is said too: by the family it would stand in.
    private static readonly HashSet<string> Families = [.. Keys.Select(key => key[..key.IndexOf('.', StringComparison.Ordinal)])];

    // Not pages: files, and fragments whose page is read.
    private static readonly string[] NoPages = ["/api", "/hubs", "/openapi", "/health"];

    // What an id that is the same for everyone can be.
    private static readonly Dictionary<string, string> Known = new()
    {
        ["schemes"] = "wlz", ["products"] = "visvergunning", ["organisations"] = "gm0614", ["life-events"] = "turning_18", ["proactive"] = "child-born", ["partners"] = "1", ["reports"] = "terms",
    };

    [Theory]
    [InlineData("nl")]
    [InlineData("en")]
    public async Task Every_page_speaks_the_language_that_was_chosen_and_shows_no_key(string language)
    {
        var ids = await WorldAsync();
        var routes = app.Endpoints.SelectMany(Guards.Names).Where(n => n.StartsWith("GET /", StringComparison.Ordinal)).Select(n => n[4..])
            .Where(path => !NoPages.Any(no => path.StartsWith(no, StringComparison.Ordinal))).Distinct().ToList();
        var paths = routes.ToDictionary(route => route, route => PathOf(route, ids));
        var (faults, spoken, read) = (new List<string>(), new HashSet<string>(), 0);
        foreach (var id in await PeopleAsync())
        {
            using var person = id == 0 ? app.Anyone() : await app.AsAsync(id);
            await person.FormAsync("/language", new Dictionary<string, string> { ["lang"] = language, ["returnUrl"] = "/" });
            foreach (var (route, path) in paths.Concat(States(ids).Select(path => KeyValuePair.Create(path, path))))
            {
                var answer = await person.GetAsync(path);
                if (answer.Type != "text/html" && answer.Status == 200)
                {
                    spoken.Add(route);
                }
                else if (answer.Type == "text/html")
                {
                    read++;
                    faults.AddRange(Faults(answer.Text, language).Select(fault => $"{route} as {id}: {fault}"));
                    if (answer.Status == 200)
                    {
                        spoken.Add(route);
                    }
                }
            }
        }

        var silent = routes.Where(route => !spoken.Contains(route) && !NeverFine.Contains(route)).ToList();
        output.WriteLine($"{language}: {routes.Count} routes and {States(ids).Count} states of them, {read} pages read, {Keys.Count} keys looked for: {string.Join(' ', spoken.Order(StringComparer.Ordinal))}");
        faults.AddRange(silent.Select(route => $"{route}: nobody was shown it"));
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults.Distinct().Take(60)));
    }

    [Fact]
    public async Task What_the_citizen_reads_about_their_case_has_a_word_for_every_screen_and_every_act()
    {
        var ids = await WorldAsync();
        using var desk = await app.AsAsync(OneOfEverything.Desk);
        foreach (var route in app.Endpoints.SelectMany(Guards.Names).Where(n => n.StartsWith("GET /", StringComparison.Ordinal)))
        {
            await desk.GetAsync(PathOf(route[4..], ids));
        }

        var overview = (await desk.GetAsync($"/api/v1/cases/{ids["cases"]}/overview")).Ok().Json;
        var words = new[] { "reads", "changes" }.SelectMany(list => overview.GetProperty(list).EnumerateArray()).SelectMany(row => new[] { "what", "why" }.Select(name => row.TryGetProperty(name, out var word) ? word.GetString()! : "Niets")).ToList();
        Assert.True(words.Count > 10);
        Assert.All(words, word => Assert.True(char.IsUpper(word[0]), $"'{word}' is a code, not a word"));
    }

    [Fact]
    public void A_key_and_a_word_of_the_other_language_are_found_and_a_marked_language_is_not()
    {
        Assert.Equal(["the key shell.about"], Faults("<html lang=nl><p>shell.about</p></html>", "nl"));
        Assert.Equal(["the key shell.no-such-thing"], Faults("<html lang=nl><p>shell.no-such-thing</p></html>", "nl"));
        Assert.Equal(["the code no_capacity"], Faults("<html lang=nl><p>Nee: no_capacity</p></html>", "nl"));
        Assert.Equal(["'your' in: Your file"], Faults("<html lang=nl><p aria-label='Your file'></p></html>", "nl"));
        Assert.Equal(["'niet' in: Dit kan niet", "'dit' in: Dit kan niet"], Faults("<html lang=en><p>Dit kan niet</p></html>", "en").OrderDescending(StringComparer.Ordinal));
        Assert.Empty(Faults("<html lang=nl><a lang=en>Sheet for you</a></html>", "nl"));
        Assert.Equal(["the page says it is in nl"], Faults("<html lang=nl></html>", "en"));
    }

    // What only refuses, or sends on.
    private static readonly HashSet<string> NeverFine = ["/not-yours", "/sign-on", "/", "/theme.css", "/theme/logo"];

    private static string PathOf(string route, Dictionary<string, string> ids)
    {
        var path = Parameter().Replace(Thing().Replace(route, m => $"/{m.Groups[1].Value}/{ids.GetValueOrDefault(m.Groups[1].Value, "1")}"), "1");
        return path.EndsWith("/preview", StringComparison.Ordinal) ? $"{path}?line=gm0518-debts" : path;
    }

    /// <summary>Everything with an id there is, and what only this walk needs.</summary>
    private async Task<Dictionary<string, string>> WorldAsync()
    {
        var ids = await app.OneOfEverythingAsync();
        foreach (var (thing, id) in Known)
        {
            ids[thing] = id;
        }

        ids["people"] = OneOfEverything.Desk.ToString(CultureInfo.InvariantCulture);
        using var national = await app.AsAsync(await app.CountAsync("SELECT MIN(id) FROM professional WHERE national_administrator = 1"));
        ids["mergers"] = (await national.PostAsync("/api/v1/mergers", new { name = "Samenvoeging", day = "2099-01-01", bodies = new[] { new { organisation = "gm0518", successor = "gm0344" } } })).Ok()["mergerId"];
        using var desk = await app.AsAsync(OneOfEverything.Desk);
        var step = (await desk.PostAsync($"/api/v1/cases/{ids["cases"]}/steps", new { title = "Uitstel vragen", partner = "1", dueDay = "2099-01-01" })).Ok().Json.GetProperty("stepIds")[0].GetString();
        var mail = (await app.CountAsync("SELECT id FROM partner_channel WHERE partner_id = 1 AND kind = 'email'")).ToString(CultureInfo.InvariantCulture);
        (await desk.PostAsync($"/api/v1/steps/{step}/ask-partner", new { question = "Kan dit later?", channel = mail })).Ok();
        ids["p"] = Link().Match((await desk.GetAsync("/demo/outgoing")).Ok().Text).Groups[1].Value;
        (await desk.PostAsync($"/api/v1/cases/{ids["cases"]}/representation", new { kind = "guardianship", name = "Cura Tor", evidence = "court_order" })).Ok();
        return ids;
    }

    /// <summary>One of every role, and who did not sign in.</summary>
    private async Task<IReadOnlyList<long>> PeopleAsync()
    {
        var people = new List<long> { 0, OneOfEverything.Desk, OneOfEverything.Specialist, await app.CountAsync("SELECT MIN(id) FROM professional WHERE organisation_code = 'gm0344' AND supervisor = 1") };
        foreach (var role in (string[])["line_manager", "organisation_administrator", "national_administrator", "privacy_officer", "information_point"])
        {
            people.Add(await app.CountAsync($"SELECT COALESCE(MIN(CASE WHEN organisation_code = 'gm0344' THEN id END), MIN(id), 0) FROM professional WHERE {role} = 1"));
        }

        return [.. people.Where(id => id > 0).Prepend(0).Distinct()];
    }

    private static IReadOnlyList<string> States(Dictionary<string, string> ids)
    {
        var at = $"/cases/{ids["cases"]}";
        return
        [
            "/chain?tab=stalled", "/chain?tab=waiting", "/chain?tab=asked", "/chain?tab=open", "/wall?screen=big", "/reports?by=quarter", "/cases?state=all", "/cases?tab=lines", "/cases/1", "/error?status=500", "/questions?sent=true",
            $"{at}?tab=steps", $"{at}?tab=messages", $"{at}?tab=timeline", $"{at}/journey?lifeEvent=death", $"{at}/letter?size=large", $"{at}/preview?line=gm0518-permits", $"/people/imports/{ids["imports"]}", "/routes?topic=debts&municipality=gm0344",
        ];
    }

    private static IEnumerable<string> Faults(string html, string language)
    {
        var page = new HtmlParser().ParseDocument(html);
        // A fragment goes into a page that has said it.
        if (html.Contains("<html", StringComparison.Ordinal) && page.DocumentElement.GetAttribute("lang") != language)
        {
            yield return $"the page says it is in {page.DocumentElement.GetAttribute("lang")}";
        }

        foreach (var text in Said(page.DocumentElement, language).Distinct().Where(text => !Typed.Any(typed => text.Contains(typed, StringComparison.Ordinal))))
        {
            foreach (Match key in Dotted().Matches(text))
            {
                if (Keys.Contains(key.Value) || (Families.Contains(key.Groups[1].Value) && !IsFile(key.Value)))
                {
                    yield return $"the key {key.Value}";
                }
            }

            foreach (Match code in Code().Matches(text))
            {
                yield return $"the code {code.Value}";
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

    // Brief.txt is a file, db/reference a folder.
    private static bool IsFile(string text) => Path.GetExtension(text) is ".txt" or ".csv" or ".json" or ".pdf";

    [GeneratedRegex(@"(?<![\w@/.])([a-z][a-z0-9-]*)(?:\.[a-z0-9_-]+)+")]
    private static partial Regex Dotted();

    [GeneratedRegex(@"(?<![\w/.@=-])[a-z]+(?:_[a-z]+)+(?![\w.])")]
    private static partial Regex Code();

    [GeneratedRegex("/([a-z-]+)/\\{[^}]+\\}")]
    private static partial Regex Thing();

    [GeneratedRegex("\\{[^}]+\\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("/p/([A-Za-z0-9_-]{16,})")]
    private static partial Regex Link();

    // Not the parts of an address or of a code.
    [GeneratedRegex(@"(?<![\w@-])\p{L}+(?![\w@-])")]
    private static partial Regex Word();
}
