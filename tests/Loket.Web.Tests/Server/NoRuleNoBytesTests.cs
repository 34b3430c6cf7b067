using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Server;

/// <summary>
/// No sharing rule, no bytes: a line of a topic without a row, in a talk about a case, and every route of the running application
/// that writes, posted with everything that could be given. Nothing is.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed partial class NoRuleNoBytesTests(AppFixture app, ITestOutputHelper output) : IClassFixture<AppFixture>
{
    private const string Line = "oorg12368-taxes";

    // Ends what the others need.
    private static readonly string[] Last = ["/close", "/withdraw", "/finish", "/done", "/ownership", "/citizen-left", "/leave"];

    [Fact]
    public async Task A_line_without_a_row_is_given_nothing_whatever_is_posted()
    {
        using var desk = await app.AsAsync(1001);
        using var specialist = await app.AsAsync(await app.CountAsync($"SELECT MIN(professional_id) FROM line_member WHERE line_code = '{Line}'"));
        await specialist.BecomeFreeAsync();
        var caseId = (await desk.PostAsync("/api/v1/cases", new { question = "Qzvraag", kind = "person", topic = "taxes", municipality = "gm0344", name = "Qznaam" })).Ok()["caseId"];
        var kinds = (string[])["address", "birth_date", "phone_email", "income", "debts", "benefit", "health", "criminal", "partner", "children", "rent", "household", "employment", "language_channel_preference", "capacity_representation"];
        foreach (var kind in kinds)
        {
            (await desk.PostAsync($"/api/v1/cases/{caseId}/facts", new { kind, value = $"Qz{kind}", source = "citizen" })).Ok();
        }

        var facts = (await desk.GetAsync($"/api/v1/cases/{caseId}")).Ok().Json.GetProperty("facts").EnumerateArray().Select(f => f.GetProperty("id").ToString()).ToList();
        var step = (await desk.PostAsync($"/api/v1/cases/{caseId}/steps", new { title = "Qzstap", organisation = "gm0344", dueDay = "2099-01-01" })).Ok().Json.GetProperty("stepIds")[0].GetString()!;
        var talk = (await desk.PostAsync($"/api/v1/cases/{caseId}/handoffs", new { mode = "warm", citizenAt = "desk", lineQuestion = "Wie helpt?", firstLine = Line, facts })).Ok()["handoffId"];
        await specialist.AcceptAsync();
        Assert.Equal(1, await app.CountAsync($"SELECT COUNT(*) FROM handoff WHERE id = {talk} AND line_code = '{Line}' AND accepted_at IS NOT NULL"));

        var routes = app.Endpoints.SelectMany(Guards.Names).Where(n => n.StartsWith("POST /api/v1/cases/{", StringComparison.Ordinal) || n.StartsWith("POST /api/v1/handoffs/{", StringComparison.Ordinal) || n.StartsWith("POST /api/v1/steps/{", StringComparison.Ordinal))
            .OrderBy(n => Array.Exists(Last, n.EndsWith)).ToList();
        var (asked, given) = (0, 0);
        foreach (var name in routes)
        {
            var path = Parameter().Replace(name[5..], name.Contains("/handoffs/{", StringComparison.Ordinal) ? talk : name.Contains("/steps/{", StringComparison.Ordinal) ? step : caseId);
            foreach (var fact in facts.Take(name.Contains("fact", StringComparison.Ordinal) ? facts.Count : 1))
            {
                foreach (var rule in (string[])["awb-2-3-forward", "wgs-8-1-body-to-debts", "uavg-22-health-ban", "wmo-5-1-1-4"])
                {
                    var body = new Dictionary<string, object>
                    {
                        ["fact"] = fact, ["facts"] = facts, ["line"] = Line, ["rule"] = rule, ["how"] = "spoken", ["step"] = step, ["mode"] = "warm", ["citizenAt"] = "desk",
                        ["lineQuestion"] = "Wie helpt?", ["firstLine"] = Line, ["kind"] = "income", ["why"] = "Nodig", ["messages"] = facts, ["version"] = 1, ["text"] = "Zo", ["question"] = "Wie?",
                    };
                    var answer = await desk.SendAsync("POST", path, JsonSerializer.Serialize(body), null);
                    given += answer.Status == 200 ? 1 : 0;
                    asked++;
                    if (!name.Contains("consent", StringComparison.Ordinal))
                    {
                        break;
                    }
                }
            }
        }

        foreach (var table in (string[])["disclosure", "consent", "step_disclosure", "message_disclosure"])
        {
            Assert.Equal(0, await app.CountAsync($"SELECT COUNT(*) FROM {table}"));
        }

        var seen = await specialist.GetAsync($"/api/v1/cases/{caseId}");
        Assert.DoesNotContain("Qz", seen.Text, StringComparison.Ordinal);
        Assert.True(asked > 60 && given > 0, string.Create(CultureInfo.InvariantCulture, $"{asked} posts, {given} did something"));
        output.WriteLine($"{routes.Count} routes, {asked} posts, of which {given} did something else: no disclosure, no consent, no step shown, no value sent");
    }

    [GeneratedRegex("\\{[^}]+\\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
