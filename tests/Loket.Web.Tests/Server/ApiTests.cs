using System.Text.RegularExpressions;
using Loket.Web.Tests.Hub;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Server;

/// <summary>The interface under pressure and under nonsense.</summary>
[Collection(ServerCollection.Name)]
public sealed partial class ApiTests(ServerFixture loket, ITestOutputHelper output)
{
    private const long Desk = 1001;
    private const string Bsn = "999991279";

    [Fact]
    public async Task Of_64_acceptances_of_one_offer_at_once_exactly_one_wins()
    {
        using var desk = await loket.AsAsync(Desk);
        using var specialist = await loket.AsAsync(1326);
        await specialist.BecomeFreeAsync();
        var handoff = await desk.AskAsync(await desk.OpenCaseAsync("work_income"));
        var offer = await specialist.RungAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => specialist.PostAsync($"/api/v1/offers/{offer}/accept", key: Guid.NewGuid().ToString("N"))));

        output.WriteLine(string.Join(", ", answers.GroupBy(a => $"{a.Status} {a.Code}").Select(g => $"{g.Count()} × {g.Key}")));
        Assert.Single(answers, a => a.Status == 200);
        Assert.Equal(63, answers.Count(a => a is { Status: 409, IsProblem: true }));
        await FinishAsync(specialist, handoff);
    }

    [Fact]
    public async Task When_everyone_on_a_line_accepts_at_once_exactly_one_gets_it()
    {
        await loket.ExecuteAsync("UPDATE line SET strategy = 'ring_all' WHERE code = 'gm0363-debts'");
        using var desk = await loket.AsAsync(Desk);
        var people = await Task.WhenAll(new long[] { 1232, 1233, 1234, 1235, 1236, 1237 }.Select(loket.AsAsync));
        foreach (var person in people)
        {
            await person.BecomeFreeAsync();
        }

        var handoff = await desk.AskAsync(await desk.OpenCaseAsync("debts", "gm0363"));
        var offers = new List<(Session Who, string Offer)>();
        foreach (var person in people)
        {
            offers.Add((person, await person.RungAsync()));
        }

        var answers = await Task.WhenAll(offers.SelectMany(o => Enumerable.Range(0, 10).Select(_ => o.Who.PostAsync($"/api/v1/offers/{o.Offer}/accept"))));
        output.WriteLine(string.Join(", ", answers.GroupBy(a => $"{a.Status} {a.Code}").Select(g => $"{g.Count()} × {g.Key}")));
        Assert.Single(answers, a => a.Status == 200);
        Assert.Equal(59, answers.Count(a => a is { Status: 409, IsProblem: true }));
        Assert.Equal(1, await loket.CountAsync($"SELECT COUNT(*) FROM offer WHERE handoff_id = {handoff} AND state = 'accepted'"));
        Assert.Equal(5, await loket.CountAsync($"SELECT COUNT(*) FROM offer WHERE handoff_id = {handoff} AND state = 'rescinded'"));
        foreach (var person in people)
        {
            person.Dispose();
        }
    }

    [Fact]
    public async Task A_wrong_body_is_a_problem_of_the_caller_and_never_of_the_server()
    {
        string[] bodies =
        [
            "", "{", "[]", "null", "\"x\"", "12", "{\"to\":\"x\",\"version\":\"veel\",\"dueAt\":\"gisteren\",\"facts\":\"x\",\"on\":\"misschien\",\"professionalId\":\"x\",\"question\":{},\"text\":[],\"method\":7,\"state\":[],\"mode\":{},\"reason\":1,\"outcome\":[],\"result\":{},\"label\":2,\"how\":[]}",
            $"{{\"question\":\"{new string('x', 100_000)}\",\"text\":\"{new string('x', 100_000)}\",\"lineQuestion\":\"{new string('x', 100_000)}\",\"kind\":\"person\",\"topic\":\"debts\",\"municipality\":\"gm0518\",\"mode\":\"warm\",\"citizenAt\":\"desk\"}}",
            "{\"question\":\"\\u0000\",\"text\":\"\\u0000\",\"kind\":\"person\",\"topic\":\"' OR 1=1 --\",\"municipality\":\"gm0518\\u0000\",\"dueAt\":\"9999-12-31T23:59:59Z\",\"to\":\"9223372036854775807\"}",
        ];
        using var desk = await loket.AsAsync(Desk);
        using var specialist = await loket.AsAsync(1306);
        using var supervisor = await loket.AsAsync(1007);
        var caseId = await desk.OpenCaseAsync();
        var document = (await desk.GetAsync("/openapi/v1.json")).Ok().Json;
        var calls = document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Where(m => m.Name is "post" or "put").Select(m => (Path: p.Name, Method: m.Name.ToUpperInvariant()))).ToList();
        var asked = 0;
        foreach (var (path, method) in calls)
        {
            foreach (var person in new[] { desk, specialist, supervisor })
            {
                var real = path.Replace("{id}", path.Contains("/cases/", StringComparison.Ordinal) ? caseId : "1", StringComparison.Ordinal);
                foreach (var body in bodies)
                {
                    Check(await person.SendAsync(method, real, body, null), $"{method} {path} {body[..Math.Min(body.Length, 40)]}");
                    asked++;
                }

                Check(await person.SendAsync(method, real, "a=b", null, "application/x-www-form-urlencoded"), $"{method} {path} as a form");
                Check(await person.SendAsync(method, real, "{}", new string('k', 500)), $"{method} {path} with a key of 500");
            }
        }

        Assert.True(calls.Count > 25);
        output.WriteLine($"{asked} wrong bodies to {calls.Count} calls: no answer above 499");
        Assert.DoesNotContain(loket.Server.Lines, line => line.Contains("Unhandled exception", StringComparison.OrdinalIgnoreCase));

        static void Check(Answer answer, string what)
        {
            Assert.True(answer.Status < 500, $"{what}: {answer.Status} {answer.Text}");
            Assert.True(answer.Status < 400 || answer.IsProblem, $"{what}: {answer.Status} is no problem+json but {answer.Type} {answer.Text}");
        }
    }

    [Fact]
    public async Task The_same_key_gives_the_same_bytes_and_another_body_under_it_is_refused()
    {
        using var desk = await loket.AsAsync(Desk);
        var body = new { question = "Een keer geopend", kind = "none", topic = "debts", municipality = "gm0518" };
        var before = await loket.CountAsync("SELECT COUNT(*) FROM case_file");
        var first = (await desk.PostAsync("/api/v1/cases", body, "open-key")).Ok();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => desk.PostAsync("/api/v1/cases", body, "open-key")));
        var other = await desk.PostAsync("/api/v1/cases", new { question = "Iets anders", kind = "none", topic = "debts", municipality = "gm0518" }, "open-key");
        var otherCall = await desk.PostAsync($"/api/v1/cases/{first["caseId"]}/identity", new { method = "document" }, "open-key");
        using var colleague = await loket.AsAsync(1002);
        var hers = (await colleague.PostAsync("/api/v1/cases", body, "open-key")).Ok();

        Assert.All(answers, a => Assert.Equal((200, first.Text), (a.Status, a.Text)));
        Assert.Equal((409, "key-reused"), (other.Status, other.Code));
        Assert.Equal((409, "key-reused"), (otherCall.Status, otherCall.Code));
        Assert.NotEqual(first["caseId"], hers["caseId"]);
        Assert.Equal(before + 2, await loket.CountAsync("SELECT COUNT(*) FROM case_file"));
    }

    [Fact]
    public async Task No_bsn_is_in_any_address_title_log_line_hint_or_refusal()
    {
        using var desk = await loket.AsAsync(1002);
        using var specialist = await loket.AsAsync(1341);
        await using var line = await LiveClient.EnterAsync(loket.Server.Address, specialist);
        await using var watching = await LiveClient.EnterAsync(loket.Server.Address, desk);
        await specialist.BecomeFreeAsync();
        var seen = new List<Answer>();
        var form = new Dictionary<string, string>
        {
            ["question"] = "Wie helpt mij?", ["kind"] = "person", ["bsn"] = Bsn, ["topic"] = "care_wmo", ["municipality"] = "gm0518", ["key"] = "page-key",
        };
        var opened = await desk.FormAsync("/desk", form);
        Assert.Equal(303, opened.Status);
        var caseId = opened.Location!.Split('/')[^1];
        Assert.True((await watching.CallAsync("WatchCase", caseId)).Ok);
        seen.Add(opened);
        seen.Add(await desk.FormAsync($"/cases/{caseId}/identity", new Dictionary<string, string> { ["method"] = "document" }));
        seen.Add(await desk.PostAsync("/api/v1/cases", new { question = "x", kind = "person", bsn = "999991270", topic = "debts", municipality = "gm0518" }));
        seen.Add(await desk.PostAsync("/api/v1/cases", new { question = "x", kind = "person", bsn = long.Parse(Bsn, System.Globalization.CultureInfo.InvariantCulture), topic = "debts" }));
        seen.Add(await desk.PostAsync($"/api/v1/cases/{caseId}/handoffs", new { mode = "warm", citizenAt = "desk", lineQuestion = $"Nummer {Bsn} vraagt hulp" }));
        seen.Add(await desk.PostAsync($"/api/v1/cases/{caseId}/facts", new { label = "Nummer", value = Bsn, source = "citizen" }));
        var talk = await desk.AskAsync(caseId, "Wie helpt met zorg thuis?");
        await specialist.AcceptAsync();
        foreach (var path in new[] { $"/cases/{caseId}", $"/cases/{caseId}?tab=steps", $"/cases/{caseId}?tab=timeline", $"/cases/{caseId}?tab=messages", $"/handoffs/{talk}", "/cases", "/desk", $"/cases/{caseId}/preview?line=gm0518-care-wmo" })
        {
            seen.Add((await desk.GetAsync(path)).Ok());
        }

        foreach (var path in new[] { "/line", $"/handoffs/{talk}", "/cases", $"/api/v1/handoffs/{talk}", "/api/v1/me/line" })
        {
            seen.Add((await specialist.GetAsync(path)).Ok());
        }

        await FinishAsync(specialist, talk);
        await watching.HintedAsync("handoff");
        var titles = seen.Select(a => Title().Match(a.Text).Groups[1].Value).Where(t => t.Length > 0).ToList();
        Assert.True(titles.Count > 8);
        Assert.DoesNotContain(titles, t => t.Contains(Bsn, StringComparison.Ordinal) || t.Contains("Verheul", StringComparison.Ordinal));
        Assert.DoesNotContain(seen, a => a.Location is not null && a.Location.Contains(Bsn, StringComparison.Ordinal));
        Assert.DoesNotContain(seen, a => a.Text.Contains(Bsn, StringComparison.Ordinal));
        Assert.DoesNotContain(line.Hints.Concat(watching.Hints), h => h.GetRawText().Contains(Bsn, StringComparison.Ordinal));
        Assert.True(loket.Server.Lines.Count > 100, "The server is to log every request in this run.");
        Assert.DoesNotContain(loket.Server.Lines, l => l.Contains(Bsn, StringComparison.Ordinal) || l.Contains("999991270", StringComparison.Ordinal));
        output.WriteLine($"{loket.Server.Lines.Count} log lines, {titles.Count} titles, {line.Hints.Count + watching.Hints.Count} hints: no BSN");
    }

    private static async Task FinishAsync(Session specialist, string talk)
    {
        (await specialist.PostAsync($"/api/v1/handoffs/{talk}/confirm", new { how = "headset" })).Ok();
        (await specialist.PostAsync($"/api/v1/handoffs/{talk}/finish", new { outcome = "answered", text = "Klaar." })).Ok();
        (await specialist.PostAsync($"/api/v1/handoffs/{talk}/done")).Ok();
        (await specialist.PutAsync("/api/v1/me/presence", new { state = "offline" })).Ok();
    }

    [GeneratedRegex("<title>([^<]*)</title>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Title();
}
