using System.Net.Http.Json;
using System.Text.Json;
using Loket.Web.Tests.Server;
using Loket.Web.Tests.Support;
using Microsoft.Playwright;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Loket.Browser.Tests;

/// <summary>The real server with fresh data and a real browser, for one class of tests.</summary>
public sealed class LoketFixture : IAsyncLifetime
{
    private readonly TempFolder data = new();
    private IPlaywright? playwright;
    private Dictionary<string, string> ids = [];

    public ServerProcess Server { get; private set; } = null!;

    public IBrowser Browser { get; private set; } = null!;

    /// <summary>Where screenshots are written; not kept in the repository.</summary>
    public static string Output { get; } = Directory.CreateDirectory(Path.Combine(ServerProcess.Solution, "tests", "Loket.Browser.Tests", "output")).FullName;

    public async Task InitializeAsync()
    {
        Server = await ServerProcess.StartAsync(data.Path);
        playwright = await Playwright.CreateAsync();
        Browser = await LaunchAsync();
        using var client = new HttpClient { BaseAddress = Server.Address };
        var people = await client.GetFromJsonAsync<JsonElement>("/api/v1/demo/professionals");
        ids = people.EnumerateArray().Select(p => (Name: p.GetProperty("name").GetString()!, Id: p.GetProperty("id").GetString()!)).Distinct().GroupBy(p => p.Name).ToDictionary(p => p.Key, p => p.First().Id);
    }

    /// <summary>The folder of the server's data.</summary>
    public string DataFolder => data.Path;

    /// <summary>A browser of its own, for tests that take one down; its processes carry the mark on their command line.</summary>
    public Task<IBrowser> LaunchAsync(string mark = "shared") => playwright!.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Environment.GetEnvironmentVariable("LOKET_TEST_CHROMIUM") ?? "/usr/bin/chromium",
        Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", $"--loket-test={mark}"],
    });

    /// <summary>Somebody in a browser context of their own, signed in through the demo interface.</summary>
    public async Task<Person> AsAsync(string name, IBrowser? browser = null, bool javaScript = true)
    {
        var person = await NewAsync(browser, javaScript);
        var answer = await person.Page.APIRequest.PostAsync($"{Server.Address}api/v1/demo/session", new APIRequestContextOptions { DataObject = new { professionalId = ids[name] } });
        Assert.True(answer.Ok, $"{name}: {answer.Status}");
        return person;
    }

    /// <summary>A fresh browser context in which nobody has signed in.</summary>
    public Task<Person> NewAsync(IBrowser? browser = null, bool javaScript = true) => Person.EnterAsync(browser ?? Browser, Server.Address, javaScript);

    public async Task DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.CloseAsync();
        }

        playwright?.Dispose();
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }

        data.Dispose();
    }
}
