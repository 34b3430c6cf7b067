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
    private const long Desk = OneOfEverything.Desk;

    // Rotterdam: a desk and specialist in one person, a supervisor, a line manager, and who administers people.
    private static readonly long[] Strangers = [1407, 1409, 3005, 3022];
    private static readonly string[] Secrets = [.. OneOfEverything.Secrets, "Z-20"];

    // A draft's name is the person's own; a partner's link is itself the right to it, with its code.
    private static readonly HashSet<string> WithoutId = ["GET /p/{token}", "POST /p/{token}", "POST /p/{token}/answer"];

    // Public knowledge, the same for everyone; mergers, which are nobody's own; reports and lists, which are always of the own organisation; and the
    // register of partners, which the supervisors of all organisations keep together.
    private static readonly HashSet<string> Reference = ["schemes", "products", "organisations", "life-events", "reports", "proactive", "partners", "mergers"];

    // Well-formed for every form at once, so that no check of a field answers before the check of rights.
    private static readonly Dictionary<string, object> Fields = new()
    {
        ["title"] = "Van mij", ["question"] = "Van wie is dit?", ["topic"] = "debts", ["municipality"] = "gm0599", ["version"] = 1, ["method"] = "document",
        ["label"] = "Naam", ["value"] = "Van mij", ["source"] = "citizen", ["kind"] = "name", ["mode"] = "warm", ["citizenAt"] = "desk", ["lineQuestion"] = "Wie kan dit?",
        ["state"] = "available", ["reason"] = "other", ["text"] = "Van mij", ["to"] = Strangers[0].ToString(CultureInfo.InvariantCulture), ["how"] = "headset", ["outcome"] = "answered",
        ["result"] = "reached", ["note"] = "Van mij", ["suggestedLine"] = "gm0599-debts", ["missing"] = "Alles", ["organisation"] = "gm0599", ["until"] = "2099-01-01", ["line"] = "gm0518-debts", ["told"] = "desk", ["professionalId"] = "1407",
        ["settings"] = new { nameNl = "Van mij", nameEn = "Mine", strategy = "ring_all", tiers = Array.Empty<object>(), offerSeconds = 30, liveSeconds = 120, wrapUpSeconds = 60, capacity = 1, callbackHours = 2, callbackAttempts = 3, area = Array.Empty<string>() },
        ["name"] = "Van mij", ["team"] = "gm0599-front-office", ["roles"] = new[] { "specialist" }, ["leads"] = Array.Empty<string>(), ["languages"] = Array.Empty<string>(),
        ["topics"] = Array.Empty<string>(), ["least"] = 1, ["people"] = Array.Empty<object>(),
        ["members"] = Array.Empty<object>(), ["justified"] = true, ["remark"] = "Van mij", ["number"] = "Z-1", ["event"] = "moving", ["day"] = "2026-11-11", ["into"] = "1",
    };

    [Fact]
    public async Task A_stranger_with_the_right_id_gets_nothing_and_changes_nothing()
    {
        var ids = await app.OneOfEverythingAsync();
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

    // Things of the case itself, not those that were asked of the person by name or line.
    private static readonly HashSet<string> OfCase = ["cases", "chain", "handoffs", "promises", "callbacks", "escalations", "partner-letters", "bottlenecks", "steps", "glass", "documents"];

    [Fact]
    public async Task A_colleague_outside_the_line_a_supervisor_of_another_team_and_who_took_part_before_get_nothing_either()
    {
        const long OutsideTheLine = 1319;
        const long OtherTeam = 990001;
        await app.ExecuteAsync($"""
            INSERT OR IGNORE INTO professional (id, organisation_code, team_code, name, supervisor) VALUES ({OtherTeam}, 'gm0344', 'gm0344-care', 'Een ander', 1);
            INSERT OR IGNORE INTO team_supervisor (team_code, professional_id) VALUES ('gm0344-care', {OtherTeam});
            UPDATE setting SET value = value
            """);
        var ids = await app.OneOfEverythingAsync();
        var due = TimeProvider.System.GetUtcNow().AddDays(2);
        // The register of bottlenecks, which holds nothing about citizens, the lists of whom to tell and what is to be destroyed are for every supervisor of the organisation.
        var (asked, open) = (0, new List<string>());
        foreach (var (id, things) in ((long, HashSet<string>)[])[(OutsideTheLine, [.. ids.Keys]), (OtherTeam, [.. ids.Keys.Where(thing => thing is not ("bottlenecks" or "found" or "retention" or "holds"))]), (OneOfEverything.Specialist, OfCase)])
        {
            using var person = await app.AsAsync(id);
            // Who was in a talk may still say that they are done or what stood in the way of it; they read nothing of it any more.
            var formerly = id == OneOfEverything.Specialist;
            foreach (var name in app.Endpoints.Where(e => e.RoutePattern.Parameters.Count > 0).SelectMany(Guards.Names).Where(n => (!formerly || n.StartsWith("GET ", StringComparison.Ordinal)) && things.Contains(Thing().Match(n).Groups[1].Value)))
            {
                var path = Parameter().Replace(name[(name.IndexOf(' ') + 1)..], ids[Thing().Match(name).Groups[1].Value]);
                var answer = await AskAsync(person, name[..name.IndexOf(' ')], path, due);
                var byRole = answer.Status == 302 && answer.Location!.Contains("/not-yours", StringComparison.Ordinal);
                // Who was in the talk is told that there is nobody to speak with any more, so that their page lets go.
                if (name.EndsWith("/voice", StringComparison.Ordinal) && answer.Status == 200)
                {
                    Assert.Equal(("False", "[]"), (answer["mayJoin"], answer["people"]));
                }
                else
                {
                    var shown = Secrets.Except(formerly ? ["Paul Scholten"] : []).FirstOrDefault(s => answer.Text.Contains(s, StringComparison.Ordinal));
                    if (!(answer.Status is 403 or 404 || byRole) || shown is not null)
                    {
                        open.Add($"{name} as {id}: {answer.Status} {answer.Code} {shown}");
                    }
                }

                asked++;
            }
        }

        Assert.True(open.Count == 0, string.Join('\n', open));
        Assert.Equal(0, await app.CountAsync($"SELECT COUNT(*) FROM case_participant WHERE professional_id IN ({OutsideTheLine}, {OtherTeam})"));
        output.WriteLine($"{asked} calls by a colleague outside the line, a supervisor of another team and a former participant: 403 or 404 each, no data");
    }

    [Fact]
    public async Task Who_takes_part_without_being_given_anything_sees_no_fact_and_no_word_of_the_citizen()
    {
        const long TakesPart = 1341;
        string[] notGiven = ["999991279", "Verheul", "Geheime vraag"];
        var ids = await app.OneOfEverythingAsync();
        await app.ExecuteAsync($"""
            INSERT INTO case_participant (case_id, professional_id, organisation_code, part, since) VALUES ({ids["cases"]}, {TakesPart}, 'gm0518', 'specialist', '2026-01-01 00:00:00.000')
            """);
        using var person = await app.AsAsync(TakesPart);
        Assert.Equal(200, (await person.GetAsync($"/cases/{ids["cases"]}")).Status);
        var (seen, shown) = (0, new List<string>());
        foreach (var name in app.Endpoints.SelectMany(Guards.Names).Where(n => n.StartsWith("GET ", StringComparison.Ordinal)))
        {
            var path = Parameter().Replace(name[4..], ids.GetValueOrDefault(Thing().Match(name).Groups[1].Value, "1"));
            foreach (var tab in path.EndsWith(ids["cases"], StringComparison.Ordinal) ? ["", "?tab=steps", "?tab=messages", "?tab=timeline"] : (string[])[""])
            {
                var answer = await AskAsync(person, "GET", path + tab, default);
                seen += answer.Status == 200 ? 1 : 0;
                shown.AddRange(notGiven.Where(s => answer.Text.Contains(s, StringComparison.Ordinal)).Select(s => $"{path}{tab}: {s}"));
            }
        }

        Assert.Empty(shown);
        Assert.True(seen > 20);
        output.WriteLine($"{seen} answers to a participant without disclosure: nothing that was not given");
    }

    [Fact]
    public async Task A_strangers_board_does_not_open_the_panel_of_a_case_by_its_id()
    {
        var ids = await app.OneOfEverythingAsync();
        using var stranger = await app.AsAsync(Strangers[1]);
        var board = (await stranger.GetAsync($"/chain?case={ids["cases"]}")).Ok();
        var rows = (await stranger.GetAsync($"/chain/rows?case={ids["cases"]}")).Ok();
        Assert.All(Secrets.Where(s => s != "Z-20"), secret => Assert.DoesNotContain(secret, board.Text + rows.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_works_the_case_does_get_it()
    {
        // The strangers' answers mean something only when the same questions have an answer for somebody.
        var ids = await app.OneOfEverythingAsync();
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

    [GeneratedRegex("/([a-z-]+)/\\{[^}]+\\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Thing();

    [GeneratedRegex("\\{[^}]+\\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
