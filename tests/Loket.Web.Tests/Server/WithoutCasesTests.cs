using System.Globalization;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Server;

/// <summary>
/// Who has a role without case content, in the very organisation that opened the case: every route of the running application, with real ids,
/// shows nothing of a case and changes nothing in one (DOMAIN 1).
/// </summary>
[Collection(ServerCollection.Name)]
public sealed partial class WithoutCasesTests(AppFixture app, ITestOutputHelper output) : IClassFixture<AppFixture>
{
    private const long Desk = 1001;
    private const long Manager = 3001;

    // Who administers people may let this one go; the case is not theirs.
    private const string Bystander = "1006";
    private static readonly string[] Secrets = ["999991279", "Geheim", "geheim"];

    [Fact]
    public async Task No_route_shows_a_role_without_cases_anything_of_a_case()
    {
        var ids = await GivenAsync();
        // The answers below mean something only when the same marker is there for who works the case.
        using var desk = await app.AsAsync(Desk);
        Assert.Contains("Geheime vraag", (await desk.GetAsync($"/api/v1/cases/{ids["cases"]}")).Ok().Text, StringComparison.Ordinal);
        foreach (var role in (string[])["organisation_administrator", "national_administrator", "privacy_officer", "information_point", "line_manager"])
        {
            await AskEverythingAsync(ids, role);
        }
    }

    private async Task AskEverythingAsync(Dictionary<string, string> ids, string role)
    {
        // Somebody of the very organisation, with this role alone.
        await app.The<Loket.Web.Data.Db>().WriteAsync<int>(unit => unit.Execute(
            """
            UPDATE professional SET line_manager = CASE WHEN @role = 'line_manager' THEN 1 ELSE 0 END, organisation_administrator = CASE WHEN @role = 'organisation_administrator' THEN 1 ELSE 0 END,
                   national_administrator = CASE WHEN @role = 'national_administrator' THEN 1 ELSE 0 END, privacy_officer = CASE WHEN @role = 'privacy_officer' THEN 1 ELSE 0 END,
                   information_point = CASE WHEN @role = 'information_point' THEN 1 ELSE 0 END WHERE id = @Manager
            """,
            new { role, Manager }));
        using var manager = await app.AsAsync(Manager);
        var (asked, open) = (0, new List<string>());
        var openToPoints = app.Endpoints.Where(e => Guards.IsOpen(e) || e.Metadata.GetMetadata<Loket.Web.Security.OpenToInformationPointAttribute>() is not null).SelectMany(Guards.Names).ToHashSet();
        foreach (var name in app.Endpoints.SelectMany(Guards.Names).Where(n => !n.Contains("sign-out", StringComparison.Ordinal) || n.Contains("{id", StringComparison.Ordinal)))
        {
            var method = name[..name.IndexOf(' ')];
            var ofCase = CaseThing().IsMatch(name);
            var path = Parameter().Replace(name[(name.IndexOf(' ') + 1)..], match => Id(ids, name, match.Value));
            var answer = method == "GET" ? await manager.GetAsync(path)
                : path.StartsWith("/api/", StringComparison.Ordinal) ? await manager.SendAsync(method, path, "{}", null)
                : await manager.FormAsync(path, new Dictionary<string, string> { ["key"] = Guid.NewGuid().ToString("N"), ["text"] = "Van mij" });
            asked++;
            Assert.All(Secrets, secret => Assert.DoesNotContain(secret, answer.Text, StringComparison.Ordinal));
            var refused = answer.Status is 400 or 403 or 404 or 405 or 409 or 415 or 422 || answer.Location?.Contains("/not-yours", StringComparison.Ordinal) == true;
            Assert.True(!ofCase || refused, $"{name}: {answer.Status} {answer.Location}");
            // Closed by default: what is not marked for it, an information point does not reach at all.
            Assert.True(role != "information_point" || openToPoints.Contains(name) || answer.Status is 403 or 404 || answer.Location?.Contains("/not-yours", StringComparison.Ordinal) == true, $"{name}: {answer.Status} {answer.Location}");
            if (method == "GET" && answer.Status == 200)
            {
                open.Add(name);
            }
        }

        foreach (var search in (string[])["/search?q=vraag", "/api/v1/search?q=vraag", "/search?q=gebouwd", "/cases?q=vraag"])
        {
            Assert.DoesNotContain("Gehei", (await manager.GetAsync(search)).Text, StringComparison.Ordinal);
        }


        Assert.Equal(0, await app.CountAsync($"SELECT COUNT(*) FROM journal WHERE actor_id = {Manager}"));
        Assert.Equal(0, await app.CountAsync($"SELECT COUNT(*) FROM case_participant WHERE professional_id = {Manager}"));
        Assert.Contains(role switch { "line_manager" => "GET /lines", "organisation_administrator" => "GET /people", "information_point" => "GET /questions", _ => "GET /schemes" }, open);
        Assert.True(asked > 90, $"{asked}");
        output.WriteLine($"{asked} routes asked by a {role}: no case content; open to read: {string.Join(", ", open)}");
    }

    [Fact]
    public async Task A_line_manager_sees_the_own_lines_and_no_other_organisations()
    {
        using var manager = await app.AsAsync(Manager);
        Assert.Contains("gm0344-debts", (await manager.GetAsync("/lines")).Ok().Text, StringComparison.Ordinal);
        Assert.Contains("Gewicht", (await manager.GetAsync("/lines/gm0344-debts")).Ok().Text, StringComparison.Ordinal);
        Assert.Equal(404, (await manager.GetAsync("/lines/gm0518-debts")).Status);
        Assert.Equal("/lines", (await manager.GetAsync("/")).Location);
        using var desk = await app.AsAsync(Desk);
        Assert.Contains("/not-yours", (await desk.GetAsync("/lines")).Location ?? "", StringComparison.Ordinal);
    }

    private static string Id(Dictionary<string, string> ids, string name, string parameter) =>
        parameter.StartsWith("{code", StringComparison.Ordinal) ? "gm0344-debts"
        : Thing().Match(name) is { Success: true } thing && ids.TryGetValue(thing.Groups[1].Value, out var id) ? id : "1001";

    private async Task<Dictionary<string, string>> GivenAsync()
    {
        using var desk = await app.AsAsync(Desk);
        using var specialist = await app.AsAsync(1321);
        await specialist.BecomeFreeAsync();
        var caseId = await desk.OpenCaseAsync("permits", question: "Geheime vraag", bsn: "999991279");
        var talk = await desk.AskAsync(caseId, "Geheim: mag dit gebouwd worden?");
        await specialist.AcceptAsync();
        var promise = (await desk.PostAsync($"/api/v1/cases/{caseId}/promises", new { text = "Geheime toezegging", dueAt = TimeProvider.System.GetUtcNow().AddDays(2) })).Ok()["promiseId"];
        (await specialist.PostAsync($"/api/v1/handoffs/{talk}/messages", new { text = "Geheim bericht" })).Ok();
        return new()
        {
            ["cases"] = caseId, ["chain"] = caseId, ["handoffs"] = talk, ["promises"] = promise, ["professionals"] = Bystander, ["people"] = Bystander,
            ["offers"] = (await app.CountAsync("SELECT MAX(id) FROM offer")).ToString(CultureInfo.InvariantCulture),
        };
    }

    [GeneratedRegex("/(cases|handoffs|promises|offers|chain|ownership|callbacks|escalations)/\\{", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CaseThing();

    [GeneratedRegex("/([a-z]+)/\\{[^}]+\\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Thing();

    [GeneratedRegex("\\{(?:[^{}]|\\([^)]*\\))+\\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
