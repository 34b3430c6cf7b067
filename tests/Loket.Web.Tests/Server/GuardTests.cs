using System.Text.RegularExpressions;
using Loket.Web.Live;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Xunit.Abstractions;

namespace Loket.Web.Tests.Server;

/// <summary>Who may call what: told by the running application itself, not by a list that somebody has to keep.</summary>
[Collection(ServerCollection.Name)]
public sealed partial class GuardTests(AppFixture app, ITestOutputHelper output) : IClassFixture<AppFixture>
{
    // Everything anyone may ask without signing in. Static files come before routing.
    private static readonly HashSet<string> Open =
    [
        "GET /sign-in", "POST /sign-in", "GET /sign-on", "POST /sign-on/logout", "POST /language", "* /error", "GET /not-yours", "GET /accessibility",
        "POST /api/v1/demo/session", "GET /api/v1/demo/professionals", "GET /openapi/v1.json", "GET /api/v1/terms/due",
        "POST /api/v1/partner-links/open", "POST /api/v1/partner-links/answer", "GET /p/{token}", "POST /p/{token}", "POST /p/{token}/answer",
        "GET /api/v1/search", "GET /api/v1/routes", "GET /health/live", "GET /health/ready",
    ];

    private static readonly Dictionary<string, long> Without = new()
    {
        [Policies.FrontOffice] = 1009, [Policies.Specialist] = 1001, [Policies.Supervisor] = 1001, [Policies.LineManager] = 1001, [Policies.Proactive] = 1001, [Policies.Retention] = 1001, [Policies.Operations] = 1001, [Policies.NationalAdministrator] = 1001,
        [Policies.OrganisationAdministrator] = 1001, [Policies.RotaKeeper] = 1001, [Policies.InformationPoint] = 1001, [Policies.SharingKeeper] = 1001, [Policies.CaseWork] = 3001,
    };

    [Fact]
    public void Everything_that_answers_has_a_rule_and_only_a_short_list_is_open()
    {
        Assert.Empty(Guards.Unguarded(app.Endpoints, Open));
        var open = app.Endpoints.Where(Guards.IsOpen).SelectMany(Guards.Names).ToHashSet();
        Assert.Equal(Open.Order(StringComparer.Ordinal), open.Order(StringComparer.Ordinal));
        output.WriteLine($"{app.Endpoints.Count} endpoints: {app.Endpoints.Count(e => !Guards.IsOpen(e))} with a rule, {open.Count} open by name");
    }

    [Fact]
    public void Every_hub_method_has_a_rule()
    {
        var hubs = Guards.Hubs(typeof(LiveHub).Assembly).ToList();
        Assert.Contains(typeof(LiveHub), hubs);
        Assert.All(hubs, hub => Assert.Empty(Guards.Unguarded(hub)));
    }

    [Fact]
    public void An_endpoint_without_a_rule_or_open_without_being_named_is_found()
    {
        var other = WebApplication.CreateSlimBuilder().Build();
        other.MapGet("/forgotten", () => "data");
        other.MapGet("/left-open", () => "data").AllowAnonymous();
        other.MapGet("/guarded", () => "data").RequireAuthorization();
        var endpoints = ((IEndpointRouteBuilder)other).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>();
        Assert.Equal(["GET /forgotten has no rule", "GET /left-open is open to anyone"], Guards.Unguarded(endpoints, Open));
    }

    [Fact]
    public void A_hub_method_without_a_rule_is_found()
    {
        Assert.Equal(["OpenHub.Peek"], Guards.Unguarded(typeof(OpenHub)));
        Assert.Equal(["HalfOpenHub.Peek"], Guards.Unguarded(typeof(HalfOpenHub)));
    }

    [Fact]
    public async Task Who_did_not_sign_in_gets_nothing_from_any_guarded_endpoint()
    {
        using var anyone = app.Anyone();
        var asked = 0;
        foreach (var name in app.Endpoints.Where(e => !Guards.IsOpen(e)).SelectMany(Guards.Names))
        {
            var (method, path) = Split(name);
            var answer = await anyone.SendAsync(method, path, method == "GET" ? null : "{}", null);
            Assert.True(
                answer.Status == 401 || (answer.Status == 302 && answer.Location!.Contains("/sign-in", StringComparison.Ordinal)),
                $"{name}: {answer.Status} {answer.Location} {answer.Text}");
            asked++;
        }

        output.WriteLine($"{asked} guarded endpoints asked without signing in: 401 or sign-in");
    }

    [Fact]
    public async Task Who_lacks_the_role_is_turned_away()
    {
        var asked = 0;
        foreach (var endpoint in app.Endpoints.Where(e => Guards.Roles(e).Count > 0))
        {
            foreach (var role in Guards.Roles(endpoint))
            {
                using var person = await app.AsAsync(Without[role]);
                var (method, path) = Split(Guards.Names(endpoint).First());
                var answer = await person.SendAsync(method, path, method == "GET" ? null : "{}", null);
                Assert.True(
                    answer.Status == 403 || (answer.Status == 302 && answer.Location!.Contains("/not-yours", StringComparison.Ordinal)),
                    $"{method} {path} without {role}: {answer.Status} {answer.Location}");
                asked++;
            }
        }

        Assert.True(asked > 10);
        output.WriteLine($"{asked} endpoints asked by a person without the role: turned away");
    }

    [Fact]
    public async Task The_interface_describes_each_of_its_routes()
    {
        using var anyone = app.Anyone();
        var document = (await anyone.GetAsync("/openapi/v1.json")).Ok().Json;
        var described = document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(m => $"{m.Name.ToUpperInvariant()} {p.Name}")).ToHashSet();
        var routes = app.Endpoints.SelectMany(Guards.Names).Where(n => n.Contains(" /api/", StringComparison.Ordinal)).Select(n => Constraint().Replace(n, "}")).ToList();
        Assert.DoesNotContain(routes, r => !described.Contains(r));
        output.WriteLine($"{routes.Count} routes of the interface, all described");
    }

    private static (string Method, string Path) Split(string name)
    {
        var method = name[..name.IndexOf(' ')];
        return (method == "*" ? "GET" : method, Parameter().Replace(name[(name.IndexOf(' ') + 1)..], "1"));
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@":[a-z]+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Constraint();

    private sealed class OpenHub : Microsoft.AspNetCore.SignalR.Hub
    {
        public Task Peek() => Task.CompletedTask;
    }

    [Authorize]
    private sealed class HalfOpenHub : Microsoft.AspNetCore.SignalR.Hub
    {
        [AllowAnonymous]
        public Task Peek() => Task.CompletedTask;

        public Task Closed() => Task.CompletedTask;
    }
}
