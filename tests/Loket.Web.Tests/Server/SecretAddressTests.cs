using System.Net;
using System.Text.RegularExpressions;
using Loket.Web.Data;
using Loket.Web.Features.Partners;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Server;

/// <summary>
/// A secrecy indication other than 0 withholds the address from partners, representatives and print (DOMAIN 5): every path by
/// which it could get there, with the address as it stands and as it stood before it was put right.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed partial class SecretAddressTests(AppFixture app, ITestOutputHelper output) : IClassFixture<AppFixture>
{
    // Secrecy indication 3 in the register.
    private const string Bsn = "999993872";
    private const string Before = "Goudsesingel 72";
    private const string Now = "Geheimlaan 14";
    private const string Line = "gm0518-debts";

    [Fact]
    public async Task It_is_on_no_paper_and_no_partner_and_no_representative_is_told_it()
    {
        using var desk = await app.AsAsync(1001);
        using var specialist = await app.AsAsync(1336);
        await specialist.BecomeFreeAsync();
        var caseId = (await desk.PostAsync("/api/v1/cases", new { question = "Hoe kom ik uit de schulden?", kind = "person", topic = "debts", municipality = "gm0518", bsn = Bsn })).Ok()["caseId"];
        (await desk.PostAsync($"/api/v1/cases/{caseId}/identity", new { method = "document" })).Ok();
        var fact = await AddressAsync(desk, caseId);
        (await desk.PostAsync($"/api/v1/cases/{caseId}/facts/correct", new { fact, value = $"{Now}, 3011AB Rotterdam", source = "citizen", why = "Verhuisd", version = 1 })).Ok();

        // The preview: it goes only when it is chosen.
        Assert.DoesNotContain(Now, (await desk.GetAsync($"/api/v1/cases/{caseId}/preview?line={Line}")).Ok().Text, StringComparison.Ordinal);
        Assert.Contains(Now, (await desk.GetAsync($"/api/v1/cases/{caseId}/preview?line={Line}&facts={fact}")).Ok().Text, StringComparison.Ordinal);
        var talk = (await desk.PostAsync($"/api/v1/cases/{caseId}/handoffs", new { mode = "warm", citizenAt = "desk", lineQuestion = "Kan dit in een regeling?", facts = new[] { long.Parse(fact) } })).Ok()["handoffId"];
        await specialist.AcceptAsync();
        await AskPartnerAsync(desk, caseId);
        var letter = await app.CountAsync("SELECT MAX(k.id) FROM partner_link k JOIN partner_channel n ON n.id = k.channel_id WHERE n.kind = 'post'");

        var things = new Dictionary<string, string>(StringComparer.Ordinal) { ["cases"] = caseId, ["handoffs"] = talk, ["partner-letters"] = $"{letter}" };
        var ours = await PrintAsync(desk, things, fact);
        var theirs = await PrintAsync(specialist, things, fact);
        Assert.True(ours.With >= 3 && theirs.With >= 2, $"the address was on {ours.With} and {theirs.With} pages: nothing was tried");

        // Who acts for the citizen.
        (await desk.PostAsync($"/api/v1/cases/{caseId}/representation", new { kind = "mandate", name = "Jan Bewind", contact = "0612345678", evidence = "signed_mandate" })).Ok();
        foreach (var path in (string[])["/overview", "/letter", "/letter?size=large"])
        {
            None((await desk.GetAsync($"/cases/{caseId}{path}")).Ok().Text, path);
            None((await desk.GetAsync($"/api/v1/cases/{caseId}{path}")).Ok().Text, $"/api/v1{path}");
        }

        output.WriteLine($"{ours.Pages + theirs.Pages} pages, the address on the screen of {ours.With + theirs.With}: on the paper of none, nor in a partner's link or letter, nor in what is made for a representative");
    }

    // Neither the question nor the name of the step takes it to a partner; what the link opens holds neither.
    private async Task AskPartnerAsync(Session desk, string caseId)
    {
        Task<Answer> StepAsync(string title) => desk.PostAsync($"/api/v1/cases/{caseId}/steps", new { title, partner = "1", dueDay = "2099-01-01" });
        var channels = new Dictionary<string, long>();
        foreach (var kind in (string[])["post", "email"])
        {
            channels[kind] = await app.CountAsync($"SELECT MIN(id) FROM partner_channel WHERE partner_id = 1 AND active = 1 AND kind = '{kind}'");
        }

        Assert.Equal("title-names-somebody", (await StepAsync($"Uitstel voor {Now}")).Code);
        var step = (await StepAsync("Uitstel van huur")).Ok().Json.GetProperty("stepIds")[0].GetString()!;
        foreach (var channel in channels.Values)
        {
            foreach (var address in (string[])[Now, Before])
            {
                Assert.Equal("partner-question-names", (await desk.PostAsync($"/api/v1/steps/{step}/ask-partner", new { question = $"Het gaat om {address}, kan dit later?", channel })).Code);
            }

            (await desk.PostAsync($"/api/v1/steps/{step}/ask-partner", new { question = "Kan dit later?", channel })).Ok();
        }

        var bodies = await app.The<Db>().ReadAsync(r => r.QueryAsync<OutgoingRow>("SELECT id, body, is_sealed FROM outgoing_message ORDER BY id"));
        var words = bodies.ConvertAll(app.The<Outgoing>().Open);
        var (token, code) = (Token().Match(words[^2]).Groups[1].Value, Code().Match(words[^1]).Value);
        using var partner = app.Anyone();
        var opened = (await app.The<AnswerLink>().OpenAsync(token, code)).Value.Question!;
        Assert.Equal("Kan dit later?", opened.Question);
        None(opened.ToString(), "the link");
        None((await partner.GetAsync($"/p/{token}")).Text, "the page of the link");
        Assert.DoesNotContain(words, body => body.Contains(Now, StringComparison.Ordinal) || body.Contains(Before, StringComparison.Ordinal));
    }

    // Every page of the running application about this case, as it comes out of a printer.
    private async Task<(int Pages, int With)> PrintAsync(Session person, Dictionary<string, string> things, string fact)
    {
        var (pages, with) = (0, 0);
        var paths = app.Endpoints.SelectMany(Guards.Names).Where(n => n.StartsWith("GET /", StringComparison.Ordinal) && !n.StartsWith("GET /api", StringComparison.Ordinal)).Select(n => n[4..]).Distinct()
            .Where(n => Thing().Match(n) is { Success: true } thing && things.ContainsKey(thing.Groups[1].Value)).Select(n => Parameter().Replace(n, things[Thing().Match(n).Groups[1].Value]))
            .Concat(((string[])["steps", "messages", "timeline"]).Select(tab => $"/cases/{things["cases"]}?tab={tab}")).Append("/demo/outgoing").Append("/cases").ToList();
        foreach (var path in paths)
        {
            var answer = await person.GetAsync(path.EndsWith("/preview", StringComparison.Ordinal) ? $"{path}?line={Line}&facts={fact}" : path);
            if (answer is { Status: 200, Type: "text/html" })
            {
                var text = WebUtility.HtmlDecode(answer.Text);
                pages++;
                with += text.Contains(Now, StringComparison.Ordinal) ? 1 : 0;
                None(Unprinted().Replace(text, ""), $"the paper of {path}");
            }
        }

        return (pages, with);
    }

    private static async Task<string> AddressAsync(Session desk, string caseId) =>
        (await desk.GetAsync($"/api/v1/cases/{caseId}")).Ok().Json.GetProperty("facts").EnumerateArray().Single(f => f.GetProperty("value").GetString()!.StartsWith(Before, StringComparison.Ordinal)).GetProperty("id").ToString();

    private static void None(string text, string where) =>
        Assert.All((string[])[Now, Before], address => Assert.False(text.Contains(address, StringComparison.Ordinal), $"{address} is in {where}"));

    [GeneratedRegex("/([a-z-]+)/\\{[^}]+\\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Thing();

    [GeneratedRegex("\\{[^}]+\\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex("<(\\w+) class=\"[^\"]*\\bunprinted\\b[^\"]*\"[^>]*>(?:[^<]*</\\1>)?|<input type=\"hidden\"[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Unprinted();

    [GeneratedRegex("/p/([A-Za-z0-9_-]+)", RegexOptions.None, 1000)]
    private static partial Regex Token();

    [GeneratedRegex("[0-9]{6}", RegexOptions.None, 1000)]
    private static partial Regex Code();
}
