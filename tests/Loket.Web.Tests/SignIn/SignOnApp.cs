using Loket.Web.Data;
using Loket.Web.Tests.Server;
using Loket.Web.Tests.Support;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Loket.Web.Tests.SignIn;

/// <summary>The application outside the demo profile, with sign-on at a provider of the test, on a clock that stands still.</summary>
public sealed class SignOnApp : IAsyncLifetime
{
    public const string Utrecht = "00000001002220647000";
    private readonly TempFolder data = new();
    private readonly WebApplicationFactory<Program> plain = new();
    private WebApplicationFactory<Program> app = null!;

    public FakeClock Clock { get; } = new();

    public FakeProvider Provider { get; private set; } = null!;

    public Db Db => app.Services.GetRequiredService<Db>();

    public T The<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public async Task InitializeAsync()
    {
        // The cookies of a browser lapse by the real date.
        Clock.Jump(TimeProvider.System.GetUtcNow().UtcDateTime);
        Provider = await FakeProvider.StartAsync();
        app = plain.WithWebHostBuilder(host => host
            .UseSetting("Data:Path", data.Path).UseSetting("Demo:Enabled", "false").UseSetting("Demo:Colleagues", "false").UseSetting("Logging:LogLevel:Default", "Error")
            .UseSetting("SignOn:Authority", Provider.Issuer).UseSetting("SignOn:ClientId", FakeProvider.Client).UseSetting("SignOn:ClientSecret", "a secret of the test")
            .UseSetting("Keys:Path", data.In("keys.json")).UseSetting("Proxy:Trusted", "127.0.0.1").UseSetting("Outgoing:BaseUrl", "https://loket.test")
            .UseSetting("SignOn:NationalAdministrators:0", "the first")
            .ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Clock)));
        app.Server.PreserveExecutionContext = false;
        await RuleAsync("gm0344", "groups", "loket-balie", "front_office");
    }

    public Session Anyone() => new(app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true, BaseAddress = new Uri("https://loket.test") }));

    public Task RuleAsync(string organisation, string claim, string value, string role) => Db.WriteAsync<int>(unit => unit.Execute(
        "INSERT INTO role_rule (id, organisation_code, claim, value, role) VALUES (@id, @organisation, @claim, @value, @role)",
        new { id = unit.NewId(), organisation, claim, value, role }));

    public Task<long> CountAsync(string sql) => Database.CountAsync(data.In("loket.db"), sql);

    /// <summary>The claims of an ordinary desk professional of Utrecht.</summary>
    public static Dictionary<string, object?> Desk(string subject, params string[] groups) => new(StringComparer.Ordinal)
    {
        ["sub"] = subject, ["name"] = "Iris de Boer", ["organisation_oin"] = Utrecht, ["groups"] = groups.Length == 0 ? ["loket-balie"] : groups,
    };

    /// <summary>As far as the provider's page: the address it was sent to, in parts.</summary>
    public static async Task<Dictionary<string, string>> ChallengeAsync(Session browser, string path = "/sign-on?returnUrl=/cases")
    {
        var answer = await browser.GetAsync(path);
        Assert.Equal(302, answer.Status);
        return QueryHelpers.ParseQuery(new Uri(answer.Location!).Query).ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.Ordinal);
    }

    /// <summary>The whole way: to the provider and back with these claims. Answers what Loket said at the end.</summary>
    public async Task<Answer> SignOnAsync(Session browser, IReadOnlyDictionary<string, object?> claims, string path = "/sign-on?returnUrl=/cases")
    {
        var asked = await ChallengeAsync(browser, path);
        Provider.IdToken = Provider.Token(Clock.UtcNow, new Dictionary<string, object?>(claims, StringComparer.Ordinal) { ["nonce"] = asked["nonce"] });
        return await browser.GetAsync($"/sign-on/answer?code=abc&state={Uri.EscapeDataString(asked["state"])}");
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await plain.DisposeAsync();
        await Provider.DisposeAsync();
        data.Dispose();
    }
}
