using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Loket.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loket.Web.Tests.Terms;

/// <summary>
/// The whole application in this process with fresh data, a clock that stands still, everything it logs, and as many
/// questions a minute as a test needs.
/// </summary>
public class TermsApp : WebApplicationFactory<Program>
{
    /// <summary>The header in which a test says from which address it comes.</summary>
    public const string ClientAddress = "Test-Client-Address";

    private readonly TempFolder folder = new();

    public ConcurrentQueue<string> Log { get; } = [];

    protected virtual int QuestionsAMinute => 100_000;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Data:Path", folder.Path);
        builder.UseSetting("Demo:Enabled", "true");
        builder.UseSetting("Demo:Colleagues", "false");
        builder.UseSetting("Reference:RequestsAMinute", QuestionsAMinute.ToString(CultureInfo.InvariantCulture));
        builder.ConfigureServices(services =>
        {
            services.AddSingleton<TimeProvider>(new FakeClock());
            services.AddSingleton<ILoggerProvider>(new KeptLog(Log));
            services.AddSingleton<IStartupFilter>(new ClientFromHeader());
        });
    }

    /// <summary>Nobody in particular; answers are not followed to other pages.</summary>
    public HttpClient Anyone() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    /// <summary>Somebody of the demo with this role, signed in: <c>frontOffice</c>, <c>specialist</c> or <c>supervisor</c>.</summary>
    public async Task<HttpClient> SignedInAsync(string role, string language = "nl")
    {
        var client = Anyone();
        var people = await client.GetFromJsonAsync<JsonElement>("/api/v1/demo/professionals");
        var person = people.EnumerateArray().First(p => p.GetProperty(role).GetInt32() == 1);
        var session = await client.PostAsJsonAsync("/api/v1/demo/session", new { professionalId = person.GetProperty("id").GetString() });
        session.EnsureSuccessStatusCode();
        client.DefaultRequestHeaders.Add("Cookie", $".AspNetCore.Culture=c%3D{language}%7Cuic%3D{language}");
        return client;
    }

    /// <summary>The page as a browser without script gets it.</summary>
    public static async Task<IHtmlDocument> PageAsync(HttpClient client, string address, HttpStatusCode status = HttpStatusCode.OK)
    {
        var answer = await client.GetAsync(address);
        Assert.Equal(status, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            folder.Dispose();
        }
    }

    private sealed class ClientFromHeader : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, then) =>
            {
                if (context.Request.Headers[ClientAddress].ToString() is { Length: > 0 } address)
                {
                    context.Connection.RemoteIpAddress = IPAddress.Parse(address);
                }

                return then(context);
            });
            next(app);
        };
    }

    private sealed class KeptLog(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}

/// <summary>The application with room for three questions a minute.</summary>
public sealed class BusyTermsApp : TermsApp
{
    protected override int QuestionsAMinute => 3;
}
