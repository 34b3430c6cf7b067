using System.Globalization;
using Loket.Web.Tests.Server;
using Loket.Web.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace Loket.Browser.Tests;

/// <summary>Outside the demo, with a certified provider: in as three roles, and out again from the provider's side.</summary>
[Collection(TimedCollection.Name)]
public sealed class SignOnTests(LoketFixture browsers, ITestOutputHelper output) : IClassFixture<LoketFixture>
{
    [NeedsProviderFact]
    public async Task The_three_roles_sign_on_with_their_organisation_and_signing_out_there_cuts_the_line_within_five_seconds()
    {
        using var data = new TempFolder();
        var port = SignOnProvider.FreePort();
        await using var server = await ServerProcess.StartAsync(
            data.Path,
            ("Demo__Enabled", "false"), ("Keys__Path", data.In("keys.json")), ("Proxy__Trusted", "127.0.0.1"), ("Outgoing__BaseUrl", "https://loket.test"), ("SignOn__Authority", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")), ("SignOn__ClientId", "loket"), ("SignOn__ClientSecret", "only-for-trying"));
        await using var provider = await SignOnProvider.StartAsync(port, server.Address);
        await RuleAsync(data.In("loket.db"), 1, "loket-balie", "front_office");
        await RuleAsync(data.In("loket.db"), 2, "loket-specialist", "specialist");
        await RuleAsync(data.In("loket.db"), 3, "loket-teamleider", "supervisor");

        await using var desk = await InAsync(server, "Iris de Boer", "/desk");
        await using var specialist = await InAsync(server, "Hugo Vermeer", "/line");
        await using var supervisor = await InAsync(server, "Nadia Haddad", "/chain");
        foreach (var person in (Person[])[desk, specialist, supervisor])
        {
            await person.See("#truth[data-state=connected]").ToBeVisibleAsync();
        }

        await using var nobody = await Person.EnterAsync(browsers.Browser, server.Address, javaScript: true);
        await ChooseAsync(nobody, "Rob Visser");
        await nobody.AtAsync("/sign-in");
        await nobody.SeeAsync("[role=alert]", "U hebt in Loket nog geen rol");

        await ShowsAgainAsync(desk, "Iris de Boer");

        // Signing out at the provider, in another tab of the same browser: Loket is told behind the browser's back.
        var tab = await specialist.Page.Context.NewPageAsync();
        await tab.GotoAsync(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/session/end"));
        var since = TimeProvider.System.GetTimestamp();
        await tab.Locator("button[name=logout][value=yes]").ClickAsync();
        await specialist.AtAsync("/sign-in");
        var took = TimeProvider.System.GetElapsedTime(since);
        output.WriteLine($"Signed out at the provider; the open page left after {took.TotalSeconds:0.0} s");
        Assert.True(took < TimeSpan.FromSeconds(5), $"{took}");
        await desk.See("#truth[data-state=connected]").ToBeVisibleAsync();
    }

    // What needs a fresh sign-in: to the provider, and back to what was typed.
    private static async Task ShowsAgainAsync(Person person, string name)
    {
        await person.GoAsync("/glass");
        await person.Page.FillAsync("#break-number", "Z-2026-000001");
        await person.Page.FillAsync("#break-reason", "De inwoner staat aan een andere balie");
        await person.Page.ClickAsync("form[action='/glass'] button");
        await person.SeeAsync("h1", "Laat nog eens zien wie u bent");
        await person.Page.ClickAsync("a[href*='again=True']");
        await person.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = name }).ClickAsync();
        await person.AtAsync("/glass");
        Assert.Equal("De inwoner staat aan een andere balie", await person.Page.InputValueAsync("#break-reason"));
        await person.Page.ClickAsync("form[action='/glass'] button");
        await person.SeeAsync("[data-error-summary]", "Deze zaak is niet bij uw organisatie");
    }

    private async Task<Person> InAsync(ServerProcess server, string name, string place)
    {
        var person = await Person.EnterAsync(browsers.Browser, server.Address, javaScript: true);
        await ChooseAsync(person, name);
        await person.Page.WaitForURLAsync(url => new Uri(url).Authority == server.Address.Authority);
        await person.GoAsync(place);
        await person.AtAsync(place);
        return person;
    }

    private static async Task ChooseAsync(Person person, string name)
    {
        await person.GoAsync("/sign-in");
        await person.Page.Locator(".sign-in__provider a").ClickAsync();
        await person.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = name }).ClickAsync();
    }

    private static async Task RuleAsync(string database, long id, string group, string role)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=False;Default Timeout=10");
        await connection.OpenAsync();
        await using var command = new SqliteCommand("INSERT INTO role_rule (id, organisation_code, claim, value, role) VALUES (@id, 'gm0344', 'groups', @group, @role)", connection);
        command.Parameters.AddWithValue("@id", id);
        command.Parameters.AddWithValue("@group", group);
        command.Parameters.AddWithValue("@role", role);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }
}
