using System.Globalization;
using System.Text.RegularExpressions;

namespace Loket.Browser.Tests;

/// <summary>One of everything a page can be about, and who looks at it.</summary>
public sealed partial class Scenery
{
    private const string Desk = "Fatima Bouzidi";
    public const string Specialist = "Martijn de Groot";
    private const string Supervisor = "Willem de Haan";
    private const string Manager = "Annelies Brouwer";
    private const string National = "Nienke Oosterhuis";
    private const string Administrator = "Renske Vos";
    private const string Point = "Joke Verweij";

    /// <summary>Name, who opens it (null: nobody signed in), address.</summary>
    public required IReadOnlyList<(string Screen, string? Who, string Path)> Screens { get; init; }

    public static async Task<Scenery> MakeAsync(LoketFixture loket)
    {
        await using var desk = await loket.AsAsync(Desk);
        await using var specialist = await loket.AsAsync(Specialist);
        await using var supervisor = await loket.AsAsync(Supervisor);
        await using var national = await loket.AsAsync(National);
        await using var administrator = await loket.AsAsync(Administrator);
        await using var point = await loket.AsAsync(Point);
        var now = TimeProvider.System.GetUtcNow();
        async Task<string> Made(Person person, string path, object? body, string id) => (await person.ApiAsync("POST", $"/api/v1/{path}", body)).GetProperty(id).ToString();

        var unknown = await desk.GivenCaseAsync("debts", bsn: "999991279");
        var work = await desk.GivenCaseAsync("debts", bsn: "999991279", question: "Mijn man is overleden en ik heb huurschuld.");
        await desk.ApiAsync("POST", $"/api/v1/cases/{work}/identity", new { method = "document" });
        await desk.ApiAsync("POST", $"/api/v1/cases/{work}/facts", new { label = "", kind = "income", value = "1180 euro", source = "citizen" });
        await desk.ApiAsync("POST", $"/api/v1/cases/{work}/promises", new { text = "Brief van de verhuurder opzoeken", dueAt = now.AddDays(9) });
        await desk.ApiAsync("POST", $"/api/v1/cases/{work}/promises", new { text = "Verhuurder bellen", dueAt = now.AddSeconds(3) });
        await desk.ApiAsync("POST", $"/api/v1/cases/{work}/representation", new { kind = "property_administration", name = "Bewindvoerder Bos", evidence = "court_order" });
        await desk.ApiAsync("POST", $"/api/v1/cases/{work}/documents", new { kind = "other", files = new[] { new { name = "Brief.txt", bytes = Convert.ToBase64String("Een brief"u8) } } });
        await desk.ApiAsync("POST", $"/api/v1/cases/{work}/steps", new { title = "Schuldregeling aanvragen", organisation = "gm0518", line = "gm0518-debts", dueDay = "2099-01-01" });
        var letter = await AskPartnerAsync(loket, desk, work, "post");
        await AskPartnerAsync(loket, desk, work, "email");
        var link = Link().Match(await (await desk.Page.APIRequest.GetAsync(new Uri(desk.Address, "/demo/outgoing").ToString())).TextAsync()).Groups[1].Value;
        var bottleneck = await Made(desk, $"cases/{work}/bottlenecks", new { text = "De lijn is op maandag dicht" }, "bottleneckId");
        await specialist.GivenFreeAsync();
        var talk = await desk.GivenHandoffAsync(work);
        await specialist.AcceptOfferAsync();
        await desk.ApiAsync("POST", $"/api/v1/handoffs/{talk}/messages", new { text = "Mevrouw zit bij mij." });
        await desk.ApiAsync("POST", $"/api/v1/cases/{work}/ownership", new { to = (await loket.CountAsync($"SELECT id FROM professional WHERE name = '{Specialist}'")).ToString(CultureInfo.InvariantCulture) });
        var called = await desk.GivenCaseAsync("debts", "gm0344");
        await desk.ApiAsync("POST", $"/api/v1/cases/{called}/handoffs", new { mode = "cold", citizenAt = "absent", lineQuestion = "Wilt u bellen?", callbackOnly = true, phone = "06 12 34 56 78" });
        var callback = (await desk.ApiAsync("GET", $"/api/v1/cases/{called}/lines")).GetProperty("callback").GetProperty("id").GetString();
        await desk.ApiAsync("POST", "/api/v1/cases", new { question = "Een kind", kind = "person", topic = "civil_affairs", municipality = "gm0344", name = "Verheul", lifeEvent = "birth" });
        await supervisor.ApiAsync("POST", "/api/v1/proactive/child-born/find");
        var found = await loket.CountAsync("SELECT MIN(id) FROM proactive_person");
        await using var beside = await loket.AsAsync(await loket.NameAsync("SELECT name FROM professional WHERE organisation_code = 'gm0344' AND team_code <> 'gm0344-front-office' AND specialist = 1 AND active = 1 AND supervisor = 0 ORDER BY id"));
        await beside.ApiAsync("POST", "/api/v1/glass", new { number = await loket.NameAsync($"SELECT number FROM case_file WHERE id = {work}"), reason = "Het kan niet wachten" });
        var merger = await Made(national, "mergers", new { name = "Samenvoeging", day = "2099-01-01", bodies = new[] { new { organisation = "gm0518", successor = "gm0344" }, new { organisation = "gm0356", successor = "gm0363" } } }, "mergerId");
        var import = await Made(administrator, "people/imports", new { text = "name,subject,team,roles,lines,skills\nVan Hier,vanhier,Balie,front_office,,\n" }, "importId");
        await administrator.ApiAsync("POST", "/api/v1/people/rules", new { rule = new { claim = "groups", value = "balie", role = "front_office" } });
        await point.ApiAsync("POST", "/api/v1/questions", new { topic = "debts", question = "Wie helpt bij schulden?" });
        var led = await loket.CountAsync($"SELECT id FROM professional WHERE name = '{Desk}'");
        return new Scenery
        {
            Screens =
            [
                ("sign-in", null, "/sign-in"), ("accessibility statement", null, "/accessibility"), ("link for a partner", null, $"/p/{link}"), ("link that is no more", null, "/p/0"),
                ("not found", Desk, "/cases/1"), ("not yours", Desk, "/not-yours"), ("desk, new case", Desk, "/desk"), ("cases", Desk, "/cases"), ("cases of my lines, closed too", Desk, "/cases?tab=lines&state=all"),
                ("case, identity not established", Desk, $"/cases/{unknown}"), ("case", Desk, $"/cases/{called}"), ("case, in a talk", Desk, $"/cases/{work}?tab=steps"), ("messages", Desk, $"/cases/{work}?tab=messages"), ("timeline", Desk, $"/cases/{work}?tab=timeline"),
                ("preview", Desk, $"/cases/{called}/preview?line=gm0344-debts"), ("letter", Desk, $"/cases/{work}/letter"), ("letter, large", Desk, $"/cases/{work}/letter?size=large"), ("overview for the citizen", Desk, $"/cases/{work}/overview"),
                ("journey, nothing chosen", Desk, $"/cases/{called}/journey"), ("representation", Desk, $"/cases/{work}/representation"), ("representation, none yet", Desk, $"/cases/{called}/representation"), ("the whole number", Desk, $"/cases/{work}/bsn"), ("warnings of a case", Desk, $"/cases/{work}/escalations"),
                ("conversation, sender", Desk, $"/handoffs/{talk}"), ("texts of schemes", Desk, $"/handoffs/{talk}/snippets"), ("one more line", Desk, $"/handoffs/{talk}/lines"), ("callback", Desk, $"/callbacks/{callback}"), ("callback, for the citizen", Desk, $"/callbacks/{callback}/citizen"),
                ("my steps", Desk, "/steps"), ("absence", Desk, "/absence"), ("bottlenecks, mine", Desk, "/bottlenecks"), ("bottleneck, new", Desk, $"/bottlenecks/new?caseId={work}"), ("letter to a partner", Desk, $"/partner-letters/{letter}"), ("outgoing, demo", Desk, "/demo/outgoing"),
                ("breaking the glass", Desk, "/glass"), ("terms", Desk, "/terms"), ("tour", Desk, "/tour"), ("schemes", Desk, "/schemes"), ("scheme", Desk, "/schemes/wlz"), ("search", Desk, "/search"), ("route", Desk, "/routes?topic=debts&municipality=gm0344"), ("product", Desk, "/products/visvergunning"), ("organisation", Desk, "/organisations/gm0614"), ("products I keep", Desk, "/kept-products"),
                ("specialist, in a talk", Specialist, "/line"), ("conversation, specialist", Specialist, $"/handoffs/{talk}"), ("my steps, asked", Specialist, "/steps"),
                .. ((string[])["risk", "stalled", "waiting", "asked", "open"]).Select(tab => ($"chain board, {tab}", (string?)Supervisor, $"/chain?tab={tab}")),
                ("chain board, chosen", Supervisor, "/chain?tab=open&topic=debts&lifeEvent=death"), ("ladder", Supervisor, "/chain/ladder"), ("escalation log", Supervisor, "/chain/log"), ("reports", Supervisor, "/reports?by=quarter"), ("wall", Supervisor, "/wall"), ("wall, big screen", Supervisor, "/wall?screen=big"),
                ("absence, supervisor", Supervisor, "/absence"), ("absence of a colleague", Supervisor, $"/absence?person={led}"), ("spread", Supervisor, $"/people/{led}/spread"), ("team", Supervisor, "/team"), ("tour, supervisor", Supervisor, "/tour"), ("status", Supervisor, "/status"), ("retention", Supervisor, "/retention"), ("glass to judge", Supervisor, "/glass"),
                ("partners", Supervisor, "/partners"), ("partner", Supervisor, "/partners/1"), ("bottlenecks", Supervisor, "/bottlenecks"), ("bottleneck", Supervisor, $"/bottlenecks/{bottleneck}"), ("upkeep", Supervisor, "/upkeep"), ("life events", Supervisor, "/upkeep/life-events"), ("life event", Supervisor, "/upkeep/life-events/turning_18?municipality=gm0344"),
                ("proactive rules", Supervisor, "/proactive"), ("proactive list", Supervisor, "/proactive/child-born"), ("proactive rule, refused", Supervisor, "/proactive/death-reported"), ("proactive letter", Supervisor, $"/proactive/found/{found}"),
                ("lines", Manager, "/lines"), ("line", Manager, "/lines/gm0344-debts"), ("rota", Manager, "/rota"),
                ("people", Administrator, "/people"), ("person", Administrator, $"/people/{led}"), ("rules for roles", Administrator, "/people/rules"), ("import taken back", Administrator, $"/people/imports/{import}"), ("products and who keeps them", Administrator, "/people/products"), ("sharing rules", Administrator, "/sharing-rules"),
                ("mergers", National, "/mergers"), ("merger, new", National, "/mergers/new"), ("merger", National, $"/mergers/{merger}"), ("organisations to take in", National, "/upkeep/organisations"), ("terms of the law", National, "/upkeep/law"), ("national picture", National, "/national"),
                ("information point", Point, "/questions"), ("information point, sent", Point, "/questions?sent=true"),
            ],
        };
    }

    private static async Task<string> AskPartnerAsync(LoketFixture loket, Person desk, string caseId, string kind)
    {
        var step = (await desk.ApiAsync("POST", $"/api/v1/cases/{caseId}/steps", new { title = "Uitstel vragen aan de verhuurder", partner = "1", dueDay = "2099-01-01" })).GetProperty("stepIds")[0].GetString();
        var channel = await loket.CountAsync($"SELECT id FROM partner_channel WHERE partner_id = 1 AND kind = '{kind}'");
        return (await desk.ApiAsync("POST", $"/api/v1/steps/{step}/ask-partner", new { question = "Kan de ontruiming later?", channel = channel.ToString(CultureInfo.InvariantCulture) })).GetProperty("linkId").ToString();
    }

    [GeneratedRegex("/p/([A-Za-z0-9_-]{16,})")]
    private static partial Regex Link();
}
