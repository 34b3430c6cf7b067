using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Loket.Web.Tests.Support;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Server;

/// <summary>
/// Hostile texts, each through every field in which people type, and back through the pages, the interface, the outbox, the
/// letter and the export: text it was and text it stays. Every payload holds the word <c>zqx</c>; a page is read as a browser
/// reads it, and the word may stand in text and in the value of a field, and nowhere else.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed class CrossSiteScriptingTests(AppFixture app, ITestOutputHelper output) : IClassFixture<AppFixture>
{
    private const string Word = "zqx";

    // Where typed text belongs: what a field holds and what a screen reader says.
    private static readonly HashSet<string> TextAttributes = ["value", "title", "aria-label", "placeholder", "content", "data-label", "label", "data-to", "data-name"];

    private static string[] Payloads => File.ReadAllLines(Path.Combine(Repository.Root, "tests/Loket.Web.Tests/Server/xss-payloads.txt"));

    private readonly HashSet<string> faults = [];
    private int accepted;
    private int answers;
    private int found;

    [Fact]
    public async Task Hostile_text_stays_text_on_every_page_and_in_every_answer()
    {
        Assert.True(Payloads.Length >= 60);
        using var desk = await app.AsAsync(1001);
        using var specialist = await app.AsAsync(1336);
        using var supervisor = await app.AsAsync(1007);
        foreach (var payload in Payloads)
        {
            await ThroughAsync(desk, specialist, payload);
        }

        foreach (var person in (Session[])[desk, specialist, supervisor])
        {
            foreach (var path in app.Endpoints.SelectMany(Guards.Names).Where(n => n.StartsWith("GET ", StringComparison.Ordinal) && !n.Contains('{', StringComparison.Ordinal))
                .Select(n => n[4..]).Where(p => !p.StartsWith("/hubs", StringComparison.Ordinal)).Distinct().ToList())
            {
                await LookAsync(person, path);
            }
        }

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults.Take(20)));
        Assert.True(accepted > Payloads.Length * 8, $"Only {accepted} texts were taken");
        Assert.True(found > Payloads.Length * 8, $"The texts came back only {found} times: nothing was tried");
        output.WriteLine($"{Payloads.Length} payloads, {accepted} texts taken, {answers} answers read, {found} times back as text: inert everywhere");
    }

    [Fact]
    public void A_page_that_would_run_it_is_found()
    {
        foreach (var payload in Payloads.Where(p => p.StartsWith("<img", StringComparison.Ordinal) || p.StartsWith("<s", StringComparison.Ordinal) || p.StartsWith("<a", StringComparison.Ordinal)).Where(p => !p.StartsWith("<scr<", StringComparison.Ordinal)))
        {
            Assert.NotEmpty(Faults($"<p>{payload}</p>"));
        }

        Assert.NotEmpty(Faults("<input value=\"\" onfocus=zqx(37) autofocus=\"\">"));
        Assert.Empty(Faults("<p>&lt;img src=x onerror=zqx(1)&gt;</p><input value=\"&lt;svg onload=zqx&gt;\">"));
    }

    private async Task ThroughAsync(Session desk, Session specialist, string payload)
    {
        var opened = await desk.PostAsync("/api/v1/cases", new { question = payload, kind = "person", topic = "debts", municipality = "gm0518", title = payload, name = payload });
        if (opened.Status != 200 && opened.Status != 201)
        {
            // A title that seems to name somebody is refused: then without.
            opened = (await desk.PostAsync("/api/v1/cases", new { question = payload, kind = "person", topic = "debts", municipality = "gm0518", name = payload })).Ok();
        }

        var (caseId, due) = (opened["caseId"], TimeProvider.System.GetUtcNow().AddDays(3));
        var cases = $"/api/v1/cases/{caseId}";
        var fact = await TryAsync(desk, $"{cases}/facts", new { kind = "debts", label = payload, value = payload, source = payload });
        await TryAsync(desk, $"{cases}/facts", new { kind = "other", label = payload, value = payload, source = "citizen" });
        await TryAsync(desk, $"{cases}/promises", new { text = payload, dueAt = due });
        await TryAsync(desk, $"{cases}/bottlenecks", new { text = payload });
        var step = await TryAsync(desk, $"{cases}/steps", new { title = payload, organisation = "gm0518", line = "gm0518-debts", dueDay = "2099-01-01" });
        await TryAsync(desk, $"{cases}/representation", new { kind = "mandate", name = payload, contact = payload, evidence = "signed_mandate", evidenceNote = payload });
        await TryAsync(desk, $"{cases}/documents", new { kind = "debts", files = new[] { new { name = $"{payload}.txt", bytes = Convert.ToBase64String("tekst"u8) } } });
        var letter = await LetterAsync(desk, cases, payload);
        await specialist.BecomeFreeAsync();
        var facts = fact.Status == 200 ? [fact["factId"]] : Array.Empty<string>();
        var talk = (await desk.PostAsync($"{cases}/handoffs", new { mode = "warm", citizenAt = "desk", lineQuestion = payload, facts = facts.Select(long.Parse) })).Ok()["handoffId"];
        await LookAsync(specialist, "/line", "/api/v1/me/line", "/desk");
        await specialist.AcceptAsync();
        await TryAsync(desk, $"/api/v1/handoffs/{talk}/messages", new { text = payload });
        await TryAsync(specialist, $"/api/v1/handoffs/{talk}/messages", new { text = payload });
        await TryAsync(specialist, $"{cases}/facts/ask", new { kind = "income", why = payload });
        string[] pages =
        [
            $"/cases/{caseId}", $"/cases/{caseId}?tab=steps", $"/cases/{caseId}?tab=messages", $"/cases/{caseId}?tab=timeline", $"/cases/{caseId}/representation", $"{cases}/representation", $"/handoffs/{talk}", $"/handoffs/{talk}/messages",
            $"/handoffs/{talk}/side", $"/cases/{caseId}/preview?line=gm0518-debts", cases, $"{cases}/lines", $"{cases}/timeline", $"{cases}/sharing", $"/api/v1/handoffs/{talk}",
            $"/search?q={Uri.EscapeDataString(payload)}", $"/desk?topic={Uri.EscapeDataString(payload)}", $"/sign-in?returnUrl={Uri.EscapeDataString(payload)}", $"/cases?tab={Uri.EscapeDataString(payload)}",
            .. letter is null ? Array.Empty<string>() : [$"/partner-letters/{letter}"],
        ];
        await LookAsync(desk, pages);
        await LookAsync(specialist, pages);
        // What was refused comes back in its form, as it was typed.
        Read((await desk.FormAsync($"/cases/{caseId}/facts", new Dictionary<string, string> { ["kind"] = "other", ["label"] = payload, ["value"] = "", ["source"] = payload })), $"form of facts: {payload}");
        Read((await desk.FormAsync("/cases", new Dictionary<string, string> { ["question"] = payload, ["title"] = payload, ["name"] = payload, ["topic"] = payload, ["municipality"] = payload, ["bsn"] = payload })), $"form of a case: {payload}");
        (await specialist.PostAsync($"/api/v1/handoffs/{talk}/confirm", new { how = "called" })).Ok();
        await TryAsync(specialist, $"/api/v1/handoffs/{talk}/finish", new { outcome = "answered", text = payload });
        await LookAsync(desk, $"/handoffs/{talk}", $"/cases/{caseId}?tab=timeline", $"/cases/{caseId}?tab=messages");
        await specialist.PostAsync($"/api/v1/handoffs/{talk}/done");
        (await specialist.PutAsync("/api/v1/me/presence", new { state = "offline" })).Ok();
        _ = step;
    }

    private async Task<string?> LetterAsync(Session desk, string cases, string payload)
    {
        var step = await TryAsync(desk, $"{cases}/steps", new { title = payload, partner = "1", dueDay = "2099-01-01" });
        var post = await app.CountAsync("SELECT id FROM partner_channel WHERE partner_id = 1 AND kind = 'post'");
        if (step.Status is not (200 or 201))
        {
            return null;
        }

        var asked = await TryAsync(desk, $"/api/v1/steps/{step.Json.GetProperty("stepIds")[0].GetString()}/ask-partner", new { question = payload, channel = post.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        return asked.Status is 200 or 201 ? asked["linkId"] : null;
    }

    private async Task<Answer> TryAsync(Session person, string path, object body)
    {
        var answer = await person.PostAsync(path, body);
        Assert.True(answer.Status < 500, $"{path}: {answer.Status}");
        accepted += answer.Status is 200 or 201 ? 1 : 0;
        return answer;
    }

    private async Task LookAsync(Session person, params string[] paths)
    {
        foreach (var path in paths)
        {
            Read(await person.GetAsync(path), path);
        }
    }

    private void Read(Answer answer, string where)
    {
        answers++;
        Assert.True(answer.Status < 500, $"{where}: {answer.Status}");
        if (answer.Location is { } to && (to.StartsWith("//", StringComparison.Ordinal) || to.Contains("script:", StringComparison.OrdinalIgnoreCase)))
        {
            faults.Add($"{where}: leads to {to}");
        }

        found += answer.Text.Contains(Word, StringComparison.OrdinalIgnoreCase) ? 1 : 0;
        if (answer.Type == "text/html")
        {
            faults.UnionWith(Faults(answer.Text).Select(fault => $"{where}: {fault}"));
        }
        else if (answer.Type == "text/csv")
        {
            // A spreadsheet runs a cell that begins with one of these.
            faults.UnionWith(answer.Text.Split('\n').SelectMany(line => line.Split([';', ',']))
                .Where(cell => cell.Contains(Word, StringComparison.OrdinalIgnoreCase) && cell.TrimStart('"') is ['=' or '+' or '-' or '@', ..]).Select(cell => $"{where}: the cell {cell}"));
        }
        else if (answer.Text.Contains(Word, StringComparison.OrdinalIgnoreCase) && answer.Type is not ("application/json" or "application/problem+json" or "text/plain"))
        {
            faults.Add($"{where}: sent as {answer.Type}");
        }
    }

    /// <summary>What of a page the payload made, or would run in it.</summary>
    private static IEnumerable<string> Faults(string html)
    {
        foreach (var element in new HtmlParser().ParseDocument(html).All)
        {
            if (Holds(element.LocalName) || (element.LocalName is "template" or "noscript" && Holds(element.InnerHtml)) || (element.LocalName is "script" or "style" && (Holds(element.TextContent) || !element.HasAttribute("src")))
                || element.LocalName is "iframe" or "object" or "embed" or "base" or "marquee" or "math" or "animate")
            {
                yield return $"an element {Short(element)}";
            }

            foreach (var attribute in element.Attributes)
            {
                if (Holds(attribute.Name) || attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name is "srcdoc" or "style" or "background"
                    || (Holds(attribute.Value) && !IsText(element, attribute)))
                {
                    yield return $"an attribute {attribute.Name}=\"{attribute.Value}\" of {Short(element)}";
                }
            }
        }
    }

    // An address of ours may hold it, escaped, as a part of its query.
    private static bool IsText(IElement element, IAttr attribute) => TextAttributes.Contains(attribute.Name) && !(attribute.Name == "content" && element.HasAttribute("http-equiv"))
        || (attribute.Name is "href" or "action" or "data-fragment" or "data-swap" && attribute.Value.Length > 1 && attribute.Value[0] == '/' && attribute.Value[1] != '/' && attribute.Value.Contains('?', StringComparison.Ordinal));

    private static bool Holds(string text) => text.Contains(Word, StringComparison.OrdinalIgnoreCase);

    private static string Short(IElement element) => element.OuterHtml is { Length: > 120 } html ? html[..120] : element.OuterHtml;
}
