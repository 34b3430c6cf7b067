using System.Globalization;

namespace Loket.Web.Tests.Server;

/// <summary>A case at Utrecht with a specialist of The Hague, and one of everything that has an id, with words that can be found again.</summary>
public static class OneOfEverything
{
    public const long Desk = 1001;
    public const long Specialist = 1321;

    /// <summary>What the citizen and the professionals said, and who they are.</summary>
    public static readonly string[] Secrets = ["999991279", "Verheul", "Geheim", "Fatima", "Paul Scholten"];

    /// <summary>The id of each, by the word it has in an address.</summary>
    public static async Task<Dictionary<string, string>> OneOfEverythingAsync(this AppFixture app)
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
        var document = (await desk.PostAsync($"/api/v1/cases/{caseId}/documents", new { kind = "other", files = new[] { new { name = "Geheim verslag.txt", bytes = Convert.ToBase64String("Geheim: een verslag"u8) } } })).Ok()
            .Json.GetProperty("documentIds")[0].GetString()!;
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
        using var beside = await app.AsAsync(await app.CountAsync("SELECT MIN(id) FROM professional WHERE organisation_code = 'gm0344' AND team_code <> 'gm0344-front-office' AND (front_office = 1 OR specialist = 1) AND active = 1 AND supervisor = 0"));
        var glass = (await beside.PostAsync("/api/v1/glass", new { number = await app.TextAsync($"SELECT number FROM case_file WHERE id = {caseId}"), reason = "Geheim: het kan niet wachten" })).Ok()["glassId"];
        using var administrator = await app.AsAsync(3021);
        var import = (await administrator.PostAsync("/api/v1/people/imports", new { text = $"name,subject,team,roles,lines,skills\nVan hier,{Word()},Balie,front_office,,\n" })).Ok()["importId"];
        (await administrator.PostAsync("/api/v1/people/rules", new { rule = new { claim = "groups", value = Word(), role = "front_office" } })).Ok();
        var old = await desk.OpenCaseAsync("permits", question: "Voorbij");
        (await desk.PostAsync($"/api/v1/cases/{old}/close")).Ok();
        var hold = (await leader.PostAsync("/api/v1/retention/holds", new { number = await app.TextAsync($"SELECT number FROM case_file WHERE id = {old}"), reason = "Er loopt een bezwaar" })).Ok()["holdId"];
        await app.ExecuteAsync($"INSERT INTO destruction (id, case_id, organisation_code, rule_id, due_on, proposed_at, state, version) VALUES ({old}, {old}, 'gm0344', 'permits', '2026-01-01', '2026-01-01 00:00:00.000', 'proposed', 1); UPDATE setting SET value = value");
        var things = new Dictionary<string, string>
        {
            ["cases"] = caseId, ["chain"] = caseId, ["handoffs"] = talk, ["offers"] = offer, ["promises"] = promise, ["ownership"] = ownership,
            ["callbacks"] = await app.NewestAsync("callback"), ["escalations"] = await app.NewestAsync("escalation"), ["professionals"] = Specialist.ToString(CultureInfo.InvariantCulture),
            ["lines"] = "gm0344-debts", ["steps"] = step, ["partner-letters"] = letter, ["step-asks"] = await app.NewestAsync("step_request"),
            ["people"] = Specialist.ToString(CultureInfo.InvariantCulture), ["absences"] = await app.NewestAsync("absence"), ["bottlenecks"] = bottleneck, ["found"] = await app.NewestAsync("proactive_person"), ["glass"] = glass,
            ["imports"] = import, ["rules"] = await app.NewestAsync("role_rule"), ["retention"] = old, ["holds"] = hold, ["documents"] = document,
        };
        (await specialist.PostAsync($"/api/v1/handoffs/{talk}/confirm", new { how = "called" })).Ok();
        (await specialist.PostAsync($"/api/v1/handoffs/{talk}/finish", new { outcome = "answered", text = "Klaar." })).Ok();
        (await specialist.PostAsync($"/api/v1/handoffs/{talk}/done")).Ok();
        (await specialist.PutAsync("/api/v1/me/presence", new { state = "offline" })).Ok();
        (await ringing.PostAsync($"/api/v1/offers/{offer}/decline", new { reason = "no_capacity" })).Ok();
        (await ringing.PutAsync("/api/v1/me/presence", new { state = "offline" })).Ok();
        return things;
    }

    // Letters only: no number in it can look like that of a person.
    private static string Word() => string.Concat(Guid.NewGuid().ToString("N").Select(c => (char)('a' + (c % 26))));

    private static async Task<string> NewestAsync(this AppFixture app, string table) => (await app.CountAsync($"SELECT MAX(id) FROM {table}")).ToString(CultureInfo.InvariantCulture);
}
