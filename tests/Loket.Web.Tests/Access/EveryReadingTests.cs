using System.Text.RegularExpressions;
using Loket.Web.Access;
using Loket.Web.Tests.Server;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Access;

/// <summary>
/// Whatever address shows something of a case, the access log has it first. The addresses come from the running
/// application, the proof from the bytes: words that stand only in the case.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed partial class EveryReadingTests(AppFixture app, ITestOutputHelper output) : IClassFixture<AppFixture>
{
    private const long Colleague = 1002;
    private static readonly string[] Words = ["Geheim", "Verheul", "999991279"];

    [Fact]
    public async Task Every_answer_that_shows_something_of_a_case_is_in_the_access_log_and_without_the_log_none_is_given()
    {
        var ids = await app.OneOfEverythingAsync();
        var addresses = app.Endpoints.Where(e => Guards.Names(e).Any(n => n.StartsWith("GET ", StringComparison.Ordinal))).Select(e => (Endpoint: e, Path: PathOf(e, ids))).ToList();
        var (shown, unwritten) = (0, new List<string>());
        foreach (var id in (long[])[OneOfEverything.Desk, OneOfEverything.Specialist])
        {
            using var person = await app.AsAsync(id);
            foreach (var (endpoint, path) in addresses)
            {
                if (!Shows(await person.GetAsync(path)))
                {
                    continue;
                }

                shown++;
                var screen = LogReads.ScreenOf(endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()!);
                if (await app.CountAsync($"SELECT COUNT(*) FROM access_log WHERE professional_id = {id} AND what = '{screen}'") == 0)
                {
                    unwritten.Add($"{path} as {id}");
                }
            }
        }

        Assert.Empty(unwritten);
        Assert.True(shown > 15, $"only {shown} answers showed anything");
        await app.ExecuteAsync("CREATE TRIGGER full_disk BEFORE INSERT ON access_log BEGIN SELECT RAISE(ABORT, 'the log is full'); END; UPDATE setting SET value = value");
        var (refused, still) = (0, new List<string>());
        using var colleague = await app.AsAsync(Colleague);
        foreach (var (_, path) in addresses)
        {
            var answer = await colleague.GetAsync(path);
            refused += answer.Status == 500 ? 1 : 0;
            if (Shows(answer))
            {
                still.Add(path);
            }
        }

        await app.ExecuteAsync("DROP TRIGGER full_disk; UPDATE setting SET value = value");
        Assert.Empty(still);
        Assert.True(refused > 10, $"only {refused} answers were held back");
        output.WriteLine($"{addresses.Count} addresses: {shown} answers showed a case and all are in the log; without the log {refused} were held back and none showed anything");
    }

    // A remark in the register of bottlenecks is about a line, for everybody there, and stands apart from its case.
    private static bool Shows(Answer answer)
    {
        var text = answer.Text.Replace("Geheim: de lijn is dicht", "", StringComparison.Ordinal);
        return Words.Any(word => text.Contains(word, StringComparison.Ordinal));
    }

    private static string PathOf(RouteEndpoint endpoint, Dictionary<string, string> ids)
    {
        var raw = $"/{endpoint.RoutePattern.RawText?.TrimStart('/')}";
        var path = Thing().Replace(raw, m => ids.TryGetValue(m.Groups[1].Value, out var id) ? $"/{m.Groups[1].Value}/{id}" : $"/{m.Groups[1].Value}/1");
        path = Rest().Replace(path, "1");
        return path.EndsWith("/preview", StringComparison.Ordinal) ? $"{path}?line=gm0518-debts" : path is "/search" or "/search/results" or "/api/v1/search/cases" ? $"{path}?q=vergunning" : path;
    }

    [GeneratedRegex("/([a-z-]+)/\\{[^}]+\\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Thing();

    [GeneratedRegex("\\{[^}]+\\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rest();
}
