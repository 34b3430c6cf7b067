using System.Globalization;
using System.Text.RegularExpressions;
using Loket.Web.Tests.Hub;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Server;

/// <summary>
/// Random cases with a value of its own in every field, random disclosures, gifts and withdrawals: every byte that a page, the
/// interface, an export, a letter or a push sends to somebody is looked through for values that were not disclosed to them.
/// What may be seen is kept here, beside the program, and not asked of it.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed partial class DisclosureBytesTests(ServerFixture loket, AppFixture app, ITestOutputHelper output) : IClassFixture<AppFixture>
{
    private const int Cases = 6;
    private const string Line = "gm0518-debts";

    // Of the rule for the debts line, and not of it.
    private static readonly string[] Shareable = ["debts", "income", "benefit", "rent", "partner", "phone_email"];
    private static readonly string[] Kept = ["health", "criminal", "education", "other"];
    private static readonly string[] Bsns = ["999993653", "999991279", "999993872", "999990639"];

    private readonly Dictionary<string, int> looked = [];

    [Fact]
    public async Task Nobody_is_sent_a_value_that_was_not_disclosed_to_them()
    {
        using var desk = await loket.AsAsync(1001);
        using var specialist = await loket.AsAsync(1336);
        await using var live = await LiveClient.EnterAsync(loket.Server.Address, specialist);
        var others = new Dictionary<string, Session>
        {
            ["the supervisor of the line"] = await loket.AsAsync(1323), ["a line that has no part"] = await loket.AsAsync(1338), ["another city"] = await loket.AsAsync(1407),
            ["a desk colleague of another team's line"] = await loket.AsAsync(1021),
        };
        using var colleague = await loket.AsAsync(1332);
        var random = new Random(20260210);
        var (markers, shown) = (0, 0);
        for (var n = 0; n < Cases; n++)
        {
            var scene = await BeginAsync(desk, n, random);
            await scene.AskAsync(desk, specialist);
            await live.SendAsync("WatchCase", scene.CaseId);
            await scene.ChangeAsync(desk);
            markers += scene.Everything.Count;

            // The desk is sent everything, so that "not found" below means something; those of the line what was disclosed.
            await LookAsync(desk, scene, "the desk", scene.Everything, scene.Everything);
            shown += await LookAsync(specialist, scene, "the specialist", [.. scene.Disclosed, .. scene.Shown, .. scene.Said], [.. scene.Disclosed, .. scene.Shown]);
            await LookAsync(colleague, scene, "a colleague on the line", [.. scene.Disclosed, .. scene.Shown], [.. scene.Disclosed, .. scene.Shown]);
            foreach (var (who, session) in others)
            {
                await LookAsync(session, scene, who, [], []);
            }

            await scene.EndAsync(specialist);
            await LookAsync(specialist, scene, "the specialist, afterwards", scene.Said, []);
            await LookAsync(colleague, scene, "a colleague on the line, afterwards", [], []);
            Assert.All(live.Hints.Concat(live.Typings), push => Assert.DoesNotContain(scene.Everything, value => push.GetRawText().Contains(value, StringComparison.Ordinal)));
        }

        foreach (var session in others.Values)
        {
            session.Dispose();
        }

        Assert.True(shown > Cases, $"Only {shown} disclosed values were seen: nothing was tried");
        Assert.True(live.Hints.Count > Cases);
        output.WriteLine($"{Cases} cases, {markers} planted values, {looked.Values.Sum()} answers looked through by {looked.Count} kinds of viewer, {live.Hints.Count} pushes: no value reached anybody it was not disclosed to");
    }

    /// <summary>Everything this person can be sent about the case; how many of the values that must be there were.</summary>
    private async Task<int> LookAsync(Session person, Planted scene, string who, IReadOnlyCollection<string> may, IReadOnlyCollection<string> must)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in Paths(scene))
        {
            var answer = await person.GetAsync(path);
            looked[who] = looked.GetValueOrDefault(who) + 1;
            var text = System.Net.WebUtility.HtmlDecode(Regex.Unescape(answer.Type == "application/json" ? answer.Text : answer.Text.Replace("\\", "\\\\", StringComparison.Ordinal)));
            foreach (var value in scene.Everything.Where(v => text.Contains(v, StringComparison.OrdinalIgnoreCase)))
            {
                Assert.True(may.Contains(value), $"{who} was sent {value} by {path}");
                seen.Add(value);
            }
        }

        var missing = must.Except(seen).ToList();
        Assert.True(missing.Count == 0, $"{who} was not sent {string.Join(", ", missing)}");
        return must.Count;
    }

    // Every route that is read, of the running application; those with an id for what this case has.
    private IEnumerable<string> Paths(Planted scene)
    {
        foreach (var name in app.Endpoints.SelectMany(Guards.Names).Where(name => name.StartsWith("GET ", StringComparison.Ordinal)).Select(name => name[4..]).Distinct())
        {
            if (!name.Contains('{', StringComparison.Ordinal))
            {
                yield return name.Contains("sign", StringComparison.Ordinal) || name.StartsWith("/hubs", StringComparison.Ordinal) || name.StartsWith("/openapi", StringComparison.Ordinal) ? "/cases" : name;
            }
            else if (Thing().Match(name) is { Success: true } thing && scene.Things.TryGetValue(thing.Groups[1].Value, out var id))
            {
                var path = Parameter().Replace(name, id);
                yield return path.EndsWith("/preview", StringComparison.Ordinal) ? $"{path}?line={Line}" : path;
            }
        }

        yield return $"/search?q={scene.Number}";
        yield return $"/chain?case={scene.CaseId}";
        foreach (var tab in (string[])["steps", "messages", "timeline"])
        {
            yield return $"/cases/{scene.CaseId}?tab={tab}";
        }

        yield return "/cases?tab=lines&state=all";
    }

    private static async Task<Planted> BeginAsync(Session desk, int n, Random random)
    {
        string Mark(string field) => $"Qz{n}{field}{random.Next(100000, 999999).ToString(CultureInfo.InvariantCulture)}x";
        var bsn = n < Bsns.Length ? Bsns[n] : null;
        var (question, name, title) = (Mark("vraag"), Mark("naam"), $"Qztitel{Letters(random)}");
        var opened = (await desk.PostAsync("/api/v1/cases", new { title, question = $"Ik wil {question}.", kind = "person", topic = "debts", municipality = "gm0518", name, bsn })).Ok();
        var scene = new Planted(opened["caseId"], opened["number"]);
        scene.Everything.UnionWith([question, title]);
        scene.Plant(null, "name", name);
        if (bsn is not null)
        {
            (await desk.PostAsync($"/api/v1/cases/{scene.CaseId}/identity", new { method = "document" })).Ok();
        }

        foreach (var kind in Shareable.Concat(Kept))
        {
            var (label, value) = (kind == "other" ? Mark("label") : null, Mark(kind));
            var fact = (await desk.PostAsync($"/api/v1/cases/{scene.CaseId}/facts", new { kind, label, value, source = "citizen" })).Ok()["factId"];
            scene.Plant(fact, kind, value, label);
        }

        // Who acts for the citizen, and a document: facts like the others, with a note that stays here and bytes of their own.
        if (n % 2 == 0)
        {
            var (acts, reached, note) = (Mark("vertegenwoordiger"), Mark("bereikbaar"), Mark("bewijs"));
            (await desk.PostAsync($"/api/v1/cases/{scene.CaseId}/representation", new { kind = "mandate", name = acts, contact = reached, evidence = "signed_mandate", evidenceNote = note })).Ok();
            scene.Everything.Add(note);
            var known = (await desk.GetAsync($"/api/v1/cases/{scene.CaseId}")).Ok().Json.GetProperty("facts").EnumerateArray().ToDictionary(f => f.GetProperty("value").GetString()!, f => f.GetProperty("id").ToString());
            scene.Plant(known[acts], "capacity_representation", acts);
            scene.Plant(known[reached], "representative_contact", reached);
        }

        var (called, content) = (Mark("document"), Mark("inhoud"));
        var kept = (await desk.PostAsync($"/api/v1/cases/{scene.CaseId}/documents", new
        {
            kind = random.Next(3) == 0 ? "health" : "income", files = new[] { new { name = $"{called}.txt", bytes = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(content)) } },
        })).Ok().Json.GetProperty("documentIds")[0].GetString()!;
        scene.Things["documents"] = kept;
        var document = (await desk.GetAsync($"/api/v1/cases/{scene.CaseId}")).Ok().Json.GetProperty("facts").EnumerateArray().Single(f => f.GetProperty("value").GetString() == $"{called}.txt");
        scene.Plant(document.GetProperty("id").ToString(), document.GetProperty("label").GetString() == "Gezondheid" ? "health" : "income", called, content);

        // What the register knows is planted by it: its name and address, with the ids of the facts.
        foreach (var fact in (await desk.GetAsync($"/api/v1/cases/{scene.CaseId}")).Ok().Json.GetProperty("facts").EnumerateArray())
        {
            var (id, value) = (fact.GetProperty("id").ToString(), fact.GetProperty("value").GetString()!);
            if (value == name)
            {
                scene.Plant(id, "name", value);
            }
            else if (fact.GetProperty("source").GetString() == "brp" && value.Length > 12 && !value.Contains('•', StringComparison.Ordinal) && char.IsLetter(value[0]))
            {
                scene.Plant(id, value.Any(char.IsDigit) ? "address" : "name", value);
            }
        }

        scene.Choose(random);
        return scene;
    }

    // A title and a step name nobody: no digits.
    private static string Letters(Random random) => string.Concat(Enumerable.Range(0, 8).Select(_ => (char)('a' + random.Next(26))));

    [GeneratedRegex("/([a-z-]+)/\\{[^}]+\\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Thing();

    [GeneratedRegex("\\{[^}]+\\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    /// <summary>One case, what was written in it, and what of that was disclosed to the line by now.</summary>
    private sealed class Planted(string caseId, string number)
    {
        private readonly List<(string? Fact, string Kind, string[] Values)> facts = [];
        private readonly HashSet<string> given = [];
        private Random random = null!;
        private string talk = "";

        public string CaseId => caseId;

        public string Number => number;

        public Dictionary<string, string> Things { get; } = new(StringComparer.Ordinal) { ["cases"] = caseId, ["chain"] = caseId };

        public HashSet<string> Everything { get; } = new(StringComparer.OrdinalIgnoreCase);

        /// <summary>Steps of others that the line is shown.</summary>
        public List<string> Shown { get; } = [];

        /// <summary>What was said to the specialist in person.</summary>
        public List<string> Said { get; } = [];

        public List<string> Disclosed => [.. facts.Where(f => f.Fact is not null && given.Contains(f.Fact)).SelectMany(f => f.Values)];

        public void Plant(string? fact, string kind, string value, string? label = null)
        {
            string[] values = label is null ? [value] : [value, label];
            facts.Add((fact, kind, values));
            Everything.UnionWith(values);
        }

        public void Choose(Random chooser)
        {
            random = chooser;
            given.UnionWith(facts.Where(f => f.Fact is not null && !Kept.Contains(f.Kind) && random.Next(2) == 0).Select(f => f.Fact!));
        }

        public async Task AskAsync(Session desk, Session specialist)
        {
            await specialist.BecomeFreeAsync();
            // Whatever is ticked: also what no rule lets go.
            var ticked = given.Concat(facts.Where(f => f.Fact is not null && Kept.Contains(f.Kind)).Select(f => f.Fact!)).Select(long.Parse);
            talk = (await desk.PostAsync($"/api/v1/cases/{caseId}/handoffs", new { mode = "warm", citizenAt = "desk", lineQuestion = "Kan dit in een regeling?", facts = ticked })).Ok()["handoffId"];
            Things["handoffs"] = talk;
            await specialist.AcceptAsync();
        }

        /// <summary>Some are given afterwards, some taken back; something is said, and a letter goes to a landlord.</summary>
        public async Task ChangeAsync(Session desk)
        {
            foreach (var (fact, kind, _) in facts.Where(f => f.Fact is not null).ToList())
            {
                var path = $"/api/v1/cases/{caseId}/facts/{(given.Contains(fact!) ? "withdraw" : "give")}";
                var answer = random.Next(3) == 0 || Kept.Contains(kind) ? await desk.PostAsync(path, new { fact, line = Line }) : null;
                Assert.True(answer is null || Kept.Contains(kind) == (answer.Code is "fact-no-rule"), $"{path} {kind}: {answer?.Status} {answer?.Text}");
                if (answer is { Status: 200 } && !given.Remove(fact!))
                {
                    given.Add(fact!);
                }
            }

            // Some are put right: what they said before is nobody's but the desk's from then on.
            foreach (var (fact, kind, values) in facts.Where(f => f.Fact is not null && (Shareable.Contains(f.Kind) || Kept.Contains(f.Kind)) && random.Next(3) == 0).ToList())
            {
                var (right, why) = ($"Qzbeter{random.Next(100000, 999999)}x", $"Qzreden{random.Next(100000, 999999)}x");
                (await desk.PostAsync($"/api/v1/cases/{caseId}/facts/correct", new { fact, value = right, source = "document", why, version = 1 })).Ok();
                facts.RemoveAll(f => f.Fact == fact);
                // The content of a document stays what it was.
                facts.Add((fact, kind, [right, .. values[1..]]));
                Everything.UnionWith([right, why]);
            }

            var (said, letter, others) = ($"Qzgezegd{random.Next(100000, 999999)}x", $"Qzbrief{random.Next(100000, 999999)}x", $"Qzstap{Letters(random)}");
            (await desk.PostAsync($"/api/v1/handoffs/{talk}/messages", new { text = said })).Ok();
            Everything.Add(others);
            var step = (await desk.PostAsync($"/api/v1/cases/{caseId}/steps", new { title = others, partner = "1", dueDay = "2099-01-01" })).Ok().Json.GetProperty("stepIds")[0].GetString()!;
            var channels = (await desk.GetAsync($"/cases/{caseId}?tab=steps")).Text;
            var post = Regex.Matches(channels, "value=\"([0-9]+)\"[^>]*>[^<]*[Bb]rief").Select(m => m.Groups[1].Value).FirstOrDefault();
            if (post is not null && (await desk.PostAsync($"/api/v1/steps/{step}/ask-partner", new { question = $"Kan dit later, {letter}?", channel = post })) is { Status: 200 } asked)
            {
                Things["partner-letters"] = asked["linkId"];
                Everything.Add(letter);
            }

            // A step of the desk itself that is shown to the line, and one that no longer is.
            foreach (var kept in new[] { true, false })
            {
                var shown = $"Qztoon{Letters(random)}";
                Everything.Add(shown);
                var id = (await desk.PostAsync($"/api/v1/cases/{caseId}/steps", new { title = shown, organisation = "gm0344", dueDay = "2099-01-01" })).Ok().Json.GetProperty("stepIds")[0].GetString();
                (await desk.PostAsync($"/api/v1/cases/{caseId}/steps/show", new { step = id, line = Line })).Ok();
                if (!kept)
                {
                    (await desk.PostAsync($"/api/v1/cases/{caseId}/steps/hide", new { step = id, line = Line })).Ok();
                    continue;
                }

                Shown.Add(shown);
            }

            Everything.Add(said);
            Said.Add(said);
        }

        public async Task EndAsync(Session specialist)
        {
            (await specialist.PostAsync($"/api/v1/handoffs/{talk}/confirm", new { how = "called" })).Ok();
            (await specialist.PostAsync($"/api/v1/handoffs/{talk}/finish", new { outcome = "answered", text = "Klaar." })).Ok();
            (await specialist.PostAsync($"/api/v1/handoffs/{talk}/done")).Ok();
            (await specialist.PutAsync("/api/v1/me/presence", new { state = "offline" })).Ok();
        }
    }
}
