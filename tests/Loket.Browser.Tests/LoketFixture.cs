using System.Net.Http.Json;
using System.Text.Json;
using Loket.Web.Tests.Server;
using Loket.Web.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

// Half of a walk is waiting for the page. Each class has a server and a browser of its own.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]

namespace Loket.Browser.Tests;

/// <summary>Tests with a bound in seconds: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TimedCollection
{
    public const string Name = "Timed";
}

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

    /// <summary>A browser of its own, for tests that take one down; its processes carry the mark on their command line.</summary>
    public Task<IBrowser> LaunchAsync(string mark = "shared", params string[] more) => playwright!.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Environment.GetEnvironmentVariable("LOKET_TEST_CHROMIUM") ?? "/usr/bin/chromium",
        Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", $"--loket-test={mark}", .. more],
    });

    /// <summary>Somebody in a browser context of their own, signed in through the demo interface.</summary>
    public async Task<Person> AsAsync(string name, IBrowser? browser = null, bool javaScript = true)
    {
        var person = await NewAsync(browser, javaScript);
        await SignInAsAsync(person, name);
        return person;
    }

    /// <summary>Somebody else goes on in this browser.</summary>
    public async Task SignInAsAsync(Person person, string name)
    {
        // An open page of who was signed in before goes to the way in by itself, across where the test goes next.
        await person.Page.GotoAsync("about:blank");
        var answer = await person.Page.APIRequest.PostAsync($"{Server.Address}api/v1/demo/session", new APIRequestContextOptions { DataObject = new { professionalId = ids[name] } });
        Assert.True(answer.Ok, $"{name}: {answer.Status}");
    }

    /// <summary>A fresh browser context in which nobody has signed in.</summary>
    public Task<Person> NewAsync(IBrowser? browser = null, bool javaScript = true) => Person.EnterAsync(browser ?? Browser, Server.Address, javaScript);

    /// <summary>What stands in the database, for what a page cannot show: that something is not there.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new SqliteCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync() ?? 0L);
    }

    /// <summary>A word that stands in the database: the number of a case, the name of a colleague.</summary>
    public async Task<string> NameAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new SqliteCommand(sql, connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Changes a setting that has no screen, such as how long an offer of a line stands.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new SqliteCommand(sql, connection);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    /// <summary>Waits until the database says so, for at most twenty seconds.</summary>
    public async Task UntilAsync(string sql, long expected)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await CountAsync(sql) != expected)
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

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

    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection($"Data Source={data.In("loket.db")};Pooling=False;Default Timeout=10");
        await connection.OpenAsync();
        return connection;
    }
}
