using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Server;

/// <summary>
/// Every route with an id, asked by somebody of another organisation with the id of something that exists: as if it did
/// not. The routes come from the running application, so a new one is asked too, or the test says which id it lacks.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed partial class IdSwapTests(AppFixture app, ITestOutputHelper output) : IClassFixture<AppFixture>
{
    private const long Desk = 1001;
    private const long Specialist = 1321;

    // Rotterdam: a desk and specialist in one person, a supervisor, and a line manager.
    private static readonly long[] Strangers = [1407, 1409, 3005];
    private static readonly string[] Secrets = ["999991279", "Verheul", "Geheim", "Fatima", "Paul Scholten", "Z-20"];

    // A draft's name is the person's own; a partner's link is itself the right to it, with its code.
    private static readonly HashSet<string> WithoutId = ["POST /drafts/{form}", "GET /p/{token}", "POST /p/{token}", "POST /p/{token}/answer"];

    // Public knowledge, the same for everyone; reports and lists, which are always of the own organisation; and the
    // register of partners, which the supervisors of all organisations keep together.
    private static readonly HashSet<string> Reference = ["schemes", "products", "organisations", "life-events", "reports", "proactive", "partners"];

    // Well-formed for every form at once, so that no check of a field answers before the check of rights.
    private static readonly Dictionary<string, object> Fields = new()
    {
        ["title"] = "Van mij", ["question"] = "Van wie is dit?", ["topic"] = "debts", ["municipality"] = "gm0599", ["version"] = 1, ["method"] = "document",
        ["label"] = "Naam", ["value"] = "Van mij", ["source"] = "citizen", ["kind"] = "name", ["mode"] = "warm", ["citizenAt"] = "desk", ["lineQuestion"] = "Wie kan dit?",
        ["state"] = "available", ["reason"] = "other", ["text"] = "Van mij", ["to"] = Strangers[0].ToString(CultureInfo.InvariantCulture), ["how"] = "headset", ["outcome"] = "answered",
        ["result"] = "reached", ["note"] = "Van mij", ["suggestedLine"] = "gm0599-debts", ["missing"] = "Alles", ["organisation"] = "gm0599", ["until"] = "2099-01-01", ["line"] = "gm0518-debts", ["told"] = "desk", ["professionalId"] = "1407",
        ["settings"] = new { nameNl = "Van mij", nameEn = "Mine", strategy = "ring_all", tiers = Array.Empty<object>(), offerSeconds = 30, liveSeconds = 120, wrapUpSeconds = 60, capacity = 1, callbackHours = 2, callbackAttempts = 3, area = Array.Empty<string>() },
        ["members"] = Array.Empty<object>(), ["event"] = "moving", ["day"] = "2026-11-11", ["into"] = "1",
    };

    [Fact]
    public async Task A_stranger_with_the_right_id_gets_nothing_and_changes_nothing()
    {
        var ids = await GivenAsync();
        var routes = app.Endpoints.Where(e => e.RoutePattern.Parameters.Count > 0).SelectMany(Guards.Names).Where(n => !WithoutId.Contains(n) && !Reference.Contains(Thing().Match(n).Groups[1].Value)).ToList();
        var due = TimeProvider.System.GetUtcNow().AddDays(2);
        var asked = 0;
        var unknown = routes.Where(name => !ids.ContainsKey(Thing().Match(name).Groups[1].Value)).ToList();
        Assert.True(unknown.Count == 0, $"which id do these routes take? {string.Join("; ", unknown)}");
        foreach (var name in routes)
        {
            var thing = Thing().Match(name).Groups[1].Value;
            var path = Parameter().Replace(name[(name.IndexOf(' ') + 1)..], ids[thing]);
            var method = name[..name.IndexOf(' ')];
            var reached = false;
            foreach (var id in Strangers)
            {
                using var stranger = await app.AsAsync(id);
                var answer = await AskAsync(stranger, method, path, due);
                var byRole = answer.Status == 302 && answer.Location!.Contains("/not-yours", StringComparison.Ordinal);
                reached |= !byRole && answer.Status is 403 or 404 && (answer.Code is not null || answer.Type == "text/html");
                Assert.True(answer.Status is 403 or 404 || byRole, $"{name} as {id}: {answer.Status} {answer.Location} {answer.Text}");
                Assert.All(Secrets, secret => Assert.DoesNotContain(secret, answer.Text, StringComparison.Ordinal));
                asked++;
            }

            Assert.True(reached, $"{name}: both strangers were turned away by their role alone; who should ask this?");
        }

        var nothing = string.Join(',', Strangers);
        Assert.Equal(0, await app.CountAsync($"SELECT COUNT(*) FROM journal WHERE actor_id IN ({nothing})"));
        Assert.Equal(0, await app.CountAsync($"SELECT COUNT(*) FROM case_participant WHERE professional_id IN ({nothing})"));
        Assert.True(routes.Count > 50);
        output.WriteLine($"{routes.Count} routes with an id, {asked} calls by strangers: 403 or 404 each, no data, nothing changed");
    }

    [Fact]
    public async Task A_strangers_board_does_not_open_the_panel_of_a_case_by_its_id()
    {
        var ids = await GivenAsync();
        using var stranger = await app.AsAsync(Strangers[1]);
        var board = (await stranger.GetAsync($"/chain?case={ids["cases"]}")).Ok();
        var rows = (await stranger.GetAsync($"/chain/rows?case={ids["cases"]}")).Ok();
        Assert.All(Secrets.Where(s => s != "Z-20"), secret => Assert.DoesNotContain(secret, board.Text + rows.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_works_the_case_does_get_it()
    {
        // The strangers' answers mean something only when the same questions have an answer for somebody.
        var ids = await GivenAsync();
        using var desk = await app.AsAsync(Desk);
        Assert.Contains("Geheim", (await desk.GetAsync($"/api/v1/cases/{ids["cases"]}")).Ok().Text, StringComparison.Ordinal);
        Assert.Contains("Geheim", (await desk.GetAsync($"/handoffs/{ids["handoffs"]}")).Ok().Text, StringComparison.Ordinal);
    }

    private static async Task<Answer> AskAsync(Session stranger, string method, string path, DateTimeOffset due)
    {
        if (method == "GET")
        {
            return await stranger.GetAsync(path.EndsWith("/preview", StringComparison.Ordinal) ? $"{path}?line=gm0518-debts" : path);
        }

        if (path.StartsWith("/api/", StringComparison.Ordinal))
        {
            return await stranger.SendAsync(method, path, JsonSerializer.Serialize(new Dictionary<string, object>(Fields) { ["dueAt"] = due, ["callbackAt"] = due }), null);
        }

        var form = Fields.ToDictionary(f => f.Key, f => f.Value.ToString()!);
        form["dueDate"] = due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        form["key"] = Guid.NewGuid().ToString("N");
        return await stranger.FormAsync(path, form);
    }

    /// <summary>One of everything that has an id, at Utrecht and The Hague.</summary>
    private async Task<Dictionary<string, string>> GivenAsync()
    {
        using var desk = await app.AsAsync(Desk);
        using var specialist = await app.AsAsync(Specialist);
        using var ringing = await app.AsAsync(1338);
        await specialist.BecomeFreeAsync();
        var caseId = await desk.OpenCaseAsync("permits", question: "Geheime vraag", bsn: "999991279");
        (await desk.PostAsync($"/api/v1/cases/{caseId}/identity", new { method = "document" })).Ok();
        var talk = await desk.AskAsync(caseId, "Geheim: mag dit gebouwd worden?");
        await specialist.AcceptAsync();
        (await specialist.PostAsync($"/api/v1/handoffs/{talk}/messages", new { text = "Geheim bericht" })).Ok();
        var promise = (await desk.PostAsync($"/api/v1/cases/{caseId}/promises", new { text = "Geheime toezegging", dueAt = TimeProvider.System.GetUtcNow().AddSeconds(2) })).Ok()["promiseId"];
        var ownership = (await desk.PostAsync($"/api/v1/cases/{caseId}/ownership", new { to = Specialist.ToString(CultureInfo.InvariantCulture) })).Ok()["requestId"];
        var step = (await desk.PostAsync($"/api/v1/cases/{caseId}/steps", new { title = "Geheim besluit", organisation = "gm0518", line = "gm0518-permits", dueDay = "2099-01-01" })).Ok()
            .Json.GetProperty("stepIds")[0].GetString()!;
        var partner = (await desk.PostAsync($"/api/v1/cases/{caseId}/steps", new { title = "Geheime brief", partner = "1", dueDay = "2099-01-01" })).Ok().Json.GetProperty("stepIds")[0].GetString()!;
        var post = await app.CountAsync("SELECT id FROM partner_channel WHERE partner_id = 1 AND kind = 'post'");
        var letter = (await desk.PostAsync($"/api/v1/steps/{partner}/ask-partner", new { question = "Geheim: kan dit later?", channel = post.ToString(CultureInfo.InvariantCulture) })).Ok()["linkId"];
        var bottleneck = (await desk.PostAsync($"/api/v1/cases/{caseId}/bottlenecks", new { text = "Geheim: de lijn is dicht" })).Ok()["bottleneckId"];
        await ringing.BecomeFreeAsync();
        await desk.AskAsync(await desk.OpenCaseAsync("care_wmo", question: "Geheime zorg"), "Geheim: wie helpt?");
        var offer = await ringing.RungAsync();
        await desk.AskAsync(await desk.OpenCaseAsync("work_income", question: "Geheim inkomen"), "Geheim: welk recht?");
        await Until.TrueAsync(async () => await app.CountAsync("SELECT COUNT(*) FROM callback") > 0, "a callback, since nobody is there");
        await Until.TrueAsync(async () => await app.CountAsync("SELECT COUNT(*) FROM escalation") > 0, "an escalation, since the promise is late");
        using var leader = await app.AsAsync(await app.CountAsync("SELECT MIN(id) FROM professional WHERE organisation_code = 'gm0344' AND supervisor = 1"));
        await desk.PostAsync("/api/v1/cases", new { question = "Geheim: een kind", kind = "person", topic = "civil_affairs", municipality = "gm0344", name = "Verheul", lifeEvent = "birth" });
        (await leader.PostAsync("/api/v1/proactive/child-born/find")).Ok();
        var far = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(200);
        await specialist.PostAsync($"/api/v1/professionals/{Specialist}/absences", new { from = far, until = far.AddDays(1) });
        var things = new Dictionary<string, string>
        {
            ["cases"] = caseId, ["chain"] = caseId, ["handoffs"] = talk, ["offers"] = offer, ["promises"] = promise, ["ownership"] = ownership,
            ["callbacks"] = await NewestAsync("callback"), ["escalations"] = await NewestAsync("escalation"), ["professionals"] = Specialist.ToString(CultureInfo.InvariantCulture),
            ["lines"] = "gm0344-debts", ["steps"] = step, ["partner-letters"] = letter, ["step-asks"] = await NewestAsync("step_request"),
            ["people"] = Specialist.ToString(CultureInfo.InvariantCulture), ["absences"] = await NewestAsync("absence"), ["bottlenecks"] = bottleneck, ["found"] = await NewestAsync("proactive_person"),
        };
        (await specialist.PostAsync($"/api/v1/handoffs/{talk}/confirm", new { how = "called" })).Ok();
        (await specialist.PostAsync($"/api/v1/handoffs/{talk}/finish", new { outcome = "answered", text = "Klaar." })).Ok();
        (await specialist.PostAsync($"/api/v1/handoffs/{talk}/done")).Ok();
        (await specialist.PutAsync("/api/v1/me/presence", new { state = "offline" })).Ok();
        (await ringing.PostAsync($"/api/v1/offers/{offer}/decline", new { reason = "no_capacity" })).Ok();
        (await ringing.PutAsync("/api/v1/me/presence", new { state = "offline" })).Ok();
        return things;
    }

    private async Task<string> NewestAsync(string table) => (await app.CountAsync($"SELECT MAX(id) FROM {table}")).ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("/([a-z-]+)/\\{[^}]+\\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Thing();

    [GeneratedRegex("\\{[^}]+\\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
